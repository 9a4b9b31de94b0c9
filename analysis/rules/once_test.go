package rules

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"gaitkeeper/gait"
)

// TestNothingIsSaidTwice lets made-up runners live through a week of pains and
// shifts: no two reasons share a sentence, and no two of the same moment tell the
// number of one place.
func TestNothingIsSaidTwice(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		w := newWorld(t)
		if rng.IntN(3) == 0 {
			w = oldPain(t, "left shin")
		}
		for day := 0; day < 8; day += 2 {
			w.usual()
			if rng.IntN(2) == 0 {
				w.shifted([]gait.Level{gait.LevelAsk, gait.LevelWarn}[rng.IntN(2)], gait.Left)
			}
			var ran, rested []gait.Pain
			for _, place := range []string{"left shin", "left knee", "right calf"} {
				if rng.IntN(2) == 0 {
					e := w.pain(somePain(rng, place))
					ran = append(ran, e)
					e.Run, e.Start, e.End, e.Morning = "", gait.Score{}, gait.Score{}, gait.Score{}
					rested = append(rested, e)
				}
			}
			if rng.IntN(6) == 0 {
				w.answers = []gait.AnswerKind{gait.AnswerUnsure}
			}
			saidOnce(t, w.run(day, ran...))
			saidOnce(t, w.look(day+1))
			if rng.IntN(3) == 0 {
				saidOnce(t, w.rest(day+1, rested...))
			}
		}
	}
}

// somePain is a pain at a place with whatever may be said of it.
func somePain(rng *rand.Rand, place string) string {
	worst := rng.IntN(9)
	text := fmt.Sprintf("%s %d", place, worst)
	if rng.IntN(2) == 0 {
		text += fmt.Sprintf(", start %d, end %d", rng.IntN(worst+1), rng.IntN(worst+1))
	}
	if rng.IntN(3) == 0 {
		text += fmt.Sprintf(", morning %d", rng.IntN(5))
	}
	for _, flag := range []string{"focal", "limping", "night", "medication", "mood"} {
		if worst > 0 && rng.IntN(8) == 0 {
			text += ", " + flag
		}
	}
	return text
}

func saidOnce(t *testing.T, o Outcome) {
	t.Helper()
	said := map[string]gait.Rule{}
	once := func(words string, rule gait.Rule) {
		if before, twice := said[words]; twice {
			t.Errorf("%s and %s both say %q", before, rule, words)
		}
		said[words] = rule
	}
	worst := regexp.MustCompile(`: (\d+ of 10)`)
	for _, f := range o.Findings {
		for sentence := range strings.SplitSeq(strings.TrimSuffix(f.Text, "."), ". ") {
			once(sentence, f.Rule)
		}
		if now := f.At.Equal(o.Findings[0].At); now && worst.MatchString(f.Text) {
			once("the number of "+f.Place.words(), f.Rule)
		}
	}
	for _, a := range o.Advice {
		once(a.Text, a.Rule)
	}
}
