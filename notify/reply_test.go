package notify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// Each message offers the replies that fit it, and says which of them need no
// page: a POST of those is the whole answer.
func TestReplies(t *testing.T) {
	all := contents(t)
	said := signed(warning(t))
	said.Answers = []gait.Answer{{Run: runID, Kind: gait.AnswerALittle}}
	placed := hurtWithoutAPlace(t)
	placed.Said = []gait.Pain{{Run: runID, Site: gait.Knee, Worst: score(t, 4)}}
	nowhere := signed(morning(t))
	nowhere.Standing.Morning = &gait.Pain{Run: runID, Worst: score(t, 3)}
	noPage := signed(question(t))
	noPage.PublicURL = ""
	for name, tt := range map[string]struct {
		content notify.Content
		want    []string
	}{
		"a question": {all["alert_links"], []string{
			"No pain POST 0123abcd00000000.no-pain", "A little POST 0123abcd00000000.a-little", "It hurts POST 0123abcd00000000.hurts",
			"It was the strap or shoes 0123abcd00000000.new-gear",
		}},
		"form alone": {signed(formQuestion(t)), []string{
			"No pain POST 0123abcd00000000.no-pain", "A little POST 0123abcd00000000.a-little", "It hurts POST 0123abcd00000000.hurts",
			"I ran differently on purpose POST 0123abcd00000000.on-purpose",
		}},
		"said before": {said, []string{"It was the strap or shoes 0123abcd00000000.new-gear", "I was not limping POST 0123abcd00000000.not-a-limp"}},
		"it hurts, no more": {all["escalate_links"], append([]string{"Say where and how bad 0123abcd00000000.hurts"}, append(walking(),
			"It was the strap or shoes 0123abcd00000000.new-gear", "I was not limping POST 0123abcd00000000.not-a-limp", unsure)...)},
		"it hurts, and where": {signed(placed), append(walking(),
			"It was the strap or shoes 0123abcd00000000.new-gear", "I was not limping POST 0123abcd00000000.not-a-limp", unsure)},
		"a rest day": {signed(modify(t)), []string{
			"Enter how it feels today https://gait.example/pain/new", "I have seen a professional POST 0123abcd00000000.seen-professional",
		}},
		"a stop": {all["alert_stop_links"], slices.Concat(notALimp(), walking(), []string{
			"It was the strap or shoes 0123abcd00000000.new-gear",
			"Swollen, numb, a pop? Say so https://gait.example/pain/new?entry=3#signs", unsure,
		})},
		"a stop that only a doctor ends": {bone(t), slices.Concat([]string{"A professional has cleared me POST 0123abcd00000000.cleared"}, walking(), []string{unsure})},
		"a sign for a doctor":            {redFlag(t), slices.Concat([]string{"A professional has cleared me POST 0123abcd00000000.cleared"}, walking(), []string{unsure})},
		"a stop still stands": {all["follow_up_links"], slices.Concat(notALimp(), walking(), []string{
			"It was the strap or shoes 0123abcd00000000.new-gear",
			"Swollen, numb, a pop? Say so https://gait.example/pain/new?entry=3#signs", unsure,
		})},
		"one deep spot?": {asking(t, finding.AskDeepSpot), []string{
			"Yes, one tender spot POST 0123abcd00000000.one-spot.shin.left", "No POST 0123abcd00000000.no-spot.shin.left",
			"I did not feel for it 0123abcd00000000.not-felt.shin.left",
		}},
		"did it keep growing?": {asking(t, finding.AskGrowing), []string{
			"Yes, it kept getting worse POST 0123abcd00000000.got-worse.shin.left", "No, it did not POST 0123abcd00000000.did-not-get-worse.shin.left",
		}},
		"is it gone by the morning?": {asking(t, finding.AskGone), []string{
			"0 or 1 of 10 POST 0123abcd00000000.morning-calm.shin.left", "2 of 10 POST 0123abcd00000000.morning-two.shin.left",
			"3 or more POST 0123abcd00000000.morning-bad.shin.left",
		}},
		"the front of the hip?": {asking(t, finding.AskFrontOfHip), []string{
			"Yes, at the front POST 0123abcd00000000.front-of-hip.shin.left", "No, elsewhere POST 0123abcd00000000.not-front-of-hip.shin.left",
		}},
		"less because of it?": {asking(t, finding.AskCutBack), []string{
			"Yes, because of the pain POST 0123abcd00000000.cut-back", "No, for another reason POST 0123abcd00000000.other-reason",
		}},
		"how is walking?": {asking(t, finding.AskWalking), walking()},
		"the way back": {back(t), append(walking(),
			"I follow my own plan POST 0123abcd00000000.own-plan", unsure)},
		"no address":         {noPage, nil},
		"no links":           {all["alert_question"], nil},
		"it has settled":     {signed(all["resolved_pain"]), nil},
		"the week":           {signed(digest(t)), nil},
		"the week of a stop": {all["digest_stop"], append(walking(), unsure)},
		"a morning": {all["morning_links"], []string{
			"0 or 1 of 10 POST 0123abcd00000000.morning-calm.knee.right", "2 of 10 POST 0123abcd00000000.morning-two.knee.right",
			"3 or more POST 0123abcd00000000.morning-bad.knee.right",
		}},
		"a morning, no place": {nowhere, []string{
			"0 or 1 of 10 0123abcd00000000.morning-calm", "2 of 10 0123abcd00000000.morning-two", "3 or more 0123abcd00000000.morning-bad",
		}},
	} {
		m, err := notify.Compose(tt.content, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range m.Actions {
			how := " "
			if a.Post {
				how = " POST "
			}
			got = append(got, a.Label+how+strings.TrimPrefix(a.URL, "https://gait.example/answer/"))
			if !strings.Contains(m.Text, a.Label+": "+a.URL+"\n") || !strings.Contains(m.HTML, `href="`+a.URL+`"`) {
				t.Errorf("%s: the letter does not hold %s", name, a.URL)
			}
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s: -want +got:\n%s", name, d)
		}
		if len(got) > 0 && strings.Contains(m.Text, "gaitkeeper answer") {
			t.Errorf("%s: the letter says the same twice", name)
		}
	}
}

const unsure = "I don't know how to go on POST 0123abcd00000000.unsure"

// walking are the two taps of every stop.
func walking() []string {
	return []string{"Walking is fine and I slept well POST 0123abcd00000000.walking-fine", "It still hurts POST 0123abcd00000000.still-hurts"}
}

func notALimp() []string { return []string{"I was not limping POST 0123abcd00000000.not-a-limp"} }

// asking is a mail of a run with a sore shin, and one question about it.
func asking(t *testing.T, ask finding.Ask) notify.Content {
	c := signed(content(t, gait.LevelAsk, finding.VerdictModify))
	shin := gait.Spot{Site: gait.Shin, Side: gait.Left}
	c.Said = []gait.Pain{{ID: 4, Run: runID, Site: gait.Shin, Side: gait.Left, Worst: score(t, 3)}}
	c.Assessment.Questions = []finding.Question{{Ask: ask, Spot: shin}}
	return c
}

// An answer ends its question: the mail asks the next one, or nothing.
func TestWhatWasAnsweredIsNotAsked(t *testing.T) {
	for ask, answer := range map[finding.Ask]func(*notify.Content){
		finding.AskHurt:       func(*notify.Content) {},
		finding.AskDeepSpot:   func(c *notify.Content) { c.Said[0].Focal = gait.No },
		finding.AskGrowing:    func(c *notify.Content) { c.Said[0].Worsening = gait.No },
		finding.AskFavouring:  func(c *notify.Content) { c.Answers = []gait.Answer{{Run: runID, Kind: gait.AnswerNotALimp}} },
		finding.AskOnPurpose:  func(c *notify.Content) { c.Answers = []gait.Answer{{Run: runID, Kind: gait.AnswerOnPurpose}} },
		finding.AskMorning:    func(c *notify.Content) { c.Said[0].Morning = score(t, 1) },
		finding.AskGone:       func(c *notify.Content) { c.Said[0].Morning = score(t, 0) },
		finding.AskFrontOfHip: func(c *notify.Content) { c.Said[0].FrontOfHip = gait.No },
		finding.AskCutBack:    func(c *notify.Content) { c.Answers = []gait.Answer{{Run: runID, Kind: gait.AnswerCutBack}} },
		finding.AskHowBad:     func(*notify.Content) {},
	} {
		c := asking(t, ask)
		answer(&c)
		m, err := notify.Compose(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Actions) > 0 || strings.Contains(m.Text, "?") {
			t.Errorf("%s is asked again:\n%s", ask, m.Text)
		}
	}
}
