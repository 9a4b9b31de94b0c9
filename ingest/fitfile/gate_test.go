package fitfile

import (
	"bytes"
	"testing"

	"gaitkeeper/ingest"

	"github.com/tormoder/fit"
)

// TestChecksumIsThatOfTheLibrary: whichever byte was changed on the way.
func TestChecksumIsThatOfTheLibrary(t *testing.T) {
	data := madeRun(t, 2)
	if sum := checksum(data); sum != 0 {
		t.Fatalf("the checksum of a whole file is %#x", sum)
	}
	for i := longHeader; i < len(data); i++ {
		data[i] ^= byte(1 + i%255)
		ours, theirs := checksum(data), fit.CheckIntegrity(bytes.NewReader(data), false)
		if ours == 0 || theirs == nil {
			t.Errorf("byte %d is another: checksum %#x, the library says %v", i, ours, theirs)
		}
		data[i] ^= byte(1 + i%255)
	}
}

// TestAHeaderThatWasChangedIsStillOfAFITFile: a run is read from it all the same.
func TestAHeaderThatWasChangedIsStillOfAFITFile(t *testing.T) {
	data := madeRun(t, 30)
	data[2] ^= 1 // of the profile's version
	dir := t.TempDir()
	write(t, dir, "a.fit", data)
	want := result{Runs: 1, Broken: "its checksum is wrong: bytes were changed on the way"}
	if got := taken(t, NewImport(DefaultLimits(), dir), dir, map[string]ingest.File{})["a.fit"]; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
