package main

import (
	"bytes"
	"fmt"
	"math"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/ingest/fitfile"
	"gaitkeeper/internal/simulate"
)

// look is one run as every method sees it, with what is true of it.
type look struct {
	gait.Measures
	// shown is the mean balance of the whole run, as a watch shows it; unknown
	// without a strap.
	shown float64
	truth simulate.Truth
}

// strapped tells whether the run has a balance at all.
func (l *look) strapped() bool { return l.Signals.Has(gait.SignalStanceTimeBalance) }

// maker turns made runs into looks. One run in fitEvery goes through a FIT file
// and the program's own reader on its way; 0: none does.
type maker struct {
	params   gait.AnalysisParams
	fitEvery int
	// files counts the runs that went through a file, altered those that came
	// out of it with other figures.
	files, altered int
}

// look measures the run.
func (k *maker) look(run simulate.Run) look {
	l := look{Measures: analysis.Measure(run.Run, k.params), shown: shown(run.Samples), truth: run.Truth}
	if k.fitEvery > 0 && run.Truth.Index%k.fitEvery == int(run.Start.Unix()/60)%k.fitEvery {
		k.throughFile(run.Run, &l)
	}
	return l
}

// throughFile measures the run again, as its FIT file holds it.
func (k *maker) throughFile(run gait.Run, l *look) {
	k.files++
	var file bytes.Buffer
	var reader fitfile.Reader
	if err := simulate.WriteFIT(&file, run); err != nil {
		k.altered++
		return
	}
	content := reader.Read(file.Bytes(), fitfile.Hash(file.Bytes()), gait.SourceFIT, "made.fit")
	if len(content.Runs) != 1 {
		k.altered++
		return
	}
	read := analysis.Measure(content.Runs[0], k.params)
	if !read.Signals.Has(gait.SignalStanceTime) {
		read.Sensor = l.Sensor // nothing was measured that it could name
	}
	if fmt.Sprintf("%v", read) != fmt.Sprintf("%v", l.Measures) { // prints unknown figures alike
		k.altered++
	}
	l.Measures = read
}

// shown is the mean of all balances in the samples.
func shown(samples []gait.Sample) float64 {
	sum, n := 0.0, 0.0
	for i := range samples {
		if b := samples[i].StanceTimeBalance; gait.Known(b) {
			sum, n = sum+float64(b), n+1
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / n
}
