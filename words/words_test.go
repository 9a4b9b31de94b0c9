package words

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// every is a fact of each rule in each of its cases, with all its figures.
func every() []finding.Fact {
	cases := map[finding.Rule][]finding.How{
		finding.RedFlag: {""}, finding.ModFlag: {""},
		finding.StopBone: {"", finding.HowUrgent}, finding.StopLimp: {finding.HowSaid, finding.HowMeasured, finding.HowStill}, finding.StopNight: {""},
		finding.StopSharp: {"", finding.HowAgain}, finding.StopMedication: {""}, finding.StopWorse: {"", finding.HowRest}, finding.StopHigh: {"", finding.HowBone},
		finding.ModBone:  {finding.HowHeel, finding.HowFront, finding.HowGrew, finding.HowMorning, finding.HowAgain, finding.HowSteady},
		finding.ModTrend: {"", finding.HowTwice}, finding.ModMorning: {""}, finding.ModWorsens: {"", finding.HowTwice}, finding.ModAfter: {""}, finding.ModRest: {""},
		finding.ModChanged: {""}, finding.ModGrew: {""}, finding.ModStable: {""}, finding.ModNew: {"", finding.HowStill}, finding.ModMeasured: {"", finding.HowBeside},
		finding.ModStanding: {""}, finding.AskMeasured: {"", finding.HowForm}, finding.AskSilent: {""},
		finding.KeepWarmsUp: {""}, finding.KeepLow: {"", finding.HowFirst}, finding.KeepSore: {finding.HowRace, finding.HowLong, finding.HowFast, finding.HowStrength},
		finding.KeepAnswered: {finding.How(gait.AnswerNewStrap), finding.How(gait.AnswerNewShoes), finding.How(gait.AnswerOnPurpose), finding.How(gait.AnswerNotALimp), finding.How(gait.AnswerNoPain)},
		finding.KeepClear:    {"", finding.HowRest}, finding.KeepQuiet: {"", finding.HowFirst, finding.HowStill, finding.HowLate, finding.HowBlind}, finding.Learning: {""}, finding.Ill: {""},
		finding.Watch:     {"", finding.HowOffScale, finding.HowNumb},
		finding.PTIgnored: {""}, finding.PTStrain: {"", finding.HowBone, finding.HowTwice}, finding.PTReturns: {"", finding.HowAgain, finding.HowStep}, finding.PTPersists: {""},
		finding.PTLife: {""}, finding.PTMorning: {""}, finding.PTGoal: {"", finding.HowStill}, finding.PTUnsure: {""}, finding.PTUnexplained: {""},
		finding.CutShort: {""}, finding.Return: {"", finding.HowBeyond, finding.HowStep, finding.HowCleared, finding.HowSkin, finding.HowMeasured},
		finding.LessVolume: {"", finding.HowCut, finding.HowMeasured}, finding.Flatter: {""}, finding.Slower: {""}, finding.WalkBreaks: {""}, finding.WarmUp: {"", finding.HowFast},
		finding.AskWalk: {""}, finding.WalkFine: {""},
		finding.OtherSide: {""}, finding.FormReview: {""}, finding.KeepBusy: {"", finding.HowStill}, finding.NotAlone: {""}, finding.LongView: {""},
	}
	var facts []finding.Fact
	for rule, hows := range cases {
		for _, how := range hows {
			f := finding.Fact{
				Rule: rule, How: how, Spot: gait.Spot{Site: gait.Calf, Side: gait.Left}, Worst: score(4), Start: score(2), End: score(4), Morning: score(3),
				Before: score(3), Earlier: score(2), Count: 3, Of: 5, Days: 28, Limit: 2, Distance: 12400, Usual: 31000, Speed: 3.2, UsualSpeed: 2.9, Climb: 18,
				Date: time.Date(2026, 5, 3, 7, 0, 0, 0, time.UTC), Shift: finding.Shift{Short: gait.Left, Spreads: 2.1, Shorter: 12},
				What: []finding.What{finding.SignPop, finding.SignSwelling},
			}
			switch rule {
			case finding.ModChanged:
				f.What = []finding.What{finding.ChangeShort, finding.What(gait.FeatureWalkBreaks), finding.What(gait.FeaturePaceFade), finding.What(gait.FeatureCadence)}
			case finding.AskMeasured:
				f.What = []finding.What{finding.What(gait.FeatureCadence), finding.What(gait.FeatureStanceTime)}
			case finding.PTLife:
				f.What = []finding.What{finding.LifeDaily, finding.LifeMood, finding.LifeSleep}
			}
			facts = append(facts, f)
		}
	}
	return facts
}

