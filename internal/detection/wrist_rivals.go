package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/ingest/fitfile"
	"gaitkeeper/internal/realruns"
)

// signals are what the plain rules look at: cadence and stance time at the same
// speed, by slopes that fit most runners, walking, fading and the pace itself.
func signals(m *gait.Measures) [5]float64 {
	mean := func(figure func(*gait.Block) float64) float64 {
		sum := 0.0
		for i := range m.Blocks {
			sum += figure(&m.Blocks[i])
		}
		return sum / float64(len(m.Blocks))
	}
	speed := mean(func(b *gait.Block) float64 { return float64(b.Speed) })
	third := len(m.Blocks) / 3
	fade := math.NaN()
	if third >= 3 {
		var first, last float64
		for i := range third {
			first, last = first+float64(m.Blocks[i].Speed), last+float64(m.Blocks[len(m.Blocks)-1-i].Speed)
		}
		fade = 1 - last/first
	}
	return [5]float64{
		mean(func(b *gait.Block) float64 { return float64(b.Cadence) }) - 9*speed,
		mean(func(b *gait.Block) float64 { return float64(b.StanceTime) }) + 40*speed,
		m.WalkShare, fade, speed,
	}
}

// Of a plain rule: the runs behind it, and the fewest.
const lastRuns, fewestRuns = 20, 8

// plainForm is the largest z of any signal against its last 20 runs; with two, of
// the smaller one where this run and the one before agree.
func plainForm(runs []gait.Measures, two bool) []float64 {
	out := make([]float64, len(runs))
	var past [5][]float64
	var before [5]float64
	for i := range runs {
		for s, v := range signals(&runs[i]) {
			if math.IsNaN(v) {
				continue
			}
			z := 0.0
			if lately := past[s][max(0, len(past[s])-lastRuns):]; len(lately) >= fewestRuns {
				z = zOf(v, lately)
			}
			past[s] = append(past[s], v)
			loudness := math.Abs(z)
			if two {
				loudness = min(loudness, math.Abs(before[s]))
				if z*before[s] < 0 {
					loudness = 0
				}
			}
			before[s] = z
			out[i] = max(out[i], loudness)
		}
	}
	return out
}

func zOf(v float64, past []float64) float64 {
	var sum, squares float64
	for _, p := range past {
		sum, squares = sum+p, squares+p*p
	}
	n := float64(len(past))
	mean := sum / n
	return (v - mean) / math.Sqrt(max(1e-8, (squares-n*mean*mean)/(n-1)))
}

// realWrist measures the runs of a real runner with a watch alone; none where
// they are not here.
func realWrist(p gait.AnalysisParams) ([]gait.Measures, error) {
	files, err := filepath.Glob(filepath.Join(realruns.Folder("fit", "wrist"), "*.fit.gz"))
	var reader fitfile.Reader
	var runs []gait.Measures
	for _, name := range files {
		packed, errRead := os.ReadFile(name)
		if errRead != nil {
			return nil, fmt.Errorf("read real run: %w", errRead)
		}
		z, errRead := gzip.NewReader(bytes.NewReader(packed))
		if errRead != nil {
			return nil, fmt.Errorf("%s: %w", name, errRead)
		}
		data, errRead := io.ReadAll(z)
		if errRead != nil {
			return nil, fmt.Errorf("%s: %w", name, errRead)
		}
		for _, run := range reader.Read(data, fitfile.Hash(data), gait.SourceFIT, name).Runs {
			runs = append(runs, analysis.Measure(run, p))
		}
	}
	slices.SortFunc(runs, func(a, b gait.Measures) int { return a.Start.Compare(b.Start) })
	return runs, err
}
