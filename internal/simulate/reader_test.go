package simulate_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/gait"
	"gaitkeeper/ingest/fitfile"
	"gaitkeeper/internal/simulate"
)

// TestImportReadsWhatWasMade: with the program's own reader in the loop a made
// run keeps its summary, its sensor and every figure.
func TestImportReadsWhatWasMade(t *testing.T) {
	var reader fitfile.Reader
	rough := simulate.NewRoughRunner(11)
	rough.Habits.Treadmill, rough.Habits.Trail = 0.3, 0.3
	made := simulate.GaitRuns(simulate.Season{Runner: rough, Start: start, Runs: 10}.Make())
	for i, run := range append(made, simulate.LimpSeason(2, start, 2, 1, 2, gait.Left)...) {
		var file bytes.Buffer
		if err := simulate.WriteFIT(&file, run); err != nil {
			t.Fatal(err)
		}
		content := reader.Read(file.Bytes(), fitfile.Hash(file.Bytes()), gait.SourceFIT, "made.fit")
		if len(content.Runs) != 1 {
			t.Fatalf("run %d: read as %+v", i, content)
		}
		read, want := content.Runs[0], run
		got := read.Samples
		read.Origins, read.Samples, want.Samples = nil, nil, nil
		if diff := cmp.Diff(want, read); diff != "" {
			t.Errorf("run %d (-made +read):\n%s", i, diff)
		}
		if diff := cmp.Diff(run.Samples, got, sameSamples); diff != "" {
			t.Errorf("run %d, samples (-made +read):\n%.1500s", i, diff)
		}
	}
}
