package notify

import (
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/words"

	"gaitkeeper/gait"
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
	// strapGone is the age of the newest run from which on nobody misses it.
	strapGone = 28 * 24 * time.Hour
)

// Notes returns what is to be known of gaitkeeper itself as of now: illness
// first.
func Notes(situation alert.Situation, v HealthInput) []alert.Note {
	s := healthCheck{situation, v}
	var notes []alert.Note
	for _, v := range s.Input.Sources {
		notes = append(notes, s.sourceNotes(v)...)
	}
	for _, f := range s.Input.Folders {
		notes = append(notes, s.folderNote(f))
	}
	for _, c := range s.Input.Channels {
		notes = append(notes, s.channelNotes(c)...)
	}
	notes = append(notes, s.noSync()...)
	notes = append(notes, s.noCopy()...)
	notes = append(notes, s.noStrap()...)
	notes = append(notes, s.wrongClock()...)
	notes = append(notes, s.noRuns(notes)...)
	if gone := s.Input.Gone; len(gone) > 0 {
		n := alert.Note{Kind: alert.NoteConfigGone}
		n.Text, n.Next = words.ConfigGone(gone)
		notes = append(notes, n)
	}
	well := func(n alert.Note) bool { return !n.Unwell }
	return append(slices.DeleteFunc(slices.Clone(notes), well), slices.DeleteFunc(notes, func(n alert.Note) bool { return n.Unwell })...)
}

func (s healthCheck) sourceNotes(v SourceHealth) []alert.Note {
	switch {
	case v.Error != "":
		n := alert.Note{Kind: alert.NoteSourceFailing, Subject: string(v.Name), Since: v.FailingSince, Unwell: true}
		n.Text, n.Next = s.words().SourceFailing(v.Name, v.FailingSince, cause(v))
		return []alert.Note{n}
	case s.Now.Before(v.WaitingUntil):
		n := alert.Note{Kind: alert.NoteSourceWaiting, Subject: string(v.Name)}
		n.Text, n.Next = s.words().SourceWaiting(v.Name, v.WaitingUntil, v.Note)
		return []alert.Note{n}
	default:
		return nil
	}
}

// cause returns a source's own sentence.
func cause(v SourceHealth) string {
	return strings.TrimSuffix(strings.TrimPrefix(v.Error, "read source "+string(v.Name)+": "), ".")
}

// folderNote tells of an empty folder. One that never held a file is illness after a
// day: whoever sets gaitkeeper up may name the folder before the first run.
func (s healthCheck) folderNote(f FolderHealth) alert.Note {
	if f.Held {
		n := alert.Note{Kind: alert.NoteFolderEmptied, Subject: f.Dir, Since: f.Since}
		n.Text, n.Next = s.words().FolderEmptied(f.Dir, f.Since)
		return n
	}
	n := alert.Note{Kind: alert.NoteFolderEmpty, Subject: f.Dir, Since: f.Since, Unwell: s.Now.Sub(f.Since) >= alert.LastsAfter}
	n.Text, n.Next = words.FolderEmpty(f.Dir)
	return n
}

func (s healthCheck) channelNotes(c ChannelHealth) []alert.Note {
	var notes []alert.Note
	for _, r := range c.Refused {
		n := alert.Note{Kind: alert.NoteReceiverRefused, Subject: r.Address, Since: r.At}
		n.Text, n.Next = s.words().ReceiverRefused(c.Name, r.Address, r.At, faultOf(c.Name, r.Refused))
		notes = append(notes, n)
	}
	if c.FailingSince.IsZero() {
		return notes
	}
	n := alert.Note{Kind: alert.NoteChannelFailing, Subject: c.Name, Since: c.FailingSince, Unwell: true}
	n.Text, n.Next = s.words().ChannelFailing(c.Name, c.FailingSince, faultOf(c.Name, c.Error), c.Owed)
	return append(notes, n)
}

// faultOf returns a channel's own sentence.
func faultOf(channel, text string) string {
	return strings.TrimSuffix(strings.TrimPrefix(text, channel+": "), ".")
}

