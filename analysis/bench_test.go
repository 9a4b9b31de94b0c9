package analysis

import (
	"math/rand/v2"
	"testing"

	"gaitkeeper/gait"
)

// season is a history of n runs with a diary: a pain with every tenth run.
func season(n int) gait.History {
	r := rand.New(rand.NewPCG(3, 4))
	var h gait.History
	for i := range n {
		m := drawn(r, i, 50.3)
		h.Runs = append(h.Runs, m)
		if i%10 == 0 {
			h.Pain = append(h.Pain, gait.Pain{
				ID: int64(i + 1), Run: m.Run, At: end(&m), Recorded: end(&m), Site: gait.Sites()[i/10%16], Side: gait.Left,
				Worst: exactly(i / 10 % 5),
			})
		}
	}
	return h
}

func BenchmarkReplay3000(b *testing.B) {
	h, p := season(3000), gait.DefaultParams()
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			Replay(h, p)
		}
	})
	b.Run("without detector", func(b *testing.B) {
		for b.Loop() {
			replay(h, p, func() detector { return stillDetector{} })
		}
	})
}

type stillDetector struct{}

func (stillDetector) Judge(gait.Measures, gait.Prior) gait.Evidence { return quiet() }
func (stillDetector) Learn(gait.Measures, gait.Evidence, bool)      {}
func (stillDetector) Rebaseline(gait.AnswerKind)                    {}

func (d stillDetector) clone() detector { return d }
