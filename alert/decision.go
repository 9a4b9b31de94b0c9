package alert

import (
	"fmt"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// Why is the reason of a decision; of one about gaitkeeper itself it is the kind of
// the [Note].
type Why string

// The reasons to say something.
const (
	WhyOpened       Why = "opened"          // nothing was said of this trouble yet
	WhyGraver       Why = "graver"          // the verdict or the warning has grown
	WhyProfessional Why = "professional"    // now it is time for a professional
	WhyAgain        Why = "again"           // measured again, after some time or on the other side
	WhyUnanswered   Why = "unanswered"      // a measured warning stands unanswered
	WhyStopStands   Why = "stop_stands"     // a stop still stands
	WhyNormalAgain  Why = "normal_again"    // the figures are back to normal
	WhyWalking      Why = "walking"         // everyday walks have become uneven
	WhySettled      Why = "settled"         // the pain has settled
	WhySoreSpot     Why = "sore_spot"       // the morning after a pain
	WhyWeek         Why = "week"            // the week is over
	WhyTried        Why = "channel_on_test" // the runner tries the channels
	WhyWellAgain    Why = "well_again"      // what failed works again
)

// Decision is one message that should be sent now. The same decision has the same
// key whenever it is taken, so that it is recorded once.
type Decision struct {
	Notice
	Why Why
	// Thread is the key of the first notice about the same trouble, or empty.
	Thread string
	// Entry is the diary entry or answer that led to it, or 0.
	Entry int64
	// Day is the day of a follow-up since the stop was told: 3, 7 or 14, or a later
	// one where it was held up.
	Day int
	// Note is what a health message is about.
	Note Note
	// Without are the channels that need not carry the message.
	Without []string
	// From is the begin of the week of a digest, which ends as it is sent.
	From time.Time
}

// Test returns the decision to send a test message.
func Test(now time.Time) Decision {
	return Decision{Why: WhyTried, Notice: Notice{
		Kind: MessageTest, Key: Key(MessageTest, now.UTC().Format(time.RFC3339Nano)), Level: gait.LevelNone, At: now,
	}}
}

// Key builds the key of a decision from its kind and what tells it from others.
func Key(kind MessageKind, parts ...any) string {
	words := []string{string(kind)}
	for _, p := range parts {
		words = append(words, fmt.Sprint(p))
	}
	return strings.Join(words, ":")
}
