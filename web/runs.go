package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/chart"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Runs is what the page shows of the runs, and what it says of them.
type Runs interface {
	// Runs returns the runs from since on, oldest first, with their verdicts;
	// only the newest limit where that is above 0.
	Runs(ctx context.Context, since time.Time, limit int) ([]api.Run, error)
	// ListRuns returns those of the runs that shows wants, newest first. Only the
	// part of them that cut names by their number gets its words.
	ListRuns(ctx context.Context, shows func(gait.Run, finding.Assessment) bool, cut func(found int) (from, to int)) ([]api.Run, error)
	// Explain returns everything behind the verdict of the run that ref names.
	Explain(ctx context.Context, ref string) (api.Explanation, error)
	// RunChart returns the course of a run; without minutes where it has none.
	RunChart(ctx context.Context, id gait.RunID) (chart.Run, error)
	// Answer records what the runner says of a run's question or warning, and returns
	// the run and the standing it leads to. The ref "latest" means the run that the
	// open episode is about, where one is open.
	Answer(ctx context.Context, ref string, kind gait.AnswerKind) (gait.Run, finding.Standing, error)
	// ExcludeRun takes a run out of everything, or back in.
	ExcludeRun(ctx context.Context, ref string, out bool) (gait.Run, finding.Standing, error)
}

// runsPerPage is how many runs one page of the list shows.
const runsPerPage = 50

// runFilter is what the list of runs is narrowed to, as its form names it.
type runFilter struct {
	Pain    bool         // with pain
	Loud    bool         // asked or warned
	Context gait.Context // empty: all
	Since   string       // a day, 2026-05-01; empty: all
	Page    int          // from 1
	since   time.Time
}

// runList is what the list of runs shows.
type runList struct {
	Filter   runFilter
	Contexts []gait.Context
	// Faults of the filter, by field.
	Faults map[string]string
	// Weeks hold the runs of the page, newest first.
	Weeks []runWeek
	// runs are those, and some on either side for the sums of the weeks at the edges;
	// from and to are where the page begins and ends in them.
	runs     []api.Run
	from, to int
	// Found is the number of runs on all pages; Pages how many there are.
	Found, Pages int
	// Newer and Older are the addresses of the pages beside, or empty.
	Newer, Older string
}

// row is one run in a list, with what its template needs to write it.
type row struct {
	locale
	Run api.Run
}

// balanceEnd is the shift, in points, at the end of the line that shows it.
const balanceEnd = 3

// Shift is where a run lies on its small line of balance, from 0 to 100 with the
// runner's normal at 50; nil where it has none.
func (r row) Shift() *float64 {
	if r.Run.Asymmetry.ShiftPoints == nil {
		return nil
	}
	at := min(max(*r.Run.Asymmetry.ShiftPoints/balanceEnd, -1), 1)
	return new(math.Round(50 + 45*at))
}

func (s *Server) runs(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	filter, faults := s.readFilter(query)
	list := runList{Filter: filter, Contexts: contexts(), Faults: faults}
	status := http.StatusBadRequest
	if len(faults) == 0 {
		status = http.StatusOK
		var err error
		if list.runs, err = s.app.ListRuns(r.Context(), filter.shows, list.cut); err != nil {
			return err
		}
		list.Weeks = list.weeks(s.localeOf(r))
		s.linkPages(&list, query)
	}
	return s.render(w, r, status, "runs.html", frame{Title: "Runs", Nav: "/runs", Wide: true, Data: list})
}

func contexts() []gait.Context {
	return []gait.Context{gait.Road, gait.Trail, gait.Track, gait.Treadmill}
}

// readFilter reads the form of the list; faults are by field.
func (s *Server) readFilter(q url.Values) (f runFilter, faults map[string]string) {
	faults = map[string]string{}
	f = runFilter{Pain: q.Get("pain") != "", Loud: q.Get("loud") != "", Context: gait.Context(q.Get("context")), Since: q.Get("since"), Page: 1}
	if f.Context != "" && !slices.Contains(contexts(), f.Context) {
		faults["context"] = fmt.Sprintf("%q is not one of %v.", f.Context, contexts())
	}
	var err error
	if f.Since != "" {
		if f.since, err = s.date(f.Since); err != nil {
			faults["since"] = err.Error() + "."
		}
	}
	if p := q.Get("page"); p != "" {
		if f.Page, err = strconv.Atoi(p); err != nil || f.Page < 1 {
			faults["page"] = fmt.Sprintf("%q is not a page number: they start at 1.", p)
		}
	}
	return f, faults
}

