package notify

import (
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// The figures that tell a rest from runs that do not arrive. † All are ours.
const (
	// quietAfter is how long no run must have come for a line in status.
	quietAfter = 7 * 24 * time.Hour
	// missedAfter is how long no run must have come for the one message.
	missedAfter = 14 * 24 * time.Hour
	// regular is how many runs in the regularWithin before the last one make a
	// runner who runs regularly.
	regular       = 4
	regularWithin = 28 * 24 * time.Hour
	// strapless is how many runs in a row without left and right mean that the
	// strap is gone, where strapped of the strapWithin before had them.
	strapless   = 3
	strapped    = 3
	strapWithin = 10
	// strapGone is the age of the newest run from which nobody misses it.
	strapGone = 28 * 24 * time.Hour
)

// Notes returns what is to be known of gaitkeeper itself as of now: failures
// first.
func Notes(situation alert.Situation, v HealthInput) []alert.Note {
	s := healthCheck{situation, v}
	var notes []alert.Note
	for _, v := range s.Input.Sources {
		notes = append(notes, s.source(v))
	}
	for _, f := range s.Input.Folders {
		notes = append(notes, s.folder(f))
	}
	for _, c := range s.Input.Channels {
		notes = append(notes, s.channel(c)...)
	}
	notes = append(notes, s.noSync(), s.noCopy(), s.noStrap(), s.wrongClock())
	notes = append(notes, s.noRuns(notes), s.configGone())
	var unwell, well []alert.Note
	for _, n := range notes {
		switch {
		case n.Unwell:
			unwell = append(unwell, n)
		case n.Kind != "":
			well = append(well, n)
		}
	}
	return append(unwell, well...)
}

// The notes on one thing each; one without a kind says that there is nothing to say.

func (s healthCheck) source(v SourceHealth) alert.Note {
	switch {
	case v.Error != "":
		return alert.Note{Kind: alert.NoteSourceFailing, Subject: string(v.Name), Since: v.FailingSince, Unwell: true}.
			Saying(s.words().SourceFailing(v.Name, v.FailingSince, strings.TrimSuffix(v.Error, ".")))
	case s.Now.Before(v.WaitingUntil):
		return alert.Note{Kind: alert.NoteSourceWaiting, Subject: string(v.Name)}.
			Saying(s.words().SourceWaiting(v.Name, v.WaitingUntil, v.Note))
	default:
		return alert.Note{}
	}
}

// fault returns a channel's error as the middle of a sentence that names the channel.
func fault(channel, text string) string {
	return strings.TrimSuffix(strings.TrimPrefix(text, channel+": "), ".")
}

// folder tells of an empty folder. One that never held a file is a failure after
// a day: a runner may name the folder before the first run.
func (s healthCheck) folder(f FolderHealth) alert.Note {
	if f.Held {
		return alert.Note{Kind: alert.NoteFolderEmptied, Subject: f.Dir, Since: f.Since}.
			Saying(s.words().FolderEmptied(f.Dir, f.Since))
	}
	return alert.Note{Kind: alert.NoteFolderEmpty, Subject: f.Dir, Since: f.Since, Unwell: s.Now.Sub(f.Since) >= alert.LastsAfter}.
		Saying(words.FolderEmpty(f.Dir))
}

func (s healthCheck) channel(c ChannelHealth) []alert.Note {
	var notes []alert.Note
	for _, r := range c.Refused {
		notes = append(notes, alert.Note{Kind: alert.NoteReceiverRefused, Subject: r.Address, Since: r.At}.
			Saying(s.words().ReceiverRefused(c.Name, r.Address, r.At, fault(c.Name, r.Refused))))
	}
	if c.FailingSince.IsZero() {
		return notes
	}
	return append(notes, alert.Note{Kind: alert.NoteChannelFailing, Subject: c.Name, Since: c.FailingSince, Unwell: true}.
		Saying(s.words().ChannelFailing(c.Name, c.FailingSince, fault(c.Name, c.Error), c.Owed)))
}

// noSync says that a sync that was due did not come, or began and did not end.
// A machine that slept is given time from when it woke.
func (s healthCheck) noSync() alert.Note {
	if len(s.Input.Sources) == 0 {
		return alert.Note{}
	}
	since := slices.MinFunc(s.Input.Sources, func(a, b SourceHealth) int { return a.NextDue.Compare(b.NextDue) }).NextDue
	if s.Input.Awake.After(since) {
		since = s.Input.Awake
	}
	if since.IsZero() || s.Now.Sub(since) < alert.LastsAfter {
		return alert.Note{}
	}
	return alert.Note{Kind: alert.NoteNoSync, Since: since, Unwell: true}.Saying(s.words().NoSync(since))
}

// noCopy says that the daily copy of the database could not be made.
func (s healthCheck) noCopy() alert.Note {
	v := s.Input.Copies
	if v.Error == "" {
		return alert.Note{}
	}
	return alert.Note{Kind: alert.NoteNoCopy, Since: v.FailingSince, Unwell: true}.
		Saying(s.words().NoCopy(v.FailingSince, strings.TrimSuffix(v.Error, ".")))
}

// noStrap says that left and right are missing from the last runs of a runner
// who has a strap or pod. A run that came only as a summary says nothing.
func (s healthCheck) noStrap() alert.Note {
	runs := slices.DeleteFunc(slices.Clone(s.Input.Runs), func(r RunHealth) bool { return r.Summary })
	last := len(runs) - 1
	for last >= 0 && !runs[last].Sided {
		last--
	}
	missing := len(runs) - 1 - last
	if last < 0 || missing < strapless || s.Now.Sub(runs[len(runs)-1].End) > strapGone {
		return alert.Note{}
	}
	sided := 0
	for _, r := range runs[max(0, last+1-strapWithin) : last+1] {
		if r.Sided {
			sided++
		}
	}
	if sided < strapped {
		return alert.Note{}
	}
	return alert.Note{Kind: alert.NoteNoStrap, Since: runs[last].End}.Saying(s.words().NoStrap(missing, runs[last].End))
}

// noRuns says that nothing has come for a while although all is well.
func (s healthCheck) noRuns(notes []alert.Note) alert.Note {
	runs := s.Input.Runs
	sick := slices.ContainsFunc(notes, func(n alert.Note) bool {
		return n.Unwell && n.Kind != alert.NoteChannelFailing && n.Kind != alert.NoteNoCopy
	})
	if sick || len(runs) == 0 || len(s.Input.Sources) == 0 {
		return alert.Note{}
	}
	last := runs[len(runs)-1].End
	quiet := s.Now.Sub(last)
	if quiet < quietAfter {
		return alert.Note{}
	}
	hint := ""
	for _, o := range notes {
		if o.Kind == alert.NoteFolderEmptied || o.Kind == alert.NoteWrongClock {
			hint = o.Text + " " + o.Next
		}
	}
	return alert.Note{Kind: alert.NoteNoRuns, Since: last}.Saying(words.NoRuns(int(quiet.Hours()/24), hint))
}

// wrongClock names the runs that are not counted because their clock is wrong.
func (s healthCheck) wrongClock() alert.Note {
	runs := s.Input.Misdated
	if len(runs) == 0 {
		return alert.Note{}
	}
	return alert.Note{Kind: alert.NoteWrongClock}.Saying(s.words().WrongClock(runs, runs[0].Oddities[len(runs[0].Oddities)-1].Text))
}

// configGone says that the config names keys that no longer exist.
func (s healthCheck) configGone() alert.Note {
	if len(s.Input.Gone) == 0 {
		return alert.Note{}
	}
	return alert.Note{Kind: alert.NoteConfigGone}.Saying(words.ConfigGone(s.Input.Gone))
}

// ranRegularly reports whether the runner ran often before the last run.
func (s healthCheck) ranRegularly() bool {
	runs := s.Input.Runs
	if len(runs) < regular {
		return false
	}
	return runs[len(runs)-1].End.Sub(runs[len(runs)-regular].End) <= regularWithin
}

// resting reports whether there is a reason to rest: a stop stands, or the
// runner wrote into the diary since.
func (s healthCheck) resting(since time.Time) bool {
	return s.Standing.Verdict == finding.VerdictStop ||
		slices.ContainsFunc(s.Pain, func(p gait.Pain) bool { return p.Recorded.After(since) || p.At.After(since) }) ||
		slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return a.Recorded.After(since) })
}

func (s healthCheck) words() words.Words { return words.Words{Zone: s.Zone} }
