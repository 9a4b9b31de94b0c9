package words

import (
	"fmt"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// advice says what to do, from the runner's own figures.
func (t *teller) advice(f *finding.Fact) string {
	switch f.Rule {
	case finding.CutShort:
		return "If it comes on during a run, stop there and walk home. Missing the last part is no failure."
	case finding.Return:
		return t.comeBack(f)
	case finding.LessVolume:
		return t.lessVolume(f)
	case finding.Flatter:
		return t.load(f)
	case finding.Slower:
		if f.Speed > 0 {
			return fmt.Sprintf("Run slower for now: the painful runs were at %s, and %s is usual for you.", t.Pace(f.Speed), t.Pace(f.UsualSpeed))
		}
		return "Run slower for now: speed loads this spot most."
	case finding.WalkBreaks:
		return "Take walking breaks: a minute of walking after every few minutes of running."
	case finding.WarmUp:
		if f.How == finding.HowFast {
			return fmt.Sprintf("Your recording starts at %s, and cannot show what came before. Did you walk for 5 to 10 minutes first? That helps a stiff spot.", t.Pace(f.Speed))
		}
		return "Walk for 5 to 10 minutes before you run: that helps a stiff tendon or muscle."
	case finding.OtherSide:
		return fmt.Sprintf("You spent less time on your %s foot, and that is not the side that hurts. You may not be sparing %s at all.", f.Shift.Short, Your(f.Spot))
	case finding.FormReview:
		return "A physical therapist who works with runners can also look at how you run: part of the answer may lie there."
	case finding.KeepBusy:
		if f.How == finding.HowStill {
			return "Make room for other things you enjoy, too: a film, cooking, a book, friends."
		}
		return "Only running is on hold. Make room for other things you enjoy: a film, cooking, a book, friends."
	case finding.NotAlone:
		return "Most runners go through this at some point, and nobody has to work it out alone."
	case finding.LongView:
		return "Missing part of a workout costs little, ignoring a sign can cost months. A pain like this mostly says that the load was more than the tissue could take just now."
	default:
		return ""
	}
}

// comeBack says how a stop ends, the next step of the way back, or that a run was
// far more than planned.
func (t *teller) comeBack(f *finding.Fact) string {
	switch f.How {
	case finding.HowBeyond:
		return fmt.Sprintf("You ran %s, and %s were planned.", t.Distance(f.Distance), t.Distance(f.Usual))
	case finding.HowStep:
		plan := finding.Plan{Spot: f.Spot, Step: f.Count, Of: f.Of, Limit: f.Distance}
		next := "Go on to the next step"
		if f.Count == f.Of {
			next = "You are back"
		}
		return fmt.Sprintf("Step %d of %d on the way back: %s. Leave a day between. %s once it hurt 2 or less and the next morning was calm.", f.Count, f.Of, t.Do(plan), next)
	case finding.HowCleared:
		return "This stop ends when a professional has looked at it and you answer “cleared”."
	case finding.HowSkin:
		return "This stop ends when you tell me that walking is normal."
	}
	text := fmt.Sprintf("To lift this, tell me on %s how walking feels. Once it is %d or less, after a good night and without a limp or painkillers, you can start coming back.",
		Count(f.Days, "different day"), f.Limit)
	if f.Count > 0 {
		text += fmt.Sprintf(" So far that is %s.", Count(f.Count, "day"))
	}
	if f.How == finding.HowMeasured {
		text = fmt.Sprintf("If you were not limping, or the strap or shoes are new, say so: that ends it at once. So do %s in a row with your usual balance and no pain.",
			Count(f.Of, "run"))
	}
	return text
}

// Do says what the next step of the way back is: "run and walk in turns, 3.1 km
// at most, on flat ground".
func (w Words) Do(p finding.Plan) string {
	switch p.Step {
	case 1:
		return "walk for 30 minutes without pain"
	case 2:
		return "run and walk in turns, " + w.Distance(p.Limit) + " at most, on flat ground"
	case 3:
		return "run " + w.Distance(p.Limit) + " in one go, slowly"
	case p.Of:
		return "run your usual " + w.Distance(p.Limit)
	default:
		return "run " + w.Distance(p.Limit)
	}
}

func (t *teller) lessVolume(f *finding.Fact) string {
	if f.How == finding.HowCut {
		return fmt.Sprintf("You have already cut back, from %s a week to %s: good, hold that.", t.Distance(f.Usual), t.Distance(f.Distance))
	}
	why := "That alone is often the most effective change."
	if f.How == finding.HowMeasured {
		why = "That costs little until we know what it is."
	}
	return fmt.Sprintf("Run less for now: about %s a week instead of %s. %s", t.Distance(f.Distance), t.Distance(f.Usual), why)
}

// load says what loads a spot most, and is best left out.
func (t *teller) load(f *finding.Fact) string {
	switch f.Site {
	case gait.Achilles, gait.Calf:
		if f.Climb > 0 {
			return fmt.Sprintf("Stay on flat ground (your last runs climbed %.0f metres a kilometre) and leave out speed work.", f.Climb)
		}
		return "Stay on flat ground and leave out speed work."
	case gait.Knee:
		return "Leave out long downhills, and take shorter, quicker steps."
	case gait.Hamstring, gait.Buttock:
		return "Leave out speed work and uphills."
	case gait.Hip:
		return "Leave out roads that slope to one side."
	default:
		return "Run on softer ground, and add no distance."
	}
}
