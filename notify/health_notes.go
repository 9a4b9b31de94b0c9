package notify

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"

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
	for _, v := range s.Vitals.Sources {
		notes = append(notes, s.sourceNotes(v)...)
	}
	for _, f := range s.Vitals.Folders {
		notes = append(notes, s.folderNote(f))
	}
	for _, c := range s.Vitals.Channels {
		notes = append(notes, s.channelNotes(c)...)
	}
	notes = append(notes, s.noSync()...)
	notes = append(notes, s.noCopy()...)
	notes = append(notes, s.noStrap()...)
	notes = append(notes, s.wrongClock()...)
	notes = append(notes, s.noRuns(notes)...)
	return illnessFirst(notes)
}

func (s healthCheck) sourceNotes(v SourceHealth) []alert.Note {
	switch {
	case v.Error != "":
		return []alert.Note{{
			Kind: alert.NoteSourceFailing, Subject: string(v.Name), Since: v.FailingSince, Unwell: true,
			Text: fmt.Sprintf("%s has failed since %s: %s.", sourceTitle(v.Name), s.moment(v.FailingSince), cause(v)),
			Next: sourceRemedy(v.Name),
		}}
	case s.Now.Before(v.WaitingUntil):
		text := v.Note
		if text == "" {
			text = "it asked for a break"
		}
		return []alert.Note{{
			Kind: alert.NoteSourceWaiting, Subject: string(v.Name),
			Text: fmt.Sprintf("%s waits until %s: %s.", sourceTitle(v.Name), s.moment(v.WaitingUntil), strings.TrimSuffix(text, ".")),
			Next: "You need not do anything: it goes on by itself where it stopped.",
		}}
	default:
		return nil
	}
}

// cause returns a source's own sentence.
func cause(v SourceHealth) string {
	return strings.TrimSuffix(strings.TrimPrefix(v.Error, "read source "+string(v.Name)+": "), ".")
}

func sourceTitle(name gait.SourceName) string {
	switch name {
	case gait.SourceFIT:
		return "Reading the watched folders"
	case gait.SourceStrava:
		return "Strava"
	case gait.SourceIntervals:
		return "intervals.icu"
	default:
		return "The source " + string(name)
	}
}

func sourceRemedy(name gait.SourceName) string {
	if name == gait.SourceFIT {
		return "See that the folder is there and that gaitkeeper's user may read it: a disk or a share may not be mounted. " +
			"`gaitkeeper check` tells whether it can be read now."
	}
	return "Put that right, then run `gaitkeeper sync`. Nothing is lost: it goes on where it stopped."
}

func (s healthCheck) folderNote(f FolderHealth) alert.Note {
	if f.Held {
		return alert.Note{
			Kind: alert.NoteFolderEmptied, Subject: f.Dir, Since: f.Since,
			Text: fmt.Sprintf("The watched folder %s held FIT files once and has been empty since %s.", f.Dir, s.moment(f.Since)),
			Next: "If a disk or a share belongs there, mount it; if you tidied up, all is well: the runs are kept.",
		}
	}
	return alert.Note{
		Kind: alert.NoteFolderEmpty, Subject: f.Dir, Since: f.Since, Unwell: true,
		Text: fmt.Sprintf("The watched folder %s is there, but it holds no FIT file.", f.Dir),
		Next: "See where your watch's files end up (names that end in .fit, .fit.gz or .zip) and put that folder into [sources.fit] dirs, " +
			"or let gaitkeeper's user read the folders below.",
	}
}

func (s healthCheck) channelNotes(c ChannelHealth) []alert.Note {
	var notes []alert.Note
	for _, r := range c.Refused {
		notes = append(notes, alert.Note{
			Kind: alert.NoteReceiverRefused, Subject: r.Address, Since: r.At,
			Text: fmt.Sprintf("The message of %s did not get to %s: %s. The other receivers have it.", s.moment(r.At), r.Address,
				strings.TrimSuffix(strings.TrimPrefix(r.Refused, c.Name+": "), ".")),
			Next: fmt.Sprintf("Mend or remove the address in [notify.%s] to, then see what the server says: gaitkeeper check.", c.Name),
		})
	}
	if c.FailingSince.IsZero() {
		return notes
	}
	return append(notes, alert.Note{
		Kind: alert.NoteChannelFailing, Subject: c.Name, Since: c.FailingSince, Unwell: true,
		Text: fmt.Sprintf("No message has got through by %s since %s: %s. %s waiting.", c.Name, s.moment(c.FailingSince),
			strings.TrimSuffix(strings.TrimPrefix(c.Error, c.Name+": "), "."), capital(are(c.Owed, "message"))),
		Next: fmt.Sprintf("Put that right, then try it: gaitkeeper notify test %s. Nothing is lost: what waits is sent once it works.", c.Name),
	})
}

// are is a count with its verb: "1 message is", "2 messages are".
func are(n int, one string) string {
	if n == 1 {
		return count(n, one) + " is"
	}
	return count(n, one) + " are"
}

