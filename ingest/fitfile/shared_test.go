package fitfile

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/tormoder/fit"

	"gaitkeeper/gait"
	"gaitkeeper/internal/realruns"
)

// shared is the folder of real FIT files. Without it the test is skipped.
func shared(t testing.TB) string {
	t.Helper()
	dir := realruns.Folder("fit")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: no real FIT files in " + dir)
	}
	return dir
}

func realFiles(t testing.TB, folder string) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(shared(t), folder, "*.fit"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files in %s: %v", folder, err)
	}
	files := map[string][]byte{}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(p)] = data
	}
	return files
}

// TestRealRunsAgreeWithTheirSummaries reads the sessions of every whole file
// with no library and compares each running one with its run.
func TestRealRunsAgreeWithTheirSummaries(t *testing.T) {
	wantRuns := map[string]int{"dynamics": 7, "season": 60}
	for folder, want := range wantRuns {
		runs, balances := 0, 0
		for name, data := range realFiles(t, folder) {
			got := read(data)
			if got.Broken != "" {
				t.Errorf("%s is broken: %s", name, got.Broken)
			}
			runs += len(got.Runs)
			i := 0
			for _, m := range rawSessions(data) {
				if m.fields[5] != 1 {
					continue
				}
				if i >= len(got.Runs) {
					t.Fatalf("%s: more running sessions than runs", name)
				}
				if compareSummary(t, name, m, got.Runs[i]) {
					balances++
				}
				i++
			}
			if i != len(got.Runs) {
				t.Errorf("%s: %d running sessions, %d runs", name, i, len(got.Runs))
			}
		}
		if runs != want {
			t.Errorf("%s: %d runs, want %d", folder, runs, want)
		}
		if folder == "dynamics" && balances != 7 {
			t.Errorf("%d runs have a balance to compare", balances)
		}
	}
}

// compareSummary compares a run with its session message; it tells whether
// there was a balance to compare.
func compareSummary(t *testing.T, name string, session rawMessage, r gait.Run) bool {
	t.Helper()
	if start := uint64(r.Start.Unix() - fitEpoch); start != session.fields[2] {
		t.Errorf("%s: starts at %d, the session at %d", name, start, session.fields[2])
	}
	near := func(what string, got, want, within float64) {
		t.Helper()
		if math.IsNaN(got) || math.Abs(got-want) > within {
			t.Errorf("%s: %s %.2f, the session says %.2f", name, what, got, want)
		}
	}
	near("duration", r.Duration.Seconds(), float64(session.fields[8])/1000, 0.001)
	near("elapsed", r.Elapsed.Seconds(), float64(session.fields[7])/1000, 0.001)
	near("distance", float64(r.Distance), float64(session.fields[9])/100, 0.001)
	last := r.Samples[len(r.Samples)-1]
	near("distance of the last sample", float64(last.Distance), float64(session.fields[9])/100, 10)
	near("second of the last sample", float64(last.Second), float64(session.fields[7])/1000, 60)
	if v, ok := session.known(18, 0xFF); ok { // avg_cadence, strides of one leg; some watches count standing, some do not
		cadence := func(s gait.Sample) float64 { return float64(s.Cadence) }
		moving, always := mean(r.Samples, 1, cadence), mean(r.Samples, 0, cadence)
		near("cadence", min(max(2*v, always-6), moving), 2*v, 4)
	}
	if v, ok := session.known(16, 0xFF); ok {
		near("heart rate", mean(r.Samples, 1, func(s gait.Sample) float64 { return float64(s.HeartRate) }), v, 4)
	}
	if v, ok := session.known(131, 0xFFFF); ok && v > 0 { // avg_stance_time
		near("stance time", mean(r.Samples, 1, func(s gait.Sample) float64 { return float64(s.StanceTime) }), v/10, 12)
	}
	v, ok := session.known(133, 0xFFFF)
	if ok {
		near("balance", mean(r.Samples, 1, func(s gait.Sample) float64 { return float64(s.StanceTimeBalance) }), v/100, 0.3)
	}
	return ok
}

// mean is over the samples whose value is known and at least low.
func mean(samples []gait.Sample, low float64, value func(gait.Sample) float64) float64 {
	sum, n := 0.0, 0
	for _, s := range samples {
		if v := value(s); v >= low {
			sum, n = sum+v, n+1
		}
	}
	return sum / float64(n)
}

