package daemon

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/store"
)

// BenchmarkPages opens each page with 3,000 runs and 300 entries of the diary in
// the database. The figures: the median in milliseconds, its ratio to reading
// from SQLite, bare, what every page rests on (the runs, the history, the
// notices), and the size of the page in KiB.
func BenchmarkPages(b *testing.B) {
	app, last := manyRuns(b, 3000)
	page, err := app.newPage(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	queries := median(b, 5, func() { bareQueries(b, app.store) })
	for _, path := range []string{
		"/", "/season.svg", "/runs", "/runs?pain=1", "/runs/" + string(last), "/runs/" + string(last) + "/chart.svg",
		"/pain", "/pain/new?run=" + string(last), "/thresholds", "/sources", "/?range=all", "/season.svg?range=all", "/season.svg?range=1y", "/report", "/settings", "/fit", "/api/v1/standing", "/api/v1/runs",
	} {
		b.Run(path, func(b *testing.B) {
			size := 0
			ask := func() {
				r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil)
				r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8787"
				w := counter{header: http.Header{}, status: http.StatusOK}
				page.ServeHTTP(&w, r)
				if w.status != http.StatusOK {
					b.Fatalf("status %d", w.status)
				}
				size = w.size
			}
			ask() // the first one folds the season
			took := median(b, b.N, ask)
			if size > 100<<10 && !strings.HasPrefix(path, "/api/") {
				b.Errorf("%d bytes: a page stays below 100 KiB", size)
			}
			b.ReportMetric(took.Seconds()*1000, "median_ms")
			b.ReportMetric(took.Seconds()/queries.Seconds(), "x_queries")
			b.ReportMetric(float64(size)/1024, "KiB")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// counter is a response of which only the size is kept: room for a large page
// would take longer to get than the page.
type counter struct {
	header       http.Header
	status, size int
}

func (c *counter) Header() http.Header { return c.header }

func (c *counter) WriteHeader(status int) { c.status = status }

func (c *counter) Write(b []byte) (int, error) {
	c.size += len(b)
	return len(b), nil
}

// median returns how long f takes in the middle of n calls.
func median(b *testing.B, n int, f func()) time.Duration {
	b.Helper()
	all := make([]time.Duration, n)
	for i := range all {
		begin := time.Now()
		f()
		all[i] = time.Since(begin)
	}
	slices.Sort(all)
	return all[n/2]
}

func bareQueries(b *testing.B, s *store.Store) {
	b.Helper()
	_, err := s.Runs(b.Context())
	check(b, err)
	_, err = s.History(b.Context())
	check(b, err)
	_, err = s.Notices(b.Context())
	check(b, err)
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// manyRuns opens an App with n runs: a season of 100 over and over, with pain at
// every tenth run.
func manyRuns(b *testing.B, n int) (*App, gait.RunID) {
	b.Helper()
	cfg := config.Default(func(string) string { return "" })
	cfg.Storage.Path = filepath.Join(b.TempDir(), "gaitkeeper.db")
	cfg.Runner.Zone = time.UTC
	begin := time.Date(2016, 1, 4, 7, 0, 0, 0, time.UTC)
	season := simulate.LimpSeason(7, begin, 100, -1, 0, gait.Left)
	length := season[len(season)-1].Start.Sub(begin).Truncate(24*time.Hour) + 48*time.Hour
	var end time.Time
	app, err := Open(b.Context(), cfg, Options{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return end }})
	check(b, err)
	b.Cleanup(func() { _ = app.Close() })
	var imports []ingest.Import
	measured := make([]gait.Measures, len(season))
	for i, run := range season {
		measured[i] = analysis.Measure(run, cfg.Params.Analysis)
	}
	for i := range n {
		run, m := season[i%len(season)], measured[i%len(season)]
		run.Start = run.Start.Add(time.Duration(i/len(season)) * length)
		run.ID, run.Samples = gait.NewRunID(run.Start), nil
		m.Run, m.Start = run.ID, run.Start
		imports = append(imports, ingest.Import{Runs: []ingest.ImportedRun{{Run: run, Measures: m}}})
		end = run.End().Add(time.Hour)
	}
	check(b, saveAll(b, app, imports))
	worst, err := gait.Exactly(2)
	check(b, err)
	for i := 0; i < n; i += 10 {
		run := imports[i].Runs[0].Run
		_, err := app.store.AddPain(b.Context(), gait.Pain{Run: run.ID, At: run.End(), Recorded: run.End(), Site: gait.Calf, Side: gait.Left, Worst: worst})
		check(b, err)
	}
	return app, imports[n-1].Runs[0].Run.ID
}
