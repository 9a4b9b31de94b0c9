package fitfile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// seeds are made files of every sort the reader knows.
func seeds(t testing.TB) [][]byte {
	t.Helper()
	run := madeRun(t, 12)
	return [][]byte{
		run, shortHeaded(run), wrongChecksum(run), run[:len(run)-9], join(run, run),
		sized(run, 0), join(sized(run, 0), run),
		withByte(run, definitionOf(t, run, fileIDNumber)+fieldsAt+2*fieldSize+typeInField, 0x0C),
		encoded(t, join(one(fileID(typedef.FileActivity)), stridesAt(0, 9, 0), stridesAt(9, 20, 7*day), one(lapMessage(0, 20, typedef.SportRunning).ToMesg(nil)))...),
		appRun(t, around(49.4, 0.1), appField{"RS_ContactTime_L", 255, basetype.Uint16, milliseconds(always(250))}),
		{},
		[]byte("no watch wrote this file"),
		madeOf(t, typedef.SportCycling, typedef.SubSportRoad),
		encoded(t, fileID(typedef.FileSettings), mesgdef.NewUserProfile(nil).SetWeightScaled(70).ToMesg(nil)),
		encoded(t, join([]proto.Message{fileID(typedef.FileActivity), sportMessage(typedef.SportRunning)}, stridingRecords(0, 5))...),
		encoded(t, join(
			[]proto.Message{fileID(typedef.FileActivity)}, stridingRecords(0, 9),
			[]proto.Message{
				sessionMessage(0, 4, typedef.SportSwimming, typedef.SubSportOpenWater).ToMesg(nil),
				sessionMessage(4, 9, typedef.SportRunning, typedef.SubSportTrail).ToMesg(nil),
			},
		)...),
	}
}

// FuzzReader: whatever the bytes are, the reader returns, with runs that make
// sense or a reason.
func FuzzReader(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	var r Reader
	f.Fuzz(func(t *testing.T, data []byte) {
		checkContent(t, r.Read(data, Hash(data), gait.SourceFIT, "fuzz.fit"), len(data))
	})
}

// checkContent checks what holds of everything read from n bytes.
func checkContent(t *testing.T, c ingest.Content, n int) {
	t.Helper()
	if len(c.Runs)+len(c.Skipped) == 0 && c.Broken == "" && !c.Known {
		t.Error("neither runs nor a kind nor a reason")
	}
	if strings.ContainsAny(c.Broken, "\n\r") {
		t.Errorf("the reason is more than a line: %q", c.Broken)
	}
	samples := 0
	for _, r := range c.Runs {
		samples += len(r.Samples)
		if r.ID != gait.NewRunID(r.Start) || r.Elapsed < r.Duration || r.Duration < 0 || len(r.Origins) != 1 {
			t.Errorf("run %s of %s: elapsed %v, duration %v", r.ID, r.Start, r.Elapsed, r.Duration)
		}
		if r.Signals != gait.SignalsOf(r.Samples) {
			t.Errorf("signals %v, samples have %v", r.Signals, gait.SignalsOf(r.Samples))
		}
		last := int32(-1)
		for _, s := range r.Samples {
			if s.Second <= last {
				t.Fatalf("second %d after %d", s.Second, last)
			}
			last = s.Second
			if b := s.StanceTimeBalance; b <= 0 || b >= allOfIt {
				t.Fatalf("a balance of %v", b)
			}
		}
	}
	if samples > n {
		t.Errorf("%d samples from %d bytes", samples, n)
	}
}

// FuzzArchive: whatever a file in a folder is, reading it ends, stays within
// the limits, and leaves nothing behind.
func FuzzArchive(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(gzipped(f, s))
		z := zipped(f, member{"a.fit", s}, member{"b.zip", zipped(f, member{"c.fit", s})})
		f.Add(z)
		f.Add(z[:len(z)-endSize])
		f.Add(z[:3*len(z)/4])
	}
	limits := DefaultLimits()
	limits.File, limits.Unpacked, limits.Members, limits.Depth = 1<<20, 4<<20, 100, 3
	path := filepath.Join(f.TempDir(), "fuzz.fit")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		offers := 0
		for o, err := range NewWatch(limits, 0, time.Now, filepath.Dir(path)).Offers(t.Context(), remembered(nil)) {
			if err != nil {
				t.Fatal(err)
			}
			if offers++; offers > 1000 {
				t.Fatal("more offers than members")
			}
			if o.Read != nil {
				c, err := o.Read(t.Context(), func(string) (bool, error) { return false, nil })
				if err != nil {
					t.Fatal(err)
				}
				if !o.Last {
					checkContent(t, c, int(limits.File))
				}
			}
			if o.Done != nil {
				o.Done()
			}
		}
	})
}

// TestASmallFileCannotFillTheMemory: a message can be a single byte.
func TestASmallFileCannotFillTheMemory(t *testing.T) {
	const n = maxRecords + 10
	fileID := []byte{0x40, 0, 0, 0, 0, 1, 0, 1, 0x00, 0x00, byte(typedef.FileActivity)}
	definition := []byte{0x41, 0, 0, 20, 0, 0} // a record of no fields
	records := bytes.Repeat([]byte{0xA1}, n)   // its time in the header
	sessions := append([]byte{0x42, 0, 0, 18, 0, 0}, bytes.Repeat([]byte{0x02}, maxSessions+10)...)
	for name, data := range map[string][]byte{"records": rawFIT(fileID, definition, records), "sessions": rawFIT(fileID, sessions)} {
		c := read(data)
		if !strings.Contains(c.Broken, "more in it than a watch can write") || len(c.Runs)+len(c.Skipped) > maxSessions {
			t.Errorf("%s: %q, %d runs, %d skipped", name, c.Broken, len(c.Runs), len(c.Skipped))
		}
	}
}
