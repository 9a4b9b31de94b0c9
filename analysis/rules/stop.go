package rules

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// urgentWorst is the worst, of 10, from which STOP-BONE in groin or sacrum is
// urgent; ours.
const urgentWorst = 3

// RED-FLAG: a sign for which a doctor is due today.
func redFlag(_ *Case, s siteReport) match {
	signs := s.redFlags()
	if len(signs) == 0 {
		return match{}
	}
	f := s.numbers("")
	f.What = signs
	m := found(f)
	m.urgent = true
	return s.asking(m, s.noted&^(gait.SaysLimp|gait.SaysNight|gait.SaysMedication|gait.SaysOneSpot))
}

// redFlags returns the signs of a report that need a doctor today.
func (r Report) redFlags() []finding.What {
	var signs []finding.What
	sign := func(yes bool, what finding.What) {
		if yes {
			signs = append(signs, what)
		}
	}
	yes := func(y gait.YesNo) bool { return y == gait.Yes }
	hurts := r.Worst.AtLeast(1) || len(r.Kinds) > 0
	sign(yes(r.Chest), finding.SignChest)
	sign(yes(r.CannotBearWeight), finding.SignWeight)
	sign(yes(r.Pop), finding.SignPop)
	sign(yes(r.Twisted) && yes(r.Swelling), finding.SignTwisted)
	sign(r.Site == gait.Calf && yes(r.Swelling) && yes(r.Hot), finding.SignCalf)
	sign(yes(r.Numb) && (r.weak || (r.Site == gait.Back || r.Site == gait.Sacrum) && hurts), finding.SignNumb)
	sign(r.bladder, finding.SignBladder)
	sign(r.fever && hurts, finding.SignFever)
	return signs
}

// STOP-BONE: one deep spot, tender to a fingertip, at any site. In the groin or
// at the sacrum, with a pain that does not fade, it is urgent. A heel that fades
// in the run is MOD-BONE.
func stopBone(c *Case, s siteReport) match {
	if !s.deepSpot() || c.plantarHeel(s) {
		return match{}
	}
	m := found(s.numbers(""))
	if (s.Site == gait.Groin || s.Site == gait.Sacrum) && s.Worst.AtLeast(urgentWorst) && s.doesNotFade() {
		m.urgent, m.How = true, finding.HowUrgent
	}
	return s.asking(m, gait.SaysOneSpot)
}

func (r Report) deepSpot() bool { return r.Focal == gait.Yes || r.Is(gait.Bone) }

// plantarHeel reports whether the tender spot is that of the usual plantar heel,
// which fades in the run and hurts most with the first steps of the morning.
func (c *Case) plantarHeel(s siteReport) bool {
	if s.Site != gait.Heel || !s.deepSpot() || s.Night == gait.Yes {
		return false
	}
	return s.fades() || c.RestDay && !s.Worst.AtLeast(c.Params.Pain.RestWorst)
}

// STOP-LIMP: the runner says so; or the balance has shifted away from a leg
// that hurts.
func stopLimp(c *Case, s siteReport) match {
	if s.Limping == gait.Yes {
		return s.asking(found(s.numbers(finding.HowSaid)), gait.SaysLimp)
	}
	if !c.limpMeasured(s) {
		return match{}
	}
	f := s.numbers(finding.HowMeasured)
	f.Shift = finding.ShiftOf(c.Run)
	if !c.asymmetry().Above(gait.LevelNone) {
		f.How, f.Shift = finding.HowStill, finding.Shift{Short: c.Accepted}
	}
	return found(f).asking(finding.AskFavouring)
}

// limpMeasured reports whether the balance has shifted away from a spot that hurts.
// At first sight that takes a warning beside a pain that is news in this very run,
// on a named side; else the run before has shown it and asked, and the pain has not
// eased. Where the pain has not changed or names no side, it says nothing of a limp:
// the stride alone has to make one more likely than not. Beside a recent pain that
// is enough at first sight, too.
func (c *Case) limpMeasured(s siteReport) bool {
	p := c.Params.Pain
	if !c.spares(s) {
		return false
	}
	named := s.Side != gait.NoSide
	news, recent := s.course.News(s.Report, c.At, p), s.course.Recent(s.Report, c.At, p)
	before, asked := c.shiftedBefore(s)
	likely := c.Run.LogOdds-c.Run.PriorLogOdds >= 0
	switch c.asymmetry() {
	case gait.LevelWarn:
		shows := news && named || recent && likely || asked && (named && recent || likely)
		return shows && s.Worst.AtLeast(p.LimpWarnPain) && !c.insideBand()
	case gait.LevelAsk:
		return asked && named && (news || before.News) && s.Worst.AtLeast(p.LimpAskPain) && !c.insideBand()
	default:
		return named && s.Site != gait.NoSite && c.Accepted != gait.NoSide && s.Worst.AtLeast(p.LimpAskPain)
	}
}

