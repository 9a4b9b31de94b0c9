package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/chart"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Reports gathers the page for the physical therapist.
type Reports interface {
	// Report returns the last weeks, this one included.
	Report(ctx context.Context, weeks int) (Report, error)
}

// The weeks of a report: so many where nobody says, and at most so many.
const (
	reportWeeks    = 8
	MaxReportWeeks = 52
)

// Report is what one page for the physical therapist tells.
type Report struct {
	// Runner is the name on it; may be empty.
	Runner string
	// From is the first moment of its first week, To the moment it was made.
	From, To time.Time
	Standing finding.Standing
	Season   chart.Season
	Walks    chart.Walks
	Weeks    []ReportWeek
	// Runs are all runs in it, oldest first.
	Runs []api.Run
	// Pain are the entries in it about a pain, oldest first.
	Pain []gait.Pain
	// Asked is what gaitkeeper asked or warned of, oldest first.
	Asked []ReportAsked
}

// ReportWeek is the load of one week.
type ReportWeek struct {
	Monday          time.Time
	Runs, Seconds   int
	Metres, Longest float64
	// Painful is the number of runs that hurt, Worst the worst of them.
	Painful int
	Worst   gait.Score
	// Verdict is the most serious of its runs.
	Verdict finding.Verdict
}

// ReportAsked is one message and what the runner said to it.
type ReportAsked struct {
	At      time.Time
	Kind    alert.MessageKind
	Verdict finding.Verdict
	// Run is when the run it is about began; zero for none.
	Run     time.Time
	Entries []gait.Pain
	Answers []gait.AnswerKind
}

// How much fits on one page beside the rest. What is older is counted.
const (
	reportEntries  = 8
	reportNotable  = 5
	reportMessages = 5
	reportPlaces   = 3
)

// reportPage is a report with what its template needs.
type reportPage struct {
	Report
	locale
	Standing api.Standing
	// Style is the style sheet where the page has to bring its own.
	Style template.CSS
	// Season and Walks are pictures, Courses those of the places that hurt most often, the
	// worst first.
	Season, Walks reportPicture
	Courses       []reportPicture
}

// reportPicture is a picture as SVG for a wide screen or paper, and for a narrow one;
// empty where there is nothing to draw.
type reportPicture struct{ Wide, Phone template.HTML }

func newReportPage(r Report, l locale) (p reportPage, err error) {
	p = reportPage{Report: r, locale: l, Standing: words.Words{Zone: l.zone, Miles: l.miles}.Standing(r.Standing)}
	draw := func(picture chart.Picture, size chart.Size) template.HTML {
		var out bytes.Buffer
		if !picture.Empty() {
			err = errors.Join(err, chart.Draw(&out, picture, chart.SVG, size, chart.Light))
		}
		return template.HTML(out.String()) //nolint:gosec // drawn here, every text in it escaped
	}
	p.Season = reportPicture{draw(r.Season, chart.Size{Width: 720, Height: 210}), draw(r.Season, chart.Size{Width: 340, Height: 260})}
	p.Walks = reportPicture{draw(r.Walks, r.Walks.Wide()), draw(r.Walks, r.Walks.Phone())}
	for _, c := range r.courses(l.zone) {
		p.Courses = append(p.Courses, reportPicture{draw(c, c.Wide()), draw(c, c.Phone())})
	}
	return p, err
}

// courses are those of the places that hurt most often, the worst first.
func (r Report) courses(zone *time.Location) []chart.PainCourse {
	var all []chart.PainCourse
	for _, e := range r.Pain {
		place := placeWords(e)
		i := slices.IndexFunc(all, func(c chart.PainCourse) bool { return c.Place == place })
		if i < 0 {
			i = len(all)
			all = append(all, chart.PainCourse{Place: place, From: r.From, To: r.To, Zone: zone})
		}
		all[i].Pains = append(all[i].Pains, e)
	}
	all = slices.DeleteFunc(all, func(c chart.PainCourse) bool { return c.Pains[0].Site == gait.NoSite })
	slices.SortStableFunc(all, func(a, b chart.PainCourse) int { return len(b.Pains) - len(a.Pains) })
	return slices.DeleteFunc(all[:min(len(all), reportPlaces)], chart.PainCourse.Empty)
}

