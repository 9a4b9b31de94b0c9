package words

import (
	"fmt"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Notice is the title of an error page.
type Notice string

// The error pages.
const (
	NoSuchPage     Notice = "There is no such page"
	Contradiction  Notice = "This does not fit together; nothing was changed"
	Failed         Notice = "Something failed here"
	OnMachineOnly  Notice = "This page is shown on the machine itself only"
	LoggedOut      Notice = "You are logged out; nothing was changed"
	OtherSite      Notice = "This form came from another site; nothing was changed"
	NotTaken       Notice = "This address does not take that"
	LinkExpired    Notice = "This link has expired; nothing was changed"
	LinkForged     Notice = "This link does not work; nothing was changed"
	LinkRunGone    Notice = "This run is not here any more; nothing was changed"
	NotAForm       Notice = "This is not how a form is sent; nothing was stored"
	NotAnUpload    Notice = "This is not how files are sent; nothing was taken"
	TooLargeAtOnce Notice = "This is more than one upload takes; nothing was taken"
)

// Text says in sentences what is so and what to do about it. Of a [Contradiction] the
// reason says it.
func (n Notice) Text() []string {
	switch n {
	case NoSuchPage:
		return []string{"Perhaps the run or the entry was removed. The menu leads to everything else."}
	case Failed:
		return []string{"The log of the daemon says what."}
	case OnMachineOnly:
		return []string{
			"Reach it through an SSH tunnel: ssh -L 8787:127.0.0.1:8787 SERVER, then http://127.0.0.1:8787.",
			"Or set a password: gaitkeeper hash-password, and [web] password_file in the config.",
		}
	case LoggedOut:
		return []string{"Log in, then enter it again."}
	case OtherSite:
		return []string{"Open the page itself and enter it there. Behind a reverse proxy, set [web] public_url to the address in your browser."}
	case NotTaken:
		return []string{"Go back and use the form of the page."}
	case LinkExpired:
		return []string{"Links work for a while only: a late answer would be taken for a fresh one.", "You can still answer on the page, under Runs."}
	case LinkForged:
		return []string{
			"It is not one of gaitkeeper's, or it was cut short on its way: open it from the message again, or copy it whole.",
			"You can answer on the page, too.",
		}
	case LinkRunGone:
		return []string{"The link is sound, but its run is not in the database: perhaps an older copy was restored."}
	case NotAForm:
		return []string{"Send the fields as application/x-www-form-urlencoded, as a browser and curl -d do."}
	case NotAnUpload:
		return []string{"Send them as multipart/form-data, as a browser and curl -F file=@run.fit do."}
	case TooLargeAtOnce:
		return []string{"Send up to 1 GB at once, or put the files into a watched folder."}
	default:
		return nil
	}
}

// What the page says for itself.
const (
	FailedHere    = "Something failed here; the log says what."
	SendPassword  = "Send the page's password as HTTP Basic, with any user name." //nolint:gosec // no password
	WrongPassword = "This is not the password."
	MorningToCome = "That morning has not come yet: open this again tomorrow. Nothing was noted."
	WhichOfTwo    = "Which of the two is it? Nothing was noted yet."
	NoRunsYet     = "No runs yet"
	BringRuns     = "Bring your runs in, and I begin to learn what is normal for you."
	NothingToAsk  = "Nothing to ask. If you did run, those runs have not reached me: look at the sources."
	WalkingToday  = "How does walking feel today, and did you sleep well?"
	HowDoesItFeel = "How does it feel?"
	FeelsLike     = "What does it feel like?"
	OfTen         = "0 is no pain, 10 the worst you can imagine."
	AddTomorrow   = "You can add this tomorrow."
	KmOrMiles     = "Distances are in km or miles."
)

// Done says what a form has changed; empty for a word that is none of these.
func Done(what string) string {
	switch what {
	case "noted":
		return "Noted. Here is where you stand now."
	case "nopain":
		return "Noted: nothing hurt. I go on watching your stride."
	case "set":
		return "Saved."
	case "removed":
		return "The entry is removed."
	case "syncing":
		return "A sync was asked for. Load this page again to see how it went."
	case "excluded":
		return "This run is ignored now."
	case "included":
		return "This run counts again."
	default:
		return ""
	}
}

// TooOften asks to wait after wrong passwords.
func TooOften(seconds string) string {
	return fmt.Sprintf("Too many wrong passwords from here. Wait %s seconds, then try again.", seconds)
}

// LongName refuses a name of more than some characters.
func LongName(most int) string {
	return fmt.Sprintf("A name is one line of %d characters at most.", most)
}

// NoRunFor says how many days no run has come: "No run for 1,183 days."
func NoRunFor(days int) string { return "No run for " + Thousands(days) + " days." }

// Sensitivity says what a word of the sensitivity means.
func Sensitivity(s gait.Sensitivity) string {
	switch s {
	case gait.Calm:
		return "Clear signs only: about one question in 100 healthy runs."
	case gait.Keen:
		return "Sooner, and on smaller signs: about four in 100."
	default:
		return "The middle way: between one and two in 100."
	}
}

// FlagQuestion asks for a flag of the diary.
func FlagQuestion(name string) string {
	switch name {
	case "focal":
		return "Is there one spot, tender to a fingertip?"
	case "front_of_hip":
		return "Hip, groin or thigh: is it at the front of the hip?"
	case "worsening":
		return "Did it get worse while you ran?"
	case "limping":
		return "Did you limp, or change your stride?"
	case "night":
		return "Did it disturb your sleep?"
	case "medication":
		return "Did you take painkillers?"
	case "daily_life":
		return "Does it get in the way of daily life?"
	default:
		return "Does it weigh on your mood or confidence?"
	}
}

// Silence says why a run sends no message.
func Silence(s finding.Suppression) string {
	switch s {
	case finding.SuppressedRefractory:
		return "you were told already"
	case finding.SuppressedTooOld:
		return "too old when it came in"
	case finding.SuppressedAnswered:
		return "you answered it"
	case finding.SuppressedMinor:
		return "too minor for a message"
	case finding.SuppressedAlertedOnEntry:
		return "you were told when you entered it"
	case finding.SuppressedPaused:
		return "messages are paused"
	case finding.SuppressedQuietHours:
		return "it waits for the end of your quiet hours"
	case finding.SuppressedExcluded:
		return "the run is left out"
	default:
		return string(s)
	}
}
