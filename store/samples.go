package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"gaitkeeper/gait"
)

const samplesLayout = 1

// sampleColumns returns the figures of a sample at the resolution of the FIT
// profile's record message. The altitude, which FIT keeps to 0.2 m, and the
// cadence, to 1/64 step a minute over both feet, hold Strava's decimetres and
// whole steps as well.
func sampleColumns() []column[gait.Sample] {
	return []column[gait.Sample]{
		{100, true, func(s *gait.Sample) *float64 { return (*float64)(&s.Distance) }},
		{1000, false, func(s *gait.Sample) *float64 { return (*float64)(&s.Speed) }},
		{10, false, func(s *gait.Sample) *float64 { return (*float64)(&s.Altitude) }},
		{64, false, func(s *gait.Sample) *float64 { return (*float64)(&s.Cadence) }},
		{10, false, func(s *gait.Sample) *float64 { return (*float64)(&s.StanceTime) }},
		{100, false, func(s *gait.Sample) *float64 { return (*float64)(&s.StanceTimeBalance) }},
		{10, false, func(s *gait.Sample) *float64 { return (*float64)(&s.VerticalOscillation) }},
		{10, false, func(s *gait.Sample) *float64 { return (*float64)(&s.StepLength) }},
		{1, false, func(s *gait.Sample) *float64 { return (*float64)(&s.HeartRate) }},
		{1, false, func(s *gait.Sample) *float64 { return (*float64)(&s.Power) }},
	}
}

func sampleSecond(s *gait.Sample) *int32 { return &s.Second }

func (c *codec) packSamples(samples []gait.Sample) ([]byte, error) {
	return c.pack(samplesLayout, func(b []byte) []byte {
		b = binary.AppendUvarint(b, uint64(len(samples)))
		b = appendInts(b, samples, sampleSecond)
		for _, col := range sampleColumns() {
			b = appendColumn(b, samples, col)
		}
		return b
	})
}

// unpackSamples is the inverse of packSamples.
func (c *codec) unpackSamples(blob []byte) ([]gait.Sample, error) {
	payload, err := c.open(samplesLayout, blob, nil)
	if err != nil {
		return nil, err
	}
	u := &unpacker{rest: payload}
	samples := make([]gait.Sample, u.count())
	readInts(u, samples, sampleSecond)
	for _, col := range sampleColumns() {
		readColumn(u, samples, col)
	}
	if err := u.end(); err != nil {
		return nil, err
	}
	return samples, nil
}

// Samples returns the seconds of a run: none where it has none or they were
// forgotten. It is [ErrNoRun] where the run is unknown.
func (s *Store) Samples(ctx context.Context, id gait.RunID) ([]gait.Sample, error) {
	return s.samples(id, s.reader.QueryRowContext(ctx, selectSamples, id))
}

// Samples is [Store.Samples] in a transaction. Damaged ones are as good as
// forgotten there: they must not hold up whatever else is imported.
func (i *importing) Samples(ctx context.Context, id gait.RunID) ([]gait.Sample, error) {
	samples, err := i.store.samples(id, i.tx.QueryRowContext(ctx, selectSamples, id))
	if errors.Is(err, errDamaged) {
		return nil, nil
	}
	return samples, err
}

const selectSamples = `SELECT data FROM runs LEFT JOIN samples ON run = id WHERE id = ?`

func (s *Store) samples(id gait.RunID, row *sql.Row) ([]gait.Sample, error) {
	var blob []byte
	err := row.Scan(&blob)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fmt.Errorf("read samples of run %s: %w", id, ErrNoRun)
	case err != nil:
		return nil, fmt.Errorf("read samples of run %s: %w", id, plain(err))
	case blob == nil:
		return nil, nil
	}
	samples, err := s.codec.unpackSamples(blob)
	return samples, during("read samples of run "+string(id), err)
}

// putSamples stores packed samples in place of what the run had; nil takes
// them away.
func putSamples(ctx context.Context, tx *sql.Tx, id gait.RunID, packed []byte) error {
	if packed == nil {
		_, err := exec(ctx, tx, `DELETE FROM samples WHERE run = ?`, id)
		return err
	}
	_, err := exec(ctx, tx, `INSERT INTO samples (run, data) VALUES (?, ?)
		ON CONFLICT (run) DO UPDATE SET data = excluded.data`, id, packed)
	return err
}
