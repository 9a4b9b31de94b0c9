package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"gaitkeeper/gait"
)

// measuresLayout is how the figures of a run are stored now. Figures of the
// layout before it are read as well: the samples to take them again from may be
// gone.
const (
	measuresLayout = 2
	olderMeasures  = 1 // without vertical oscillation and heart rate
)

// blockColumns returns the figures of a block. A block holds medians, which
// may lie halfway between two steps of the samples' resolution.
func blockColumns() []column[gait.Block] {
	return []column[gait.Block]{
		{2000, false, func(b *gait.Block) *float64 { return (*float64)(&b.Speed) }},
		{1000, false, func(b *gait.Block) *float64 { return (*float64)(&b.Grade) }},
		{128, false, func(b *gait.Block) *float64 { return (*float64)(&b.Cadence) }},
		{20, false, func(b *gait.Block) *float64 { return (*float64)(&b.StanceTime) }},
		{200, false, func(b *gait.Block) *float64 { return (*float64)(&b.StanceTimeBalance) }},
		{20, false, func(b *gait.Block) *float64 { return (*float64)(&b.VerticalOscillation) }},
		{2, false, func(b *gait.Block) *float64 { return (*float64)(&b.HeartRate) }},
	}
}

func blockSecond(b *gait.Block) *int32 { return &b.Second }
func blockKept(b *gait.Block) *int32   { return &b.Kept }

// packMeasures returns the figures of a run, except for its ID and method, as
// one blob. The warm-up is the first of its blocks.
func (c *codec) packMeasures(m gait.Measures) ([]byte, error) {
	return c.pack(measuresLayout, func(b []byte) []byte { return appendMeasures(b, m) })
}

func appendMeasures(b []byte, m gait.Measures) []byte {
	blocks := append([]gait.Block{m.WarmUp}, m.Blocks...)
	b = binary.AppendVarint(b, m.Start.UnixMilli())
	b = binary.AppendVarint(b, m.Duration.Milliseconds())
	for _, v := range []float64{float64(m.Distance), m.WalkShare, float64(m.Ascent), 0} { // the last is not read
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	b = binary.AppendUvarint(b, uint64(m.Signals))
	b = binary.AppendVarint(b, 0) // not read
	b = binary.AppendUvarint(b, truth(m.Truncated))
	b = binary.AppendUvarint(b, uint64(m.Sensor.Product))
	b = binary.AppendUvarint(b, uint64(m.Sensor.Serial))
	for _, text := range []string{string(m.Context), m.Sensor.Manufacturer, string(m.Quality.Balance), m.Quality.Reason} {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	b = binary.AppendUvarint(b, uint64(len(blocks)))
	b = appendInts(b, blocks, blockSecond)
	b = appendInts(b, blocks, blockKept)
	for _, col := range blockColumns() {
		b = appendColumn(b, blocks, col)
	}
	return b
}

func truth(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// unpackMeasures is the inverse of packMeasures. It unpacks in scratch, which
// it returns for the next call.
func (c *codec) unpackMeasures(blob, scratch []byte) (gait.Measures, []byte, error) {
	layout, columns := byte(measuresLayout), blockColumns()
	older := len(blob) > 0 && blob[0] == olderMeasures
	if older {
		layout, columns = olderMeasures, columns[:len(columns)-2]
	}
	scratch, err := c.open(layout, blob, scratch[:0])
	if err != nil {
		return gait.Measures{}, scratch, err
	}
	u := &unpacker{rest: scratch}
	m := gait.Measures{
		Start:     time.UnixMilli(u.int()).UTC(),
		Duration:  time.Duration(u.int()) * time.Millisecond,
		Distance:  gait.Metres(u.float()),
		WalkShare: u.float(), Ascent: gait.Metres(u.float()),
	}
	u.float() // the cadence's spread and, below, the number of walks: figures that nobody needs any more
	m.Signals = narrow[gait.Signals](u)
	u.int()
	m.Truncated = u.uint() == 1
	m.Sensor.Product, m.Sensor.Serial = narrow[uint16](u), narrow[uint32](u)
	m.Context, m.Sensor.Manufacturer = gait.Context(u.text()), u.text()
	m.Quality = gait.Quality{Balance: gait.BalanceQuality(u.text()), Reason: u.text()}
	blocks := make([]gait.Block, u.count())
	readInts(u, blocks, blockSecond)
	readInts(u, blocks, blockKept)
	for _, col := range columns {
		readColumn(u, blocks, col)
	}
	for i := 0; older && i < len(blocks); i++ {
		blocks[i].VerticalOscillation, blocks[i].HeartRate = gait.Unknown[gait.Millimetres](), gait.Unknown[gait.BeatsPerMinute]()
	}
	if len(blocks) == 0 {
		u.fail()
	}
	if err := u.end(); err != nil {
		return gait.Measures{}, scratch, err
	}
	m.WarmUp = blocks[0]
	if len(blocks) > 1 {
		m.Blocks = blocks[1:]
	}
	return m, scratch, nil
}

// StaleRuns returns the runs, oldest first, whose figures were not taken by
// the given method and whose samples are there to take them again.
func (s *Store) StaleRuns(ctx context.Context, method int) ([]gait.RunID, error) {
	stale, err := readAll(ctx, s, itself[gait.RunID], `SELECT id FROM runs LEFT JOIN measures ON run = id
		WHERE method IS NOT ? AND EXISTS (SELECT 1 FROM samples WHERE run = id) ORDER BY start`, method)
	return stale, during("list runs with old figures", err)
}

// SaveMeasures stores the figures of runs in place of what they had, all or
// none.
func (s *Store) SaveMeasures(ctx context.Context, measures []gait.Measures) error {
	packed := make([][]byte, len(measures))
	for i, m := range measures {
		var err error
		if packed[i], err = s.codec.packMeasures(m); err != nil {
			return fmt.Errorf("save figures of run %s: %w", m.Run, err)
		}
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		for i, m := range measures {
			if err := requireRun(ctx, tx, m.Run); err != nil {
				return fmt.Errorf("save figures: %w", err)
			}
			if err := putMeasures(ctx, tx, m.Run, m.Method, packed[i]); err != nil {
				return fmt.Errorf("save figures of run %s: %w", m.Run, err)
			}
		}
		return nil
	})
}

func putMeasures(ctx context.Context, tx *sql.Tx, id gait.RunID, method int, packed []byte) error {
	_, err := exec(ctx, tx, `INSERT INTO measures (run, method, data) VALUES (?, ?, ?)
		ON CONFLICT (run) DO UPDATE SET method = excluded.method, data = excluded.data`, id, method, packed)
	return err
}

// readMeasures returns the figures of all runs, except for those that are gone
// and that nobody spoke of.
func (s *Store) readMeasures(ctx context.Context, tx *sql.Tx) ([]gait.Measures, error) {
	var all []gait.Measures
	var id, scratch []byte
	var blob sql.RawBytes
	err := each(ctx, tx, func(rows *sql.Rows) (err error) {
		var m gait.Measures
		var method int
		if err := rows.Scan(&id, &method, &blob); err != nil {
			return err
		}
		if m, scratch, err = s.codec.unpackMeasures(blob, scratch); err != nil {
			return fmt.Errorf("run %s: %w", id, err)
		}
		m.Run, m.Method = gait.RunID(id), method
		all = append(all, m)
		return nil
	}, `SELECT run, method, data FROM measures WHERE run NOT IN (SELECT id FROM runs WHERE NOT `+present+`)`)
	return all, err
}
