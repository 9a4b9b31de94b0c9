package words

import (
	"fmt"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
)

// What is so with gaitkeeper itself, and what to do about it: the texts of
// [alert.Note]. An error is the sentence of whoever failed, without its full stop.

// Moment names a moment in full: "Monday 2 January, 15:04".
func (w Words) Moment(t time.Time) string {
	return t.In(w.zone()).Format("Monday 2 January, 15:04")
}

// SourceFailing tells of a source that cannot be read.
func (w Words) SourceFailing(name gait.SourceName, since time.Time, fault string) (text, next string) {
	return fmt.Sprintf("%s has failed since %s: %s.", sourceTitle(name), w.Moment(since), fault), sourceRemedy(name)
}

func sourceRemedy(name gait.SourceName) string {
	if name == gait.SourceFIT {
		return "See that the folder is there and that gaitkeeper's user may read it: a disk or a share may not be mounted. " +
			"`gaitkeeper check` tells whether it can be read now."
	}
	return "Put that right, then run `gaitkeeper sync`. Nothing is lost: it goes on where it stopped."
}

// SourceWaiting tells of a source that is not asked until a moment; why may be
// empty.
func (w Words) SourceWaiting(name gait.SourceName, until time.Time, why string) (text, next string) {
	if why == "" {
		why = "it asked for a break"
	}
	return fmt.Sprintf("%s waits until %s: %s.", sourceTitle(name), w.Moment(until), strings.TrimSuffix(why, ".")),
		"You need not do anything: it goes on by itself where it stopped."
}

func sourceTitle(name gait.SourceName) string {
	switch name {
	case gait.SourceFIT:
		return "Reading the watched folders"
	case gait.SourceAppleHealth:
		return "Reading the exports of Apple Health"
	default:
		return SourceName(name)
	}
}

// FolderEmptied tells of a watched folder that held FIT files once.
func (w Words) FolderEmptied(dir string, since time.Time) (text, next string) {
	return fmt.Sprintf("The watched folder %s held FIT files once and has been empty since %s.", dir, w.Moment(since)),
		"If a disk or a share belongs there, mount it; if you tidied up, all is well: the runs are kept."
}

// FolderEmpty tells of a watched folder that never held a FIT file.
func FolderEmpty(dir string) (text, next string) {
	return fmt.Sprintf("The watched folder %s is there, but it holds no FIT file.", dir),
		"See where your watch's files end up (names that end in .fit, .fit.gz or .zip) and put that folder into [sources.fit] dirs, " +
			"or let gaitkeeper's user read the folders below."
}

// ReceiverRefused tells of one receiver of several that gets no mail.
func (w Words) ReceiverRefused(channel, address string, at time.Time, why string) (text, next string) {
	return fmt.Sprintf("The message of %s did not get to %s: %s. The other receivers have it.", w.Moment(at), address, why),
		fmt.Sprintf("Correct or remove the address in [notify.%s] to, then see what the server says: gaitkeeper check.", channel)
}

// ChannelFailing tells of a channel that messages do not get through, and of how
// many wait.
func (w Words) ChannelFailing(channel string, since time.Time, fault string, waiting int) (text, next string) {
	wait := NumberOf(waiting, "message") + " are"
	if waiting == 1 {
		wait = NumberOf(waiting, "message") + " is"
	}
	return fmt.Sprintf("No message has got through by %s since %s: %s. %s waiting.", channel, w.Moment(since), fault, wait),
		fmt.Sprintf("Put that right, then try it: gaitkeeper notify test %s. Nothing is lost: what waits is sent once it works.", channel)
}

// NoSync says that the daemon does not get to syncing.
func (w Words) NoSync(since time.Time) (text, next string) {
	return fmt.Sprintf("The daemon has not synced since %s, so new runs are missing.", w.Moment(since)),
		"See that it runs (systemctl status gaitkeeper) and what its log says (journalctl -u gaitkeeper), then restart it. " +
			"An import that never ends holds it up, too."
}

// NoCopy says that the daily copy of the database could not be made.
func (w Words) NoCopy(since time.Time, fault string) (text, next string) {
	return fmt.Sprintf("The database has not been copied since %s: %s.", w.Moment(since), fault),
		"Put that right. The older copies are kept; `gaitkeeper backup FILE` makes one anywhere else."
}

