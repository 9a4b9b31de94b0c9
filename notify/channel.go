// Package notify writes the messages that package alert has decided on, and
// carries them through the channels.
//
// [Compose] and [Health] are pure: they read no clock.
//
// A message is delivered at least once: the [Worker] takes it from the outbox,
// tries each channel by itself with growing pauses, and gives it the same
// Message-ID or deduplication key on every attempt.
package notify

import (
	"context"
	"time"

	"gaitkeeper/alert"
)

// Channel carries messages to the runner.
type Channel interface {
	// Name is how config, status and `notify test` call it.
	Name() string
	// Check opens the channel and proves who we are, as far as it can without
	// sending anything. It returns what it found, and what it cannot know.
	Check(ctx context.Context) (found string, err error)
	// Send carries one message. Called again with the same message it carries
	// the same identity, so that a receiver can drop the double. Its error says
	// in plain words what is wrong and what to do; it never holds a secret.
	Send(ctx context.Context, m alert.Message) error
}

// Addressed is a channel with several receivers, each of whom may be refused.
type Addressed interface {
	Channel
	// Receivers returns their addresses.
	Receivers() []string
	// SendTo carries the message to all but the settled ones and returns for
	// whom it is done by now. The error is of those who are to be tried again.
	SendTo(ctx context.Context, m alert.Message, settled []alert.Receipt) ([]alert.Receipt, error)
}

// unavailable is the failure of a channel that takes no message at all at present,
// so that no further one need be tried.
type unavailable struct {
	error
	wait time.Duration // that its server asks for; 0 for none
}

func (u unavailable) Unwrap() error { return u.error }

const (
	// sendTimeout bounds how long a channel talks with its server.
	sendTimeout = 30 * time.Second
	// takeTimeout is how much longer a server may take to say whether it took a
	// message that it has read: filters for spam and viruses look at a mail meanwhile,
	// and a webhook may run a script before it answers. RFC 5321, 4.5.3.2.6, advises
	// ten minutes; a daemon whose work stands still for five is taken to hang.
	takeTimeout = 4 * time.Minute
	// takeGrace is what is left of that when gaitkeeper is to stop: hanging up at
	// once would send the same message again after the next start.
	takeGrace = 4 * time.Second
	// attemptTimeout bounds one attempt, whatever the channel.
	attemptTimeout = sendTimeout + takeTimeout
)
