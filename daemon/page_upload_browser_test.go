//go:build !race

package daemon

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gaitkeeper/finding"

	"github.com/chromedp/chromedp"
)

// TestFromAnEmptyPageToAVerdictInABrowser: the first page of an empty installation takes the
// watch's files, with and without JavaScript: open it, choose the files, send them.
func TestFromAnEmptyPageToAVerdictInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	dir := t.TempDir()
	season := playedSeason()[:20]
	var files []string
	for i, run := range season {
		files = append(files, filepath.Join(dir, fmt.Sprintf("%02d.fit", i)))
		if err := os.WriteFile(files[i], fitOf(t, run), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, scripts := range []bool{true, false} {
		s := newSiteOf(t, 0)
		s.now = afterLast(season)
		b := newTab(ctx, t, s.url, phone)
		b.scripts(scripts)
		begin := time.Now()
		b.open("/")
		b.do(chromedp.SetUploadFiles("#fit", files))
		b.tap(`form.drop button`)
		b.open("/")
		t.Logf("scripts %v: three steps, %.1f s", scripts, time.Since(begin).Seconds())
		if got := b.verdict(); got != finding.VerdictKeep {
			t.Errorf("the verdict is %s:\n%s", got, b.text())
		}
	}
}
