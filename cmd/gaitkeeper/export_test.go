package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// bulk makes the bulk export of a season of 2019 whose left foot is spared by
// two points for ten runs from the one with index LIMPFROM on (-1: never):
//
//	export garmin FILE RUNS LIMPFROM OTHERS [bare]
//	export strava FILE RUNS LIMPFROM
//
// In Garmin's there are OTHERS files that are no runs; "bare" is without a
// strap. In Strava's the runs have titles and shoes, and some tell of pain.
func bulk(ts *testscript.TestScript, _ bool, args []string) {
	number := func(i int) int {
		n, err := strconv.Atoi(args[i])
		ts.Check(err)
		return n
	}
	count, from := number(2), number(3)
	runs := shortRuns(count, from)
	f, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	if args[0] == "garmin" {
		if len(args) > 5 {
			for i := range runs {
				bare(&runs[i], false)
			}
		}
		ts.Check(simulate.WriteGarminExport(f, slices.Values(runs), number(4)))
	} else {
		for i := range runs {
			runs[i].Title, runs[i].Gear = "Morning Run", "Trail shoes"
		}
		runs[5].Description = "along the river #pain 3 left knee"
		runs[6].Description = "#pain 4, for no other reason"
		runs[7].PrivateNote = "for no other eyes: #pain 2 right calf"
		ts.Check(simulate.WriteStravaExport(f, slices.Values(runs)))
	}
	ts.Check(f.Close())
}

// shortRuns are the runs of a steady runner, of a third of an hour each, from
// March 2019 on, with ten limping ones from the given one on.
func shortRuns(count, from int) []gait.Run {
	r := simulate.NewRunner(1)
	r.Body.SpeedSlope = 0
	r.Noise.DriftSD, r.Noise.RunSD, r.Noise.MinuteSD, r.Noise.SlideMean, r.Noise.SlideSD = 0.1, 0.15, 0.3, 0, 0.1
	r.Habits = simulate.Habits{RunsPerWeek: 3.5, Minutes: 20, Spread: 0.05, Mix: simulate.Mix{Easy: 1}}
	s := simulate.Season{Runner: r, Start: time.Date(2019, 3, 1, 7, 0, 0, 0, time.UTC), Runs: count}
	if from >= 0 {
		s.Limps = []simulate.Limp{{From: from, To: from + 10, Side: gait.Left, Size: 2}}
	}
	return simulate.GaitRuns(s.Make())
}

// unzip ARCHIVE DIR unpacks an archive.
func unzip(ts *testscript.TestScript, _ bool, args []string) {
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	for _, m := range z.File {
		to := filepath.Join(ts.MkAbs(args[1]), m.Name)
		ts.Check(os.MkdirAll(filepath.Dir(to), 0o700))
		from, err := m.Open()
		ts.Check(err)
		data, err := io.ReadAll(from)
		ts.Check(err)
		ts.Check(os.WriteFile(to, data, 0o600))
	}
}

// replace FILE OLD NEW writes a file anew.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.ReplaceAll(data, []byte(args[1]), []byte(args[2])), 0o600))
}
