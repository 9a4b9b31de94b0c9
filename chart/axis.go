package chart

import (
	"math"
	"strconv"
	"time"
)

// panel is a rectangle of the picture with a scale across and one upwards.
type panel struct {
	left, bottom, right, top float64
	x0, x1, y0, y1           float64
}

func (f panel) x(v float64) float64 { return f.left + (v-f.x0)/(f.x1-f.x0)*(f.right-f.left) }
func (f panel) y(v float64) float64 { return f.bottom + (v-f.y0)/(f.y1-f.y0)*(f.top-f.bottom) }

// on returns the place of a value, on the edge where it lies beyond it.
func (f panel) on(x, y float64) point { return point{f.x(x), f.y(min(max(y, f.y0), f.y1))} }

// beyond tells that a value has no place in the panel.
func (f panel) beyond(y float64) bool { return y < f.y0 || y > f.y1 }

// tick is one mark of an axis.
type tick struct {
	at    float64
	label string
}

// numberTicks returns round numbers between low and high, about so many.
func numberTicks(low, high float64, about int) []tick {
	step, decimals := roundStep((high - low) / float64(max(about, 1)))
	var ticks []tick
	for i := int(math.Ceil(low/step - 1e-9)); float64(i)*step <= high+step*1e-9; i++ {
		ticks = append(ticks, tick{float64(i) * step, strconv.FormatFloat(float64(i)*step, 'f', decimals, 64)})
	}
	return ticks
}

// roundStep returns the next of 1, 2 and 5 times a power of ten, and how many
// decimals its multiples need.
func roundStep(step float64) (round float64, decimals int) {
	power := math.Pow(10, math.Floor(math.Log10(step)))
	for _, m := range []float64{1, 2, 5, 10} {
		if round = m * power; round >= step*(1-1e-9) {
			break
		}
	}
	return round, max(0, -int(math.Floor(math.Log10(round)+1e-9)))
}

// dateTicks returns days, Mondays, first days of months or of years between
// two moments, at most so many. The year stands where it changes.
func dateTicks(from, to time.Time, most int) []tick {
	days := to.Sub(from).Hours()/24 + 1
	for _, every := range []struct {
		days, months int
	}{{1, 0}, {2, 0}, {7, 0}, {14, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 6}, {0, 12}, {0, 24}, {0, 60}, {0, 120}} {
		if (float64(every.days)+30.4*float64(every.months))*float64(most) >= days {
			return datesBetween(from, to, every.days, every.months)
		}
	}
	return nil
}

func datesBetween(from, to time.Time, days, months int) []tick {
	day := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, from.Location())
	switch {
	case months > 0:
		day = time.Date(from.Year(), time.Month(1+(int(from.Month())-1)/months*months), 1, 0, 0, 0, 0, from.Location())
		if months >= 12 {
			day = time.Date(from.Year()/(months/12)*(months/12), 1, 1, 0, 0, 0, 0, from.Location())
		}
	case days >= 7: // Mondays
		day = day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	}
	var ticks []tick
	year := from.Year()
	for ; !day.After(to); day = day.AddDate(0, months, days) {
		if day.Before(from) {
			continue
		}
		ticks = append(ticks, tick{float64(day.Unix()), dateLabel(day, months, day.Year() != year)})
		year = day.Year()
	}
	return ticks
}

func dateLabel(day time.Time, months int, newYear bool) string {
	switch {
	case months >= 12:
		return day.Format("2006")
	case months > 0 && newYear:
		return day.Format("Jan 2006")
	case months > 0:
		return day.Format("Jan")
	case newYear:
		return day.Format("2 Jan 2006")
	default:
		return day.Format("2 Jan")
	}
}
