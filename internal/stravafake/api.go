package stravafake

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxPage is the most activities on one page.
const maxPage = 200

// api lets in who may come in, and counts.
func (s *Server) api(next func(http.ResponseWriter, *http.Request, string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		now := s.options.Now()
		tooMany := s.limits.count(w, now)
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		a, known := s.grants.access[token]
		switch {
		case s.inactive:
			Inactive().write(w)
		case tooMany:
			TooMany().write(w)
		case !known || now.After(a.until):
			Unauthorized().write(w)
		default:
			next(w, r, a.scope)
		}
	}
}

func (s *Server) showAthlete(w http.ResponseWriter, _ *http.Request, _ string) {
	answer(w, http.StatusOK, s.athlete)
}

func allows(scope, want string) bool { return slices.Contains(strings.Split(scope, ","), want) }

// listActivities lists one page: the newest first, or the oldest where after
// is asked for.
func (s *Server) listActivities(w http.ResponseWriter, r *http.Request, scope string) {
	all := allows(scope, "activity:read_all")
	if !all && !allows(scope, "activity:read") {
		LacksScope().write(w)
		return
	}
	q := r.URL.Query()
	after, before := moment(q.Get("after")), moment(q.Get("before"))
	var found []Activity
	for _, a := range s.activities {
		visible := all || !a.Private
		if visible && (after.IsZero() || a.Start.After(after)) && (before.IsZero() || a.Start.Before(before)) {
			found = append(found, a)
		}
	}
	slices.SortFunc(found, func(a, b Activity) int {
		if after.IsZero() {
			a, b = b, a
		}
		if c := a.Start.Compare(b.Start); c != 0 {
			return c
		}
		return int(a.ID - b.ID)
	})
	page, size := number(q.Get("page"), 1), min(number(q.Get("per_page"), 30), maxPage)
	from := min((page-1)*size, len(found))
	list := []summary{}
	for _, a := range found[from:min(from+size, len(found))] {
		list = append(list, a.summary(s.athlete.ID))
	}
	answer(w, http.StatusOK, list)
}

func moment(s string) time.Time {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(n, 0)
}

func number(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// find returns the activity that a request names, where its scope shows it.
func (s *Server) find(r *http.Request, scope string) (Activity, *Refusal) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	a, known := s.activities[id]
	switch all := allows(scope, "activity:read_all"); {
	case !all && !allows(scope, "activity:read"):
		return a, LacksScope()
	case err != nil, !known, a.Private && !all:
		return a, NotFound()
	default:
		return a, nil
	}
}

func (s *Server) showActivity(w http.ResponseWriter, r *http.Request, scope string) {
	a, refusal := s.find(r, scope)
	if refusal != nil {
		refusal.write(w)
		return
	}
	answer(w, http.StatusOK, a.details(s.athlete.ID))
}
