package strava

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// window is one of the two stretches of time in which Strava counts requests.
type window int

const (
	noWindow window = iota // nothing was said of it
	quarter                // begins at :00, :15, :30 and :45
	wholeDay               // begins at midnight UTC
	unsaid                 // a refusal that did not say which
)

// ends returns when the window that now lies in is over.
func (w window) ends(now time.Time) time.Time {
	if w == wholeDay {
		return now.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	}
	return now.UTC().Truncate(15 * time.Minute).Add(15 * time.Minute)
}

// usedUp returns the window whose limit the headers of an answer show as
// reached. Strava counts reads and all requests each on its own; either pair of
// headers may be absent.
func usedUp(h http.Header) window {
	worst := noWindow
	for _, name := range []string{"X-Ratelimit", "X-Readratelimit"} {
		limits, used := pair(h.Get(name+"-Limit")), pair(h.Get(name+"-Usage"))
		switch {
		case limits == nil || used == nil:
		case used[1] >= limits[1]:
			worst = wholeDay
		case used[0] >= limits[0]:
			worst = max(worst, quarter)
		}
	}
	return worst
}

// pair reads "100,1000": the quarter of an hour and the day. Nil is none.
func pair(s string) []int {
	parts := strings.Split(s, ",")
	if len(parts) != 2 {
		return nil
	}
	numbers := make([]int, 2)
	for i, p := range parts {
		n, err := strconv.Atoi(strings.TrimSpace(p))
		if err != nil || n < 0 {
			return nil
		}
		numbers[i] = n
	}
	return numbers
}

// pace remembers that a limit is reached, so that no request is spent on
// hearing it again, and counts the requests.
type pace struct {
	mu       sync.Mutex
	reached  window
	until    time.Time
	requests int
}

// ask counts a request, or refuses it where the last answer said that there is
// none left.
func (p *pace) ask(now time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Before(p.until) {
		return limited{p.reached}
	}
	p.requests++
	return nil
}

// heed takes in what an answer said of the limits.
func (p *pace) heed(h http.Header, now time.Time) {
	if w := usedUp(h); w != noWindow {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.reached, p.until = w, w.ends(now)
	}
}

// count returns the number of requests made so far.
func (p *pace) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests
}
