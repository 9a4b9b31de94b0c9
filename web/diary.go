package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// diary shows a month of runs and entries: a calendar, the places, the entries.
// ?month=2026-05 names it; without, it is the present one.
func (s *Server) diary(w http.ResponseWriter, r *http.Request) error {
	now := s.now().In(s.zone)
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, s.zone)
	if asked := r.URL.Query().Get("month"); asked != "" {
		var err error
		if first, err = time.ParseInLocation("2006-01", asked, s.zone); err != nil {
			return gait.Refusef("a month is written as 2026-05")
		}
	}
	entries, err := s.app.ListPain(r.Context())
	if err != nil {
		return err
	}
	next := first.AddDate(0, 1, 0)
	runs, err := s.app.RunsBetween(r.Context(), first, next)
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(p gait.Pain) bool { return p.At.Before(first) || !p.At.Before(next) })
	page := newDiaryMonth(first, runs, entries, s.localeOf(r))
	page.Last = !next.After(now)
	if page.AnyRun, err = s.anyRun(r.Context()); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "diary.html", frame{Title: "Diary, " + page.Name, Nav: "/pain", Data: page})
}

// diaryMonth is one month of the diary.
type diaryMonth struct {
	Name string
	// Before and After are the months beside it, as the address writes them.
	Before, After string
	// Last means that there is a month after this one.
	Last bool
	// AnyRun means that there is a run to note something about.
	AnyRun bool
	// Weekdays are the columns of the calendar. Weeks hold the days; a day of another
	// month has no number.
	Weekdays []string
	Weeks    [][]diaryDay
	// Places are the sore ones, and Entries all, the newest first.
	Places  []diaryPlace
	Entries []diaryEntry
}

// diaryDay is one day of the calendar.
type diaryDay struct {
	Number  int
	Name    string
	Runs    []api.Run
	Entries []diaryEntry
}

// diaryPlace is a sore place with its numbers, oldest first.
type diaryPlace struct {
	Name  string
	Notes []diaryEntry
}

// newDiaryMonth lays out the month that begins at first.
func newDiaryMonth(first time.Time, runs []api.Run, entries []gait.Pain, l locale) diaryMonth {
	m := diaryMonth{
		Name:   first.Format("January 2006"),
		Before: first.AddDate(0, -1, 0).Format("2006-01"), After: first.AddDate(0, 1, 0).Format("2006-01"),
	}
	lead, length := l.weekday(first), first.AddDate(0, 1, -1).Day()
	cells := make([]diaryDay, (lead+length+daysInWeek-1)/daysInWeek*daysInWeek)
	on := func(t time.Time) *diaryDay { return &cells[lead+t.In(l.zone).Day()-1] }
	for d := range length {
		day := first.AddDate(0, 0, d)
		*on(day) = diaryDay{Number: d + 1, Name: l.Day(day)}
	}
	for _, run := range runs {
		on(run.Start).Runs = append(on(run.Start).Runs, run)
	}
	places := map[string]*diaryPlace{}
	for _, p := range entries {
		e := newDiaryEntry(p, l)
		on(p.At).Entries = append(on(p.At).Entries, e)
		m.Entries = append(m.Entries, e)
		if p.NoPain() {
			continue
		}
		if places[e.Place] == nil {
			places[e.Place] = &diaryPlace{Name: e.Place}
		}
		places[e.Place].Notes = append(places[e.Place].Notes, e)
	}
	slices.Reverse(m.Entries)
	for _, name := range slices.SortedFunc(maps.Keys(places), cmp.Compare) {
		m.Places = append(m.Places, *places[name])
	}
	m.Weeks, m.Weekdays = slices.Collect(slices.Chunk(cells, daysInWeek)), l.weekdays()
	return m
}

const daysInWeek = 7

// diaryEntry is one entry in words.
type diaryEntry struct {
	gait.Pain
	// At is the moment it is about, Day its day, short.
	At, Day string
	// Place is "left Achilles tendon", or "no pain".
	Place string
	// Number is the worst: 4, "3 or more", or empty where nobody said it.
	Number string
	// Symbol and Level show it at a glance; never by colour alone.
	Symbol, Level string
	// Said are the other numbers, and what was answered with yes or no.
	Said []string
}

func newDiaryEntry(p gait.Pain, l locale) diaryEntry {
	e := diaryEntry{Pain: p, At: l.When(p.At), Day: p.At.In(l.zone).Format("Mon 2"), Place: placeWords(p)}
	if p.Worst.Known() {
		e.Number = p.Worst.String()
	}
	e.Symbol, e.Level = painLook(p)
	if p.Kind != gait.NoKind {
		e.Said = append(e.Said, words.KindName(p.Kind))
	}
	e.Worst = gait.Score{} // which stands in Number
	e.Said = append(e.Said, words.Scores(e.Pain)...)
	for _, f := range p.Flags() {
		if *f.Answer != gait.Unsaid {
			e.Said = append(e.Said, words.FlagName(f.Name, *f.Answer))
		}
	}
	return e
}

// placeWords says where it hurt: "left Achilles tendon", "both knees".
func placeWords(p gait.Pain) string {
	switch {
	case p.NoPain():
		return "no pain"
	case p.Site == gait.NoSite:
		return "a place not named"
	default:
		return words.Place(p.Side, p.Site)
	}
}

// painLook is how much an entry hurts, at a glance.
func painLook(p gait.Pain) (symbol, level string) {
	const some, much = 3, 6
	switch {
	case !p.Worst.Known():
		return "◌", "unknown"
	case p.Worst.AtMost(0):
		return "○", "none"
	case p.Worst.AtLeast(much):
		return "●", "much"
	case p.Worst.AtLeast(some):
		return "◑", "some"
	default:
		return "◔", "little"
	}
}

// weekdays are the days of a week in their order.
func (l locale) weekdays() []string {
	days := make([]string, daysInWeek)
	for i := range days {
		days[i] = ((l.firstDay() + time.Weekday(i)) % daysInWeek).String()
	}
	return days
}
