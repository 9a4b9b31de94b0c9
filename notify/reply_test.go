package notify_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// Each message offers the replies that fit it, and says which of them need no
// page: a POST of those is the whole answer.
func TestReplies(t *testing.T) {
	all := letters(t)
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
			"New strap or shoes 0123abcd00000000.new-gear",
		}},
		"form alone": {signed(formQuestion(t)), []string{
			"No pain POST 0123abcd00000000.no-pain", "A little POST 0123abcd00000000.a-little", "It hurts POST 0123abcd00000000.hurts",
			"New strap or shoes 0123abcd00000000.new-gear",
		}},
		"said before":         {said, []string{"New strap or shoes 0123abcd00000000.new-gear"}},
		"it hurts, no more":   {all["escalate_links"], []string{"Say where and how bad 0123abcd00000000.hurts", "New strap or shoes 0123abcd00000000.new-gear", "Enter how it feels today https://gait.example/pain/new"}},
		"it hurts, and where": {signed(placed), []string{"New strap or shoes 0123abcd00000000.new-gear", "Enter how it feels today https://gait.example/pain/new"}},
		"a rest day":          {signed(modify(t)), []string{"Enter how it feels today https://gait.example/pain/new"}},
		"a stop still stands": {all["follow_up_links"], []string{"Enter how it feels today https://gait.example/pain/new"}},
		"no address":          {noPage, nil},
		"no links":            {all["alert_question"], nil},
		"it has settled":      {signed(all["resolved_pain"]), nil},
		"the week":            {signed(digest(t)), nil},
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
