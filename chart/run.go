package chart

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// small is one of the panels beneath the balance.
type small struct {
	label  string
	values []float64
	// number writes a value of the axis.
	number func(v float64) string
}

// Empty reports whether there is nothing to draw.
func (r Run) Empty() bool { return len(r.Minutes) == 0 }

// Wide is how large a wide page draws it; an SVG shrinks and grows with its place.
func (Run) Wide() Size { return Size{Width: 720, Height: 640} }

// Phone is how large a phone draws it.
func (Run) Phone() Size { return Size{Width: 360, Height: 560} }

// Alt says what the picture shows: the run's balance against the runner's
// normal, and before and after a change.
func (r Run) Alt() string {
	after := gait.Evidence{Balance: r.mean(r.Onset, math.MaxInt64), Baseline: r.Baseline, Band: r.Band}
	return words.Course(after, r.Onset, r.mean(0, r.Onset))
}

// Mean is the balance over the whole run; unknown where it has none.
func (r Run) Mean() gait.Percent { return r.mean(0, math.MaxInt64) }

// mean is the balance over a part of the run.
func (r Run) mean(from, to time.Duration) gait.Percent {
	sum, n := 0.0, 0.0
	for _, b := range r.Minutes {
		at := time.Duration(b.Second) * time.Second
		if gait.Known(b.StanceTimeBalance) && at >= from && at < to {
			sum, n = sum+float64(b.StanceTimeBalance), n+1
		}
	}
	return gait.Percent(sum / n) // 0/0 is unknown
}

func (r Run) draw(p *canvas) {
	p.head(r.Title, "Left foot's share of ground contact, %")
	smalls := r.smalls()
	bottom, top := float64(keyRoom+tickRoom+12), p.height-headRoom
	// The balance takes half of the height, the small panels share the rest.
	each := 0.0
	if len(smalls) > 0 {
		each = min(0.5*(top-bottom)/float64(len(smalls)), 64)
	}
	minutes := r.minutes()
	f := panel{left: marginL, right: p.width - marginR, top: top, bottom: bottom + each*float64(len(smalls)), x0: 0, x1: minutes}
	f.y0, f.y1 = r.balances()
	p.balanceAxis(f)
	r.drawNormal(p, f)
	r.drawOnset(p, f, bottom)
	if r.drawBalance(p, f); !gait.Known(r.Mean()) {
		p.note(f, "No left/right signal in this run")
	}
	for i, s := range smalls {
		high := f.bottom - each*float64(i)
		r.drawSmall(p, panel{left: f.left, right: f.right, top: high - 19, bottom: high - each + 4, x0: 0, x1: minutes}, s)
	}
	f.bottom = bottom
	p.columns(f, numberTicks(0, minutes, int((f.right-f.left)/56)))
	// In the middle, where it has room also in the wider letters of another machine.
	p.write(point{(f.left + f.right) / 2, bottom - 30}, textStyle{size: noteSize, colour: p.colours.soft, across: 0.5}, "minutes from the start")
	p.key(r.entries(p.colours))
}

// minutes is the length of the picture, at least ten minutes.
func (r Run) minutes() float64 {
	end := r.Duration.Minutes()
	for _, b := range r.Minutes {
		end = max(end, minuteOf(b)+0.5)
	}
	return max(end, 10)
}

func minuteOf(b gait.Block) float64 { return float64(b.Second) / 60 }

func (r Run) balances() (low, high float64) {
	var values []float64
	for _, b := range r.Minutes {
		values = append(values, float64(b.StanceTimeBalance))
	}
	if r.learned() {
		values = append(values, float64(r.Baseline)-float64(r.Band), float64(r.Baseline)+float64(r.Band))
	}
	return balanceRange(values)
}

func (r Run) learned() bool { return known(r.Baseline, r.Band) }

func (r Run) drawNormal(p *canvas, f panel) {
	if !r.learned() {
		return
	}
	normal, band := float64(r.Baseline), float64(r.Band)
	p.normal(f.left, f.right, f.on(0, normal-band).y, f.on(0, normal).y, f.on(0, normal+band).y)
}

// drawOnset marks the moment of a change through all panels.
func (r Run) drawOnset(p *canvas, f panel, bottom float64) {
	if r.Onset <= 0 {
		return
	}
	x := f.x(r.Onset.Minutes())
	p.line(p.colours.ink, 1.25, []float64{4, 3}, point{x, bottom}, point{x, f.top})
	look := textStyle{size: noteSize, bold: true, colour: p.colours.ink}
	label := "change at " + words.Clock(r.Onset)
	if x+4+p.measure(look, label) > f.right {
		look.across = 1
		x -= 8
	}
	p.write(point{x + 4, f.top - 10}, look, label)
}