func (f runFilter) shows(r gait.Run, a finding.Assessment) bool {
	return (!f.Pain || a.Pain.Worst.AtLeast(1)) && (!f.Loud || a.Alert.Level.Above(gait.LevelNone)) &&
		(f.Context == "" || r.Context == f.Context) && !r.Start.Before(f.since)
}

// cut returns where the filter's page lies among the runs that were found; the
// last page where there is no such one.
func (l *runList) cut(found int) (from, to int) {
	l.Found, l.Pages = found, max(1, (found+runsPerPage-1)/runsPerPage)
	l.Filter.Page = min(l.Filter.Page, l.Pages)
	first := (l.Filter.Page - 1) * runsPerPage
	last := min(first+runsPerPage, found)
	from, to = max(0, first-mostInWeek), min(last+mostInWeek, found)
	l.from, l.to = first-from, last-from
	return from, to
}

// mostInWeek is the most runs of a week for which its sum is right if a page ends
// within it.
const mostInWeek = 21

// runWeek is a week with its runs on the page, and its sums over all that are shown of
// it.
type runWeek struct {
	Begin    time.Time
	Runs     []api.Run
	Count    int
	Metres   float64
	Duration int // seconds
}

// weeks puts the page's runs into their weeks.
func (l *runList) weeks(at locale) []runWeek {
	var weeks []runWeek
	for i, run := range l.runs {
		begin := at.WeekOf(run.Start)
		if len(weeks) == 0 || !weeks[len(weeks)-1].Begin.Equal(begin) {
			weeks = append(weeks, runWeek{Begin: begin})
		}
		w := &weeks[len(weeks)-1]
		w.Count++
		w.Duration += run.DurationS
		if run.DistanceM != nil {
			w.Metres += *run.DistanceM
		}
		if i >= l.from && i < l.to {
			w.Runs = append(w.Runs, run)
		}
	}
	return slices.DeleteFunc(weeks, func(w runWeek) bool { return len(w.Runs) == 0 })
}

// linkPages links the pages beside the one that is shown, of the same list.
func (s *Server) linkPages(l *runList, q url.Values) {
	beside := func(page int) string {
		q.Set("page", strconv.Itoa(page))
		return s.link("/runs?" + q.Encode())
	}
	if page := l.Filter.Page; page > 1 {
		l.Newer = beside(page - 1)
	}
	if page := l.Filter.Page; page < l.Pages {
		l.Older = beside(page + 1)
	}
}

// runPage is what the page of one run shows.
type runPage struct {
	api.Explanation
	// Chart is the picture of the run, or nil.
	Chart   *drawing
	Answers []answerGroup
	Given   []string // what the runner answered, in words
	// Graver are the entries that outweigh the runner's "no pain".
	Graver []gait.Pain
}

func (s *Server) run(w http.ResponseWriter, r *http.Request) error {
	data, err := s.runPage(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "run.html", frame{Title: "Run of " + s.localeOf(r).Day(data.Start), Nav: "/runs", Wide: true, Data: data})
}

func (s *Server) runPage(ctx context.Context, ref string) (runPage, error) {
	e, err := s.app.Explain(ctx, ref)
	if err != nil {
		return runPage{}, err
	}
	picture, err := s.app.RunChart(ctx, e.ID)
	data := runPage{Explanation: e}
	data.Answers = answerGroups(e.Asymmetry.Level.Above(gait.LevelNone) || e.Form.Level.Above(gait.LevelNone))
	data.Chart = shown("/runs/"+string(e.ID)+"/chart.svg", picture)
	for _, kind := range e.Answers {
		data.Given = append(data.Given, words.Meaning(kind))
	}
	if slices.Contains(e.Answers, gait.AnswerNoPain) || slices.ContainsFunc(e.Entries, gait.Pain.NoPain) {
		data.Graver = gait.NothingHurt(e.ID).Outweighed(e.Entries)
	}
	return data, err
}

func (s *Server) course(r *http.Request) (chart.Run, error) {
	return s.app.RunChart(r.Context(), gait.RunID(r.PathValue("id")))
}
