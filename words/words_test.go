package words

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"gaitkeeper/gait"
)

// every is a fact of each rule in each of its cases, with all its figures.
func every() []gait.Fact {
	cases := map[gait.Rule][]gait.How{
		gait.RedFlag: {""}, gait.ModFlag: {""},
		gait.StopBone: {"", gait.HowUrgent}, gait.StopLimp: {gait.HowSaid, gait.HowMeasured, gait.HowStill}, gait.StopNight: {""},
		gait.StopSharp: {"", gait.HowAgain}, gait.StopMedication: {""}, gait.StopWorse: {"", gait.HowRest}, gait.StopHigh: {"", gait.HowBone},
		gait.ModBone:  {gait.HowHeel, gait.HowGrew, gait.HowMorning, gait.HowAgain, gait.HowSteady},
		gait.ModTrend: {"", gait.HowTwice}, gait.ModMorning: {""}, gait.ModWorsens: {"", gait.HowTwice}, gait.ModAfter: {""}, gait.ModRest: {""},
		gait.ModChanged: {""}, gait.ModGrew: {""}, gait.ModStable: {""}, gait.ModNew: {"", gait.HowStill}, gait.ModMeasured: {"", gait.HowBeside},
		gait.ModStanding: {""}, gait.AskMeasured: {"", gait.HowForm}, gait.AskSilent: {""},
		gait.KeepWarmsUp: {""}, gait.KeepLow: {"", gait.HowFirst}, gait.KeepSore: {gait.HowRace, gait.HowLong, gait.HowFast, gait.HowStrength},
		gait.KeepAnswered: {gait.How(gait.AnswerNewStrap), gait.How(gait.AnswerNewShoes), gait.How(gait.AnswerOnPurpose), gait.How(gait.AnswerNotALimp), gait.How(gait.AnswerNoPain)},
		gait.KeepClear:    {"", gait.HowRest}, gait.KeepQuiet: {"", gait.HowFirst, gait.HowStill, gait.HowBlind}, gait.Learning: {""}, gait.Ill: {""},
		gait.Watch:     {"", gait.HowOffScale, gait.HowNumb},
		gait.PTIgnored: {""}, gait.PTStrain: {"", gait.HowBone, gait.HowTwice}, gait.PTReturns: {"", gait.HowAgain, gait.HowStep}, gait.PTPersists: {""},
		gait.PTLife: {""}, gait.PTMorning: {""}, gait.PTGoal: {""}, gait.PTUnsure: {""}, gait.PTUnexplained: {""},
		gait.CutShort: {""}, gait.Return: {"", gait.HowBeyond, gait.HowStep, gait.HowCleared, gait.HowSkin, gait.HowMeasured},
		gait.LessVolume: {"", gait.HowCut, gait.HowMeasured}, gait.Flatter: {""}, gait.Slower: {""}, gait.WalkBreaks: {""}, gait.WarmUp: {"", gait.HowFast},
		gait.OtherSide: {""}, gait.FormReview: {""}, gait.KeepBusy: {"", gait.HowStill}, gait.NotAlone: {""}, gait.LongView: {""},
	}
	var facts []gait.Fact
	for rule, hows := range cases {
		for _, how := range hows {
			f := gait.Fact{
				Rule: rule, How: how, Spot: gait.Spot{Site: gait.Calf, Side: gait.Left}, Worst: score(4), Start: score(2), End: score(4), Morning: score(3),
				Before: score(3), Earlier: score(2), Count: 3, Of: 5, Days: 28, Limit: 2, Distance: 12400, Usual: 31000, Speed: 3.2, UsualSpeed: 2.9, Climb: 18,
				Date: time.Date(2026, 5, 3, 7, 0, 0, 0, time.UTC), Shift: gait.Shift{Short: gait.Left, Spreads: 2.1, Shorter: 12},
				What: []gait.What{gait.SignPop, gait.SignSwelling},
			}
			switch rule {
			case gait.ModChanged:
				f.What = []gait.What{gait.ChangeShort, gait.What(gait.FeatureWalkBreaks), gait.What(gait.FeaturePaceFade), gait.What(gait.FeatureCadence)}
			case gait.AskMeasured:
				f.What = []gait.What{gait.What(gait.FeatureCadence), gait.What(gait.FeatureStanceTime)}
			case gait.PTLife:
				f.What = []gait.What{gait.LifeDaily, gait.LifeMood, gait.LifeSleep}
			}
			facts = append(facts, f)
		}
	}
	return facts
}