// report shows the page for the physical therapist: ?weeks=8.
func (s *Server) report(w http.ResponseWriter, r *http.Request) error {
	weeks := reportWeeks
	if typed := r.URL.Query().Get("weeks"); typed != "" {
		var err error
		if weeks, err = strconv.Atoi(typed); err != nil || weeks < 1 || weeks > MaxReportWeeks {
			return gait.Refusef("%.20q is not a number of weeks: say 1 to %d", typed, MaxReportWeeks)
		}
	}
	report, err := s.app.Report(r.Context(), weeks)
	if err != nil {
		return err
	}
	page, err := newReportPage(report, s.localeOf(r))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "report.html", frame{Title: "Running report", Data: page})
}

// WriteReport writes the report as one file that needs nothing else: to be
// printed, or handed on. Times are shown in zone.
func WriteReport(w io.Writer, r Report, zone *time.Location, miles bool) error {
	style, err := files.ReadFile("static/report.css")
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	file, err := new(Server).parsePage("report.html")
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	page, err := newReportPage(r, locale{zone: zone, miles: miles})
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	page.Style = template.CSS(style) //nolint:gosec // our own file
	var out bytes.Buffer
	if err := file.ExecuteTemplate(&out, "reportfile", page); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	_, err = w.Write(out.Bytes())
	return err
}

// Choices are the numbers of weeks to choose from, the shown one among them.
func (p reportPage) Choices() []int {
	choices := []int{4, 8, 12, 26, 52}
	if n := len(p.Weeks); !slices.Contains(choices, n) {
		choices = append(choices, n)
		slices.Sort(choices)
	}
	return choices
}

func (p reportPage) Counts() string {
	count := map[finding.Verdict]int{}
	for _, r := range p.Runs {
		count[r.Verdict]++
	}
	var parts []string
	for _, v := range []finding.Verdict{finding.VerdictKeep, finding.VerdictAsk, finding.VerdictModify, finding.VerdictStop, finding.VerdictLearning} {
		if count[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[v], words.VerdictName(v)))
		}
	}
	return strings.Join(parts, ", ")
}

// Notable are the runs that led to more than "keep running", newest last.
func (p reportPage) Notable() (all reportRows[api.Run]) {
	for _, r := range p.Runs {
		if r.Verdict.MoreSevere(finding.VerdictKeep) || r.Asymmetry.Level.Above(gait.LevelNone) || r.Form.Level.Above(gait.LevelNone) {
			all.Rows = append(all.Rows, r)
		}
	}
	return all.last(reportNotable)
}

func (p reportPage) Entries() reportRows[gait.Pain] {
	return reportRows[gait.Pain]{Rows: p.Pain}.last(reportEntries)
}

func (p reportPage) Messages() reportRows[ReportAsked] {
	return reportRows[ReportAsked]{Rows: p.Asked}.last(reportMessages)
}

// reportRows are the last rows of a table, and how many came before them.
type reportRows[T any] struct {
	Rows    []T
	Earlier int
}

func (r reportRows[T]) last(n int) reportRows[T] {
	if len(r.Rows) > n {
		r.Earlier += len(r.Rows) - n
		r.Rows = r.Rows[len(r.Rows)-n:]
	}
	return r
}

// Words say what was asked.
func (a ReportAsked) Words() string { return words.Asked(a.Kind, a.Verdict) }

// Said says what the runner answered.
func (a ReportAsked) Said() string {
	var said []string
	for _, k := range a.Answers {
		said = append(said, words.Button(finding.ReplyKind(k)))
	}
	for _, e := range a.Entries {
		e.Note = ""
		said = append(said, words.EntryLine(e))
	}
	return strings.Join(said, "; ")
}
