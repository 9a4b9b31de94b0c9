package daemon

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/internal/intervalsfake"
)

// TestCheckAsksIntervals: the key is tried, and a new one counts at once.
func TestCheckAsksIntervals(t *testing.T) {
	h, fake := newHome(t), intervalsfake.New()
	server := httptest.NewServer(fake)
	defer server.Close()
	key := filepath.Join(h.dir, "key")
	h.cfg.Sources.Intervals = config.Intervals{Enabled: true, AthleteID: "0", APIKeyFile: key, BaseURL: server.URL}
	app := h.open(nil)
	defer app.Close()
	for _, tt := range []struct{ key, fault string }{
		{"", "is empty"},
		{"wrong", "intervals.icu does not accept the key: make a new one there (Settings, Developer Settings, API Key) and write it into " + key},
		{intervalsfake.Key, ""},
	} {
		if err := os.WriteFile(key, []byte(tt.key+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		findings := app.Check(t.Context())
		i := slices.IndexFunc(findings, func(f api.Finding) bool { return strings.HasPrefix(f.What, "source intervals") })
		if i < 0 {
			t.Fatalf("nothing of intervals.icu in %+v", findings)
		}
		if err := findings[i].Err; (err == nil) != (tt.fault == "") || err != nil && !strings.Contains(err.Error(), tt.fault) {
			t.Errorf("with the key %q: %v", tt.key, err)
		}
	}
}
