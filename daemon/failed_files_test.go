package daemon

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A file in a watched folder that is broken is named by status for a month: the log is
// read by nobody.
func TestStatusNamesBrokenFiles(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{at: time.Now()}
	broken := filepath.Join(h.watched(), "broken.fit")
	if err := os.MkdirAll(h.watched(), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(broken, []byte("no FIT file"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(broken, c.at.Add(-time.Hour), c.at.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	app := h.open(c.now)
	defer app.Close()
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	st, err := app.Status(t.Context())
	if err != nil || len(st.FailedFiles) != 1 || st.FailedFiles[0].Path != broken || st.FailedFiles[0].Reason == "" {
		t.Errorf("%+v, %v", st.FailedFiles, err)
	}
	c.at = c.at.AddDate(0, 1, 1)
	if st, err = app.Status(t.Context()); err != nil || len(st.FailedFiles) != 0 {
		t.Errorf("a month later: %+v, %v", st.FailedFiles, err)
	}
}
