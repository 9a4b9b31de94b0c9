package daemon

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// ExcludeRun takes the run that ref names out of everything, or back in, and
// returns it with the standing it leads to. Nothing of it is forgotten. The
// latest to be taken back in is the latest of those that are out.
func (a *App) ExcludeRun(ctx context.Context, ref string, out bool) (gait.Run, finding.Standing, error) {
	run, err := a.excludable(ctx, ref, out)
	if err != nil {
		return gait.Run{}, finding.Standing{}, err
	}
	if err := a.store.Exclude(ctx, run.ID, out); err != nil {
		return gait.Run{}, finding.Standing{}, err
	}
	run.Excluded = out
	standing, err := a.reassess(ctx)
	return run, standing, err
}

func (a *App) excludable(ctx context.Context, ref string, out bool) (gait.Run, error) {
	if out || ref != Latest {
		return a.named(ctx, ref)
	}
	s, err := a.season(ctx)
	if err != nil {
		return gait.Run{}, err
	}
	for _, run := range slices.Backward(s.runs) {
		if run.Excluded {
			return run, nil
		}
	}
	return gait.Run{}, gait.Refusef("no run is excluded: there is nothing to undo")
}

// lookBackRuns is how many runs have to come at once to be looked back upon.
const lookBackRuns = 50

// countedRuns is the setting that holds how many runs there were when the last
// import or sync came to its end.
const countedRuns = "counted_runs"

// LookBack looks back on the whole history where many runs have come since the
// last import or sync that came to its end; false where only a few have.
func (a *App) LookBack(ctx context.Context) (finding.LookBack, bool, error) {
	s, err := a.season(ctx)
	if err != nil {
		return finding.LookBack{}, false, err
	}
	before, err := a.countRuns(ctx, len(s.runs))
	if err != nil || len(s.runs)-before < lookBackRuns {
		return finding.LookBack{}, false, err
	}
	return s.fold.LookBack(), true, nil
}

// noteRuns keeps the number of runs after a sync.
func (a *App) noteRuns(ctx context.Context) error {
	s, err := a.season(ctx)
	if err != nil {
		return err
	}
	_, err = a.countRuns(ctx, len(s.runs))
	return err
}

// countRuns keeps the number of runs and returns the one that was kept before.
func (a *App) countRuns(ctx context.Context, runs int) (before int, err error) {
	kept, err := a.store.Setting(ctx, countedRuns)
	if err != nil {
		return 0, fmt.Errorf("read the number of runs: %w", err)
	}
	before, _ = strconv.Atoi(kept) // none the first time
	if before == runs {
		return before, nil
	}
	return before, a.store.SetSetting(ctx, countedRuns, strconv.Itoa(runs))
}

// Week returns the running of the week since Monday, beside what is advised and
// what was usual.
func (a *App) Week(ctx context.Context) (api.Week, error) {
	p, err := a.present(ctx)
	if err != nil {
		return api.Week{}, err
	}
	return p.week(), nil
}

func (p present) week() api.Week {
	now := p.Now.In(p.Zone)
	begin := monday(now)
	week := api.Week{
		DistanceM: distanceOf(p.counted(begin, now.Add(time.Second))),
		UsualM:    math.Round(distanceOf(p.counted(begin.AddDate(0, 0, -28), begin)) / 4),
	}
	i := slices.IndexFunc(p.Standing.Advice, func(f finding.Fact) bool { return f.Rule == finding.LessVolume })
	switch {
	case p.Standing.Verdict == finding.VerdictStop:
		week.AdvisedM = new(float64)
	case i >= 0:
		advised := math.Round(float64(p.Standing.Advice[i].Distance))
		week.AdvisedM = &advised
	}
	return week
}

func distanceOf(runs []gait.Run) float64 {
	sum := 0.0
	for _, r := range runs {
		if gait.Known(r.Distance) {
			sum += float64(r.Distance)
		}
	}
	return math.Round(sum)
}

// Runs returns the runs from since on, oldest first, with their verdicts; only
// the newest limit where that is above 0. Those whose clock is wrong come first,
// so that the last one is the newest that counts.
func (a *App) Runs(ctx context.Context, since time.Time, limit int) ([]api.Run, error) {
	p, err := a.present(ctx)
	if err != nil {
		return nil, err
	}
	runs := slices.DeleteFunc(p.listed(), func(r *gait.Run) bool { return r.Start.Before(since) })
	if limit > 0 && len(runs) > limit {
		runs = runs[len(runs)-limit:]
	}
	return p.list(runs), nil
}

