package intervals

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"gaitkeeper/gait"
)

// FuzzActivities: whatever a server that passes for intervals.icu lists, the
// program goes on, with runs that make sense.
func FuzzActivities(f *testing.F) {
	for _, s := range []string{
		`[{"id":"i55751783","start_date":"2026-05-04T06:12:07Z","start_date_local":"2026-05-04T08:12:07","type":"Run","name":"Lake",` +
			`"description":"#pain 2","source":"GARMIN_CONNECT","file_type":"fit","distance":8120.4,"moving_time":2700,"elapsed_time":3000,"feel":2,"icu_rpe":7}]`,
		`[{"id":55,"type":"TrailRun","start_date":"nonsense","moving_time":-1,"elapsed_time":1e300,"distance":-4,"feel":99,"icu_rpe":1e9,"gear":{"name":"x"}}]`,
		`[{"id":null,"source":"STRAVA"},{"id":["x"]}]`, `{"error":"no"}`, `[]`, `null`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		var list []activity
		if json.Unmarshal(page, &list) != nil {
			return
		}
		for _, a := range list {
			start := a.start(time.UTC)
			if v := a.version(); !strings.HasPrefix(v, recording(v)) || len(v) > 100 {
				t.Errorf("version %q", v)
			}
			_, _ = a.skipped(), a.hasFile()
			r := a.summary(start, "name")
			if r.Duration < 0 || r.Elapsed < r.Duration || r.Elapsed > 7*24*time.Hour {
				t.Errorf("%v of %v", r.Duration, r.Elapsed)
			}
			if gait.Known(r.Distance) && !(r.Distance > 0) || r.Feel < 0 || r.Feel > gait.FeltVeryStrong || r.Effort < 0 || r.Effort > 10 {
				t.Errorf("distance %v, feel %v, effort %v", r.Distance, r.Feel, r.Effort)
			}
		}
	})
}