// Every rule in every case has one sentence of its own, which reads.
func TestEveryFactHasASentence(t *testing.T) {
	odd := regexp.MustCompile(`%!|  |\.\.|[^.?]$|\b(unknown|antalgic)\b|_|^[a-z]| \.`)
	for _, both := range []bool{false, true} {
		said := map[string]gait.Fact{}
		for _, f := range every() {
			if both {
				f.Side = gait.Both
			}
			text := (&teller{numbers: map[gait.Spot]bool{}}).sentence(f)
			if text == "" || odd.MatchString(text) {
				t.Errorf("%s %q says %q", f.Rule, f.How, text)
			}
			if twin, twice := said[text]; twice && (twin.Rule == f.Rule) == false && !measured(f.Rule) {
				t.Errorf("%s %q and %s %q both say %q", f.Rule, f.How, twin.Rule, twin.How, text)
			}
			said[text] = f
		}
	}
}

// measured tells whether the rule says what was measured, which has one sentence
// wherever it is said.
func measured(r gait.Rule) bool {
	return r == gait.ModMeasured || r == gait.AskMeasured || r == gait.ModGrew || r == gait.StopWorse
}

// A limp beside a pain without a side is said with the side that was measured: there is
// no leg yet that "that leg" could mean.
func TestLimpNamesTheLeg(t *testing.T) {
	limp := gait.Fact{
		Rule: gait.StopLimp, How: gait.HowMeasured, Worst: score(3),
		Found: time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC), Shift: gait.Shift{Short: gait.Left, Spreads: 4},
	}
	for side, want := range map[gait.Side]string{
		gait.NoSide: "On 27 November your knee hurt 3 of 10, and you spent less time than usual on your left leg.",
		gait.Left:   "On 27 November your left knee hurt 3 of 10, and you spent less time than usual on that leg.",
	} {
		limp.Spot = gait.Spot{Site: gait.Knee, Side: side}
		if got := (Words{}).Reasons([]gait.Fact{limp})[0].Text; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A number of a spot, and what was measured, are said once among the reasons of
// one moment.
func TestNothingIsSaidTwice(t *testing.T) {
	shift := gait.Shift{Short: gait.Left, Spreads: 2.1, Shorter: 12}
	knee := gait.Spot{Site: gait.Knee, Side: gait.Left}
	facts := []gait.Fact{
		{Rule: gait.StopLimp, How: gait.HowMeasured, Spot: knee, Worst: score(6), Shift: shift},
		{Rule: gait.StopHigh, Spot: knee, Worst: score(6), Limit: 6},
		{Rule: gait.ModRest, Spot: knee, Worst: score(6)},
		{Rule: gait.ModMeasured, Shift: shift},
		{Rule: gait.PTUnexplained, Shift: shift, Count: 3, Of: 3},
	}
	var all []string
	for _, r := range (Words{}).Reasons(facts) {
		all = append(all, r.Text)
	}
	text := strings.Join(all, "\n")
	for _, once := range []string{"6 of 10", "usual variation", "12 ms"} {
		if n := strings.Count(text, once); n != 1 {
			t.Errorf("%q is said %d times:\n%s", once, n, text)
		}
	}
	if n := len((Words{}).Beside(facts[3:4])); n != 0 {
		t.Error("what was measured stands beside already, and is said again")
	}
}

func TestAFactOfAnEarlierDayNamesTheDay(t *testing.T) {
	f := gait.Fact{Rule: gait.ModRest, Spot: gait.Spot{Site: gait.Shin, Side: gait.Both}, Worst: score(4), Found: time.Date(2026, 2, 17, 12, 0, 0, 0, time.UTC)}
	want := "On 17 February both shins hurt 4 of 10 without running. When both sides hurt, left-right balance cannot show it."
	if got := (Words{}).Reasons([]gait.Fact{f})[0].Text; got != want {
		t.Errorf("got %q", got)
	}
}

func TestAShiftIsSaidInTheRunnersOwnVariation(t *testing.T) {
	for want, s := range map[string]gait.Shift{
		"You spent a little less time than usual on your left foot (12 ms, about twice your usual variation).":   {Short: gait.Left, Spreads: 2.1, Shorter: 12},
		"You spent clearly less time than usual on your right foot (30 ms, about 6 times your usual variation).": {Short: gait.Right, Spreads: 6, Shorter: 30},
		"You spent a little less time than usual on your left foot (within your usual variation).":               {Short: gait.Left, Spreads: 0.4, Shorter: 2},
		"You spent less time than usual on your left foot.":                                                      {Short: gait.Left, Shorter: 12},
		"From minute 23 on, you spent less time than usual on your left foot.":                                   {Short: gait.Left, Onset: 23 * time.Minute},
		"The balance between your feet was not your usual one.":                                                  {},
	} {
		if got := Shift(s); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

func TestSentence(t *testing.T) {
	knee, shin := gait.Spot{Site: gait.Knee, Side: gait.Left}, gait.Spot{Site: gait.Shin, Side: gait.Left}
	shift := gait.Shift{Short: gait.Left, Spreads: 2}
	for want, a := range map[string]gait.Assessment{
		"Its clock is wrong": {
			Verdict: gait.VerdictLearning, Reasons: []gait.Fact{{Rule: gait.KeepQuiet, Note: "its clock is wrong"}},
		},
		"You said nothing hurt, and your data look normal. Carry on as planned.": {
			Verdict: gait.VerdictKeep, Reasons: []gait.Fact{{Rule: gait.KeepClear}},
		},
		"You spent a little less time than usual on your left foot (about twice your usual variation). Did anything hurt? If not, say so and carry on.": {
			Verdict: gait.VerdictAsk, Reasons: []gait.Fact{{Rule: gait.AskMeasured, Shift: shift}}, Questions: []gait.Question{{Ask: gait.AskHurt}},
		},
		"Your left knee hurt 3 of 10. You spent a little less time than usual on your left foot (about twice your usual variation). " +
			"No running for now; anything that does not hurt is fine.": {
			Verdict: gait.VerdictStop, Reasons: []gait.Fact{{Rule: gait.StopLimp, How: gait.HowMeasured, Spot: knee, Worst: score(3), Shift: shift}},
		},
		"Your left shin has one tender spot. That can be the bone, and bone gives little warning: have it looked at before you run again. " +
			"No running for now; anything that does not hurt is fine. A physical therapist who works with runners should take a look.": {
			Verdict: gait.VerdictStop, SeeProfessional: true, Reasons: []gait.Fact{{Rule: gait.StopBone, Spot: shin}},
		},
		"You took this run out: it counts for nothing.": {Verdict: gait.VerdictKeep},
	} {
		if got := (Words{}).Sentence(a); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

func TestMiles(t *testing.T) {
	f := gait.Fact{Rule: gait.LessVolume, Distance: 21000, Usual: 28000}
	for want, w := range map[string]Words{"about 21 km a week instead of 28 km": {}, "about 13 miles a week instead of 17.4 miles": {Miles: true}} {
		if got := w.Reasons([]gait.Fact{f})[0].Text; !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestEveryQuestionHasWords(t *testing.T) {
	seen := map[string]bool{}
	for _, ask := range []gait.Ask{
		gait.AskHurt, gait.AskHowBad, gait.AskFavouring, gait.AskDeepSpot, gait.AskFrontOfHip, gait.AskWalking, gait.AskGrowing, gait.AskGone,
		gait.AskMorning, gait.AskOnPurpose, gait.AskCutBack, gait.AskRedFlag, gait.AskHowNow,
	} {
		text := (Words{}).Questions([]gait.Question{{Ask: ask, Spot: gait.Spot{Site: gait.Shin, Side: gait.Left}}})[0]
		if !strings.Contains(text, "?") || seen[text] || strings.Contains(strings.ToLower(text), " hop") {
			t.Errorf("%s asks %q", ask, text)
		}
		seen[text] = true
	}
}

// A reply is never met with a mere "thank you": what it changed is said, or that it
// changed nothing.
func TestWhatAReplyDid(t *testing.T) {
	stop := func(f gait.Fact) gait.Standing {
		f.Rule, f.Days = gait.Return, 2
		return gait.Standing{Verdict: gait.VerdictStop, Advice: []gait.Fact{{Rule: gait.CutShort}, f}}
	}
	stands := func(v gait.Verdict) gait.Standing { return gait.Standing{Verdict: v} }
	back := gait.Standing{Verdict: gait.VerdictModify, Plan: &gait.Plan{Step: 1, Of: 5}}
	for _, tt := range []struct {
		reply       gait.AnswerKind
		before, now gait.Standing
		want        string
	}{
		{gait.AnswerNoPain, stands(gait.VerdictKeep), stands(gait.VerdictKeep), "Good. I go on watching."},
		{gait.AnswerNoPain, stands(gait.VerdictAsk), stands(gait.VerdictKeep), "That settles it: carry on. I go on watching."},
		{gait.AnswerHurts, stands(gait.VerdictAsk), stands(gait.VerdictModify), "That changes my advice."},
		{gait.AnswerLimp, stands(gait.VerdictAsk), stop(gait.Fact{}), "Because of that, do not run for now."},
		{gait.AnswerNotALimp, stop(gait.Fact{}), stands(gait.VerdictKeep), "That ends the stop. Run again, and begin gently."},
		{gait.AnswerWalkingFine, stop(gait.Fact{}), stop(gait.Fact{}), "The stop stays: today does not count yet. Tell me again tomorrow."},
		{gait.AnswerWalkingFine, stop(gait.Fact{}), stop(gait.Fact{Count: 1}), "The stop stays: that is one of two calm days. Tell me again on another day."},
		{gait.AnswerWalkingFine, stop(gait.Fact{}), back, "That lifts the stop. Your way back begins: walk for 30 minutes without pain."},
		{gait.AnswerWalkingFine, stop(gait.Fact{}), stop(gait.Fact{How: gait.HowCleared}), "The stop stays: it ends when a professional has looked at it and cleared you."},
		{gait.AnswerStillHurts, stop(gait.Fact{Count: 1}), stop(gait.Fact{}), "The stop stays, and so does the question. Tell me when walking is fine."},
		{gait.AnswerOwnPlan, back, stands(gait.VerdictModify), "The steps of the way back are gone. I still listen: tell me how it goes."},
		{gait.AnswerIll, stands(gait.VerdictKeep), stands(gait.VerdictKeep), "My advice stays the same."},
	} {
		if got := (Words{}).Did(gait.ReplyKind(tt.reply), tt.before, tt.now); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.reply, got, tt.want)
		}
	}
}

// Every reply has a button and a sentence of its own.
func TestEveryReplyHasWords(t *testing.T) {
	buttons := map[string]gait.ReplyKind{}
	for _, k := range gait.ReplyKinds() {
		button := Button(k)
		if other, twice := buttons[button]; twice || button == string(k) {
			t.Errorf("%s: the button says %q, as that of %q", k, button, other)
		}
		buttons[button] = k
		for _, r := range []gait.Reply{{Kind: k}, {Kind: k, Site: gait.Shin, Side: gait.Left}} {
			if said := Replied(r); said == "" || strings.HasPrefix(said, "Something") {
				t.Errorf("%s: %q", k, said)
			}
		}
	}
}