// NoStrap says that the last runs came without left and right, and when the last
// one with them was.
func (w Words) NoStrap(runs int, seen time.Time) (text, next string) {
	day, _, _ := strings.Cut(w.Moment(seen), ",")
	return fmt.Sprintf("Your last %s came without left and right: the strap or pod was last seen on %s.", NumberOf(runs, "run"), day),
		"Is its battery empty, was it left at home, or has the watch lost it? Without it a limp cannot be measured; your diary counts all the same."
}

// NoRuns says that nothing has come for days although all is well; hint is what
// may be behind it, or empty.
func NoRuns(days int, hint string) (text, next string) {
	text = fmt.Sprintf("No run has come for %d days. All sources are working; they just had nothing new.", days)
	if hint != "" {
		return text, "If you are resting, nothing. If you did run: " + hint
	}
	return text, "If you are resting, nothing. If you did run, see that the watch hands its runs on."
}

// WrongClock tells of the runs whose clock is wrong, oldest first; fault is what is
// wrong with the only one.
func (w Words) WrongClock(runs []gait.Run, fault string) (text, next string) {
	next = "Check the clock and the time zone of the watch or app that recorded %s. `gaitkeeper exclude RUN` ends this line."
	if len(runs) == 1 {
		return fmt.Sprintf("Run %s: %s", runs[0].ID, fault), fmt.Sprintf(next, "it")
	}
	return fmt.Sprintf("The clock of %d runs is wrong, so they are not counted: the first is dated %s, the last %s. `gaitkeeper runs` lists them.",
		len(runs), w.DateAndYear(runs[0].Start), w.DateAndYear(runs[len(runs)-1].Start)), fmt.Sprintf(next, "them")
}

// ConfigGone says that the config names keys that no longer exist; gone says what to
// do about each.
func ConfigGone(gone []string) (text, next string) {
	if len(gone) == 1 {
		return "The config names a key that this version has no more.", gone[0] + "."
	}
	return fmt.Sprintf("The config names %d keys that this version has no more.", len(gone)), strings.Join(gone, "; ") + "."
}

// Once says that a message about gaitkeeper itself is not repeated.
func Once(unwell bool) string {
	if unwell {
		return "You get this message once, and another when it works again. Until then, `gaitkeeper status` shows it."
	}
	return "You get this message once."
}

// Recovered says that something works again that had not since a moment.
func (w Words) Recovered(n alert.Note) string {
	return fmt.Sprintf("%s. The trouble began on %s. You need not do anything.", RecoveredTitle(n), w.Moment(n.Since))
}

// UnwellTitle is the subject of the message that something has failed for a day.
func UnwellTitle(n alert.Note) string {
	switch n.Kind {
	case alert.NoteSourceFailing:
		return failingTitle(n) + " for a day"
	case alert.NoteFolderEmpty:
		return "Your watched folder holds no FIT file"
	case alert.NoteChannelFailing:
		return channelTitle(n.Subject) + " has not been getting through for a day"
	case alert.NoteNoSync:
		return "No sync for a day"
	case alert.NoteNoCopy:
		return "Your database could not be copied for a day"
	case alert.NoteNoStrap:
		return "Your strap has not been seen for a while"
	default:
		return "No run has come for two weeks"
	}
}

// channelTitle names a channel at the beginning of a sentence.
func channelTitle(name string) string {
	if name == "email" {
		return "Email"
	}
	return Capital(name)
}

func failingTitle(n alert.Note) string {
	if gait.SourceName(n.Subject) == gait.SourceFIT {
		return "Your watched folders could not be read"
	}
	return "No runs could be fetched from " + sourceTitle(gait.SourceName(n.Subject))
}

// RecoveredTitle says that it works again; without a full stop.
func RecoveredTitle(n alert.Note) string {
	switch n.Kind {
	case alert.NoteSourceFailing:
		if gait.SourceName(n.Subject) == gait.SourceFIT {
			return "Your watched folders can be read again"
		}
		return sourceTitle(gait.SourceName(n.Subject)) + " works again"
	case alert.NoteFolderEmpty:
		return "Your watched folder holds FIT files now"
	case alert.NoteChannelFailing:
		return channelTitle(n.Subject) + " gets through again"
	case alert.NoteNoCopy:
		return "Your database is copied again every day"
	default:
		return "The daemon syncs again"
	}
}
