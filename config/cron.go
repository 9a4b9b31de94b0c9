package config

import (
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Cron reads a cron expression of five fields, in the given zone. Sunday is 0 or
// 7, and a range of weekdays may go over the weekend.
//
// When clocks change, what is due at certain hours runs once: a time that the
// change leaves out as soon as it is over, a time that comes twice the first time.
// What is due in every hour goes on as if no clock had been changed.
func Cron(line string, zone *time.Location) (cron.Schedule, error) {
	fields := strings.Fields(line)
	if len(fields) == 5 {
		fields[4] = weekdays(fields[4])
	}
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(strings.Join(fields, " "))
	if err != nil {
		return nil, err
	}
	spec, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return parsed, nil
	}
	const allHours = 1<<24 - 1
	if spec.Hour&allHours == allHours {
		return everyHour{spec, zone}, nil
	}
	return certainHours{spec, zone}, nil
}

// weekdays writes the field of weekdays out as single days from 0 to 6, which is
// all that the library knows. What it does not understand stays as it is.
func weekdays(field string) string {
	var days []string
	for item := range strings.SplitSeq(field, ",") {
		span, written, stepped := strings.Cut(item, "/")
		if span == "*" || span == "?" {
			days = append(days, item)
			continue
		}
		from, until, ranged := strings.Cut(span, "-")
		first, known := weekday(from)
		last := first
		switch {
		case ranged:
			var also bool
			last, also = weekday(until)
			known = known && also
		case stepped:
			last = max(first, 6)
		}
		step := 1
		if stepped {
			var err error
			if step, err = strconv.Atoi(written); err != nil {
				return field
			}
		}
		if !known || step < 1 {
			return field
		}
		if last < first {
			last += 7 // over the weekend
		}
		for day := first; day <= last; day += step {
			days = append(days, strconv.Itoa(day%7))
		}
	}
	return strings.Join(days, ",")
}

// weekday reads a day from 0 to 7 or by its first three letters.
func weekday(s string) (day int, known bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(s, d.String()[:3]) {
			return int(d), true
		}
	}
	day, err := strconv.Atoi(s)
	return day, err == nil && day >= 0 && day <= 7
}

// everyHour is due in every hour of its days.
type everyHour struct {
	spec *cron.SpecSchedule
	zone *time.Location
}

// Next returns the first moment after t at which a clock in the zone shows a time
// that is due; zero where none comes within five years.
func (s everyHour) Next(t time.Time) time.Time {
	for stretch := t; ; { // of one offset from UTC
		shift := offset(stretch, s.zone)
		due := s.spec.Next(t.UTC().Add(shift))
		if due.IsZero() {
			return due
		}
		next := due.Add(-shift)
		_, change := stretch.In(s.zone).ZoneBounds()
		if change.IsZero() || next.Before(change) {
			return next.In(s.zone)
		}
		t, stretch = change.Add(-time.Nanosecond), change // the change itself may be due
	}
}

// certainHours is due at certain hours of its days.
type certainHours struct {
	spec *cron.SpecSchedule
	zone *time.Location
}

// Next returns the first moment after t at which a time is due that no earlier
// moment stood for; zero where none comes within five years.
func (s certainHours) Next(t time.Time) time.Time {
	// Moments follow each other as the times do that they stand for, so it is
	// enough to look at the times behind the one that a clock shows at t.
	for due := s.spec.Next(shown(t, s.zone)); !due.IsZero(); due = s.spec.Next(due) {
		if at := firstShown(due, s.zone); at.After(t) {
			return at
		}
	}
	return time.Time{}
}

// firstShown returns the first moment at which a clock in the zone shows the time
// that clock has in UTC; where none ever does, the moment at which it jumps over
// that time.
func firstShown(clock time.Time, zone *time.Location) time.Time {
	at := time.Date(clock.Year(), clock.Month(), clock.Day(), clock.Hour(), clock.Minute(), clock.Second(), 0, zone)
	begin, end := at.ZoneBounds()
	switch shows := shown(at, zone); {
	case shows.After(clock):
		return begin
	case shows.Before(clock):
		return end
	case begin.IsZero():
		return at
	}
	before := clock.Add(-offset(begin.Add(-time.Nanosecond), zone))
	if before.Before(begin) && shown(before, zone).Equal(clock) {
		return before.In(zone)
	}
	return at
}

// shown returns what a clock in the zone shows at t, as a time of UTC.
func shown(t time.Time, zone *time.Location) time.Time { return t.UTC().Add(offset(t, zone)) }

func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}
