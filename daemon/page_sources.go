package daemon

import (
	"context"

	"gaitkeeper/api"
	"gaitkeeper/gait"
)

// CheckAll opens every source and channel without sending anything.
func (p page) CheckAll(ctx context.Context) ([]api.Finding, error) {
	return p.alone(func() ([]api.Finding, error) { return p.Check(ctx), nil })
}

// TestChannel sends a test message through one channel.
func (p page) TestChannel(ctx context.Context, name string) ([]api.Finding, error) {
	if name == "" {
		return nil, gait.Refusef("name the channel that the test message is to go through")
	}
	return p.alone(func() ([]api.Finding, error) { return p.TestChannels(ctx, name) })
}

// SyncNow asks the daemon for a sync.
func (p page) SyncNow() { p.tasks.add(taskSync) }

// alone makes a check or a test unless one is under way: a hundred taps send no
// hundred messages at once.
func (p page) alone(do func() ([]api.Finding, error)) ([]api.Finding, error) {
	if !p.testing.TryLock() {
		return nil, gait.Refusef("a check or a test is under way: wait for it to end")
	}
	defer p.testing.Unlock()
	return do()
}
