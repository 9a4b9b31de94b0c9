package stravafake

import (
	"fmt"
	"net/http"
	"time"
)

// limits counts requests as Strava does.
type limits struct {
	quarter, day   int // reads allowed; 0 is no limit
	silent         bool
	from, today    time.Time
	inQuarter, all int
}

// Limit allows so many reads in a quarter of an hour and in a day; 0 is no
// limit. A silent server does not tell of it in the headers.
func (s *Server) Limit(quarter, day int, silent bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits.quarter, s.limits.day, s.limits.silent = quarter, day, silent
}

// count counts a read, tells of the limits, and tells whether it is one too
// many: that one counts as well.
func (l *limits) count(w http.ResponseWriter, now time.Time) (tooMany bool) {
	if from := now.UTC().Truncate(15 * time.Minute); !from.Equal(l.from) {
		l.from, l.inQuarter = from, 0
	}
	if today := now.UTC().Truncate(24 * time.Hour); !today.Equal(l.today) {
		l.today, l.all = today, 0
	}
	l.inQuarter++
	l.all++
	if l.quarter == 0 {
		return false
	}
	if !l.silent {
		h := w.Header()
		h.Set("X-Ratelimit-Limit", fmt.Sprintf("%d,%d", 2*l.quarter, 2*l.day))
		h.Set("X-Ratelimit-Usage", fmt.Sprintf("%d,%d", l.inQuarter, l.all))
		h.Set("X-Readratelimit-Limit", fmt.Sprintf("%d,%d", l.quarter, l.day))
		h.Set("X-Readratelimit-Usage", fmt.Sprintf("%d,%d", l.inQuarter, l.all))
	}
	return l.inQuarter > l.quarter || l.all > l.day
}
