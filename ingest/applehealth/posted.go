package applehealth

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// posted is what an app sends. Health Auto Export sends data.metrics; any other may
// send walks.
type posted struct {
	Data struct {
		Metrics []json.RawMessage `json:"metrics"`
	} `json:"data"`
	Walks []json.RawMessage `json:"walks"`
}

// metric is one row of figures. It, its points and the walks are read one by one,
// so that a faulty one, or one of another kind, costs no other.
type metric struct {
	Name string            `json:"name"`
	Data []json.RawMessage `json:"data"`
}

// dataPoint is one figure of Health Auto Export. Its times are of a walk where the
// app does not sum up.
type dataPoint struct {
	Date  string   `json:"date"`
	Start string   `json:"start"`
	End   string   `json:"end"`
	Qty   *float64 `json:"qty"`
}

// postedWalk is a walk in the small form: {"start":"2026-05-01T08:00:00Z",
// "seconds":51,"share":0.07,"phone":"iPhone16,1"}. Share is 0 to 1.
type postedWalk struct {
	Start   string   `json:"start"`
	Seconds float64  `json:"seconds"`
	Share   *float64 `json:"share"`
	Phone   string   `json:"phone"`
}

// scale is how a sender writes a share.
type scale string

const (
	percent  scale = "percent"  // 0 to 100, as Health Auto Export does
	fraction scale = "fraction" // 0 to 1, as the phone itself does
)

// received is what was understood of a post.
type received struct {
	walks   []gait.Walk
	scale   scale // empty where nothing tells
	leftOut int
}

// The names of the metrics. Both feet are on the ground for 20 to 40 % of a step, so
// that the second one tells the scale of the first.
const (
	asymmetryMetric     = "walking_asymmetry_percentage"
	doubleSupportMetric = "walking_double_support_percentage"
)

// parse reads a post. known is the scale that the sender was last seen to use.
func parse(body []byte, known scale, now time.Time) (received, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return received{}, errors.New("the body is empty")
	}
	var in posted
	if err := json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), &in); err != nil {
		return received{}, errors.New("this is not JSON as Health Auto Export sends it: choose the format JSON, and as data type Health Metrics")
	}
	metrics := metricsOf(in.Data.Metrics)
	out := received{scale: scaleOf(metrics)}
	used := out.scale
	if used == "" {
		used = known
	}
	if used == "" {
		used = percent // what the app that is most used documents
	}
	latest := now.Add(ahead)
	keep := func(w gait.Walk, ok bool) {
		if ok && !w.Faulty() && plausible(w.Start) && w.Start.Before(latest) && w.Length >= 0 && w.Length <= longestWalk {
			out.walks = append(out.walks, w)
		} else {
			out.leftOut++
		}
	}
	for _, m := range metrics {
		if m.Name != asymmetryMetric {
			continue
		}
		for _, raw := range m.Data {
			keep(walkOf(raw, used))
		}
	}
	for _, raw := range in.Walks {
		keep(smallWalk(raw))
	}
	return out, nil
}

// metricsOf are the metrics that can be read: an app sends many others beside.
func metricsOf(all []json.RawMessage) []metric {
	var out []metric
	for _, raw := range all {
		var m metric
		if json.Unmarshal(raw, &m) == nil {
			out = append(out, m)
		}
	}
	return out
}

// smallWalk reads a walk in the small form.
func smallWalk(raw json.RawMessage) (gait.Walk, bool) {
	var w postedWalk
	if json.Unmarshal(raw, &w) != nil || w.Share == nil || len(w.Phone) > 40 || w.Seconds < 0 || w.Seconds > longestWalk.Seconds() {
		return gait.Walk{}, false
	}
	start, ok := date(w.Start)
	return gait.Walk{
		Start: start, Length: time.Duration(w.Seconds * float64(time.Second)), Share: *w.Share, Phone: strings.ToValidUTF8(w.Phone, ""),
	}, ok
}

// walkOf reads one point as a walk.
func walkOf(raw json.RawMessage, s scale) (gait.Walk, bool) {
	var p dataPoint
	if json.Unmarshal(raw, &p) != nil || p.Qty == nil {
		return gait.Walk{}, false
	}
	begin := p.Start
	if begin == "" {
		begin = p.Date
	}
	start, ok := date(begin)
	w := gait.Walk{Start: start, Share: *p.Qty}
	if s == percent {
		w.Share /= 100
	}
	if end, ended := date(p.End); ended && p.Start != "" {
		w.Length = end.Sub(start)
	}
	return w, ok
}

// scaleOf tells by which scale the metrics are written, from what both feet on the
// ground take of a step, and from a share that no fraction can be.
func scaleOf(metrics []metric) scale {
	sum, n, most := 0.0, 0.0, 0.0
	for _, m := range metrics {
		for _, raw := range m.Data {
			var p dataPoint
			if m.Name != asymmetryMetric && m.Name != doubleSupportMetric || json.Unmarshal(raw, &p) != nil || p.Qty == nil {
				continue
			}
			if m.Name == doubleSupportMetric {
				sum, n = sum+*p.Qty, n+1
			} else {
				most = math.Max(most, *p.Qty)
			}
		}
	}
	switch {
	case sum > n, most > 1:
		return percent
	case sum > 0: // none at all is no measurement
		return fraction
	default:
		return ""
	}
}

// date reads a time in one of the ways that apps write it: some put a narrow space
// before AM and PM, some write these small or with dots.
func date(text string) (time.Time, bool) {
	if t, err := time.Parse("2006-01-02 15:04:05 -0700", text); err == nil { // nearly always
		return t.UTC(), true
	}
	text = strings.ToUpper(strings.NewReplacer("\u202f", " ", "\u00a0", " ", ".m.", "m", ".M.", "M").Replace(strings.TrimSpace(text)))
	for _, layout := range []string{
		"2006-01-02 3:04:05 PM -0700", time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 -07:00",
	} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}
