package notify

import (
	"context"

	"gaitkeeper/gait"
)

// Channel carries messages to the runner.
type Channel interface {
	// Name is how config, status and `notify test` call it.
	Name() string
	// Check opens the channel and proves who we are, as far as it can without
	// sending anything.
	Check(ctx context.Context) error
	// Send carries one message. Called again with the same message it carries
	// the same identity, so that a receiver can drop the double. Its error says
	// in plain words what is wrong and what to do; it never holds a secret.
	Send(ctx context.Context, m gait.Message) error
}
