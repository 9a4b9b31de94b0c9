package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// The ways a run cannot be named.
var (
	// ErrNoRun says that no run has the ID, or that there is no run at all.
	ErrNoRun error = notFound("there is no such run")
	// ErrAmbiguousRun says that the prefix fits several runs.
	ErrAmbiguousRun error = notFound("several runs begin with this, give more digits")
)

// notFound says that what was named is not here, or not one thing.
type notFound string

func (e notFound) Error() string { return string(e) }

// Is makes it a [gait.ErrNotFound].
func (notFound) Is(target error) bool { return target == gait.ErrNotFound }

// Runs returns the runs without their samples, oldest first. A run that is gone
// is among them only if the diary or an answer speaks of it.
func (s *Store) Runs(ctx context.Context) ([]gait.Run, error) {
	runs, err := s.readRuns(ctx, present)
	return runs, during("list runs", err)
}

// Nearby returns the runs, without samples, that overlap from..to, those that
// are gone too.
func (i *importing) Nearby(ctx context.Context, from, to time.Time) ([]gait.Run, error) {
	// The bound by the longest run lets the index on start find them.
	runs, err := selectRuns(ctx, i.tx, `start <= ? AND start >= ? - (SELECT max(length) FROM runs) AND start + length >= ?`,
		to.UnixMilli(), from.UnixMilli(), from.UnixMilli())
	return runs, during("look for runs at the same time", err)
}

// ByID returns the run that has the ID, also one that is gone; false where none has.
func (i *importing) ByID(ctx context.Context, id gait.RunID) (gait.Run, bool, error) {
	runs, err := selectRuns(ctx, i.tx, `id = ?`, id)
	if err != nil || len(runs) == 0 {
		return gait.Run{}, false, err
	}
	return runs[0], true, nil
}

// Run returns the run that ref names, without its samples: an ID or the
// beginning of one. It is [ErrNoRun] or [ErrAmbiguousRun] where ref names none
// or several.
func (s *Store) Run(ctx context.Context, ref string) (gait.Run, error) {
	if ref == "" {
		return gait.Run{}, ErrNoRun
	}
	runs, err := s.readRuns(ctx, `id BETWEEN ?1 AND ?1 || '~' ORDER BY id LIMIT 2`, strings.ToLower(ref))
	switch {
	case err != nil:
		return gait.Run{}, fmt.Errorf("look up run %q: %w", ref, err)
	case len(runs) == 0:
		return gait.Run{}, fmt.Errorf("run %q: %w, gaitkeeper runs lists them all", ref, ErrNoRun)
	case len(runs) > 1:
		return gait.Run{}, fmt.Errorf("run %q: %w", ref, ErrAmbiguousRun)
	}
	return runs[0], nil
}

// Exclude takes a run out of everything, or back in.
func (s *Store) Exclude(ctx context.Context, id gait.RunID, out bool) error {
	return during("exclude", s.write(ctx, func(tx *sql.Tx) error {
		if err := requireRun(ctx, tx, id); err != nil {
			return err
		}
		_, err := exec(ctx, tx, `UPDATE runs SET excluded = ?1 WHERE id = ?2 AND excluded <> ?1`, out, id)
		return err
	}))
}

// BelieveClocks takes back that the clock of the runs that began from..to was ahead.
func (s *Store) BelieveClocks(ctx context.Context, from, to time.Time) error {
	_, err := s.change(ctx, `UPDATE runs SET clock = ? WHERE clock = ? AND start BETWEEN ? AND ?`,
		gait.ClockOK, gait.ClockFuture, stamp(from), stamp(to))
	return during("believe the clocks of runs", err)
}

// present is true of a run that a place has, or somebody spoke of.
const present = `(NOT runs.gone OR EXISTS (SELECT 1 FROM pain WHERE run = runs.id AND NOT removed) OR EXISTS (SELECT 1 FROM answers WHERE run = runs.id))`

