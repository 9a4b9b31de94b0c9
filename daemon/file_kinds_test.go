package daemon

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFilesAreCountedUntilTheCountIsStopped(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.jpg", "b.JPG", "c.txt", "README"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []FileKind{{".jpg", 2}, {"", 1}, {".txt", 1}}
	if diff := cmp.Diff(want, CountByEnding(t.Context(), []string{dir})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if got := CountByEnding(ctx, []string{dir}); got != nil {
		t.Errorf("counted %v after the end", got)
	}
}
