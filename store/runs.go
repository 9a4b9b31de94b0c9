package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	return runs, nil
}

// Nearby returns the runs, without samples, that overlap from..to, those that
// are gone too.
func (i *importing) Nearby(ctx context.Context, from, to time.Time) ([]gait.Run, error) {
	// The bound by the longest run lets the index on start find them.
	runs, err := selectRuns(ctx, i.tx, `start <= ? AND start >= ? - (SELECT max(length) FROM runs) AND start + length >= ?`,
		to.UnixMilli(), from.UnixMilli(), from.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("look for runs at the same time: %w", err)
	}
	return runs, nil
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
	err := s.write(ctx, func(tx *sql.Tx) error {
		if err := requireRun(ctx, tx, id); err != nil {
			return err
		}
		_, err := exec(ctx, tx, `UPDATE runs SET excluded = ?1 WHERE id = ?2 AND excluded <> ?1`, out, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("exclude: %w", err)
	}
	return nil
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
		r, o, err := scanRun(rows)
		if err != nil {
			return err
		}
		if n := len(runs); n == 0 || runs[n-1].ID != r.ID {
			runs = append(runs, r)
		}
		if last := &runs[len(runs)-1]; o.Key != "" {
			last.Origins = append(last.Origins, o)
		}
		return nil
	}, `SELECT r.id, r.start, r.duration, r.elapsed, r.distance, r.context, r.title, r.description, r.signals,
				r.sensor_manufacturer, r.sensor_product, r.sensor_serial, r.truncated, r.excluded OR r.gone,
				r.gear, r.feel, r.effort, r.start_hidden, r.gone,
				r.clock, r.average_balance, r.oddities, r.others, r.unused,
				coalesce(o.source, ''), coalesce(o.key, ''), coalesce(o.name, ''), coalesce(o.recording, 0)
			FROM (SELECT * FROM runs WHERE `+where+`) r LEFT JOIN origins o ON o.run = r.id
			ORDER BY r.start, r.id, o.id`, args...)
	return runs, err
}

func scanRun(rows *sql.Rows) (r gait.Run, o gait.Origin, err error) {
	err = rows.Scan(&r.ID, (*stamp)(&r.Start), (*span)(&r.Duration), (*span)(&r.Elapsed), (*figure)(&r.Distance),
		&r.Context, &r.Title, &r.Description, &r.Signals,
		&r.Sensor.Manufacturer, &r.Sensor.Product, &r.Sensor.Serial, &r.Truncated, &r.Excluded,
		&r.Gear, &r.Feel, &r.Effort, &r.StartHidden, &r.Gone,
		&r.Clock, &r.AverageBalance, (*oddities)(&r.Oddities), (*list[gait.SensorBalance])(&r.Others), (*lines)(&r.Unused),
		&o.Source, &o.Key, &o.Name, &o.Recording)
	return r, o, err
}

func insertRun(ctx context.Context, tx *sql.Tx, r gait.Run) error {
	_, err := exec(ctx, tx, `INSERT INTO runs (id, start, duration, elapsed, distance, context, title, description,
			signals, sensor_manufacturer, sensor_product, sensor_serial, truncated, excluded, gear, feel, effort, start_hidden,
			clock, average_balance, oddities, others, unused)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Start.UnixMilli(), span(r.Duration), span(r.Elapsed), figure(r.Distance), r.Context, r.Title, r.Description,
		r.Signals, r.Sensor.Manufacturer, r.Sensor.Product, r.Sensor.Serial, r.Truncated, r.Excluded,
		r.Gear, r.Feel, r.Effort, r.StartHidden, r.Clock, r.AverageBalance, oddities(r.Oddities),
		list[gait.SensorBalance](r.Others), lines(r.Unused))
	return err
}

// replaceRun puts a better recording in place of run id. What the runner said of
// it stays.
func replaceRun(ctx context.Context, tx *sql.Tx, id gait.RunID, r gait.Run) error {
	_, err := exec(ctx, tx, `UPDATE runs SET start = ?, duration = ?, elapsed = ?, distance = ?, context = ?,
			signals = ?, sensor_manufacturer = ?, sensor_product = ?, sensor_serial = ?, truncated = ?, start_hidden = ?,
			clock = ?, average_balance = ?, oddities = ?, others = ?, unused = ?
		WHERE id = ?`,
		r.Start.UnixMilli(), span(r.Duration), span(r.Elapsed), figure(r.Distance), r.Context,
		r.Signals, r.Sensor.Manufacturer, r.Sensor.Product, r.Sensor.Serial, r.Truncated, r.StartHidden,
		r.Clock, r.AverageBalance, oddities(r.Oddities), list[gait.SensorBalance](r.Others), lines(r.Unused), id)
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
