package analysis

import (
	"slices"

	"gaitkeeper/gait"
)

// same reports whether two events are the same in all that the fold looks at.
func (e *event) same(o *event) bool {
	return e.at.Equal(o.at) && e.excluded == o.excluded && (e.run == nil) == (o.run == nil) &&
		samePointed(e.entry, o.entry) && samePointed(e.answer, o.answer) &&
		slices.EqualFunc(e.statements, o.statements, statement.same) && (e.run == o.run || e.run != nil && sameRun(e.run, o.run))
}

func (w statement) same(o statement) bool {
	return w.recorded.Equal(o.recorded) && samePointed(w.entry, o.entry) && samePointed(w.answer, o.answer)
}

func samePointed[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

// sameRun compares two runs' figures; what is unknown is equal to what is
// unknown.
func sameRun(a, b *gait.Measures) bool {
	return a.Run == b.Run && a.Method == b.Method && a.Start.Equal(b.Start) && a.Duration == b.Duration &&
		a.Context == b.Context && a.Signals == b.Signals && a.Sensor == b.Sensor && a.Truncated == b.Truncated &&
		a.Quality == b.Quality &&
		sameFigure(a.Distance, b.Distance) && sameFigure(a.WalkShare, b.WalkShare) && sameFigure(a.Ascent, b.Ascent) &&
		sameBlock(a.WarmUp, b.WarmUp) && slices.EqualFunc(a.Blocks, b.Blocks, sameBlock)
}

func sameBlock(a, b gait.Block) bool {
	return a == b || a.Second == b.Second && a.Kept == b.Kept &&
		sameFigure(a.Speed, b.Speed) && sameFigure(a.Grade, b.Grade) && sameFigure(a.Cadence, b.Cadence) &&
		sameFigure(a.StanceTime, b.StanceTime) && sameFigure(a.StanceTimeBalance, b.StanceTimeBalance) &&
		sameFigure(a.VerticalOscillation, b.VerticalOscillation) && sameFigure(a.HeartRate, b.HeartRate)
}

func sameFigure[F ~float64](a, b F) bool { return a == b || a != a && b != b }
