package alert

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// MessageKind is why a message is sent.
type MessageKind string

// The kinds of messages.
const (
	MessageAlert    MessageKind = "alert"     // an episode opened
	MessageEscalate MessageKind = "escalate"  // it grew more serious
	MessageReminder MessageKind = "reminder"  // it still stands, unanswered
	MessageFollowUp MessageKind = "follow_up" // how is the stopped trouble?
	MessageResolved MessageKind = "resolved"  // it is over
	MessageMorning  MessageKind = "morning"   // how is the sore spot this morning?
	MessageDigest   MessageKind = "digest"    // the week
	MessageTest     MessageKind = "test"      // the runner tries the channels
	MessageHealth   MessageKind = "health"    // the daemon itself is failing
)

// Notice is the decision to tell the runner something. It is recorded in the
// same transaction as the messages that carry it, so that nothing is said
// twice and nothing is lost.
type Notice struct {
	// Key is unique for what is said: the same decision taken twice has the
	// same key.
	Key  string
	Kind MessageKind
	// Episode is the key of the episode, or empty.
	Episode string
	Run     gait.RunID
	Level   gait.Level
	Verdict finding.Verdict
	// SeeProfessional means that this notice sent the runner to one.
	SeeProfessional bool
	At              time.Time
}

// Message is what goes through a channel, whole: nothing is looked up later. In JSON
// it is what a webhook receives, so keys are added and never renamed.
type Message struct {
	// Key is the notice's: it makes the Message-ID and the deduplication key,
	// the same on every attempt.
	Key string `json:"key"`
	// Thread is the key of the first message about the same trouble, so that a
	// mail program shows them together; empty where there is no other.
	Thread   string          `json:"thread"`
	Kind     MessageKind     `json:"kind"`
	Level    gait.Level      `json:"level"`
	Verdict  finding.Verdict `json:"verdict"`
	Run      gait.RunID      `json:"run"`
	Created  time.Time       `json:"created"`
	Title    string          `json:"title"`
	Short    string          `json:"short"` // a sentence or two, for a push message
	Text     string          `json:"text"`
	HTML     string          `json:"-"` // empty where text is enough
	Pictures []Picture       `json:"-"`
	// Click is the address of the page behind the message, or empty.
	Click string `json:"click"`
	// Actions are answers that can be given from the message.
	Actions []Action `json:"actions"`
}

// Topic returns what the message is about; a test has none. An alert and what
// repeats it is a warning where it is one or asks for a change or a stop, else a
// question.
func (m Message) Topic() Topic {
	switch m.Kind {
	case MessageAlert, MessageEscalate, MessageReminder:
		if m.Level == gait.LevelWarn || m.Verdict == finding.VerdictStop || m.Verdict == finding.VerdictModify {
			return TopicWarning
		}
		return TopicQuestion
	case MessageTest:
		return ""
	default:
		return Topic(m.Kind)
	}
}

// ID returns a short name of the message that tells nothing of what it says: for
// the log.
func (m Message) ID() string {
	sum := sha256.Sum256([]byte(m.Key))
	return hex.EncodeToString(sum[:4])
}

// Sanitized returns the message without control characters.
func (m Message) Sanitized() Message {
	m.Title = gait.SanitizeLine(m.Title)
	m.Short, m.Text, m.HTML = gait.Sanitize(m.Short), gait.Sanitize(m.Text), gait.Sanitize(m.HTML)
	actions := make([]Action, len(m.Actions))
	for i, a := range m.Actions {
		a.Label = gait.SanitizeLine(a.Label)
		actions[i] = a
	}
	m.Actions = actions
	return m
}

// Picture is an image inside a message. HTML names it as cid:ID.
type Picture struct {
	ID   string
	MIME string
	Alt  string
	Data []byte
}

// Action is an answer that can be given from a message, by opening its address.
type Action struct {
	Label string `json:"label"`
	URL   string `json:"url"`
	// Post means that a bare POST to the address gives the answer, too: nothing is
	// left to ask.
	Post bool `json:"post"`
}