// noSync says that a sync that was due did not come, or began and did not end.
// A machine that slept is given time from when it woke.
func (s healthCheck) noSync() []alert.Note {
	if len(s.Input.Sources) == 0 {
		return nil
	}
	since := s.Input.Sources[0].NextDue
	for _, v := range s.Input.Sources {
		if v.NextDue.Before(since) {
			since = v.NextDue
		}
	}
	if s.Input.Awake.After(since) {
		since = s.Input.Awake
	}
	if since.IsZero() || s.Now.Sub(since) < alert.LastsAfter {
		return nil
	}
	n := alert.Note{Kind: alert.NoteNoSync, Since: since, Unwell: true}
	n.Text, n.Next = s.words().NoSync(since)
	return []alert.Note{n}
}

// noCopy says that the daily copy of the database could not be made.
func (s healthCheck) noCopy() []alert.Note {
	v := s.Input.Copies
	if v.Error == "" {
		return nil
	}
	n := alert.Note{Kind: alert.NoteNoCopy, Since: v.FailingSince, Unwell: true}
	n.Text, n.Next = s.words().NoCopy(v.FailingSince, strings.TrimSuffix(v.Error, "."))
	return []alert.Note{n}
}

// noStrap says that left and right are missing from the last runs of a runner
// who has a strap or pod. A run that came as a mere summary tells nothing.
func (s healthCheck) noStrap() []alert.Note {
	recorded := slices.DeleteFunc(slices.Clone(s.Input.Runs), func(r RunHealth) bool { return r.Summary })
	last := lastSided(recorded)
	missing := len(recorded) - 1 - last
	if last < 0 || missing < strapless || s.Now.Sub(recorded[len(recorded)-1].End) > strapGone {
		return nil
	}
	sided := 0
	for _, r := range recorded[max(0, last+1-strapWithin) : last+1] {
		if r.Sided {
			sided++
		}
	}
	if sided < strapped {
		return nil
	}
	n := alert.Note{Kind: alert.NoteNoStrap, Since: recorded[last].End}
	n.Text, n.Next = s.words().NoStrap(missing, recorded[last].End)
	return []alert.Note{n}
}

func lastSided(runs []RunHealth) int {
	for i, r := range slices.Backward(runs) {
		if r.Sided {
			return i
		}
	}
	return -1
}

// noRuns says that nothing has come for a while although all is well.
func (s healthCheck) noRuns(notes []alert.Note) []alert.Note {
	runs := s.Input.Runs
	sick := slices.ContainsFunc(notes, func(n alert.Note) bool {
		return n.Unwell && n.Kind != alert.NoteChannelFailing && n.Kind != alert.NoteNoCopy
	})
	if sick || len(runs) == 0 || len(s.Input.Sources) == 0 {
		return nil
	}
	last := runs[len(runs)-1].End
	quiet := s.Now.Sub(last)
	if quiet < quietAfter {
		return nil
	}
	n, hint := alert.Note{Kind: alert.NoteNoRuns, Since: last}, ""
	for _, o := range notes {
		if o.Kind == alert.NoteFolderEmptied || o.Kind == alert.NoteWrongClock {
			hint = o.Text + " " + o.Next
		}
	}
	n.Text, n.Next = words.NoRuns(int(quiet.Hours()/24), hint)
	return []alert.Note{n}
}

// wrongClock names the runs that are not counted because their clock is wrong.
func (s healthCheck) wrongClock() []alert.Note {
	runs := s.Input.Misdated
	if len(runs) == 0 {
		return nil
	}
	n := alert.Note{Kind: alert.NoteWrongClock}
	n.Text, n.Next = s.words().WrongClock(runs, runs[0].Oddities[len(runs[0].Oddities)-1])
	return []alert.Note{n}
}

// ranRegularly tells whether the runner ran often before the last run.
func (s healthCheck) ranRegularly() bool {
	runs := s.Input.Runs
	if len(runs) < regular {
		return false
	}
	return runs[len(runs)-1].End.Sub(runs[len(runs)-regular].End) <= regularWithin
}

// resting tells whether there is a reason to rest: a stop stands, or the runner
// wrote into the diary since.
func (s healthCheck) resting(since time.Time) bool {
	return s.Standing.Verdict == finding.VerdictStop ||
		slices.ContainsFunc(s.Pain, func(p gait.Pain) bool { return p.Recorded.After(since) || p.At.After(since) }) ||
		slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return a.Recorded.After(since) })
}

func (s healthCheck) words() words.Words { return words.Words{Zone: s.Zone} }
