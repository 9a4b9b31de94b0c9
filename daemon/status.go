package daemon

import (
	"cmp"
	"context"
	"slices"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/gait"
	"gaitkeeper/store"
)

// Status returns how gaitkeeper itself is doing, and the newest verdict.
func (a *App) Status(ctx context.Context) (api.Status, error) {
	p, err := a.present(ctx)
	if err != nil {
		return api.Status{}, err
	}
	st, err := a.operation(ctx, p)
	st.Database, st.Runs = a.store.Path(), len(p.listed())
	st.Standing, st.Week = p.words.Standing(p.Standing), p.week()
	if n := len(p.runs); n > 0 {
		st.Newest = &p.list([]*gait.Run{&p.runs[n-1]})[0]
	}
	return st, err
}

// Operation returns the sources, what waits for the channels, the copies, the pause and
// what could not be read; of the runs nothing.
func (a *App) Operation(ctx context.Context) (api.Status, error) {
	p, err := a.present(ctx)
	if err != nil {
		return api.Status{}, err
	}
	return a.operation(ctx, p)
}

func (a *App) operation(ctx context.Context, p present) (api.Status, error) {
	st := api.Status{Copies: a.copyStatus(), PausedUntil: api.Moment(p.PausedUntil), Undelivered: []api.UndeliveredStatus{}}
	if walks := p.history.Walks; len(walks) > 0 {
		st.Walking = api.NewWalking(p.Standing.Walking, walks[len(walks)-1].Start)
	}
	sources, errSources := a.sourceStatus(ctx)
	tags, errTags := a.store.UnreadTags(ctx)
	files, errFiles := a.failedFiles(ctx)
	owed, errOwed := a.store.Undelivered(ctx)
	for _, d := range owed {
		st.Undelivered = append(st.Undelivered, api.UndeliveredStatus{
			Channel: d.Channel, Title: d.Message.Title, Created: d.Message.Created, Attempts: d.Attempts,
			NextTry: api.Moment(d.NextTry), Error: d.LastError,
		})
	}
	notes, errNotes := a.notes(ctx, p)
	st.Notes, st.UnreadTags = append([]alert.Note{}, notes...), append([]gait.UnreadTag{}, tags...) // lists in JSON, even of none
	st.Well = !slices.ContainsFunc(st.Notes, func(n alert.Note) bool { return n.Unwell })
	st.Sources, st.FailedFiles = sources, files
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
