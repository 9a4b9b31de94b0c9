package daemon

import (
	"context"
	"fmt"
	"slices"

	"gaitkeeper/alert"
)

// messageBatch are messages that every channel carries.
type messageBatch struct {
	notices  []alert.Notice
	messages []alert.Message
}

// add takes a message along, or commits it by itself where not every channel
// is to carry it. One that none could carry is recorded as told: the word that
// all is well again comes in its time.
func (o *messageBatch) add(ctx context.Context, a *App, d alert.Decision, m alert.Message) error {
	var carriers []string
	for _, c := range a.channels {
		if c.carries(m) && !slices.Contains(d.Without, c.Name()) {
			carriers = append(carriers, c.Name())
		}
	}
	if len(carriers) == len(a.channels) {
		o.notices, o.messages = append(o.notices, d.Notice()), append(o.messages, m)
		return nil
	}
	apart := messageBatch{notices: []alert.Notice{d.Notice()}}
	if len(carriers) > 0 {
		apart.messages = []alert.Message{m}
	}
	return apart.commit(ctx, a, carriers...)
}

// commit records the messages for the named channels, or for all.
func (o *messageBatch) commit(ctx context.Context, a *App, channels ...string) error {
	if len(channels) == 0 {
		channels = a.ChannelNames()
	}
	if err := a.store.Commit(ctx, o.notices, o.messages, channels); err != nil {
		return fmt.Errorf("record messages: %w", err)
	}
	return nil
}
