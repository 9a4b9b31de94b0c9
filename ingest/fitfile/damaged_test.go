package fitfile

import (
	"bytes"
	"slices"
	"testing"
	"time"
)

// Bytes are missing, stand there twice or are others: what was recorded before
// stays, and what is read out of step behind it makes no other run of it.
func TestADamagedFileKeepsWhatWasRecordedBefore(t *testing.T) {
	const seconds = 600
	whole := madeRun(t, seconds)
	began := read(whole).Runs[0].Start
	junk := bytes.Repeat([]byte{0x9c, 0x41, 0xe7, 0x02, 0x58, 0xb3, 0x0d, 0x76}, 16)
	for name, damage := range map[string]func(at int) []byte{
		"missing": func(at int) []byte { return slices.Delete(slices.Clone(whole), at, at+101) },
		"twice":   func(at int) []byte { return slices.Insert(slices.Clone(whole), at, whole[at:at+101]...) },
		"others":  func(at int) []byte { return slices.Concat(whole[:at], junk, whole[at+len(junk):]) },
		"zeros":   func(at int) []byte { return slices.Concat(whole[:at], make([]byte, 128), whole[at+128:]) },
		"unset":   func(at int) []byte { return slices.Concat(whole[:at], bytes.Repeat([]byte{0xff}, 128), whole[at+128:]) },
	} {
		t.Run(name, func(t *testing.T) {
			for at := len(whole) / 3; at < len(whole)-400; at += 53 {
				c := read(damage(at))
				if len(c.Runs) != 1 || c.Broken == "" {
					t.Fatalf("at %d: %d runs, skipped %v, %q", at, len(c.Runs), c.Skipped, c.Broken)
				}
				r := c.Runs[0]
				recorded := seconds * at / len(whole)
				if off := r.Start.Sub(began).Abs(); off > time.Minute || len(r.Samples) < recorded*9/10 {
					t.Errorf("at %d: begins %v off, with %d of %d seconds", at, off, len(r.Samples), recorded)
				}
				if r.Distance > 3*seconds+headStart || r.Elapsed > 2*time.Hour {
					t.Errorf("at %d: %v m in %v", at, r.Distance, r.Elapsed)
				}
			}
		})
	}
}

func TestABitInOneRecordMovesNoRun(t *testing.T) {
	const seconds = 600
	whole := madeRun(t, seconds)
	began := read(whole).Runs[0].Start
	for at := len(whole) / 2; at < len(whole)/2+40; at++ { // the whole of a record, its time among it
		for bit := range 8 {
			data := slices.Clone(whole)
			data[at] ^= 1 << bit
			r := read(data).Runs[0]
			if off := r.Start.Sub(began).Abs(); off > time.Minute || r.Elapsed > 2*seconds*time.Second {
				t.Errorf("bit %d at %d: begins %v off and takes %v", bit, at, off, r.Elapsed)
			}
		}
	}
}

// What was recorded behind a block that was lost, or put in, is read, too.
func TestBehindTheDamageItGoesOn(t *testing.T) {
	const seconds = 600
	whole := madeRun(t, seconds)
	at := len(whole) / 3
	for name, data := range map[string][]byte{
		"lost":     slices.Delete(slices.Clone(whole), at, at+512),
		"put in":   slices.Insert(slices.Clone(whole), at, bytes.Repeat([]byte("not of it"), 57)...),
		"replaced": slices.Concat(whole[:at], bytes.Repeat([]byte("0123456\x9f"), 64), whole[at+512:]),
	} {
		c := read(data)
		if len(c.Runs) != 1 || c.Broken == "" || len(c.Runs[0].Samples) < seconds*8/10 {
			t.Errorf("%s: broken %q, %d runs of %d samples", name, c.Broken, len(c.Runs), len(c.Runs[0].Samples))
		}
	}
}
