package daemon

import (
	"context"
	"errors"

	"gaitkeeper/api"
	"gaitkeeper/web"
)

// Operation returns how gaitkeeper itself is doing.
func (p page) Operation(ctx context.Context) (api.Status, error) {
	var st api.Status
	err := p.operation(ctx, &st)
	return st, err
}

// ChannelNames returns the channels that messages go through.
func (p page) ChannelNames() []string { return p.channelNames() }

// CheckAll opens every source and channel without sending anything.
func (p page) CheckAll(ctx context.Context) ([]web.Finding, error) {
	return p.alone(func() ([]Finding, error) { return p.Check(ctx), nil })
}

// TestChannel sends a test message through one channel.
func (p page) TestChannel(ctx context.Context, name string) ([]web.Finding, error) {
	if name == "" {
		return nil, web.NewRefused(errors.New("name the channel that the test message is to go through"))
	}
	return p.alone(func() ([]Finding, error) { return p.TestChannels(ctx, name) })
}

// SyncNow asks the daemon for a sync.
func (p page) SyncNow() { p.tasks.add(taskSync) }

// alone makes a check or a test unless one is under way: a hundred taps send no
// hundred messages at once.
func (p page) alone(do func() ([]Finding, error)) ([]web.Finding, error) {
	if !p.testing.TryLock() {
		return nil, web.NewRefused(errors.New("a check or a test is under way: wait for it to end"))
	}
	defer p.testing.Unlock()
	findings, err := do()
	if err != nil {
		return nil, pageError(err)
	}
	found := make([]web.Finding, len(findings))
	for i, f := range findings {
		found[i] = web.Finding{What: f.What, Text: f.Words(), Well: f.Err == nil}
	}
	return found, nil
}
