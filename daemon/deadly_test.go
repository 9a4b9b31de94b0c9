package daemon

import (
	"archive/zip"
	"context"
	"errors"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/internal/simulate"
)

// The environment of this test where it runs as the process that dies.
const (
	deadlyHome = "GAITKEEPER_TEST_DEADLY_HOME"
	deadlyFile = "GAITKEEPER_TEST_DEADLY_FILE"
)

// deadlySource ends the process where it would read one of the files, as a file
// does that takes all memory.
type deadlySource struct {
	ingest.Source
	file string
}

func (s deadlySource) Offers(ctx context.Context, remembered ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		for o, err := range s.Source.Offers(ctx, remembered) {
			deadly := o.Name == s.file
			if deadly && o.Read != nil && !o.Last {
				o.Read = func(context.Context, func(string) (bool, error)) (ingest.Content, error) {
					return ingest.Content{}, die()
				}
			}
			if !yield(o, err) {
				return
			}
			if deadly && o.Opening != nil && o.Opening.Refused == "" {
				_ = die()
			}
		}
	}
}

// die ends the process in a way that nothing catches.
func die() error {
	go panic("as where the memory ends")
	select {}
}

// A file that ends the process, whatever it is, is found by the processes that
// follow, named and left closed, and all others are taken.
func TestAFileThatEndsTheProcess(t *testing.T) {
	if dir := os.Getenv(deadlyHome); dir != "" {
		h := &home{t: t, dir: dir}
		h.configure()
		app := h.open(time.Now)
		for i, s := range app.sources {
			app.sources[i] = deadlySource{s, filepath.Join(h.watched(), os.Getenv(deadlyFile))}
		}
		if _, err := app.Sync(t.Context(), nil); err != nil {
			t.Error(err)
		}
		return
	}
	for _, file := range []string{"activities/0.fit", "export.zip", "export.zip!activities/1.fit", "activities.csv", "export.zip!activities.csv"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			h := &home{t: t, dir: t.TempDir()}
			h.configure()
			all := h.dropExport(t)
			deaths := 0
			for ; deaths < 8; deaths++ {
				c := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestAFileThatEndsTheProcess$")
				c.Env = append(os.Environ(), deadlyHome+"="+h.dir, deadlyFile+"="+file)
				out, err := c.CombinedOutput()
				if err == nil {
					break
				}
				if !strings.Contains(string(out), "as where the memory ends") {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			if deaths != 4 { // once among others, three times alone
				t.Errorf("%d processes died of it", deaths)
			}
			app := h.open(time.Now)
			defer app.Close()
			runs, err := app.Runs(t.Context(), time.Time{}, 0)
			files, errFiles := app.store.Files(t.Context())
			if err := errors.Join(err, errFiles); err != nil {
				t.Fatal(err)
			}
			lost := map[string]int{"export.zip": 2, "activities.csv": 0, "export.zip!activities.csv": 0}
			want := all - 1
			if n, is := lost[file]; is {
				want = all - n
			}
			if len(runs) != want {
				t.Errorf("%d runs of %d, want %d", len(runs), all, want)
			}
			if f := files[filepath.Join(h.watched(), file)]; f.Outcome != ingest.FileFailed || !strings.Contains(f.Reason, "died 3 times") {
				t.Errorf("remembered: %+v", f)
			}
		})
	}
}

// dropExport drops some runs: two of them in an archive and one beside a list of
// activities, both with a list. It returns how many there are.
func (h *home) dropExport(t *testing.T) int {
	t.Helper()
	const list = "Filename,Activity Name\nactivities/0.fit,Morning\nactivities/1.fit,Evening\n"
	runs := simulate.LimpSeason(5, time.Date(2026, 1, 5, 7, 0, 0, 0, time.UTC), 12, -1, 0, gait.Left)
	activities := filepath.Join(h.watched(), activitiesFolder)
	if err := os.MkdirAll(activities, 0o700); err != nil {
		t.Fatal(err)
	}
	packed, err := os.Create(filepath.Join(h.watched(), "export.zip"))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(packed)
	member := func(name string) func(gait.Run) error {
		return func(run gait.Run) error {
			w, err := z.Create(name)
			if err != nil {
				return err
			}
			return simulate.WriteFIT(w, run)
		}
	}
	errs := []error{member("activities/0.fit")(runs[0]), member("activities/1.fit")(runs[1])}
	w, err := z.Create("activities.csv")
	if err == nil {
		_, err = w.Write([]byte(list))
	}
	errs = append(errs, err, z.Close(), packed.Close(), os.WriteFile(filepath.Join(h.watched(), "activities.csv"), []byte(list), 0o600))
	f, err := os.Create(filepath.Join(activities, "0.fit"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(append(errs, simulate.WriteFIT(f, runs[2]), f.Close())...); err != nil {
		t.Fatal(err)
	}
	for _, run := range runs[3:] {
		h.drop(run)
	}
	return len(runs)
}

const activitiesFolder = "activities"