// TestRealOddFiles says what comes of each of them.
func TestRealOddFiles(t *testing.T) {
	type outcome struct {
		runs      int
		truncated bool
		skipped   int
		broken    bool
	}
	want := map[string]outcome{
		"activity-activity-filecrc.fit":       {runs: 2, broken: true},
		"activity-filecrc.fit":                {runs: 1, broken: true},
		"activity-settings-corruptheader.fit": {runs: 1, broken: true},
		"activity-settings-nodata.fit":        {runs: 1, broken: true},
		"activity-settings.fit":               {runs: 1, skipped: 1},
		"activity-unexpected-eof.fit":         {runs: 1, broken: true},
		"activity_multisport.fit":             {runs: 1, skipped: 1},
		"activity_poolswim.fit":               {skipped: 1},
		"activity_truncated.fit":              {broken: true}, // it does not say which sport it was
		"empty.fit":                           {broken: true},
		"legacy-12-byte-header.fit":           {runs: 1},
		"monitoring.fit":                      {skipped: 1},
		"settings.fit":                        {skipped: 1},
		"text.fit":                            {broken: true},
		"triathlon_summary_first.fit":         {runs: 1, skipped: 4},
		"valid_only_contain_fileid.fit":       {skipped: 1},
		"watch-died.fit":                      {runs: 1, truncated: true, broken: true},
		"zip-named.fit":                       {broken: true}, // an archive: see the source's tests
	}
	for name, data := range realFiles(t, "odd") {
		c := read(data)
		got := outcome{runs: len(c.Runs), skipped: len(c.Skipped), broken: c.Broken != ""}
		for _, r := range c.Runs {
			got.truncated = got.truncated || r.Truncated
		}
		if got != want[name] {
			t.Errorf("%s: %+v (%s), want %+v", name, got, c.Broken, want[name])
		}
	}
}

// TestBothLibrariesReadTheSame compares the reader, which rests on one library,
// with what the other one reads of the same files.
func TestBothLibrariesReadTheSame(t *testing.T) {
	compared, refused := 0, 0
	for _, folder := range []string{"dynamics", "season", "odd"} {
		for name, data := range realFiles(t, folder) {
			if folder == "season" && name[len(name)-5]%3 != 0 { // a third of them is enough
				continue
			}
			got := read(data)
			if len(got.Runs) != 1 || got.Broken != "" {
				continue
			}
			other, err := fit.Decode(bytes.NewReader(data))
			if err != nil { // it does not read every file, and is not asked to
				refused++
				continue
			}
			activity, err := other.Activity()
			if err != nil || len(activity.Sessions) == 0 {
				t.Errorf("%s: %v", name, err)
				continue
			}
			compareLibraries(t, name, activity, got.Runs[0])
			compared++
		}
	}
	if compared < 20 {
		t.Errorf("only %d files compared, %d refused", compared, refused)
	}
}

func compareLibraries(t *testing.T, name string, activity *fit.ActivityFile, r gait.Run) {
	t.Helper()
	s := activity.Sessions[len(activity.Sessions)-1]
	for _, o := range activity.Sessions {
		if o.Sport == fit.SportRunning {
			s = o
		}
	}
	same := func(what string, a, b float64) {
		t.Helper()
		if math.Abs(a-b) > 1e-6 {
			t.Errorf("%s: %s %v and %v", name, what, a, b)
		}
	}
	same("start", float64(r.Start.Unix()), float64(s.StartTime.Unix()))
	same("duration", r.Duration.Seconds(), s.GetTotalTimerTimeScaled())
	same("distance", float64(r.Distance), s.GetTotalDistanceScaled())

	records := map[int32]*fit.RecordMsg{}
	for _, m := range activity.Records {
		records[int32(m.Timestamp.Sub(r.Start).Seconds())] = m
	}
	for _, p := range r.Samples {
		m := records[p.Second]
		if m == nil {
			t.Fatalf("%s: second %d is missing in the other library", name, p.Second)
		}
		if m.Cadence != 0xFF {
			fraction := 0.0
			if m.FractionalCadence != 0xFF {
				fraction = float64(m.FractionalCadence) / 128
			}
			same("cadence", float64(p.Cadence), 2*(float64(m.Cadence)+fraction))
		}
		if m.HeartRate != 0xFF && m.HeartRate != 0 {
			same("heart rate", float64(p.HeartRate), float64(m.HeartRate))
		}
		if m.StanceTime != 0xFFFF && m.StanceTime != 0 {
			same("stance time", float64(p.StanceTime), m.GetStanceTimeScaled())
		}
		if m.Distance != 0xFFFFFFFF && len(activity.Sessions) == 1 {
			same("distance", float64(p.Distance), m.GetDistanceScaled())
		}
	}
}
