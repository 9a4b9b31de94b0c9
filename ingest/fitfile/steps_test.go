package fitfile

import (
	"strings"
	"testing"

	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"

	"gaitkeeper/gait"
)

// pace is a stretch of a run: what feet did, and what was read of it.
type pace struct {
	seconds     int
	speed       gait.MetresPerSecond // NaN where it is not known
	steps, read gait.StepsPerMinute
}

func TestACadenceInStepsIsHalved(t *testing.T) {
	unknown := gait.Unknown[gait.MetresPerSecond]()
	for name, tt := range map[string]struct {
		paces  []pace
		halved bool
	}{
		"twice from beginning to end":    {[]pace{{600, 2.9, 170, 340}}, true},
		"with walks in between":          {[]pace{{300, 2.9, 170, 340}, {60, 1.4, 110, 220}, {300, 2.9, 170, 340}}, true},
		"with walks, the speed unknown":  {[]pace{{600, unknown, 170, 340}, {50, unknown, 100, 200}}, true},
		"very slow steps":                {[]pace{{600, 1.7, 120, 240}}, true},
		"slower still":                   {[]pace{{600, 1.6, 112, 224}}, true},
		"a slow jog":                     {[]pace{{600, 2.2, 150, 300}}, true},
		"some of the records":            {[]pace{{300, 2.9, 170, 170}, {300, 2.9, 170, 340}}, true},
		"some of them, walks too":        {[]pace{{300, 2.9, 170, 170}, {300, 2.9, 170, 340}, {60, 1.3, 105, 210}, {60, 1.3, 105, 105}}, true},
		"every other record":             {repeated(100, pace{1, 2.9, 172, 344}, pace{1, 2.9, 172, 172}), true},
		"some of them, standing":         {[]pace{{300, 2.9, 170, 340}, {60, 0, 0, 0}}, true},
		"right":                          {[]pace{{600, 2.9, 170, 170}}, false},
		"right, slow":                    {[]pace{{600, 2.2, 150, 150}}, false},
		"right, walking":                 {[]pace{{600, 1.4, 115, 115}}, false},
		"right, two hundred":             {[]pace{{600, 3.6, 200, 200}}, false},
		"right, two hundred and slow":    {[]pace{{600, 2.2, 205, 205}}, false},
		"right, sprints of ten seconds":  {[]pace{{300, 3, 170, 170}, {10, 9, 270, 270}, {60, 1.4, 110, 110}, {10, 9, 270, 270}, {10, 9, 270, 270}}, false},
		"many long sprints, right again": {repeated(9, pace{10, 9, 270, 270}, pace{60, 2, 160, 160}), false},
		"right, and no fix for a while":  {[]pace{{300, 2.9, 170, 170}, {300, 0, 170, 170}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			var samples []gait.Sample
			var want []gait.StepsPerMinute
			for _, p := range tt.paces {
				for range p.seconds {
					s := gait.NewSample(int32(len(samples)))
					s.Speed, s.Cadence = p.speed, p.read
					samples, want = append(samples, s), append(want, p.steps)
				}
			}
			if got := halveSteps(samples); got != tt.halved {
				t.Errorf("halved %v", got)
			}
			for i, w := range want {
				if samples[i].Cadence != w {
					t.Fatalf("second %d: %v steps a minute, want %v", i, samples[i].Cadence, w)
				}
			}
		})
	}
}

func TestAHalfCadenceIsDoubled(t *testing.T) {
	for name, tt := range map[string]struct {
		paces   []pace
		doubled bool
	}{
		"half from beginning to end": {[]pace{{600, 3.5, 170, 85}}, true},
		"with stops in between":      {[]pace{{300, 3.5, 170, 85}, {60, 0, 0, 0}, {300, 3.5, 170, 85}}, true},
		"with walks in between":      {[]pace{{300, 3.5, 170, 85}, {60, 1.4, 110, 55}, {300, 3.5, 170, 85}}, true},
		"right":                      {[]pace{{600, 3.5, 170, 170}}, false},
		"a walk":                     {[]pace{{600, 1.6, 105, 105}}, false},
		"a fix that runs off":        {[]pace{{30, 5, 100, 100}, {600, 3, 165, 165}}, false},
		"a ride":                     {[]pace{{600, 8, 85, 85}}, false},
		"the speed unknown":          {[]pace{{600, gait.Unknown[gait.MetresPerSecond](), 85, 85}}, false},
	} {
		var samples []gait.Sample
		for _, p := range tt.paces {
			for range p.seconds {
				s := gait.NewSample(int32(len(samples)))
				s.Speed, s.Cadence = p.speed, p.read
				samples = append(samples, s)
			}
		}
		if got := doubleSteps(samples); got != tt.doubled {
			t.Errorf("%s: doubled %v", name, got)
		}
		i := 0
		for _, p := range tt.paces {
			if want := p.steps; samples[i].Cadence != want {
				t.Errorf("%s, second %d: %v steps a minute, want %v", name, i, samples[i].Cadence, want)
			}
			i += p.seconds
		}
	}
}

func repeated(n int, paces ...pace) (list []pace) {
	for range n {
		list = append(list, paces...)
	}
	return list
}

func TestAHalvedCadenceIsSaid(t *testing.T) {
	records := join(one(fileID(typedef.FileActivity)), one(sportMessage(typedef.SportRunning)))
	for s := range 300 {
		records = append(records, recordAt(s).SetEnhancedSpeedScaled(3).SetCadence(170).ToMesg(nil))
	}
	r := read(encoded(t, join(records, one(sessionMessage(0, 300, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)))...)).Runs[0]
	if r.Samples[9].Cadence != 170 || len(r.Oddities) != 1 || !strings.Contains(said(r), "it was halved") {
		t.Errorf("cadence %v, %q", r.Samples[9].Cadence, r.Oddities)
	}
}

// A recorder without a sensor for steps may write 0 all the time: nobody runs so.
func TestACadenceThatIsAlwaysZeroIsNone(t *testing.T) {
	always := ranAs(t, session40(), func(_ int, r *mesgdef.Record) { r.SetCadence(0) })
	if always.Signals.Has(gait.SignalCadence) || !always.Signals.Has(gait.SignalStanceTimeBalance) {
		t.Errorf("signals %v", always.Signals)
	}
	stood := ranAs(t, session40(), func(second int, r *mesgdef.Record) {
		if second < 600 {
			r.SetCadence(0)
		}
	})
	if s := stood.Samples[0]; s.Cadence != 0 {
		t.Errorf("standing has cadence %v", s.Cadence)
	}
}