func pointers(runs []gait.Run) []*gait.Run {
	p := make([]*gait.Run, len(runs))
	for i := range runs {
		p[i] = &runs[i]
	}
	return p
}

// list joins each run with what is said of it.
func (p present) list(runs []*gait.Run) []api.Run {
	return p.joined(p.words, runs, alert.Present(p.Situation))
}

// joined joins each run with what is said of it, silent with why its message is.
// Putting it into words costs most, so it is called with the runs that are shown.
func (s *season) joined(w words.Words, runs []*gait.Run, silent map[gait.RunID]finding.Suppression) []api.Run {
	out := make([]api.Run, len(runs))
	for i, r := range runs {
		said, _ := s.assessment(r.ID)
		out[i] = w.Run(*r, alert.SetSuppression(said, silent))
	}
	return out
}

// Explain returns everything behind the verdict of the run that ref names.
func (a *App) Explain(ctx context.Context, ref string) (api.Explanation, error) {
	run, err := a.named(ctx, ref)
	if err != nil {
		return api.Explanation{}, err
	}
	p, err := a.present(ctx)
	if err != nil {
		return api.Explanation{}, err
	}
	found, _ := p.assessment(run.ID)
	found = alert.SetSuppression(found, alert.Present(p.Situation))
	var entries []gait.Pain
	for _, entry := range p.Pain {
		if entry.Run == run.ID {
			entries = append(entries, entry)
		}
	}
	var answers []gait.AnswerKind
	for _, answer := range p.Answers {
		if answer.Run == run.ID {
			answers = append(answers, answer.Kind)
		}
	}
	return api.NewExplanation(a.Words().Run(run, found), run, found, p.words.Account(found), entries, answers, a.cfg.Params), nil
}

// Export is the runner's own data: the runs as [api.Run] has them, the
// diary and the answers, each oldest first.
type Export struct {
	Runs    []ExportedRun    `json:"runs"`
	Diary   []gait.Pain      `json:"diary"`
	Answers []ExportedAnswer `json:"answers"`
	// Walks are everyday walks; in JSON only, and not there without any.
	Walks []ExportedWalk `json:"walks,omitempty"`
}

// ExportedWalk is an everyday walk in the form in which it can be posted again.
type ExportedWalk struct {
	Start   time.Time `json:"start"`
	Seconds int       `json:"seconds"`
	Share   float64   `json:"share"`
	Phone   string    `json:"phone"`
}

// ExportedRun is a run with what only an export tells.
type ExportedRun struct {
	api.Run
	ElapsedS    int    `json:"elapsed_s"`
	Description string `json:"description"`
	Excluded    bool   `json:"excluded"`
}

// ExportedAnswer is what the runner said of a run's question or warning.
type ExportedAnswer struct {
	ID       int64           `json:"id"`
	Run      gait.RunID      `json:"run"`
	Answer   gait.AnswerKind `json:"answer"`
	Recorded time.Time       `json:"recorded"`
}

// Export returns everything the runner has put in and been told of each run.
func (a *App) Export(ctx context.Context) (Export, error) {
	e := Export{Runs: []ExportedRun{}, Diary: []gait.Pain{}, Answers: []ExportedAnswer{}}
	s, err := a.season(ctx)
	if err != nil {
		return e, err
	}
	judged, errRuns := a.Runs(ctx, time.Time{}, 0)
	diary, errDiary := a.store.ListPain(ctx)
	answers, errAnswers := a.store.Answers(ctx)
	for _, r := range judged {
		run, _ := s.run(r.ID)
		e.Runs = append(e.Runs, ExportedRun{
			Run: r, ElapsedS: int(run.Elapsed.Seconds()), Description: run.Description, Excluded: run.Excluded,
		})
	}
	e.Diary = append(e.Diary, diary...)
	for _, one := range answers {
		e.Answers = append(e.Answers, ExportedAnswer{one.ID, one.Run, one.Kind, one.Recorded})
	}
	for _, w := range s.history.Walks {
		e.Walks = append(e.Walks, ExportedWalk{w.Start, int(w.Length.Seconds()), w.Share, w.Phone})
	}
	return e, cmp.Or(errRuns, errDiary, errAnswers)
}
