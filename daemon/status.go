package daemon

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/gait"
	"gaitkeeper/store"
)

// Status returns how gaitkeeper itself is doing, and the newest verdict.
func (a *App) Status(ctx context.Context) (api.Status, error) {
	st, err := a.Operation(ctx)
	if err != nil {
		return st, err
	}
	s, err := a.season(ctx)
	if err != nil {
		return st, err
	}
	st.Database, st.Runs = a.store.Path(), len(s.listed())
	st.Standing = a.Words().Standing(s.fold.Standing(a.now()))
	newest, errRuns := a.Runs(ctx, time.Time{}, 1)
	if len(s.runs) > 0 && len(newest) > 0 {
		st.Newest = &newest[0]
	}
	st.Week, err = a.Week(ctx)
	return st, cmp.Or(errRuns, err)
}

// Operation returns the sources, what waits for the channels, the copies, the pause and
// what could not be read; of the runs nothing.
func (a *App) Operation(ctx context.Context) (api.Status, error) {
	s, situation, err := a.present(ctx)
	if err != nil {
		return api.Status{}, err
	}
	st := api.Status{Copies: a.copyStatus(), PausedUntil: api.Moment(situation.PausedUntil), Undelivered: []api.UndeliveredStatus{}}
	if walks := s.history.Walks; len(walks) > 0 {
		st.Walking = api.NewWalking(situation.Standing.Walking, walks[len(walks)-1].Start)
	}
	sources, errSources := a.sourceStatus(ctx)
	tags, errTags := a.unreadTags(ctx)
	files, errFiles := a.failedFiles(ctx)
	owed, errOwed := a.store.Undelivered(ctx)
	for _, d := range owed {
		st.Undelivered = append(st.Undelivered, api.UndeliveredStatus{
			Channel: d.Channel, Title: d.Message.Title, Created: d.Message.Created, Attempts: d.Attempts,
			NextTry: api.Moment(d.NextTry), Error: d.LastError,
		})
	}
	notes, errNotes := a.notes(ctx)
	st.Notes = append([]alert.Note{}, notes...) // a list in JSON, even of none
	st.Well = !slices.ContainsFunc(st.Notes, func(n alert.Note) bool { return n.Unwell })
	st.Sources, st.UnreadTags, st.FailedFiles = sources, tags, files
	return st, cmp.Or(errSources, errTags, errFiles, errOwed, errNotes)
}

// sourceStatus returns a row for each configured source, synced or not.
func (a *App) sourceStatus(ctx context.Context) ([]api.SourceStatus, error) {
	states, err := a.sourceStates(ctx)
	if err != nil {
		return nil, err
	}
	rows := []api.SourceStatus{}
	for _, src := range a.sources {
		state := states[src.Name()]
		row := api.SourceStatus{
			Name: src.Name(), LastSync: api.Moment(state.Ended), LastGood: api.Moment(state.Succeeded),
			NextSync: api.Moment(nextRun(a.cfg.Schedule.Sync, a.Zone(), a.now())), Backlog: state.Waiting,
			Error: state.Error, FailingSince: api.Moment(state.FailingSince), Note: state.Note,
		}
		if state.WaitingUntil.After(a.now()) {
			row.WaitingUntil = api.Moment(state.WaitingUntil)
		}
		if src.Name() == gait.SourceStrava {
			if err := a.fillStrava(ctx, &row); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// sourceStates returns how the syncs of each source went that was ever synced.
func (a *App) sourceStates(ctx context.Context) (map[gait.SourceName]store.SourceState, error) {
	all, err := a.store.Sources(ctx)
	states := make(map[gait.SourceName]store.SourceState, len(all))
	for _, state := range all {
		states[state.Name] = state
	}
	return states, err
}
