package daemon

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// The metrics tell of gaitkeeper and nothing of the runner's health.
func TestMetrics(t *testing.T) {
	h, c := newHome(t), &clock{at: noon()}
	h.drop(simulate.LimpSeason(1, noon().AddDate(0, 0, -1), 1, -1, 0, gait.Left)[0])
	app := h.open(c.now)
	defer app.Close()
	worst, err := gait.Exactly(7)
	if err != nil {
		t.Fatal(err)
	}
	pain := gait.Pain{At: noon(), Site: gait.Shin, Side: gait.Left, Worst: worst, Night: gait.Yes}
	if _, _, err := app.AddPain(t.Context(), "", pain); err != nil {
		t.Fatal(err)
	}
	h.mail.Down()
	if _, err := app.Sync(t.Context(), nil); err == nil {
		t.Fatal("delivered without a server")
	}
	c.at = c.at.Add(2 * time.Hour)
	scrape := func() string {
		rec := httptest.NewRecorder()
		app.metrics().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
		return rec.Body.String()
	}
	has := func(body string, lines ...string) {
		t.Helper()
		for _, want := range lines {
			if !strings.Contains(body, "\n"+want+"\n") {
				t.Errorf("no line %q in\n%s", want, body)
			}
		}
	}
	body := scrape()
	has(body, "gaitkeeper_runs 1", "gaitkeeper_well 0", `gaitkeeper_undelivered{channel="email"} 1`,
		`gaitkeeper_undelivered_age_seconds{channel="email"} 7200`, `gaitkeeper_delivery_failures_total{channel="email"} 1`,
		`gaitkeeper_source_failing{source="fit"} 0`, `gaitkeeper_source_last_success_timestamp_seconds{source="fit"} 1.777896e+09`)
	for _, word := range []string{"shin", "verdict", "pain", "asymmetry", "standing"} {
		if strings.Contains(body, word) {
			t.Errorf("the metrics speak of %q", word)
		}
	}
	if err := h.mail.Up(h.mail.Addr); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	has(scrape(), "gaitkeeper_well 1", `gaitkeeper_undelivered{channel="email"} 0`, `gaitkeeper_messages_delivered_total{channel="email"} 1`,
		`gaitkeeper_undelivered_age_seconds{channel="email"} 0`)
	if !strings.Contains(body, "go_goroutines ") || !strings.Contains(body, "process_resident_memory_bytes ") {
		t.Error("no figures of the process")
	}
}