// readRuns returns the chosen runs, oldest first.
func (s *Store) readRuns(ctx context.Context, where string, args ...any) (runs []gait.Run, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		runs, err = selectRuns(ctx, tx, where, args...)
		return err
	})
	return runs, err
}

// selectRuns is [Store.readRuns] in a transaction.
func selectRuns(ctx context.Context, tx *sql.Tx, where string, args ...any) ([]gait.Run, error) {
	var runs []gait.Run
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var r gait.Run
		var o gait.Origin
		if err := rows.Scan(append(slices.Concat(recordingFields(&r), saidFields(&r)),
			&r.ID, &r.Excluded, &r.Gone, &o.Source, &o.Key, &o.Name, &o.Recording)...); err != nil {
			return err
		}
		if n := len(runs); n == 0 || runs[n-1].ID != r.ID {
			runs = append(runs, r)
		}
		if last := &runs[len(runs)-1]; o.Key != "" {
			last.Origins = append(last.Origins, o)
		}
		return nil
	}, `SELECT `+recordingColumns+`, `+saidColumns+`, id, excluded OR gone, gone,
			coalesce(source, ''), coalesce(key, ''), coalesce(name, ''), coalesce(recording, 0)
		FROM (SELECT * FROM runs WHERE `+where+`) LEFT JOIN (SELECT id AS place, run, source, key, name, recording FROM origins) ON run = id
		ORDER BY start, id, place`, args...)
	return runs, err
}

// What a recording knows of a run; a better one takes the place of all of it.
const recordingColumns = `start, duration, elapsed, distance, context, signals, sensor_manufacturer, sensor_product,
	sensor_serial, truncated, start_hidden, clock, average_balance, oddities, others, unused`

func recordingFields(r *gait.Run) []any {
	return []any{
		(*stamp)(&r.Start), (*span)(&r.Duration), (*span)(&r.Elapsed), (*figure)(&r.Distance), &r.Context, &r.Signals,
		&r.Sensor.Manufacturer, &r.Sensor.Product, &r.Sensor.Serial, &r.Truncated, &r.StartHidden,
		&r.Clock, &r.AverageBalance, (*oddities)(&r.Oddities), (*list[gait.SensorBalance])(&r.Others), (*lines)(&r.Unused),
	}
}

// What the runner says of a run where it is kept; each of its places has that, too.
const saidColumns = `title, description, gear, feel, effort`

func saidFields(r *gait.Run) []any {
	return []any{&r.Title, &r.Description, &r.Gear, &r.Feel, &r.Effort}
}

func insertRun(ctx context.Context, tx *sql.Tx, r gait.Run) error {
	_, err := insert(ctx, tx, "runs", `id, excluded, `+recordingColumns+`, `+saidColumns,
		slices.Concat([]any{r.ID, r.Excluded}, recordingFields(&r), saidFields(&r)))
	return err
}

// replaceRun puts a better recording in place of run id. What the runner said of
// it stays.
func replaceRun(ctx context.Context, tx *sql.Tx, id gait.RunID, r gait.Run) error {
	values := recordingFields(&r)
	_, err := exec(ctx, tx, `UPDATE runs SET (`+recordingColumns+`) = (`+marks(values)+`) WHERE id = ?`, append(values, id)...)
	return err
}

// requireRun is [ErrNoRun] where there is no run id.
func requireRun(ctx context.Context, tx *sql.Tx, id gait.RunID) error {
	_, err := runEnd(ctx, tx, id)
	return err
}

// runEnd returns the moment run id ended, or [ErrNoRun].
func runEnd(ctx context.Context, tx *sql.Tx, id gait.RunID) (end time.Time, err error) {
	err = tx.QueryRowContext(ctx, `SELECT start + length FROM runs WHERE id = ?`, id).Scan((*stamp)(&end))
	if errors.Is(err, sql.ErrNoRows) {
		return end, fmt.Errorf("run %s: %w", id, ErrNoRun)
	}
	return end, err
}
