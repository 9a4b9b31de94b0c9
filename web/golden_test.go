package web

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/chart"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// TestGoldenPages compares whole pages with those in testdata. What changes with
// every change of a style sheet is left out.
func TestGoldenPages(t *testing.T) {
	app := explained()
	app.runs = someRuns(4)
	app.season = chart.Season{Points: []chart.Point{{Time: time.Date(2026, 5, 1, 7, 0, 0, 0, time.UTC), Balance: 49, Baseline: 50, Band: 1}}}
	app.standing = finding.Standing{
		Verdict: finding.VerdictModify, SeeProfessional: true, Since: time.Date(2026, 1, 4, 8, 0, 0, 0, time.UTC),
		Reasons:   []finding.Fact{{Rule: finding.ModMeasured, Shift: finding.Shift{Short: gait.Left, Spreads: 2, Shorter: 12}}},
		Advice:    []finding.Fact{{Rule: finding.LessVolume, Distance: 21000, Usual: 28000}},
		Questions: []finding.Question{{Ask: finding.AskHurt}}, Episode: &finding.Episode{Measured: true},
	}
	fingerprint := regexp.MustCompile(`\?v=[0-9a-f]+`)
	for name, path := range map[string]string{
		"today": "/", "runs": "/runs?pain=1", "run": "/runs/0000000000000000", "nowhere": "/nowhere", "fault": "/runs?since=yesterday",
		"login": "/login?next=/runs",
	} {
		now := func() time.Time { return time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC) }
		g := insider(t, app, Options{Now: now})
		if name == "login" {
			g = visitPage(t, app, Options{Now: now})
		}
		got := fingerprint.ReplaceAllString(body(t, g.ask(path, nil)), "")
		file := filepath.Join("testdata", name+".html")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s is not %s (go test ./web -update writes it anew):\n%s", path, file, diff)
		}
	}
}

// FuzzFilter: whatever the address of the list of runs says, it is a page or a
// fault beside its field.
func FuzzFilter(f *testing.F) {
	for _, query := range []string{"pain=1&loud=1", "context=trail", "since=2026-05-01&page=2", "page=-1", "since=%00", "page=99999999999999999999", "%zz"} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		r, err := http.NewRequest(http.MethodGet, "http://127.0.0.1/runs", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.URL.RawQuery = query
		s := &Server{zone: time.UTC}
		filter, faults := s.readFilter(r.URL.Query())
		list := runList{Filter: filter}
		if len(faults) == 0 {
			from, to := list.cut(60)
			if list.Filter.Page < 1 || list.Filter.Page > list.Pages || from < 0 || from >= to || list.from < 0 || list.to-list.from > runsPerPage || from+list.to > to {
				t.Errorf("%q: %+v", query, list)
			}
		}
	})
}

// FuzzOwnPath: the login leads to no other site.
func FuzzOwnPath(f *testing.F) {
	for _, path := range []string{"/runs", "//evil.example", "/\\evil.example", "https://evil.example", "/a/../..//evil.example", "/%2f/evil.example", ""} {
		f.Add(path)
	}
	base, err := http.NewRequest(http.MethodGet, "http://home.example/login", nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path string) {
		to, err := base.URL.Parse(ownPath(path))
		if err != nil || to.Host != "home.example" || to.Scheme != "http" {
			t.Errorf("%q leads to %v (%v)", path, to, err)
		}
	})
}
