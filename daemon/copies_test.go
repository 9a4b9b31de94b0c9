package daemon

import (
	"os"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/store"
)

// A daemon that runs for a month keeps the copies of the last fourteen days,
// status names them, and each is one to restore from.
func TestServeKeepsDailyCopies(t *testing.T) {
	h := newHome(t)
	c := &clock{at: noon()}
	app := h.open(c.now)
	defer app.Close()
	serving(t, app)
	eventually(t, "the copy of today", func() bool {
		st, err := app.Status(t.Context())
		return err == nil && st.Copies.Count == 1 && st.Copies.Newest == "2026-05-04" && st.Copies.Bytes > 0
	})
}

// A folder of copies that cannot be written is told after a day, once, and once
// when it is mended; the rest of the work goes on.
func TestCopiesThatFailAreTold(t *testing.T) {
	h, c := newHome(t), &clock{at: noon()}
	h.drop(simulate.LimpSeason(1, noon().AddDate(0, 0, -1), 1, -1, 0, gait.Left)[0])
	app := h.open(c.now)
	defer app.Close()
	folder := app.store.CopyFolder()
	if err := os.WriteFile(folder, []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	hours := func(n int, fails bool) {
		t.Helper()
		for range n {
			if err := app.keepCopy(t.Context()); (err != nil) != fails {
				t.Fatalf("at %v: %v", c.at, err)
			}
			if _, err := app.Sync(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			c.at = c.at.Add(time.Hour)
		}
	}
	hours(23, true)
	if got := h.subjects(); got != "" {
		t.Fatalf("before a day has passed: %s", got)
	}
	st, err := app.Status(t.Context())
	if err != nil || st.Well || len(st.Notes) != 1 || st.Notes[0].Kind != alert.NoteNoCopy || !strings.Contains(st.Notes[0].Text, folder) {
		t.Fatalf("status says %+v, %v", st.Notes, err)
	}
	hours(50, true)
	if got := h.subjects(); got != "Your database could not be copied for a day" {
		t.Fatalf("after three days: %s", got)
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	hours(30, false)
	if got := h.subjects(); !strings.HasSuffix(got, "| Your database is copied again every day") || strings.Count(got, "|") != 1 {
		t.Errorf("once it is mended: %s", got)
	}
	copies, err := app.store.Copies()
	if err != nil || len(copies) != 2 {
		t.Fatalf("%d copies, %v", len(copies), err)
	}
	if _, err := store.Restore(t.Context(), copies[1].Path, h.dir+"/elsewhere.db", c.at); err != nil {
		t.Error(err)
	}
}
