package daemon

import (
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
	s, err := a.season(ctx)
	if err != nil {
		return api.Status{}, err
	}
	newest, err := a.Runs(ctx, time.Time{}, 1)
	if err != nil {
		return api.Status{}, err
	}
	st := api.Status{
		Database: a.store.Path(), Runs: len(s.listed()), Sources: []api.SourceStatus{}, Undelivered: []api.UndeliveredStatus{},
		Standing: a.Words().Standing(s.fold.Standing(a.now())),
	}
	if len(s.runs) > 0 {
		st.Newest = &newest[0]
	}
	if st.Week, err = a.Week(ctx); err != nil {
		return st, err
	}
	err = a.operation(ctx, &st)
	return st, err
}

// operation fills in the sources, what waits for the channels, the pause and the
// tags that were not understood.
func (a *App) operation(ctx context.Context, st *api.Status) error {
	var err error
	if st.Sources, err = a.sourceStatus(ctx); err != nil {
		return err
	}
	s, err := a.season(ctx)
	if err != nil {
		return err
	}
	if walks := s.history.Walks; len(walks) > 0 {
		st.Walking = api.NewWalking(s.fold.Standing(a.now()).Walking, walks[len(walks)-1].Start)
	}
	st.Copies = a.copyStatus()
	paused, err := a.paused(ctx)
	if err != nil {
		return err
	}
	st.PausedUntil = api.Moment(paused)
	if st.UnreadTags, err = a.unreadTags(ctx); err != nil {
		return err
	}
	if st.FailedFiles, err = a.failedFiles(ctx); err != nil {
		return err
	}
	owed, err := a.store.Undelivered(ctx)
	if err != nil {
		return err
	}
	for _, d := range owed {
		st.Undelivered = append(st.Undelivered, api.UndeliveredStatus{
			Channel: d.Channel, Title: d.Message.Title, Created: d.Message.Created, Attempts: d.Attempts,
			NextTry: api.Moment(d.NextTry), Error: d.LastError,
		})
	}
	notes, err := a.notes(ctx)
	if err != nil {
		return err
	}
	st.Notes = append([]alert.Note{}, notes...) // a list in JSON, even of none
	st.Well = !slices.ContainsFunc(notes, func(n alert.Note) bool { return n.Unwell })
	return nil
}

// sourceStatus returns a row for each configured source, synced or not.
func (a *App) sourceStatus(ctx context.Context) ([]api.SourceStatus, error) {
	states, err := a.store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	of := make(map[gait.SourceName]store.SourceState, len(states))
	for _, state := range states {
		of[state.Name] = state
	}
	rows := []api.SourceStatus{}
	for _, src := range a.sources {
		state := of[src.Name()]
		row := api.SourceStatus{
			Name: string(src.Name()), LastSync: api.Moment(state.Ended), LastGood: api.Moment(state.Succeeded),
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
