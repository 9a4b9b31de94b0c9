package daemon

import (
	"context"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/gait"
)

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
	judged, err := a.Runs(ctx, time.Time{}, 0)
	if err != nil {
		return e, err
	}
	s, err := a.season(ctx)
	if err != nil {
		return e, err
	}
	for _, r := range judged {
		run, _ := s.run(r.ID)
		e.Runs = append(e.Runs, ExportedRun{
			Run: r, ElapsedS: int(run.Elapsed.Seconds()), Description: run.Description, Excluded: run.Excluded,
		})
	}
	diary, err := a.store.ListPain(ctx)
	if err != nil {
		return e, err
	}
	e.Diary = append(e.Diary, diary...)
	answers, err := a.store.Answers(ctx)
	for _, one := range answers {
		e.Answers = append(e.Answers, ExportedAnswer{one.ID, one.Run, one.Kind, one.Recorded})
	}
	for _, w := range s.history.Walks {
		e.Walks = append(e.Walks, ExportedWalk{w.Start, int(w.Length.Seconds()), w.Share, w.Phone})
	}
	return e, err
}
