package daemon

import (
	"archive/zip"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/internal/healthexport"
	"gaitkeeper/internal/simulate"
)

// exported writes an export of Apple Health into a folder.
func exported(t *testing.T, dir string, e healthexport.Export) string {
	t.Helper()
	file := filepath.Join(dir, "export.zip")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	w, err := z.Create("apple_health_export/export.xml")
	if err == nil {
		err = e.Write(w)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

// walkedUntil are the walks of half a year, uneven for the last eight days.
func walkedUntil(end time.Time) []gait.Walk {
	start := end.AddDate(0, 0, -190).Truncate(24 * time.Hour)
	return simulate.Walker{Seed: 3, Rate: 0.04, WeekSpread: 0.2, DaySpread: 0.02, Walks: 16, WithWalks: 1}.Days(start, 190, func(day int) float64 {
		if day >= 182 {
			return 0.45
		}
		return 0
	})
}

func TestExportOfAppleHealthIsTakenOnce(t *testing.T) {
	t.Parallel()
	s := newSiteOf(t, 3)
	last := s.runs[2]
	e := healthexport.Export{
		Walks: walkedUntil(s.clock()), Filler: 100_000, Broken: true,
		Runs: []healthexport.Run{ // one is here from the watch, the other is not
			{Start: last.Start.Add(5 * time.Second), Duration: last.Duration, Speed: float64(last.Distance) / last.Duration.Seconds(), Step: 1.05, Contact: 240},
			{Start: last.Start.AddDate(0, 0, -30), Duration: 30 * time.Minute, Speed: 3, Step: 1.05, Contact: 240},
		},
	}
	file := exported(t, t.TempDir(), e)
	for round, want := range []int{1, 0} {
		r, err := s.app.Import(t.Context(), []string{file}, nil)
		if err != nil || r.New != want || len(r.Failed) > 0 || NoRecordings(r) && round == 0 {
			t.Fatalf("round %d: %+v, %v", round, r, err)
		}
	}
	h, err := s.app.store.History(t.Context())
	if err != nil || len(h.Runs) != 4 || len(h.Walks) < len(e.Walks)-5 || len(h.Walks) > len(e.Walks) { // two may begin in one second
		t.Fatalf("%d runs, %d walks of %d, %v", len(h.Runs), len(h.Walks), len(e.Walks), err)
	}
	st, err := s.app.Status(t.Context())
	if err != nil || st.Walking == nil || st.Walking.Level != gait.LevelAsk || st.Walking.Last == nil {
		t.Fatalf("status: %+v, %v", st.Walking, err)
	}
	if body := s.ask(http.MethodGet, "/sources", nil).Body.String(); !strings.Contains(body, "Everyday walks") {
		t.Error("the page of the sources does not name the walks")
	}
	if body := s.ask(http.MethodGet, "/", nil).Body.String(); !strings.Contains(body, "Your walking has been uneven since") {
		t.Error("the first page says nothing of the walks")
	}
	for path, want := range map[string]string{"/": "/walks.svg", "/walks.svg": "Uneven walks in", "/report?weeks=4": "Everyday walks, week by week"} {
		if body := s.ask(http.MethodGet, path, nil).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s does not show the weeks of the walks", path)
		}
	}
	if n := len(s.home.mail.Mails()); n > 1 {
		t.Errorf("%d mails of one trouble", n)
	}
}

func TestWalksThatAnAppPosts(t *testing.T) {
	t.Parallel()
	s := newSiteOf(t, 1)
	post := func(token, body string) int {
		served, err := s.app.newPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/api/v1/health", strings.NewReader(body))
		r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8787"
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Origin", "https://elsewhere.example")
		w := httptest.NewRecorder()
		served.ServeHTTP(w, r)
		return w.Code
	}
	const token = "0123456789abcdef"
	walk := `{"walks":[{"start":"` + s.clock().Add(-time.Hour).Format(time.RFC3339) + `","seconds":60,"share":0.1}]}`
	if code := post(token, walk); code != http.StatusNotFound && code != http.StatusMethodNotAllowed && code != http.StatusForbidden {
		t.Errorf("without a token in the config: %d", code)
	}
	if body := s.ask(http.MethodGet, "/sources", nil).Body.String(); strings.Contains(body, "walk") {
		t.Error("without walks the page speaks of them")
	}
	for path, code := range map[string]int{"/": http.StatusOK, "/walks.svg": http.StatusNotFound, "/report": http.StatusOK} {
		if w := s.ask(http.MethodGet, path, nil); w.Code != code || strings.Contains(w.Body.String(), "veryday walks") {
			t.Errorf("without walks %s answers %d and may speak of them", path, w.Code)
		}
	}
	if st, err := s.app.Status(t.Context()); err != nil || st.Walking != nil {
		t.Errorf("without walks the status has them: %+v, %v", st.Walking, err)
	}
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.app.cfg.Sources.AppleHealth.TokenFile = file
	for what, tt := range map[string]struct {
		token, body string
		want        int
	}{
		"another token": {"0123456789abcdeX", walk, http.StatusUnauthorized},
		"the token":     {token, walk, http.StatusOK},
		"too much":      {token, strings.Repeat(" ", 64<<20) + walk, http.StatusRequestEntityTooLarge},
		"a large one":   {token, strings.Repeat(" ", 1<<20) + walk, http.StatusOK},
	} {
		if code := post(tt.token, tt.body); code != tt.want {
			t.Errorf("%s: %d, want %d", what, code, tt.want)
		}
	}
	if h, err := s.app.store.History(t.Context()); err != nil || len(h.Walks) != 1 {
		t.Errorf("%d walks, %v", len(h.Walks), err)
	}
}

// An import that is stopped in its middle and started again loses and doubles
// nothing.
func TestStoppedExportIsReadAgain(t *testing.T) {
	t.Parallel()
	s := newSiteOf(t, 1)
	e := healthexport.Export{Walks: walkedUntil(s.clock()), Runs: []healthexport.Run{
		{Start: s.runs[0].Start.AddDate(0, 0, -30), Duration: 30 * time.Minute, Speed: 3, Step: 1.05, Contact: 240},
	}}
	file := exported(t, t.TempDir(), e)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	stops := func(ingest.Progress) { stop() } // after the first batch
	if r, err := s.app.Import(ctx, []string{file}, stops); err == nil {
		t.Fatalf("the import came to its end: %+v", r)
	}
	some, err := s.app.store.History(t.Context())
	if err != nil || len(some.Walks) == 0 || len(some.Walks) > len(e.Walks)-500 {
		t.Fatalf("%d walks of %d are there after the stop, %v", len(some.Walks), len(e.Walks), err)
	}
	if r, err := s.app.Import(t.Context(), []string{file}, nil); err != nil || r.New != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	all, err := s.app.store.History(t.Context())
	if err != nil || len(all.Runs) != 2 {
		t.Fatalf("%d runs, %v", len(all.Runs), err)
	}
	want := map[time.Time]bool{}
	for _, w := range e.Walks {
		want[w.Start] = true
	}
	if len(all.Walks) != len(want) {
		t.Errorf("%d walks, want %d", len(all.Walks), len(want))
	}
}
