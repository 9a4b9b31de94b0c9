package rules

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"gaitkeeper/gait"
)

// The stories of runners in pain, told in days: "0 ENTRY" is a run with an entry,
// "1 rest ENTRY" a day without one, "2 limps SIDE" and "3 warns SIDE" runs whose
// balance asks or warns, "4 runs" one without a word, "5 tap ANSWER" an answer. Each
// ends as a clinician would have it on the day after; "+" wants a professional named,
// "-" wants none.
func TestStories(t *testing.T) {
	for name, story := range map[string]struct {
		want string
		race int
		days []string
	}{
		"shin that aches from start to end":               {want: "modify", days: []string{"0 left shin 3, start 3, end 3, morning 1, ache", "2 left shin 3, start 3, end 3"}},
		"shin that grows, no single spot":                 {want: "stop", days: []string{"0 right shin 4, start 1, end 4, no focal"}},
		"tendon that is only stiff in the morning":        {want: "keep", days: []string{"0 left achilles 0, morning 2", "3 left achilles 0, morning 2", "6 left achilles 0, morning 2"}},
		"tendon that warms up while its mornings worsen":  {want: "modify+", days: []string{"0 left achilles 3, start 3, end 1, morning 1", "3 left achilles 3, start 3, end 1, morning 2", "6 left achilles 3, start 3, end 1, morning 3"}},
		"calf that popped":                                {want: "stop+", days: []string{"0 right calf 8, sharp, limping; it popped like a shot"}},
		"outer knee that grows":                           {want: "stop", days: []string{"0 right knee 6, start 0, end 6, worsening, morning 0"}},
		"knee before a marathon":                          {want: "stop+", race: 21, days: []string{"0 left knee 4, start 1, end 4", "1 rest left knee 3, daily-life"}},
		"knee on stairs":                                  {want: "modify+", days: []string{"0 left knee 3", "3 left knee 3", "4 rest left knee 4, daily-life"}},
		"heel that makes one limp":                        {want: "stop+", days: []string{"0 left heel 5, start 5, end 5, limping, mood"}},
		"heel with a spot that warms up":                  {want: "modify+", days: []string{"0 right heel 3, start 3, end 1, focal"}},
		"groin that ends a race":                          {want: "stop+", days: []string{"0 right groin 7, start 3, end 7", "2 rest right hip 4"}},
		"groin that warms up every time":                  {want: "modify+", days: []string{"0 right groin 3, start 3, end 0, morning 1", "3 right groin 3, start 3, end 0, morning 1", "6 right groin 4, start 4, end 0, morning 1"}},
		"groin at night":                                  {want: "stop+", days: []string{"0 right groin 4, start 2, end 4, limping", "1 rest right groin 4, night"}},
		"foot with a diagnosed fracture":                  {want: "stop+", days: []string{"0 right foot 4, bone", "3 tap seen-professional", "10 rest right foot 0", "12 rest right foot 0"}},
		"foot that gave way in the taper":                 {want: "stop+", race: 14, days: []string{"0 right foot 7, start 0, end 7, limping"}},
		"buttock that gets worse each mile":               {want: "stop+", race: 35, days: []string{"0 right buttock 8, start 0, end 8, worsening", "1 rest right buttock 7"}},
		"low back on one side":                            {want: "modify", days: []string{"0 left sacrum 3, start 3, end 3"}},
		"foot that goes numb without pain":                {want: "keep", days: []string{"0 left foot 0; goes numb after a while"}},
		"stitch called sharp":                             {want: "keep-", days: []string{"0 right other 6, sharp; a side stitch"}},
		"both calves that tighten until one stops":        {want: "stop+", days: []string{"0 both calf 5, start 0, end 5, tight", "3 both calf 5, start 0, end 5, tight"}},
		"ankle rolled and swollen":                        {want: "stop+", days: []string{"0 right ankle 5; rolled it, swollen by the evening"}},
		"knee run with painkillers":                       {want: "stop", days: []string{"0 right knee 6, start 1, end 6", "3 right knee 2, medication"}},
		"thighs after a race":                             {want: "keep-", race: -1, days: []string{"-1 runs", "0 rest both thigh 7, sore"}},
		"chest and arm on a hill":                         {want: "stop+", days: []string{"0 other 4, tight; chest and left arm"}},
		"a stride that shifts and a runner who is silent": {want: "modify+", days: []string{"0 limps left", "2 limps left", "4 limps left"}},
		"calf that frightens more than it hurts":          {want: "modify+", days: []string{"0 left calf 1, start 1, end 1, mood"}},

		"false stop, answered truthfully":         {want: "keep-", days: []string{"0 warns left left knee 1", "2 0", "4 0", "20 0"}},
		"ignored stop with a growing pain":        {want: "stop+", days: []string{"0 left knee 6", "2 left knee 7"}},
		"holiday after a pain":                    {want: "ask-", days: []string{"0 left knee 3", "17 tap still"}},
		"training halved at once":                 {want: "modify-", days: []string{"0 left knee 3", "3 left knee 3", "6 left knee 3"}},
		"niggle in the taper":                     {want: "modify-", race: 20, days: []string{"0 back 1"}},
		"way back done well":                      {want: "keep-", days: []string{"0 left knee 3, sharp", "2 rest left knee 0", "3 rest left knee 0", "5 tap walking-fine", "7 left knee 1, morning 0", "10 left knee 0, morning 0", "24 left knee 0, morning 0"}},
		"way back too fast, and it hurts":         {want: "modify+", days: []string{"0 left knee 3, sharp", "2 rest left knee 0", "3 rest left knee 0", "5 left knee 4, start 3, end 4", "7 left knee 4, start 3, end 4"}},
		"way back broken off by a new sharp pain": {want: "stop", days: []string{"0 left knee 3, sharp", "2 rest left knee 0", "3 rest left knee 0", "5 left knee 5, sharp"}},
		"two taps are enough":                     {want: "modify", days: []string{"0 left knee 7", "1 tap walking-fine", "2 tap walking-fine"}},
		"it still hurts":                          {want: "stop", days: []string{"0 left knee 7", "1 tap walking-fine", "2 tap still-hurts", "3 tap walking-fine"}},
		"the silent runner":                       {want: "ask", days: []string{"0 left knee 5", "3 runs", "6 runs", "16 runs"}},
	} {
		w := newWorld(t)
		if story.race != 0 {
			w.c.Races = append(w.c.Races, on(story.race))
		}
		last := 0
		for _, day := range story.days {
			last = w.live(day)
		}
		o := w.look(last + 1)
		verdict := strings.TrimRight(story.want, "+-")
		if string(o.Verdict) != verdict || strings.HasSuffix(story.want, "+") && !o.Professional || strings.HasSuffix(story.want, "-") && o.Professional {
			t.Errorf("%s: %s, professional %v, want %s (%v)", name, o.Verdict, o.Professional, story.want, o.names())
		}
	}
}

// live lives one day of a story, and returns which.
func (w *world) live(day string) int {
	number, what, _ := strings.Cut(day, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		w.t.Fatal(err)
	}
	kind, rest, _ := strings.Cut(what, " ")
	w.usual()
	switch kind {
	case "rest":
		w.rest(n, w.pain(rest))
	case "tap":
		if k := gait.AnswerKind(rest); slices.Contains(gait.AnswerKinds(), k) {
			if k == gait.AnswerSeenProfessional {
				w.c.Before.MutedUntil = on(n + w.c.Params.Pain.ProfessionalDay)
			}
			w.tap(n, k)
		}
	case "limps", "warns":
		side, entry, _ := strings.Cut(rest, " ")
		w.shifted(map[string]gait.Level{"limps": gait.LevelAsk, "warns": gait.LevelWarn}[kind], gait.Side(side))
		w.told(n, entry)
	case "runs":
		w.run(n)
	default:
		w.told(n, what)
	}
	return n
}
