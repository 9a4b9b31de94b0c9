package applehealth

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// The types of records that are read, by the ends of their names (HealthKit).
const (
	walkingAsymmetry   = "WalkingAsymmetryPercentage"
	runningContact     = "RunningGroundContactTime"
	runningStride      = "RunningStrideLength" // the length of a step
	runningSpeed       = "RunningSpeed"
	runningOscillation = "RunningVerticalOscillation"
)

// longestWalk is longer than any that the phone measures: it closes one after five
// minutes.
const longestWalk = time.Hour

// ahead is how far the clock of a phone may be ahead: a walk after that is none.
const ahead = 24 * time.Hour

// record is one record with the attributes that matter.
type record struct {
	kind       string
	start, end time.Time
	value      float64
	unit       string
}

// readRecord reads the tag of a record; false where it is mangled.
func readRecord(element []byte) (r record, ok bool) {
	tag := element[:max(0, tagEnd(element))]
	kind := string(attribute(tag, "type"))
	for _, prefix := range []string{"HKQuantityTypeIdentifier", "HKDataType", "HKCategoryTypeIdentifier"} {
		kind = strings.TrimPrefix(kind, prefix)
	}
	r.kind, r.unit = kind, string(attribute(tag, "unit"))
	var err error
	if r.value, err = strconv.ParseFloat(string(attribute(tag, "value")), 64); err != nil {
		return r, false
	}
	if r.start, ok = moment(attribute(tag, "startDate")); !ok {
		return r, false
	}
	if r.end, ok = moment(attribute(tag, "endDate")); !ok || r.end.Before(r.start) {
		return r, false
	}
	return r, true
}

// moment reads a time as the export writes it: of the wall, with its offset. A phone
// that is set to twelve hours writes these, too.
func moment(text []byte) (time.Time, bool) {
	t, ok := date(string(text))
	return t, ok && plausible(t)
}

// plausible reports whether a time can be one of a phone that measures walks.
func plausible(t time.Time) bool { return t.Year() >= 2005 && t.Year() < 2200 }

// readWalk reads a walk; false where the phone cannot have measured it. Only the
// model of the phone is kept, and the pocket, never its name.
func readWalk(element []byte) (gait.Walk, bool) {
	r, ok := readRecord(element)
	if !ok || r.kind != walkingAsymmetry {
		return gait.Walk{}, false
	}
	w := gait.Walk{Start: r.start, Length: r.end.Sub(r.start), Share: r.value, Phone: model(element)}
	if pocket := metadata(element, "HKMetadataKeyDevicePlacementSide"); pocket != "" && pocket != "0" {
		w.Phone += "/" + pocket
	}
	if len(w.Phone) > 40 {
		w.Phone = ""
	}
	return w, w.Length <= longestWalk && !w.Faulty()
}

// model is the model of the phone: "iPhone16,1".
func model(element []byte) string {
	device := attribute(element[:max(0, tagEnd(element))], "device")
	_, rest, ok := bytes.Cut(device, []byte("hardware:"))
	if !ok {
		return ""
	}
	for _, end := range []string{", ", "&gt;", ">"} {
		rest, _, _ = bytes.Cut(rest, []byte(end))
	}
	return strings.ToValidUTF8(string(rest), "")
}

// metadata is the value of an entry in an element; empty where there is none.
func metadata(element []byte, key string) string {
	_, rest, ok := bytes.Cut(element, []byte(`key="`+key+`"`))
	if !ok {
		return ""
	}
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		return ""
	}
	return string(attribute(rest[:end], "value"))
}

// inUnit is a value in metres, metres a second, or milliseconds, by the unit that
// the phone was set to; false for a unit that is not known.
func inUnit(value float64, unit string) (float64, bool) {
	factors := map[string]float64{
		"m": 1, "km": 1000, "cm": 0.01, "mm": 0.001, "in": 0.0254, "ft": 0.3048, "mi": 1609.344, "yd": 0.9144,
		"m/s": 1, "km/hr": 1 / 3.6, "mi/hr": 0.44704, "ms": 1, "s": 1000,
	}
	f, ok := factors[unit]
	return value * f, ok
}
