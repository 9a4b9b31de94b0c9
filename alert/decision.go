package alert

import (
	"fmt"
	"strings"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Why is the reason of a decision; of one about gaitkeeper itself it is the kind of
// the [Note].
type Why string

// The reasons to say something.
const (
	WhyOpened       Why = "opened"          // nothing was told of this trouble yet
	WhyGraver       Why = "graver"          // the verdict or the warning has grown
	WhyProfessional Why = "professional"    // now it is time for a professional
	WhyAgain        Why = "again"           // measured anew, after a time of silence or on the other side
	WhyUnanswered   Why = "unanswered"      // a measured warning stands without a word
	WhyStopStands   Why = "stop_stands"     // a stop still stands
	WhyNormalAgain  Why = "normal_again"    // the figures are back to normal
	WhyWalking      Why = "walking"         // everyday walks have become uneven
	WhySettled      Why = "settled"         // the pain has settled
	WhySoreSpot     Why = "sore_spot"       // the morning after a pain
	WhyWeek         Why = "week"            // the week is over
	WhyTried        Why = "channel_on_test" // the runner tries the channels
	WhyWellAgain    Why = "well_again"      // what was unwell works again
)

// Decision is one message that should be sent now.
type Decision struct {
	Kind MessageKind
	Why  Why
	// Key names what is said. The same decision has the same key whenever it is
	// taken, so that it is recorded once.
	Key string
	// Thread is the key of the first notice about the same trouble, or empty.
	Thread string
	// Episode is the key of the episode, or empty.
	Episode string
	// Run is the run the message is about, or empty.
	Run gait.RunID
	// Entry is the diary entry or answer that led to it, or 0.
	Entry           int64
	Level           gait.Level
	Verdict         finding.Verdict
	SeeProfessional bool
	// Day is the day of a follow-up since the stop was told: 3, 7 or 14, or a later
	// one where it was held up.
	Day int
	// Note is what a health message is about.
	Note Note
	// Without are the channels that need not carry the message.
	Without []string
	// From and To bound the week of a digest.
	From, To time.Time
	At       time.Time
}

// Notice returns the decision in the form in which it is recorded.
func (d Decision) Notice() Notice {
	return Notice{
		Key: d.Key, Kind: d.Kind, Episode: d.Episode, Run: d.Run, Level: d.Level, Verdict: d.Verdict,
		SeeProfessional: d.SeeProfessional, At: d.At,
	}
}

// Test returns the decision to send a test message.
func Test(now time.Time) Decision {
	return Decision{
		Kind: MessageTest, Why: WhyTried, At: now, Level: gait.LevelNone,
		Key: Key(MessageTest, now.UTC().Format(time.RFC3339Nano)),
	}
}

// Key builds the key of a decision from its kind and what tells it from others.
func Key(kind MessageKind, parts ...any) string {
	words := []string{string(kind)}
	for _, p := range parts {
		words = append(words, fmt.Sprint(p))
	}
	return strings.Join(words, ":")
}