// recentDays is how long a new pain is news about the stride. Ours.
const recentDays = 10

// insideBand reports whether the shift is one that the runner's healthy runs
// show, too: a question at most.
func (c *Case) insideBand() bool { return InsideBand(c.Run) }

// InsideBand reports whether a run's shift is inside the band of the runner's
// normal.
func InsideBand(e *gait.Evidence) bool {
	shift := finding.ShiftOf(e)
	return shift.Onset == 0 && shift.Spreads > 0 && shift.Spreads < band
}

// Recent reports whether the pain is new at its spot, or clearly above its usual:
// one that is unchanged is no news about the stride of these days.
func (c *SiteHistory) Recent(r Report, at time.Time, p gait.PainParams) bool {
	began := c.NewStands(at) && at.Sub(c.newSince) <= days(recentDays)
	return began || c.News(r, at, p)
}

// spares reports whether the run's balance may be that of a runner who spares
// the spot, and no other reason was given for it. A shift that is smaller than
// the runner's own usual variation spares nothing.
func (c *Case) spares(s siteReport) bool {
	if c.Run == nil || c.Gave(gait.AnswerNewStrap, gait.AnswerNewShoes, gait.AnswerNotALimp) {
		return false
	}
	short := c.Accepted
	if c.asymmetry().Above(gait.LevelNone) {
		short = c.Run.ShortSide
		if shift := finding.ShiftOf(c.Run); shift.Onset == 0 && shift.Spreads > 0 && shift.Spreads < 1 {
			return false
		}
	}
	return !s.offLeg() && (s.Side == gait.NoSide || s.Side == short)
}

// shiftedBefore returns the pain at the spot in the run before where that run showed
// the shift to the same side, too, and the pain was no worse than now.
func (c *Case) shiftedBefore(s siteReport) (before remembered, shown bool) {
	if s.course == nil || len(c.Runs) < 2 {
		return remembered{}, false
	}
	last := len(c.Runs) - 2
	if c.Runs[last].Short != c.Run.ShortSide || c.Runs[last].Inside {
		return remembered{}, false
	}
	for _, past := range s.course.past {
		if past.Run == last && past.Worst.AtLeast(1) && !s.Worst.AtMost(past.Worst.Low()-1) {
			return past, true
		}
	}
	return remembered{}, false
}

// STOP-NIGHT: the pain interferes with sleep. A cramp at night is a cramp, and a
// blister stings in bed, too; a pain that is called something else besides is neither.
func stopNight(_ *Case, s siteReport) match {
	if s.Night != gait.Yes || s.only(gait.Cramp, gait.Skin) {
		return match{}
	}
	return s.asking(found(s.numbers("")), gait.SaysNight)
}

// STOP-SHARP: a sharp pain, or a twinge that came back.
func stopSharp(c *Case, s siteReport) match {
	switch {
	case s.Is(gait.Cramp), s.Is(gait.Stitch):
		return match{}
	case s.Is(gait.Sharp):
		return found(s.numbers(""))
	case s.Is(gait.Twinge) && c.twingedBefore(s):
		return found(s.numbers(finding.HowAgain))
	default:
		return match{}
	}
}

func (c *Case) twingedBefore(s siteReport) bool {
	return slices.ContainsFunc(s.course.lately(c.At, c.Params.Pain.NewDays), func(past remembered) bool { return past.Is(gait.Twinge) })
}

// STOP-MEDICATION: painkillers were needed to get through a run.
func stopMedication(c *Case, s siteReport) match {
	if c.Run == nil || s.Medication != gait.Yes {
		return match{}
	}
	return s.asking(found(s.numbers("")), gait.SaysMedication)
}

// STOP-WORSE: the pain grew while running, or from rest day to rest day up to a
// high number.
func stopWorse(c *Case, s siteReport) match {
	p := c.Params.Pain
	switch {
	case c.RestDay:
		f, rises := c.restRise(s)
		if f.How = finding.HowRest; rises && s.Worst.AtLeast(p.StableTo) {
			return found(f)
		}
		return match{}
	case c.Run == nil:
		return match{}
	case s.Worsening == gait.Yes:
		return found(s.numbers(""))
	case c.offScale(s):
		return match{}
	case s.Start.AtLeast(1) && s.rise() >= p.Worse, s.Start.AtMost(0) && s.End.AtLeast(p.WorseFromZero):
		return found(s.numbers(""))
	default:
		return match{}
	}
}

// STOP-HIGH: a high number; where the bone may be what hurts, a lower one that
// does not fade.
func stopHigh(c *Case, s siteReport) match {
	p := c.Params.Pain
	f := s.numbers("")
	switch {
	case c.offScale(s):
		return match{}
	case s.Worst.AtLeast(p.High):
		f.Limit = p.High
		return found(f)
	case s.Site.Bony() && s.Worst.AtLeast(p.HighBony) && s.doesNotFade():
		f.How = finding.HowBone
		return found(f)
	default:
		return match{}
	}
}
