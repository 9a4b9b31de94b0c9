package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gaitkeeper/daemon"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

type syncCmd struct{}

func (*syncCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		r, err := app.Sync(p.ctx, p.progress("syncing"))
		for _, source := range r.Sources {
			err = errors.Join(p.printReport(source, app), err)
		}
		if len(r.Sources) == 0 && err == nil {
			p.printf("sources: %s\n", words.NoSources)
		}
		p.printf("messages sent: %d, waiting: %d\n", r.Sent, r.Waiting)
		return err
	})
}

type importCmd struct {
	Paths []string `arg:"" name:"path" help:"FIT files, folders, .fit.gz, .zip, or an export from Garmin, Strava or Apple Health as it is."`
}

// Validate refuses the path of a variable that is not set: it would be the folder that
// the runner is in.
func (c *importCmd) Validate() error {
	if slices.Contains(c.Paths, "") {
		return errors.New("an empty path names nothing: name a file or a folder")
	}
	return nil
}

// Run takes the files in, assesses, looks back where years have come at once, and
// names every file that failed.
func (c *importCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		r, err := app.Import(p.ctx, c.Paths, p.progress("importing"))
		bad := p.printReport(r, app)
		if err == nil && daemon.NoRecordings(r) {
			p.printFound(daemon.CountByEnding(p.ctx, c.Paths))
		}
		if err == nil {
			err = p.lookBack(app)
		}
		return errors.Join(bad, err)
	})
}

// printFound says what was found where no FIT file was, and where to look for
// them.
func (p *program) printFound(kinds []daemon.FileKind) {
	const most = 5
	var found []string
	for i, k := range kinds {
		switch {
		case i == most:
			found = append(found, "others")
		case i < most && k.Ending == "":
			found = append(found, fmt.Sprintf("%d without an ending", k.Count))
		case i < most:
			found = append(found, fmt.Sprintf("%d %s", k.Count, k.Ending))
		}
	}
	p.printf("%s\n%s\n", words.NoFITFile(found), words.WhatIsRead)
}

// printReport prints what was saved, and returns what was not as an error of
// one line a file.
func (p *program) printReport(r daemon.ImportReport, app *daemon.App) error {
	p.printf("new runs: %d", r.New)
	for _, part := range []struct {
		what string
		n    int
	}{
		{"runs replaced by a better recording", r.Better},
		{"more recordings of runs that were here", r.Same},
		{"everyday walks", r.Walks},
		{"files seen before", r.Known},
		{"files still being copied", r.Waiting},
		{"deleted where they came from", r.Gone},
	} {
		if part.n > 0 {
			p.printf(", %s: %d", part.what, part.n)
		}
	}
	if len(r.Skipped) > 0 {
		var kinds []string
		for _, kind := range slices.Sorted(maps.Keys(r.Skipped)) {
			kinds = append(kinds, fmt.Sprintf("%d %s", r.Skipped[kind], kind))
		}
		p.printf("; passed over: %s", strings.Join(kinds, ", "))
	}
	p.printf("\n")
	if r.Wait.Why != "" {
		p.printf("waits until %s: %s\n", r.Wait.Until.In(app.Zone()).Format(gait.MinuteLayout), r.Wait.Why)
	}
	for _, run := range r.Misdated {
		p.printf("run %s: %s\n", run.ID, words.ClockFault(run, app.Now(), app.Zone()))
	}
	p.printUnused(r.Unused)
	p.printUnread(r.Unread)
	var failed []error
	for _, f := range r.Failed {
		failed = append(failed, errors.New(f.String()))
	}
	if len(failed) > 0 {
		failed = append(failed, fmt.Errorf("files that could not be read completely: %d; everything else is saved", len(failed)))
	}
	return errors.Join(failed...)
}

// printUnused names what the recordings hold beside the watch's own figures and
// nothing was made of: what may tell the feet apart first, then the most frequent.
func (p *program) printUnused(runs map[string]int) {
	const most = 12
	names := slices.SortedFunc(maps.Keys(runs), func(a, b string) int {
		return cmp.Or(cmp.Compare(ofFeet(b), ofFeet(a)), cmp.Compare(runs[b], runs[a]), cmp.Compare(a, b))
	})
	var list []string
	for i, name := range names {
		if i == most {
			list = append(list, fmt.Sprintf("%d others", len(names)-most))
			break
		}
		list = append(list, fmt.Sprintf("%s (runs: %d)", name, runs[name]))
	}
	if len(list) > 0 {
		p.printf("in the files and not used: %s\n", strings.Join(list, ", "))
	}
}

// ofFeet is 1 for a field that may tell the feet apart, by its name.
func ofFeet(name string) int {
	for _, part := range []string{"balance", "contact", "left", "right", "without a name"} {
		if strings.Contains(strings.ToLower(name), part) {
			return 1
		}
	}
	return 0
}
