package notify

import (
	"fmt"

	"gaitkeeper/alert"

	"gaitkeeper/gait"
)

// healthBody tells how gaitkeeper itself is doing: what is so, what to do
// next, and that no second message follows.
func healthBody(c Content) mailBody {
	n := c.Decision.Note
	if c.Decision.Why == alert.WhyWellAgain {
		return recoveredBody(c)
	}
	l := mailBody{Title: healthTitle(n), Short: n.Text}
	l.add(section{Heading: "What happened", Lines: []string{n.Text}})
	l.add(section{Heading: "What to do", Lines: []string{n.Next}})
	last := "This is said once."
	if n.Unwell {
		last = "This is said once; one line follows when it works again. Until then `gaitkeeper status` shows it."
	}
	l.add(section{Lines: []string{last}})
	return l
}

// recoveredBody says in a line that something works again.
func recoveredBody(c Content) mailBody {
	n := c.Decision.Note
	line := fmt.Sprintf("%s. It had not since %s. You need not do anything.", wellTitle(n), n.Since.In(c.zone()).Format("Monday 2 January, 15:04"))
	l := mailBody{Title: wellTitle(n), Short: line}
	l.add(section{Lines: []string{line}})
	return l
}

func healthTitle(n alert.Note) string {
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
	return capital(name)
}

func failingTitle(n alert.Note) string {
	if gait.SourceName(n.Subject) == gait.SourceFIT {
		return "Your watched folders could not be read"
	}
	return "No runs could be fetched from " + sourceTitle(gait.SourceName(n.Subject))
}

func wellTitle(n alert.Note) string {
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
