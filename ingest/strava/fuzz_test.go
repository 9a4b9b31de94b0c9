package strava

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"gaitkeeper/gait"
)

// FuzzActivity: whatever a server that passes for Strava answers, the program
// goes on, with a run that makes sense or with none.
func FuzzActivity(f *testing.F) {
	for _, s := range [][2]string{
		{
			`{"id":7,"name":"Round the lake","sport_type":"TrailRun","start_date":"2026-05-04T06:12:07Z","start_date_local":"2026-05-04T00:00:01Z",` +
				`"elapsed_time":3000,"moving_time":2700,"distance":8120.4,"gear":{"name":"Shoes"},"description":"#pain 2","private_note":"sore"}`,
			`{"time":{"data":[0,1,2,5]},"distance":{"data":[0,3.1,null,9]},"cadence":{"data":[84,85,null,84]},"heartrate":{"data":[120,121,122,123]}}`,
		},
		{
			`{"id":-1,"type":"Run","start_date":"0001-01-01T00:00:00Z","elapsed_time":9223372036854775807,"distance":1e308}`,
			`{"time":{"data":[0.2,0.7,-3,1e300,604800]},"watts":{"data":[-1]}}`,
		},
		{
			`{"id":8,"sport_type":"Run","start_date":"2026-05-04T06:12:07Z","elapsed_time":3000,"moving_time":2700,"distance":8120.4}`,
			`{"time":{"data":[0,1,2]},"distance":{"data":[0,1e308,3]},"heartrate":{"data":[120,-1e300,122]}}`,
		},
		{`{"message":"Forbidden","errors":[{"resource":"Application","field":"Status","code":"Inactive"}]}`, `{"error":"invalid_grant"}`},
		{`null`, `[]`},
	} {
		f.Add([]byte(s[0]), []byte(s[1]))
	}
	f.Fuzz(func(t *testing.T, page, columns []byte) {
		if said := refusal(403, page).Error(); strings.ContainsAny(said, "\r\n\x1b") || len(said) > 1000 {
			t.Errorf("a refusal of %d bytes: %q", len(said), said)
		}
		var a activity
		var s streams
		if json.Unmarshal(page, &a) != nil || json.Unmarshal(columns, &s) != nil {
			return
		}
		_, _, _ = a.listHash(), a.pageHash(), a.startHidden()
		r, possible := a.run("https://www.strava.com", s)
		if possible && (r.Duration <= 0 || r.Elapsed < r.Duration || r.Elapsed > maxSecond*time.Second) {
			t.Errorf("%v of %v", r.Duration, r.Elapsed)
		}
		if len(r.Samples) > len(s.Time.Data) || r.Signals != gait.SignalsOf(r.Samples) {
			t.Errorf("%d samples of %d, signals %v", len(r.Samples), len(s.Time.Data), r.Signals)
		}
		last := int32(-1)
		for _, p := range r.Samples {
			if p.Second <= last || p.Second > maxSecond {
				t.Fatalf("second %d after %d", p.Second, last)
			}
			last = p.Second
			if math.Abs(float64(p.Distance)) > largest || math.Abs(float64(p.HeartRate)) > largest {
				t.Fatalf("second %d: %v m, %v beats", p.Second, p.Distance, p.HeartRate)
			}
		}
	})
}

// A length may be told with a point, and is the same one then.
func TestSecondsWithAPoint(t *testing.T) {
	var whole, point activity
	for text, to := range map[string]*activity{
		`{"id":7,"type":"Run","start_date":"2026-05-04T06:12:07Z","elapsed_time":3000,"moving_time":2700}`:     &whole,
		`{"id":7,"type":"Run","start_date":"2026-05-04T06:12:07Z","elapsed_time":3000.0,"moving_time":2700.2}`: &point,
	} {
		if err := json.Unmarshal([]byte(text), to); err != nil {
			t.Fatal(err)
		}
	}
	r, possible := point.run("", streams{})
	if !possible || r.Duration != 45*time.Minute || r.Elapsed != 50*time.Minute || point.listHash() != whole.listHash() {
		t.Errorf("%v of %v", r.Duration, r.Elapsed)
	}
}
