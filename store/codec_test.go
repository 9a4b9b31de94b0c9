package store

import (
	"math"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"gaitkeeper/gait"
)

// figures draws either steps of a scale as a watch writes them, or anything,
// with gaps.
func figures(t *rapid.T, label string, scale, offset float64) func() float64 {
	kind := rapid.SampledFrom([]string{"absent", "steps", "any"}).Draw(t, label)
	return func() float64 {
		if kind == "absent" || rapid.IntRange(0, 9).Draw(t, "gap") == 0 {
			return math.NaN()
		}
		if kind == "any" {
			return rapid.Float64().Draw(t, label)
		}
		return float64(rapid.Uint16().Draw(t, label))/scale - offset
	}
}

func TestSamplesKeepTheirResolution(t *testing.T) {
	var c codec
	rapid.Check(t, func(rt *rapid.T) {
		distance, speed := figures(rt, "distance", 100, 0), figures(rt, "speed", 1000, 0)
		altitude, cadence := figures(rt, "altitude", 5, 500), figures(rt, "cadence", 64, 0)
		stance, balance := figures(rt, "stance time", 10, 0), figures(rt, "balance", 100, 0)
		bounce, step := figures(rt, "bounce", 10, 0), figures(rt, "step", 10, 0)
		heart, power := figures(rt, "heart", 1, 0), figures(rt, "power", 1, 0)
		samples := make([]gait.Sample, rapid.IntRange(0, 40).Draw(rt, "n"))
		for i := range samples {
			samples[i] = gait.Sample{
				Second: rapid.Int32().Draw(rt, "second"), Distance: gait.Metres(distance()),
				Speed: gait.MetresPerSecond(speed()), Altitude: gait.Metres(altitude()), Cadence: gait.StepsPerMinute(cadence()),
				StanceTime: gait.Milliseconds(stance()), StanceTimeBalance: gait.Percent(balance()),
				VerticalOscillation: gait.Millimetres(bounce()), StepLength: gait.Millimetres(step()),
				HeartRate: gait.BeatsPerMinute(heart()), Power: gait.Watts(power()),
			}
		}
		blob, err := c.packSamples(samples)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := c.unpackSamples(blob)
		if err != nil {
			rt.Fatal(err)
		}
		if len(got) != len(samples) {
			rt.Fatalf("%d samples, want %d", len(got), len(samples))
		}
		for i := range samples {
			if got[i].Second != samples[i].Second {
				rt.Fatalf("second %d, want %d", got[i].Second, samples[i].Second)
			}
			for n, col := range sampleColumns() {
				was, is := *col.field(&samples[i]), *col.field(&got[i])
				alike := math.Abs(was-is) <= 2e-3/col.scale // the step itself is found with an error
				if was == is || alike || math.IsNaN(was) && math.IsNaN(is) {
					continue
				}
				rt.Fatalf("column %d of sample %d is %v, want %v", n, i, is, was)
			}
		}
	})
}

// What is off the steps of a column by more than arithmetic noise is kept to
// the bit.
func TestColumnKeepsOddValuesExact(t *testing.T) {
	var c codec
	for _, odd := range []float64{
		1.0 / 3, math.Pi * 1e9, 1e300, -1e300, math.Inf(1), math.Inf(-1), math.SmallestNonzeroFloat64, math.MaxFloat64, 1 << 60,
	} {
		samples := newSamples(10)
		samples[4].Speed = gait.MetresPerSecond(odd)
		blob, err := c.packSamples(samples)
		check(t, err)
		got, err := c.unpackSamples(blob)
		check(t, err)
		if odd == math.SmallestNonzeroFloat64 { // as good as the step 0
			odd = 0
		}
		if float64(got[4].Speed) != odd {
			t.Errorf("%v came back as %v", odd, got[4].Speed)
		}
		if got[5].Speed != samples[5].Speed {
			t.Errorf("beside %v: %v came back as %v", odd, samples[5].Speed, got[5].Speed)
		}
	}
}

