package store

import (
	"context"
	"time"

	"gaitkeeper/gait"
)

// SourceState is how the syncs of one source went. A time that has not come
// yet is zero.
type SourceState struct {
	Name gait.SourceName
	// Started and Ended are of the last sync; Ended before Started means that
	// one is under way, or was cut off.
	Started, Ended time.Time
	// Succeeded is when a sync last ended without an error.
	Succeeded time.Time
	// FailingSince is since when it has failed.
	FailingSince time.Time
	// Error is the last sync's, in plain words; empty if it went well.
	Error string
	// Found and New count the runs the last sync saw and stored.
	Found, New int
	// Waiting counts what the source still holds and the last sync left there.
	Waiting int
	// NextDue is when the next sync is planned.
	NextDue time.Time
	// WaitingUntil is when the source may be asked again; zero where it does
	// not wait. A wait is no failure.
	WaitingUntil time.Time
	// Note is a sentence for the runner, as why the source waits; may be empty.
	Note string
}

// SyncResult is how one sync ended.
type SyncResult struct {
	At                  time.Time
	Found, New, Waiting int
	// Error is empty where the sync went well.
	Error string
	// NextDue is when the next sync is planned.
	NextDue time.Time
	// WaitingUntil is when a source that asked for a pause may be asked again; zero
	// where it did not.
	WaitingUntil time.Time
	// Note is a sentence for the runner, as why the source waits; may be empty.
	Note string
}

// SyncStarted records that a sync of a source began.
func (s *Store) SyncStarted(ctx context.Context, name gait.SourceName, at time.Time) error {
	_, err := s.change(ctx, `INSERT INTO sources (name, started) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET started = excluded.started`, name, stamp(at))
	return during("note the start of a sync of "+string(name), err)
}

// SyncEnded records how a sync of a source ended. FailingSince begins with the
// first failure after a success, and ends with a success.
func (s *Store) SyncEnded(ctx context.Context, name gait.SourceName, r SyncResult) error {
	var succeeded, failing time.Time
	if r.Error == "" {
		succeeded = r.At
	} else {
		failing = r.At
	}
	_, err := s.change(ctx, `INSERT INTO sources (name, ended, succeeded, failing_since, error, found, new, waiting, next_due,
			waiting_until, note)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET ended = excluded.ended,
			succeeded = coalesce(excluded.succeeded, succeeded),
			failing_since = iif(excluded.error = '', NULL, coalesce(failing_since, excluded.failing_since)),
			error = excluded.error, found = excluded.found, new = excluded.new,
			waiting = excluded.waiting, next_due = excluded.next_due,
			waiting_until = excluded.waiting_until, note = excluded.note`,
		name, stamp(r.At), stamp(succeeded), stamp(failing), r.Error, r.Found, r.New, r.Waiting, stamp(r.NextDue),
		stamp(r.WaitingUntil), r.Note)
	return during("note the end of a sync of "+string(name), err)
}

// Sources returns the state of every source that was ever synced, by name.
func (s *Store) Sources(ctx context.Context) ([]SourceState, error) {
	states, err := readAll(ctx, s, func(st *SourceState) []any {
		return []any{
			&st.Name, (*stamp)(&st.Started), (*stamp)(&st.Ended), (*stamp)(&st.Succeeded),
			(*stamp)(&st.FailingSince), &st.Error, &st.Found, &st.New, &st.Waiting, (*stamp)(&st.NextDue),
			(*stamp)(&st.WaitingUntil), &st.Note,
		}
	}, `SELECT name, started, ended, succeeded, failing_since, error, found, new, waiting, next_due, waiting_until, note
		FROM sources ORDER BY name`)
	return states, during("read the state of the sources", err)
}
