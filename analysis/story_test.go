package analysis

import (
	"slices"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// story is a runner's history as a scenario tells it: day by day.
type story struct {
	t     testing.TB // nil in a drawn story
	h     gait.History
	fake  fakeDetector
	today int
	ids   int64
}

// storyRun is one run of a story.
type storyRun struct {
	*story
	id  gait.RunID
	end time.Time
}

// usualRuns begins a story after twenty runs of 8 km, every other day, without
// a word.
func usualRuns(t testing.TB) *story {
	s := &story{t: t, fake: fakeDetector{evidence: map[gait.RunID]gait.Evidence{}}}
	for d := -40; d < 0; d += 2 {
		s.day(d).run(8)
	}
	return s
}

// day turns to a day of the story; day 0 is 2 March 2026.
func (s *story) day(n int) *story {
	s.today = n
	return s
}

func (s *story) at(hour int) time.Time {
	return time.Date(2026, 3, 2+s.today, hour, 0, 0, 0, time.UTC)
}

func (s *story) id() int64 {
	s.ids++
	return s.ids
}

// run is a run at seven in the morning.
func (s *story) run(km float64) storyRun {
	start := s.at(7)
	m := gait.Measures{
		Run: gait.NewRunID(start), Start: start, Duration: time.Duration(km*6) * time.Minute, Distance: gait.Metres(km * 1000),
		WarmUp: gait.Block{Speed: 2.2}, Quality: gait.Quality{Balance: gait.BalanceOK},
	}
	for i := range 20 {
		m.Blocks = append(m.Blocks, gait.Block{Second: int32(330 + 60*i), Speed: 2.8})
	}
	s.h.Runs = append(s.h.Runs, m)
	return storyRun{s, m.Run, end(&m)}
}

// shift lets the balance of the run speak.
func (r storyRun) shift(level gait.Level, short gait.Side) storyRun {
	e := quiet()
	e.Level, e.Chart, e.ShortSide, e.StanceDifference = level, gait.ChartSudden, short, 14
	r.fake.evidence[r.id] = e
	return r
}

// slip lets the strap of the run slip: a shift from a suspect sensor.
func (r storyRun) slip() storyRun {
	r.shift(gait.LevelWarn, gait.Left)
	e := r.fake.evidence[r.id]
	e.Quality.Balance = gait.BalanceSuspectSensor
	r.fake.evidence[r.id] = e
	return r
}

// says enters a pain about the run, an hour after it.
func (r storyRun) says(e entry) storyRun {
	e.p.ID, e.p.Run, e.p.At, e.p.Recorded = r.story.id(), r.id, r.end, r.end.Add(time.Hour)
	r.enter(e.p)
	return r
}

// nextMorning completes the entry about a place of the run.
func (r storyRun) nextMorning(e entry) storyRun {
	e.p.ID, e.p.Run, e.p.At, e.p.Recorded = r.story.id(), r.id, r.end, r.end.Add(23*time.Hour)
	r.enter(e.p)
	return r
}

// answers answers the question or warning about the run, two hours after it.
func (r storyRun) answers(k gait.AnswerKind) storyRun {
	r.h.Answers = append(r.h.Answers, gait.Answer{ID: r.story.id(), Run: r.id, Kind: k, Recorded: r.end.Add(2 * time.Hour)})
	return r
}

// rest is a rest-day entry at noon.
func (s *story) rest(e entry) {
	e.p.ID, e.p.At, e.p.Recorded = s.id(), s.at(12), s.at(12)
	s.enter(e.p)
}

// answer is an answer of this day about the last run.
func (s *story) answer(k gait.AnswerKind) {
	s.h.Answers = append(s.h.Answers, gait.Answer{ID: s.id(), Run: s.h.Runs[len(s.h.Runs)-1].Run, Kind: k, Recorded: s.at(12)})
}

func (s *story) enter(p gait.Pain) {
	if err := p.Validate(); err != nil {
		s.t.Fatalf("%+v: %v", p, err)
	}
	s.h.Pain = append(s.h.Pain, p)
}

func (s *story) fold() *Fold {
	return replay(s.h, gait.DefaultParams(), func() detector {
		s.fake.learned, s.fake.kept, s.fake.rebaselined = nil, nil, nil
		return &s.fake
	})
}

// played returns the messages that the story would have sent, without
// reminders, and the assessments with the reason of each silence.
func (s *story) played() (said []alert.Notice, runs []finding.Assessment) {
	said, runs = playedPast(s.fold(), s.h)
	return slices.DeleteFunc(said, func(n alert.Notice) bool { return n.Kind == alert.MessageReminder }), runs
}

func playedPast(f *Fold, h gait.History) ([]alert.Notice, []finding.Assessment) {
	said, silent := alert.Simulate(alert.Situation{
		Zone: h.Zone, Episodes: f.Episodes, Pain: h.Pain, Answers: h.Answers, Settings: alert.DefaultSettings(),
	})
	return said, alert.SetSuppressions(f.Assessments, silent)
}

// assessed is what the fold says of the run.
func (r storyRun) assessed() finding.Assessment {
	_, runs := r.played()
	for _, a := range runs {
		if a.Run == r.id {
			return a
		}
	}
	r.t.Fatal("the run has no assessment")
	return finding.Assessment{}
}

// stands is what stands in the evening of a day.
func (s *story) stands(day int) finding.Standing {
	s.day(day)
	return s.fold().Standing(s.at(20))
}

// entry is a diary entry in the making.
type entry struct{ p gait.Pain }

func pain(side gait.Side, site gait.Site) entry { return entry{gait.Pain{Side: side, Site: site}} }

func noPain() entry { return entry{gait.Pain{Worst: exactly(0)}} }

func (e entry) worst(n int) entry          { e.p.Worst = exactly(n); return e }
func (e entry) fromTo(a, b int) entry      { e.p.Start, e.p.End = exactly(a), exactly(b); return e }
func (e entry) morning(n int) entry        { e.p.Morning = exactly(n); return e }
func (e entry) kind(k gait.PainKind) entry { e.p.Kind = k; return e }
func (e entry) focal() entry               { e.p.Focal = gait.Yes; return e }
func (e entry) night() entry               { e.p.Night = gait.Yes; return e }
func (e entry) limping() entry             { e.p.Limping = gait.Yes; return e }
func (e entry) medication() entry          { e.p.Medication = gait.Yes; return e }

// fakeDetector says of each run what the story wants.
type fakeDetector struct {
	evidence      map[gait.RunID]gait.Evidence
	learned, kept []gait.RunID // taken into the normal, kept out of it
	rebaselined   []gait.AnswerKind
	priors        map[gait.RunID]gait.Prior
}

func quiet() gait.Evidence {
	return gait.Evidence{
		Level: gait.LevelNone, Form: gait.Form{Level: gait.LevelNone}, BaselineRuns: 20,
		Quality: gait.Quality{Balance: gait.BalanceOK},
	}
}

func (d *fakeDetector) Judge(m gait.Measures, prior gait.Prior) gait.Evidence {
	if d.priors == nil {
		d.priors = map[gait.RunID]gait.Prior{}
	}
	d.priors[m.Run] = prior
	if e, ok := d.evidence[m.Run]; ok {
		return e
	}
	return quiet()
}

func (d *fakeDetector) Learn(m gait.Measures, _ gait.Evidence, healthy bool) {
	if healthy {
		d.learned = append(d.learned, m.Run)
	} else {
		d.kept = append(d.kept, m.Run)
	}
}

func (d *fakeDetector) Rebaseline(why gait.AnswerKind) { d.rebaselined = append(d.rebaselined, why) }

func (d *fakeDetector) clone() detector { return d }