// A season's samples must fit in a third of its FIT files, which take some 30
// bytes a second.
func TestSamplesAreSmall(t *testing.T) {
	samples := noisy(3600)
	var c codec
	blob, err := c.packSamples(samples)
	check(t, err)
	if per := float64(len(blob)) / float64(len(samples)); per > 10 {
		t.Errorf("%.1f bytes a sample, want 10 at the most", per)
	}
}

func TestDamagedBlobsAreErrors(t *testing.T) {
	var c codec
	good, err := c.packSamples(newSamples(300))
	check(t, err)
	whole, err := c.unpackSamples(good)
	check(t, err)
	for i := range good {
		for _, bit := range []byte{1, 0x80} {
			bad := append([]byte(nil), good...)
			bad[i] ^= bit
			if got, err := c.unpackSamples(bad); err == nil { // a bit that zstd does not look at
				same(t, "samples", got, whole)
			}
		}
		if _, err := c.unpackSamples(good[:i]); err == nil {
			t.Fatalf("cut after %d bytes: no error", i)
		}
	}
}

// sealed wraps a payload with a right checksum, as nobody but an attacker would.
func sealed(t testing.TB, c *codec, layout byte, payload []byte) []byte {
	t.Helper()
	blob, err := c.pack(layout, func(b []byte) []byte { return append(b, payload...) })
	check(t, err)
	return blob
}

func TestWrongPayloadsAreErrors(t *testing.T) {
	var c codec
	for name, payload := range map[string][]byte{
		"empty":             {},
		"no rows follow":    {200, 1},
		"huge number":       {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
		"endless varint":    {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"second overflows":  append([]byte{1, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, make([]byte, 10)...),
		"unknown form":      append([]byte{1, 0, 9}, make([]byte, 9)...),
		"exact cut short":   {1, 0, formExact, 1, 2, 3},
		"something is left": append([]byte{1, 0}, make([]byte, 11)...),
	} {
		if got, err := c.unpackSamples(sealed(t, &c, samplesLayout, payload)); err == nil {
			t.Errorf("%s: no error, %d samples", name, len(got))
		}
	}
	_, err := c.unpackSamples(sealed(t, &c, 77, nil))
	refuses(t, err, "layout 77")
}

// A blob of a few bytes must not make us allocate gigabytes.
func TestBombIsRefused(t *testing.T) {
	var c codec
	bomb := sealed(t, &c, samplesLayout, make([]byte, maxUnpacked))
	bomb = append(bomb, bomb[1:]...) // two frames, twice the size
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := c.unpackSamples(bomb); err == nil {
		t.Error("no error")
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 4*maxUnpacked {
		t.Errorf("allocated %d MiB", got>>20)
	}
	if _, err := c.pack(samplesLayout, func([]byte) []byte { return make([]byte, maxUnpacked+1) }); err == nil {
		t.Error("packed what cannot be unpacked")
	}
}

// FuzzDecode feeds the two decoders payloads behind a right checksum, and raw
// blobs: whatever comes, they answer or refuse.
func FuzzDecode(f *testing.F) {
	var c codec
	samples, err := c.packSamples(newSamples(30))
	check(f, err)
	measures, err := c.packMeasures(newMeasures("x", monday))
	check(f, err)
	for _, blob := range [][]byte{samples, measures} {
		payload, err := c.open(blob[0], blob, nil)
		check(f, err)
		f.Add(payload)
		f.Add(blob)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = c.unpackSamples(data)
		_, _, _ = c.unpackMeasures(data, nil)
		_, _ = c.unpackSamples(sealed(t, &c, samplesLayout, data))
		m, _, err := c.unpackMeasures(sealed(t, &c, measuresLayout, data), nil)
		if err != nil {
			return
		}
		again, err := c.packMeasures(m)
		check(t, err)
		if _, _, err := c.unpackMeasures(again, nil); err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
	})
}
