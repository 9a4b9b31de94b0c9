package daemon

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/internal/intervalsfake"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/stravafake"
)

// linked is a home that is linked to Strava and to intervals.icu.
type linked struct {
	*connected
	intervals *intervalsfake.Server
}

func newLinked(t *testing.T, runs []gait.Run) *linked {
	t.Helper()
	l := &linked{connected: newConnected(t, runs), intervals: intervalsfake.New()}
	server := httptest.NewServer(l.intervals)
	t.Cleanup(server.Close)
	key := filepath.Join(l.dir, "key")
	if err := os.WriteFile(key, []byte(intervalsfake.Key+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l.cfg.Sources.Intervals = config.Intervals{Enabled: true, AthleteID: "0", APIKeyFile: key, BaseURL: server.URL}
	if err := l.app.Close(); err != nil {
		t.Fatal(err)
	}
	l.app = l.open(l.clock)
	at := slices.IndexFunc(l.app.sources, func(s ingest.Source) bool { return s.Name() == gait.SourceIntervals })
	l.app.sources[at] = l.app.newIntervals(0) // the fake one need not be spared
	l.login(stravafake.Consent{})
	return l
}

// upload puts the watch's file on intervals.icu.
func (l *linked) upload(r gait.Run, description string) string {
	l.t.Helper()
	var fit bytes.Buffer
	if err := simulate.WriteFIT(&fit, r); err != nil {
		l.t.Fatal(err)
	}
	return l.intervals.Add(intervalsfake.Activity{
		Start: r.Start, Type: "Run", Name: "as intervals.icu calls it", Description: description, Source: "GARMIN_CONNECT",
		Metres: float64(r.Distance), Moving: r.Duration, Elapsed: r.Elapsed, Feel: 2, RPE: 4, File: fit.Bytes(),
	})
}

// share puts the run on Strava, with everything there that makes it hard to
// recognise: rounded, or with a hidden start.
func (l *linked) share(r gait.Run, hidden bool, description string) int64 {
	a := stravafake.FromRun(r)
	a.Name, a.Description, a.Gear, a.StartHidden = "as Strava calls it", description, "Trail shoes 2", hidden
	a.Elapsed, a.Moving, a.Metres = a.Elapsed.Round(time.Second), a.Moving.Round(time.Second), float64(int(a.Metres))
	return l.fake.Add(a)
}

func (l *linked) runs() []api.Run {
	l.t.Helper()
	runs, err := l.app.Runs(l.t.Context(), time.Time{}, 0)
	if err != nil {
		l.t.Fatal(err)
	}
	return runs
}

func (l *linked) pull() {
	l.t.Helper()
	if _, err := l.app.Sync(l.t.Context(), nil); err != nil {
		l.t.Fatal(err)
	}
}

// TestOneRunFromThreeSources: the same run in a folder, at intervals.icu and at
// Strava, in every order, is one run with the watch's recording, Strava's name,
// and one entry of the diary; each of the two can leave.
func TestOneRunFromThreeSources(t *testing.T) {
	t.Parallel()
	made := begun(2)
	run := made[1]
	for _, order := range []string{"fis", "fsi", "ifs", "isf", "sfi", "sif"} {
		t.Run(order, func(t *testing.T) {
			l := newLinked(t, made)
			l.intervals.Add(intervalsfake.Activity{Start: run.Start.Add(-3 * time.Hour), Type: "Ride"}) // an account is not empty
			var atStrava int64
			var atIntervals string
			var first gait.RunID
			for i, place := range order {
				switch place {
				case 'f':
					l.drop(run)
				case 'i':
					atIntervals = l.upload(run, "#pain 3 left calf")
				case 's':
					atStrava = l.share(run, order[0] == 's', "Nice. #pain 4 left calf #pain 2 right elbow")
				}
				l.pull()
				if i == 0 {
					first = l.runs()[0].ID
				}
			}
			runs := l.runs()
			if len(runs) != 1 || runs[0].ID != first {
				t.Fatalf("%d runs, the first was called %s: %+v", len(runs), first, runs)
			}
			r := runs[0]
			slices.Sort(r.Sources)
			if !slices.Equal(r.Sources, []gait.SourceName{"fit", "intervals", "strava"}) || r.Title != "as Strava calls it" || !r.Start.Equal(run.Start) {
				t.Errorf("%+v", r)
			}
			if r.Quality.Balance != gait.BalanceOK || r.Pain.Entries != 1 || r.Pain.Site != gait.Calf || r.Pain.Side != gait.Left {
				t.Errorf("quality %+v, pain %+v", r.Quality, r.Pain)
			}
			if worst, _ := r.Pain.Worst.Number(); worst != 4 {
				t.Errorf("worst %d", worst)
			}
			stored, err := l.app.store.Run(t.Context(), string(first))
			if err != nil || stored.Gear != "Trail shoes 2" || stored.Feel != gait.FeltStrong || stored.Effort != 4 {
				t.Errorf("%+v, %v", stored, err)
			}
			status, err := l.app.Status(t.Context())
			if err != nil || len(status.UnreadTags) != 1 || status.UnreadTags[0].Run != first || status.UnreadTags[0].Tag != "#pain 2 right elbow" {
				t.Errorf("not understood: %+v, %v", status.UnreadTags, err)
			}

			l.intervals.Delete(atIntervals)
			l.fake.Delete(atStrava)
			l.pass(24 * time.Hour)
			l.pull()
			if runs := l.runs(); len(runs) != 1 || !slices.Equal(runs[0].Sources, []gait.SourceName{"fit"}) || runs[0].Title != "" || runs[0].Pain.Entries != 0 {
				t.Errorf("after both deleted it: %+v", runs)
			}
			if err := os.RemoveAll(l.watched()); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(l.watched(), 0o700); err != nil {
				t.Fatal(err)
			}
			l.pull()
			if runs := l.runs(); len(runs) != 1 || len(runs[0].Sources) != 1 {
				t.Errorf("a file that was tidied away took its run with it: %+v", runs)
			}
		})
	}
}

// TestASeasonWithDoublesGivesTheSameVerdicts: everything is in three places, and
// comes in several syncs, Strava's summaries often before the files.
func TestASeasonWithDoublesGivesTheSameVerdicts(t *testing.T) {
	t.Parallel()
	made := simulate.LimpSeason(7, time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 34, 30, 2, gait.Left)
	plain := newConnected(t, made)
	for _, r := range made {
		plain.drop(r)
	}
	plain.cfg.Sources.Strava.Enabled = false
	if err := plain.app.Close(); err != nil {
		t.Fatal(err)
	}
	plain.app = plain.open(plain.clock)
	if _, err := plain.app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	want, err := plain.app.Runs(t.Context(), time.Time{}, 0)
	if err != nil {
		t.Fatal(err)
	}

	l := newLinked(t, made)
	for i := range len(made) + 4 {
		if i < len(made) {
			l.nanos.Store(made[i].End().Add(time.Hour).UnixNano())
			l.share(made[i], i%3 == 0, "")
		}
		for _, j := range []int{i, i - 3} { // every other file is three runs late
			if late := j < i; j >= 0 && j < len(made) && late == (j%2 == 1) {
				l.drop(made[j])
			}
		}
		if late := i - 4; late >= 0 {
			l.upload(made[late], "")
		}
		if i%5 == 0 {
			l.pull()
		}
	}
	l.pull()
	got := l.runs()
	if len(got) != len(want) {
		t.Fatalf("%d runs, want %d", len(got), len(want))
	}
	for i := range got {
		if len(got[i].Sources) != 3 {
			t.Errorf("run %d is from %v", i, got[i].Sources)
		}
		got[i].Sources, got[i].Title, got[i].ID = want[i].Sources, want[i].Title, want[i].ID
	}
	if diff := cmp.Diff(asText(want), asText(got)); diff != "" {
		t.Error(diff)
	}
	if v := want[len(want)-1].Verdict; v == finding.VerdictKeep || v == finding.VerdictLearning {
		t.Errorf("the season's limp was not seen: %s", v)
	}
}

// asText shows what runs say, without what cannot be compared.
func asText(runs []api.Run) []string {
	var lines []string
	for _, r := range runs {
		distance := 0.0
		if r.DistanceM != nil {
			distance = *r.DistanceM
		}
		lines = append(lines, fmt.Sprintf("%s %d %.1f %s %+v %v %+v %+v %d %+v %v %v", r.Start, r.DurationS, distance, r.Verdict, r.Alert.Level,
			r.Asymmetry.LogOdds, r.Form, r.Quality, r.BaselineRuns, r.Pain, r.Reasons, r.SeeProfessional))
	}
	return lines
}