// drawBalance draws a dot for each minute, hollow before a change, and the mean of the
// run, before and after it. No minute is a warning: only runs are judged.
func (r Run) drawBalance(p *canvas, f panel) {
	for _, b := range r.Minutes {
		if !gait.Known(b.StanceTimeBalance) {
			continue
		}
		balance := float64(b.StanceTimeBalance)
		at := f.on(minuteOf(b), balance)
		p.mark(at, mark{radius: 3, colour: p.colours.normal, hollow: f.beyond(balance) || minuteOf(b) < r.Onset.Minutes()})
		p.name(at, "", r.says(b))
	}
	for _, part := range [][2]time.Duration{{0, r.Onset}, {r.Onset, time.Duration(r.minutes() * float64(time.Minute))}} {
		if mean := float64(r.mean(part[0], part[1])); part[0] < part[1] && !math.IsNaN(mean) && !f.beyond(mean) {
			p.line(p.colours.ink, 2, nil, f.on(part[0].Minutes(), mean), f.on(part[1].Minutes(), mean))
		}
	}
}

// says names a minute: "minute 25: 49.1 %, 171 steps, 6:40".
func (r Run) says(b gait.Block) string {
	said := fmt.Sprintf("minute %d: %.1f %%", b.Second/60+1, float64(b.StanceTimeBalance))
	if gait.Known(b.Cadence) {
		said += fmt.Sprintf(", %.0f steps", float64(b.Cadence))
	}
	if gait.Known(b.Speed) && b.Speed > 0 {
		said += ", pace " + r.pace(float64(b.Speed))
	}
	return said
}

// pace writes a speed in metres a second as minutes and seconds for the unit.
func (r Run) pace(speed float64) string {
	metres := gait.Kilometre
	if r.Miles {
		metres = gait.Mile
	}
	return words.Clock(time.Duration(float64(metres) / speed * float64(time.Second)))
}

// smalls are the panels for which there are values.
func (r Run) smalls() []small {
	whole := func(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }
	pace := "Pace, minutes per kilometre"
	if r.Miles {
		pace = "Pace, minutes per mile"
	}
	all := []small{
		{"Cadence, steps a minute", r.values(func(b gait.Block) float64 { return float64(b.Cadence) }), whole},
		{"Ground contact time, ms", r.values(func(b gait.Block) float64 { return float64(b.StanceTime) }), whole},
		{pace, r.values(func(b gait.Block) float64 { return float64(b.Speed) }), r.pace},
		{"Slope, %", r.values(func(b gait.Block) float64 { return float64(b.Grade) }), whole},
	}
	var some []small
	for _, s := range all {
		if low, high := extent(s.values); low <= high {
			some = append(some, s)
		}
	}
	return some
}

func (r Run) values(of func(gait.Block) float64) []float64 {
	values := make([]float64, len(r.Minutes))
	for i, b := range r.Minutes {
		values[i] = of(b)
	}
	return values
}

// extent returns the smallest and the largest known value; the first is the
// greater one where there is none.
func extent(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}

// drawSmall draws one value over the run as a line, broken where minutes are
// missing, with its smallest and largest value on the axis.
func (r Run) drawSmall(p *canvas, f panel, s small) {
	p.write(point{f.left, f.top + 5}, textStyle{size: noteSize, colour: p.colours.soft}, s.label)
	low, high := extent(s.values)
	room := max(0.08*(high-low), 0.01*math.Abs(high), 0.05)
	f.y0, f.y1 = low-room, high+room
	p.line(p.colours.grid, 1, nil, point{f.left, f.bottom - 2}, point{f.right, f.bottom - 2})
	look := textStyle{size: noteSize, colour: p.colours.soft, across: 1}
	upper, lower := s.number(high), s.number(low)
	if upper == lower || f.top-f.bottom < 20 {
		p.write(point{f.left - 8, (f.top+f.bottom)/2 - 4}, look, upper)
	} else {
		p.write(point{f.left - 8, f.top - 8}, look, upper)
		p.write(point{f.left - 8, f.bottom}, look, lower)
	}
	var stretch []point
	flush := func() {
		if len(stretch) == 1 {
			p.mark(stretch[0], mark{radius: 1.5, colour: p.colours.normal})
		}
		p.line(p.colours.normal, 1.5, nil, stretch...)
		stretch = nil
	}
	for i, v := range s.values {
		if i > 0 && r.Minutes[i].Second-r.Minutes[i-1].Second > 120 || math.IsNaN(v) {
			flush()
		}
		if !math.IsNaN(v) {
			stretch = append(stretch, point{f.x(minuteOf(r.Minutes[i])), f.y(v)})
		}
	}
	flush()
}

func (r Run) entries(c palette) []entry {
	var list []entry
	minute, before := c.ofLevel(gait.LevelNone), mark{radius: 3, colour: c.normal, hollow: true}
	switch {
	case !gait.Known(r.Mean()):
	case r.Onset > 0:
		list = append(list, marked("a minute before the change", before), marked("after it", minute), meanEntry("their mean"))
	default:
		list = append(list, marked("a minute", minute), meanEntry("mean of this run"))
	}
	if r.learned() {
		list = append(list, normalEntry())
	}
	return list
}