// Delivery is one message on its way through one channel. It is kept until the
// channel took it, also over restarts.
type Delivery struct {
	ID      int64
	Channel string
	Message Message
	// Attempts is the number of failed attempts so far.
	Attempts int
	// NextTry is the moment before which it is not tried again.
	NextTry time.Time
	// LastError is what the channel said last, in plain words.
	LastError string
	// Receipts are of the receivers for whom it is done, where the channel has
	// several.
	Receipts []Receipt
}

// PartlyDelivered reports whether somebody has the message already, although others are
// still waited for.
func (d Delivery) PartlyDelivered() bool {
	return slices.ContainsFunc(d.Receipts, func(r Receipt) bool { return r.Refused == "" })
}

// Receipt is what became of one receiver of a message.
type Receipt struct {
	Address string
	At      time.Time
	// Refused is why the receiver will never get it, in plain words; empty: he
	// has it.
	Refused string
}

// NoteKind is what a [Note] is about.
type NoteKind string

// The notes on gaitkeeper itself. The first five are failures, the others only
// worth a line.
const (
	NoteSourceFailing   NoteKind = "source_failing"   // a source cannot be read
	NoteFolderEmpty     NoteKind = "folder_empty"     // a watched folder never held a FIT file
	NoteChannelFailing  NoteKind = "channel_failing"  // messages do not get through
	NoteNoSync          NoteKind = "no_sync"          // the daemon does not get to syncing
	NoteNoCopy          NoteKind = "no_copy"          // the database cannot be copied
	NoteReceiverRefused NoteKind = "receiver_refused" // one receiver of several gets no mail
	NoteSourceWaiting   NoteKind = "source_waiting"   // a rate limit
	NoteFolderEmptied   NoteKind = "folder_emptied"   // a watched folder held FIT files once
	NoteNoStrap         NoteKind = "no_strap"         // runs come without left and right
	NoteNoRuns          NoteKind = "no_runs"          // all is well, and nothing is new
	NoteWrongClock      NoteKind = "wrong_clock"      // runs that have no place in time
	NoteConfigGone      NoteKind = "config_gone"      // the config names keys that do nothing any more
)

// Note is one line on how gaitkeeper itself is doing.
type Note struct {
	Kind NoteKind `json:"what"`
	// Subject is the source, the folder or the channel; empty where there is
	// only one.
	Subject string `json:"subject"`
	// Since is when it began: with Kind and Subject it names one stretch of it.
	// A wait has no beginning here, only an end in its text.
	Since time.Time `json:"since,omitzero"`
	// Unwell reports whether the note is a failure, or only worth knowing.
	Unwell bool `json:"unwell"`
	// Text is what is so, Next what to do about it; Next may be empty.
	Text string `json:"text"`
	Next string `json:"next"`
}

// Saying returns the note with its text, and what to do about it.
func (n Note) Saying(text, next string) Note {
	n.Text, n.Next = text, next
	return n
}

// LastsAfter is how long something must have failed to count as lasting: most
// failures of a network or a server pass by themselves. †
const LastsAfter = 24 * time.Hour

// Lasting reports whether something has failed for so long that it will not pass by
// itself: then a message says so, and so do the dead-man's switch and the health
// check.
func (n Note) Lasting(now time.Time) bool { return n.Unwell && now.Sub(n.Since) >= LastsAfter }

// Topic is what a message is about for the runner who chooses its channels.
type Topic string

// The topics.
const (
	TopicWarning  Topic = "warning"
	TopicQuestion Topic = "question"
	TopicMorning  Topic = "morning"
	TopicFollowUp Topic = "follow_up"
	TopicResolved Topic = "resolved"
	TopicDigest   Topic = "digest"
	TopicHealth   Topic = "health"
)

// Topics returns all topics.
func Topics() []Topic {
	return []Topic{TopicWarning, TopicQuestion, TopicMorning, TopicFollowUp, TopicResolved, TopicDigest, TopicHealth}
}
