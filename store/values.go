package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// The types below say how values of the domain look in SQL. They convert in
// place: stamp(t) is an argument, (*stamp)(&t) a place to scan to.

// stamp is a time as Unix milliseconds; the zero time is NULL.
type stamp time.Time

// Value implements [driver.Valuer].
func (s stamp) Value() (driver.Value, error) {
	if time.Time(s).IsZero() {
		return nil, nil
	}
	return time.Time(s).UnixMilli(), nil
}

// Scan implements [sql.Scanner].
func (s *stamp) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*s = stamp{}
	case int64:
		*s = stamp(time.UnixMilli(v).UTC())
	default:
		return fmt.Errorf("%v is not a time", v)
	}
	return nil
}

// instant is a time as Unix nanoseconds: when a file was changed.
type instant time.Time

// Value implements [driver.Valuer].
func (i instant) Value() (driver.Value, error) { return time.Time(i).UnixNano(), nil }

// Scan implements [sql.Scanner].
func (i *instant) Scan(v any) error {
	ns, ok := v.(int64)
	if !ok {
		return fmt.Errorf("%v is not a time", v)
	}
	*i = instant(time.Unix(0, ns).UTC())
	return nil
}

// span is a duration in milliseconds.
type span time.Duration

// Value implements [driver.Valuer].
func (s span) Value() (driver.Value, error) { return time.Duration(s).Milliseconds(), nil }

// Scan implements [sql.Scanner].
func (s *span) Scan(v any) error {
	ms, ok := v.(int64)
	if !ok {
		return fmt.Errorf("%v is not a duration", v)
	}
	*s = span(time.Duration(ms) * time.Millisecond)
	return nil
}

// figure is a measured number; an unknown one is NULL.
type figure float64

// Value implements [driver.Valuer].
func (f figure) Value() (driver.Value, error) {
	if math.IsNaN(float64(f)) {
		return nil, nil
	}
	return float64(f), nil
}

// Scan implements [sql.Scanner].
func (f *figure) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*f = figure(math.NaN())
	case float64:
		*f = figure(v)
	default:
		return fmt.Errorf("%v is not a number", v)
	}
	return nil
}

// lines are texts, one a line; none is the empty text.
type lines []string

// Value implements [driver.Valuer].
func (l lines) Value() (driver.Value, error) { return strings.Join(l, "\n"), nil }

// Scan implements [sql.Scanner].
func (l *lines) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("%v is not a text", v)
	}
	*l = nil
	if text != "" {
		*l = strings.Split(text, "\n")
	}
	return nil
}

// reference is the ID of a run; an empty one is NULL.
type reference gait.RunID

// Value implements [driver.Valuer].
func (r reference) Value() (driver.Value, error) {
	if r == "" {
		return nil, nil
	}
	return string(r), nil
}

// Scan implements [sql.Scanner].
func (r *reference) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*r = ""
	case string:
		*r = reference(v)
	default:
		return fmt.Errorf("%v is not the ID of a run", v)
	}
	return nil
}

// score is a pain number: 4, or 3+ where only the lower end is known, or NULL.
type score gait.Score

// Value implements [driver.Valuer].
func (s score) Value() (driver.Value, error) {
	known := gait.Score(s)
	if !known.Known() {
		return nil, nil
	}
	if n, exact := known.Number(); exact {
		return strconv.Itoa(n), nil
	}
	return strconv.Itoa(known.Low()) + "+", nil
}

// Scan implements [sql.Scanner].
func (s *score) Scan(v any) error {
	if v == nil {
		*s = score{}
		return nil
	}
	text, _ := v.(string)
	digits, open := strings.CutSuffix(text, "+")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return fmt.Errorf("%v is not a score: %w", v, err)
	}
	known, err := gait.Exactly(n)
	if open {
		known, err = gait.AtLeastScore(n)
	}
	*s = score(known)
	return err
}

// yesNo is an answer: 1, 0, or NULL where the question was not answered.
type yesNo gait.YesNo

// Value implements [driver.Valuer].
func (y yesNo) Value() (driver.Value, error) {
	switch gait.YesNo(y) {
	case gait.Yes:
		return int64(1), nil
	case gait.No:
		return int64(0), nil
	default:
		return nil, nil
	}
}

// Scan implements [sql.Scanner].
func (y *yesNo) Scan(v any) error {
	switch v {
	case nil:
		*y = yesNo(gait.Unsaid)
	case int64(0):
		*y = yesNo(gait.No)
	case int64(1):
		*y = yesNo(gait.Yes)
	default:
		return fmt.Errorf("%v is neither yes nor no", v)
	}
	return nil
}

// list is one of facts, as JSON; none is an empty text.
type list[T any] []T

// Value implements [driver.Valuer].
func (l list[T]) Value() (driver.Value, error) {
	if len(l) == 0 {
		return "", nil
	}
	data, err := json.Marshal([]T(l))
	return string(data), err
}

// Scan implements [sql.Scanner].
func (l *list[T]) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("%v is no list", v)
	}
	*l = nil
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), (*[]T)(l))
}

// oddities are what is odd about a recording. Those stored before there were facts
// are sentences, one a line.
type oddities []gait.Oddity

// Value implements [driver.Valuer].
func (o oddities) Value() (driver.Value, error) { return list[gait.Oddity](o).Value() }

// Scan implements [sql.Scanner].
func (o *oddities) Scan(v any) error {
	if text, ok := v.(string); !ok || text == "" || text[0] == '[' {
		return (*list[gait.Oddity])(o).Scan(v)
	}
	var said lines
	err := said.Scan(v)
	*o = nil
	for _, text := range said {
		*o = append(*o, gait.Oddity{Kind: gait.OddityInWords, Text: text})
	}
	return err
}