// A rule without a sentence would be passed over in silence.
func TestEveryRuleIsAmongThoseWithASentence(t *testing.T) {
	code, err := os.ReadFile("../finding/verdict.go")
	if err != nil {
		t.Fatal(err)
	}
	rules := regexp.MustCompile(`Rule = "([A-Z-]+)"`).FindAllStringSubmatch(string(code), -1)
	for _, rule := range rules {
		if !slices.ContainsFunc(every(), func(f finding.Fact) bool { return f.Rule == finding.Rule(rule[1]) }) {
			t.Errorf("%s has no case in every(), and so nobody knows whether it has a sentence", rule[1])
		}
	}
	if len(rules) == 0 {
		t.Error("no rules found")
	}
}

// Every rule in every case has one sentence of its own, which reads.
func TestEveryFactHasASentence(t *testing.T) {
	odd := regexp.MustCompile(`%!|  |\.\.|[^.?]$|\b(unknown|antalgic)\b|_|^[a-z]| \.`)
	for _, both := range []bool{false, true} {
		said := map[string]finding.Fact{}
		for _, f := range every() {
			if both {
				f.Side = gait.Both
			}
			text := (&teller{numbers: map[gait.Spot]bool{}}).sentence(&f)
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
func measured(r finding.Rule) bool {
	return r == finding.ModMeasured || r == finding.AskMeasured || r == finding.ModGrew || r == finding.StopWorse
}

// A limp beside a pain without a side is said with the side that was measured: there is
// no leg yet that "that leg" could mean.
func TestLimpNamesTheLeg(t *testing.T) {
	limp := finding.Fact{
		Rule: finding.StopLimp, How: finding.HowMeasured, Worst: score(3),
		Found: time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC), Shift: finding.Shift{Short: gait.Left, Spreads: 4},
	}
	for side, want := range map[gait.Side]string{
		gait.NoSide: "On 27 November your knee hurt 3 of 10, and you spent less time than usual on your left leg.",
		gait.Left:   "On 27 November your left knee hurt 3 of 10, and you spent less time than usual on that leg.",
	} {
		limp.Spot = gait.Spot{Site: gait.Knee, Side: side}
		if got := (Words{}).Reasons([]finding.Fact{limp})[0].Text; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A number of a spot, and what was measured, are said once among the reasons of
// one moment.
func TestNothingIsSaidTwice(t *testing.T) {
	shift := finding.Shift{Short: gait.Left, Spreads: 2.1, Shorter: 12}
	knee := gait.Spot{Site: gait.Knee, Side: gait.Left}
	facts := []finding.Fact{
		{Rule: finding.StopLimp, How: finding.HowMeasured, Spot: knee, Worst: score(6), Shift: shift},
		{Rule: finding.StopHigh, Spot: knee, Worst: score(6), Limit: 6},
		{Rule: finding.ModRest, Spot: knee, Worst: score(6)},
		{Rule: finding.ModMeasured, Shift: shift},
		{Rule: finding.PTUnexplained, Shift: shift, Count: 3, Of: 3},
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
	f := finding.Fact{Rule: finding.ModRest, Spot: gait.Spot{Site: gait.Shin, Side: gait.Both}, Worst: score(4), Found: time.Date(2026, 2, 17, 12, 0, 0, 0, time.UTC)}
	want := "On 17 February both shins hurt 4 of 10 without running. When both sides hurt, left-right balance cannot show it."
	if got := (Words{}).Reasons([]finding.Fact{f})[0].Text; got != want {
		t.Errorf("got %q", got)
	}
}

func TestAShiftIsSaidInTheRunnersOwnVariation(t *testing.T) {
	for want, s := range map[string]finding.Shift{
		"You spent a little less time than usual on your left foot (12 ms, about twice your usual variation).":   {Short: gait.Left, Spreads: 2.1, Shorter: 12},
		"You spent clearly less time than usual on your right foot (30 ms, about 6 times your usual variation).": {Short: gait.Right, Spreads: 6, Shorter: 30},
		"You spent a little less time than usual on your left foot (within your usual variation).":               {Short: gait.Left, Spreads: 0.4, Shorter: 2},
		"You spent less time than usual on your left foot.":                                                      {Short: gait.Left, Shorter: 12},
		"From minute 23 on, you spent less time than usual on your left foot.":                                   {Short: gait.Left, Onset: 23 * time.Minute},
		"At first, you spent less time than usual on your left foot. Later in the run it wore off.":              {Short: gait.Left, Felt: gait.FeltAtFirst},
		"Downhill, you spent less time than usual on your right foot.":                                           {Short: gait.Right, Felt: gait.FeltDownhill},
		"When you ran faster, you spent less time than usual on your left foot.":                                 {Short: gait.Left, Felt: gait.FeltFast},
		"The balance between your feet was not your usual one.":                                                  {},
	} {
		if got := Shift(s); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

func TestSentence(t *testing.T) {
	knee, shin := gait.Spot{Site: gait.Knee, Side: gait.Left}, gait.Spot{Site: gait.Shin, Side: gait.Left}
	shift := finding.Shift{Short: gait.Left, Spreads: 2}
	for want, a := range map[string]finding.Assessment{
		"Its clock is wrong": {
			Verdict: finding.VerdictLearning, Reasons: []finding.Fact{{Rule: finding.KeepQuiet, Note: "its clock is wrong"}},
		},
		"You said nothing hurt, and your data look normal. Carry on as planned.": {
			Verdict: finding.VerdictKeep, Reasons: []finding.Fact{{Rule: finding.KeepClear}},
		},
		"You spent a little less time than usual on your left foot (about twice your usual variation). Did anything hurt? If not, say so and carry on.": {
			Verdict: finding.VerdictAsk, Reasons: []finding.Fact{{Rule: finding.AskMeasured, Shift: shift}}, Questions: []finding.Question{{Ask: finding.AskHurt}},
		},
		"Your left knee hurt 3 of 10. You spent a little less time than usual on your left foot (about twice your usual variation). " +
			"No running for now; anything that does not hurt is fine.": {
			Verdict: finding.VerdictStop, Reasons: []finding.Fact{{Rule: finding.StopLimp, How: finding.HowMeasured, Spot: knee, Worst: score(3), Shift: shift}},
		},
		"Your left shin has one tender spot. That can be the bone, and bone gives little warning: have it looked at before you run again. " +
			"No running for now; anything that does not hurt is fine. A physical therapist who works with runners should take a look.": {
			Verdict: finding.VerdictStop, SeeProfessional: true, Reasons: []finding.Fact{{Rule: finding.StopBone, Spot: shin}},
		},
		"You took this run out: it counts for nothing.": {Verdict: finding.VerdictKeep},
	} {
		if got := (Words{}).Sentence(a); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

func TestMiles(t *testing.T) {
	f := finding.Fact{Rule: finding.LessVolume, Distance: 21000, Usual: 28000}
	for want, w := range map[string]Words{"about 21 km a week instead of 28 km": {}, "about 13 miles a week instead of 17.4 miles": {Miles: true}} {
		if got := w.Reasons([]finding.Fact{f})[0].Text; !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestEveryQuestionHasWords(t *testing.T) {
	seen := map[string]bool{}
	for _, ask := range []finding.Ask{
		finding.AskHurt, finding.AskHowBad, finding.AskFavouring, finding.AskDeepSpot, finding.AskFrontOfHip, finding.AskWalking, finding.AskGrowing, finding.AskGone,
		finding.AskMorning, finding.AskOnPurpose, finding.AskCutBack, finding.AskRedFlag, finding.AskHowNow,
	} {
		text := (Words{}).Questions([]finding.Question{{Ask: ask, Spot: gait.Spot{Site: gait.Shin, Side: gait.Left}}})[0]
		if !strings.Contains(text, "?") || seen[text] || strings.Contains(strings.ToLower(text), " hop") {
			t.Errorf("%s asks %q", ask, text)
		}
		seen[text] = true
	}
}

// A reply is never met with a mere "thank you": what it changed is said, or that it
// changed nothing.
func TestWhatAReplyDid(t *testing.T) {
	stop := func(f finding.Fact) finding.Standing {
		f.Rule, f.Days = finding.Return, 2
		return finding.Standing{Verdict: finding.VerdictStop, Advice: []finding.Fact{{Rule: finding.CutShort}, f}}
	}
	stands := func(v finding.Verdict) finding.Standing { return finding.Standing{Verdict: v} }
	back := finding.Standing{Verdict: finding.VerdictModify, Plan: &finding.Plan{Step: 1, Of: 5}}
	for _, tt := range []struct {
		reply       gait.AnswerKind
		before, now finding.Standing
		want        string
	}{
		{gait.AnswerNoPain, stands(finding.VerdictKeep), stands(finding.VerdictKeep), "Good. I go on watching."},
		{gait.AnswerNoPain, stands(finding.VerdictAsk), stands(finding.VerdictKeep), "That settles it: carry on. I go on watching."},
		{gait.AnswerHurts, stands(finding.VerdictAsk), stands(finding.VerdictModify), "That changes my advice."},
		{gait.AnswerLimp, stands(finding.VerdictAsk), stop(finding.Fact{}), "Because of that, do not run for now."},
		{gait.AnswerNotALimp, stop(finding.Fact{}), stands(finding.VerdictKeep), "That ends the stop. Run again, and begin gently."},
		{gait.AnswerWalkingFine, stop(finding.Fact{}), stop(finding.Fact{}), "The stop stays: today does not count yet. Tell me again tomorrow."},
		{gait.AnswerWalkingFine, stop(finding.Fact{}), stop(finding.Fact{Count: 1}), "The stop stays: that is one of two calm days. Tell me again on another day."},
		{gait.AnswerWalkingFine, stop(finding.Fact{}), back, "That lifts the stop. Your way back begins: walk for 30 minutes without pain."},
		{gait.AnswerWalkingFine, stop(finding.Fact{}), stop(finding.Fact{How: finding.HowCleared}), "The stop stays: it ends when a professional has looked at it and cleared you."},
		{gait.AnswerStillHurts, stop(finding.Fact{Count: 1}), stop(finding.Fact{}), "The stop stays, and so does the question. Tell me when walking is fine."},
		{gait.AnswerOwnPlan, back, stands(finding.VerdictModify), "The steps of the way back are gone. I still listen: tell me how it goes."},
		{gait.AnswerIll, stands(finding.VerdictKeep), stands(finding.VerdictKeep), "My advice stays the same."},
	} {
		if got := (Words{}).Did(finding.ReplyKind(tt.reply), tt.before, tt.now); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.reply, got, tt.want)
		}
	}
}

// Every reply has a button and a sentence of its own.
func TestEveryReplyHasWords(t *testing.T) {
	buttons := map[string]finding.ReplyKind{}
	for _, k := range finding.ReplyKinds() {
		button := Button(k)
		if other, twice := buttons[button]; twice || button == string(k) {
			t.Errorf("%s: the button says %q, as that of %q", k, button, other)
		}
		buttons[button] = k
		for _, r := range []finding.Reply{{Kind: k}, {Kind: k, Site: gait.Shin, Side: gait.Left}} {
			if said := Replied(r); said == "" || strings.HasPrefix(said, "Something") {
				t.Errorf("%s: %q", k, said)
			}
		}
	}
}
