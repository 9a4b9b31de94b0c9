package store

import (
	"fmt"
	"testing"

	"gaitkeeper/ingest"
)

// fill stores n runs without samples, each with 40 blocks, and their files.
func fill(b *testing.B, s *Store, n int) {
	b.Helper()
	imports := make([]ingest.Import, n)
	for i := range imports {
		imports[i] = newImport(i)
		imports[i].File.SHA256 = fmt.Sprintf("%064d", i)
		imports[i].File.Path = fmt.Sprintf("/var/lib/fit/GARMIN/Activity/2026-05-04-06-12-%d.fit", i)
		imports[i].Runs[0].Run.Samples = nil
	}
	check(b, save(b.Context(), s, imports...))
}

// BenchmarkHistory reads what the fold looks at, for 3,000 runs.
func BenchmarkHistory(b *testing.B) {
	s := open(b)
	fill(b, s, 3000)
	b.ReportAllocs()
	for b.Loop() {
		h, err := s.History(b.Context())
		check(b, err)
		if len(h.Runs) != 3000 {
			b.Fatal(len(h.Runs))
		}
	}
}

// BenchmarkRuns lists 3,000 runs.
func BenchmarkRuns(b *testing.B) {
	s := open(b)
	fill(b, s, 3000)
	b.ReportAllocs()
	for b.Loop() {
		_, err := s.Runs(b.Context())
		check(b, err)
	}
}

// BenchmarkFiles reads what is remembered of 5,000 files.
func BenchmarkFiles(b *testing.B) {
	s := open(b)
	fill(b, s, 5000)
	b.ReportAllocs()
	for b.Loop() {
		_, err := s.Files(b.Context())
		check(b, err)
	}
}

// BenchmarkNearby looks for a run among 5,000.
func BenchmarkNearby(b *testing.B) {
	s := open(b)
	fill(b, s, 5000)
	b.ReportAllocs()
	check(b, s.Save(b.Context(), func(tx ingest.Transaction) error {
		for b.Loop() {
			runs, err := tx.Nearby(b.Context(), day(2500), day(2500))
			check(b, err)
			if len(runs) != 1 {
				b.Fatal(len(runs))
			}
		}
		return nil
	}))
}

// BenchmarkSamples packs and unpacks an hour and tells the size of the blob
// beside that of the samples in memory.
func BenchmarkSamples(b *testing.B) {
	samples := newSamples(3600)
	var c codec
	b.Run("pack", func(b *testing.B) {
		b.ReportAllocs()
		var size int
		for b.Loop() {
			blob, err := c.packSamples(samples)
			check(b, err)
			size = len(blob)
		}
		b.ReportMetric(float64(size)/float64(len(samples)), "B/sample")
	})
	b.Run("unpack", func(b *testing.B) {
		b.ReportAllocs()
		blob, err := c.packSamples(samples)
		check(b, err)
		for b.Loop() {
			_, err := c.unpackSamples(blob)
			check(b, err)
		}
	})
}
