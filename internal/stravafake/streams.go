package stravafake

import (
	"math"
	"net/http"
	"strings"

	"gaitkeeper/gait"
)

// stream is one figure of every second.
type stream struct {
	Data         any    `json:"data"`
	SeriesType   string `json:"series_type"`
	OriginalSize int    `json:"original_size"`
	Resolution   string `json:"resolution"`
}

// showStreams answers with the streams that are asked for and that there are.
// An activity that was entered by hand has none and is not found.
func (s *Server) showStreams(w http.ResponseWriter, r *http.Request, scope string) {
	a, refusal := s.find(r, scope)
	if refusal == nil && (a.Manual || len(a.Samples) == 0) {
		refusal = NotFound()
	}
	if refusal == nil && r.URL.Query().Get("key_by_type") != "true" {
		refusal = refuse(http.StatusBadRequest, "Bad Request", Error{"Stream", "key_by_type", "invalid"})
	}
	if refusal != nil {
		refusal.write(w)
		return
	}
	set := map[string]stream{}
	for key := range strings.SplitSeq(r.URL.Query().Get("keys"), ",") {
		if data, there := a.stream(key); there {
			set[key] = stream{Data: data, SeriesType: "distance", OriginalSize: len(a.Samples), Resolution: "high"}
		}
	}
	answer(w, http.StatusOK, set)
}

// stream returns one stream; false where the activity has not got it.
func (a Activity) stream(key string) (any, bool) {
	switch key {
	case "time":
		seconds := make([]int32, len(a.Samples))
		for i := range a.Samples {
			seconds[i] = a.Samples[i].Second
		}
		return seconds, true
	case "distance":
		return rounded(a.Samples, 10, func(s *gait.Sample) float64 { return float64(s.Distance) })
	case "altitude":
		return rounded(a.Samples, 10, func(s *gait.Sample) float64 { return float64(s.Altitude) })
	case "velocity_smooth":
		return rounded(a.Samples, 1000, func(s *gait.Sample) float64 { return float64(s.Speed) })
	case "heartrate":
		return rounded(a.Samples, 1, func(s *gait.Sample) float64 { return float64(s.HeartRate) })
	case "cadence": // of one leg
		return rounded(a.Samples, 1, func(s *gait.Sample) float64 { return float64(s.Cadence) / 2 })
	case "watts":
		return rounded(a.Samples, 1, func(s *gait.Sample) float64 { return float64(s.Power) })
	default:
		return nil, false
	}
}

// rounded returns a figure of every second in whole steps, so many to a unit.
// The last one known stands for one that is not, as Strava fills gaps.
func rounded(samples []gait.Sample, steps float64, of func(*gait.Sample) float64) (any, bool) {
	data := make([]float64, len(samples))
	last, there := 0.0, false
	for i := range samples {
		if v := of(&samples[i]); !math.IsNaN(v) {
			last, there = math.Round(v*steps)/steps, true
		}
		data[i] = last
	}
	return data, there
}