// noSync says that a sync that was due did not come, or began and did not end.
// A machine that slept is given time from when it woke.
func (s healthCheck) noSync() []alert.Note {
	if len(s.Vitals.Sources) == 0 {
		return nil
	}
	since := s.Vitals.Sources[0].NextDue
	for _, v := range s.Vitals.Sources {
		if v.NextDue.Before(since) {
			since = v.NextDue
		}
	}
	if s.Vitals.Awake.After(since) {
		since = s.Vitals.Awake
	}
	if since.IsZero() || s.Now.Sub(since) < unwellAfter {
		return nil
	}
	return []alert.Note{{
		Kind: alert.NoteNoSync, Since: since, Unwell: true,
		Text: fmt.Sprintf("The daemon has not synced since %s, so new runs are missing.", s.moment(since)),
		Next: "See that it runs (systemctl status gaitkeeper) and what its log says (journalctl -u gaitkeeper), then restart it. " +
			"An import that never ends holds it up, too.",
	}}
}

// noCopy says that the daily copy of the database could not be made.
func (s healthCheck) noCopy() []alert.Note {
	v := s.Vitals.Copies
	if v.Error == "" {
		return nil
	}
	return []alert.Note{{
		Kind: alert.NoteNoCopy, Since: v.FailingSince, Unwell: true,
		Text: fmt.Sprintf("The database has not been copied since %s: %s.", s.moment(v.FailingSince), strings.TrimSuffix(v.Error, ".")),
		Next: "Put that right. The older copies are kept; `gaitkeeper backup FILE` makes one anywhere else.",
	}}
}

// noStrap says that left and right are missing from the last runs of a runner
// who has a strap or pod. A run that came as a mere summary tells nothing.
func (s healthCheck) noStrap() []alert.Note {
	recorded := slices.DeleteFunc(slices.Clone(s.Vitals.Runs), func(r RunHealth) bool { return r.Summary })
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
	return []alert.Note{{
		Kind: alert.NoteNoStrap, Since: recorded[last].End,
		Text: fmt.Sprintf("Your last %s came without left and right: the strap or pod was last seen on %s.",
			count(missing, "run"), recorded[last].End.In(s.Location()).Format("Monday 2 January")),
		Next: "Is its battery empty, was it left at home, or has the watch lost it? Without it a limp cannot be measured; your diary counts all the same.",
	}}
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
	runs := s.Vitals.Runs
	sick := slices.ContainsFunc(notes, func(n alert.Note) bool {
		return n.Unwell && n.Kind != alert.NoteChannelFailing && n.Kind != alert.NoteNoCopy
	})
	if sick || len(runs) == 0 || len(s.Vitals.Sources) == 0 {
		return nil
	}
	last := runs[len(runs)-1].End
	quiet := s.Now.Sub(last)
	if quiet < quietAfter {
		return nil
	}
	n := alert.Note{
		Kind: alert.NoteNoRuns, Since: last,
		Text: fmt.Sprintf("No run has come for %d days. All sources are working; they just had nothing new.", int(quiet.Hours()/24)),
		Next: "If you are resting, nothing. If you did run, see that the watch hands its runs on.",
	}
	for _, o := range notes {
		if o.Kind == alert.NoteFolderEmptied || o.Kind == alert.NoteWrongClock {
			n.Next = "If you are resting, nothing. If you did run: " + o.Text + " " + o.Next
		}
	}
	return []alert.Note{n}
}

// wrongClock names the runs that are not counted because their clock is wrong.
func (s healthCheck) wrongClock() []alert.Note {
	runs := s.Vitals.Misdated
	if len(runs) == 0 {
		return nil
	}
	n := alert.Note{
		Kind: alert.NoteWrongClock,
		Text: fmt.Sprintf("Run %s: %s", runs[0].ID, runs[0].Oddities[len(runs[0].Oddities)-1]),
		Next: "Check the clock and the time zone of the watch or app that recorded it. `gaitkeeper exclude RUN` ends this line.",
	}
	if len(runs) > 1 {
		first, last := runs[0].Start.In(s.Location()), runs[len(runs)-1].Start.In(s.Location())
		n.Text = fmt.Sprintf("The clock of %d runs is wrong, so they are not counted: the first is dated %s, the last %s. `gaitkeeper runs` lists them.",
			len(runs), first.Format("2 January 2006"), last.Format("2 January 2006"))
		n.Next = strings.ReplaceAll(n.Next, "recorded it", "recorded them")
	}
	return []alert.Note{n}
}

// ranRegularly tells whether the runner ran often before the last run.
func (s healthCheck) ranRegularly() bool {
	runs := s.Vitals.Runs
	if len(runs) < regular {
		return false
	}
	return runs[len(runs)-1].End.Sub(runs[len(runs)-regular].End) <= regularWithin
}

// resting tells whether there is a reason to rest: a stop stands, or the runner
// wrote into the diary since.
func (s healthCheck) resting(since time.Time) bool {
	return s.Standing.Verdict == gait.VerdictStop ||
		slices.ContainsFunc(s.Pain, func(p gait.Pain) bool { return p.Recorded.After(since) || p.At.After(since) }) ||
		slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return a.Recorded.After(since) })
}

// moment prints a time for the runner.
func (s healthCheck) moment(t time.Time) string {
	return t.In(s.Location()).Format("Monday 2 January, 15:04")
}
