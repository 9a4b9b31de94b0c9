package daemon

import (
	"maps"
	"sync"
)

// deliveryCounts counts what came of the attempts to deliver, by channel.
type deliveryCounts struct {
	mu             sync.Mutex
	passed, failed map[string]int
}

func (t *deliveryCounts) count(channel string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.passed == nil {
		t.passed, t.failed = map[string]int{}, map[string]int{}
	}
	if err != nil {
		t.failed[channel]++
	} else {
		t.passed[channel]++
	}
}

// counts returns the figures so far.
func (t *deliveryCounts) counts() (passed, failed map[string]int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.passed), maps.Clone(t.failed)
}
