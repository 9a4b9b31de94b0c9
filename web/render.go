package web

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"gaitkeeper/api"
	"gaitkeeper/chart"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

//go:embed templates/*.html static/*
var files embed.FS

// frame is what every page shows around its own content. Templates find the
// page's own data in .Data, and reach the frame's methods with $: {{$.Day .At}}.
type frame struct {
	// Title stands in the browser's tab, before the program's name.
	Title string
	// Nav is the entry of the menu that the page belongs to: its path, "/runs".
	// Empty is none.
	Nav string
	// Bare leaves the menu out; Wide lets the content use a wide screen.
	Bare, Wide bool
	// Data is what the page's own template shows.
	Data any

	// What follows is filled in by render.

	// Flash is a sentence about what was just done, or empty.
	Flash string
	// LoggedIn shows the button that logs out, Mails the way to the mails.
	LoggedIn, Mails bool
	locale
}

// Menu are the entries of the menu.
func (frame) Menu() []menuItem {
	return []menuItem{{"/", "Today"}, {"/runs", "Runs"}, {"/pain", "Diary"}, {"/thresholds", "Thresholds"}, {"/sources", "Sources"}}
}

// Bottom are the entries of the menu under the page.
func (f frame) Bottom() []menuItem {
	items := []menuItem{{uploadPath, "Add runs"}, {"/settings", "Settings"}, {"/report", "Report"}}
	if f.Mails {
		items = append(items, menuItem{"/mails", "Mails"})
	}
	return items
}

type menuItem struct{ Path, Label string }

// pageTemplate parses the template of one page at its first use: most pages are
// seldom looked at, and a parsed one is large.
type pageTemplate func() (*template.Template, error)

// pageTemplates returns the template of every page: its own file, which defines
// "content", within layout.html and with the parts, whose names begin with an
// underscore.
func (s *Server) pageTemplates() (map[string]pageTemplate, error) {
	names, err := files.ReadDir("templates")
	if err != nil {
		return nil, fmt.Errorf("list page templates: %w", err)
	}
	pages := map[string]pageTemplate{}
	for _, f := range names {
		if name := f.Name(); name != "layout.html" && !strings.HasPrefix(name, "_") {
			pages[name] = sync.OnceValues(func() (*template.Template, error) { return s.parsePage(name) })
		}
	}
	return pages, nil
}

func (s *Server) parsePage(name string) (*template.Template, error) {
	page, err := template.New("layout.html").Funcs(template.FuncMap{
		"link":    s.link,  // {{link "/runs"}}: an address of the page
		"asset":   s.asset, // {{asset "style.css"}}: a static file
		"verdict": badgeOf,
		"rules":   rulesOf,
		"numbers": painNumbers, // 1 to 10
		"row":     func(f frame, run api.Run) row { return row{f.locale, run} },

		"placeWords": placeWords, "place": words.Place, "entryFacts": words.EntryFacts, "entryRest": words.EntryRest, "capital": words.Capital,
		"verdictName": words.VerdictName, "featureName": words.FeatureName, "chartName": words.ChartName,
		"levelName": words.LevelName, "qualityName": words.QualityName, "silence": words.Silence, "chance": words.Chance, "unit": words.Unit,
		"signalNames": words.SignalNames, "sourceName": words.SourceName, "sourceNames": words.SourceNames,
		"replied":      words.Replied,
		"notMedical":   func() string { return words.NotMedical },
		"whyDifferent": func() string { return words.WhyDifferent },
		"whomToSee":    words.Whom, // {{whomToSee .Urgent .SeeProfessional}}
	}).ParseFS(files, "templates/layout.html", "templates/_*.html", path.Join("templates", name))
	if err != nil {
		return nil, fmt.Errorf("parse page template %s: %w", name, err)
	}
	return page, nil
}

// render writes the page that templates/name shows within the frame; nothing of it
// where the template fails.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name string, f frame) error {
	f.Flash, f.LoggedIn, f.Mails, f.locale = words.Done(r.URL.Query().Get("done")), s.throttle != nil && s.loggedIn(r), s.mails != nil, s.localeOf(r)
	var out bytes.Buffer
	if err := s.execute(&out, name, f); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // a browser that went away is no error
	return nil
}

func (s *Server) execute(out io.Writer, name string, f frame) error {
	parse, known := s.pages[name]
	if !known {
		return fmt.Errorf("no template %s", name)
	}
	page, err := parse()
	if err != nil {
		return err
	}
	return page.ExecuteTemplate(out, "layout.html", f)
}

// done ends a form that changed something: it leads on to a path of the page,
// which begins with the sentence of that word ([words.Done]; empty: none).
func (s *Server) done(w http.ResponseWriter, r *http.Request, path, word string) error {
	if word != "" {
		path += "?done=" + word
	}
	http.Redirect(w, r, s.link(path), http.StatusSeeOther) //nolint:gosec // a path of this page
	return nil
}

// handler answers a request; [Server.fail] answers its error.
type handler func(http.ResponseWriter, *http.Request) error

// refusal is an error that a page of its own explains.
type refusal struct {
	status int
	notice words.Notice
}

func (r refusal) Error() string { return string(r.notice) }

// fail answers a request that led to an error: the visitor's own with the
// reason, ours with a line in the log and no details.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var page refusal
	var text []string
	switch refused := (gait.Refused{}); {
	case errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		return // the browser went away
	case errors.As(err, &page):
	case errors.Is(err, gait.ErrNotFound):
		page = refusal{http.StatusNotFound, words.NoSuchPage}
	case errors.As(err, &refused):
		page, text = refusal{http.StatusBadRequest, words.Contradiction}, strings.Split(refused.Error(), "\n")
	default:
		s.log.ErrorContext(r.Context(), "page failed", "path", loggable(r), "error", err)
		page = refusal{http.StatusInternalServerError, words.Failed}
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		tellProgram(w, r, page.status, cmp.Or(strings.Join(text, "; "), string(page.notice)))
		return
	}
	if text == nil {
		text = page.notice.Text()
	}
	if err := s.render(w, r, page.status, "error.html", frame{Title: string(page.notice), Data: text}); err != nil {
		s.log.ErrorContext(r.Context(), "page failed", "path", loggable(r), "error", err)
		http.Error(w, words.FailedHere, http.StatusInternalServerError)
	}
}

// loggable returns the path of a request as the log may know it: the token of a
// link is a key.
func loggable(r *http.Request) string {
	if before, _, found := strings.Cut(r.URL.Path, "/answer/"); found {
		return before + "/answer/…"
	}
	return r.URL.Path
}

// orError answers what no route does with a page instead of a line.
func (s *Server) orError(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		var none nobody
		if handler.ServeHTTP(&none, r); none.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", none.Header().Get("Allow"))
			s.fail(w, r, refusal{none.status, words.NotTaken})
			return
		}
		s.fail(w, r, gait.ErrNotFound)
	})
}

// nobody discards an answer, except for its status.
type nobody struct {
	header http.Header
	status int
}

func (n *nobody) Header() http.Header {
	if n.header == nil {
		n.header = http.Header{}
	}
	return n.header
}
func (n *nobody) WriteHeader(status int)      { n.status = status }
func (n *nobody) Write(p []byte) (int, error) { return len(p), nil }

// drawing is a picture on a page: the template "chart" shows it.
type drawing struct {
	Path string
	chart.Picture
}

// shown is a picture on a page; nil where there is nothing to draw.
func shown(path string, picture chart.Picture) *drawing {
	if picture.Empty() {
		return nil
	}
	return &drawing{path, picture}
}

// With returns the picture's path with one more parameter.
func (d drawing) With(parameter string) string {
	if strings.Contains(d.Path, "?") {
		return d.Path + "&" + parameter
	}
	return d.Path + "?" + parameter
}

// svg answers with a picture: ?theme=dark for a dark page, ?size=phone for a narrow one.
func svg[P chart.Picture](load func(*http.Request) (P, error)) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		picture, err := load(r)
		if err != nil || picture.Empty() {
			return cmp.Or(err, gait.ErrNotFound)
		}
		theme, size := chart.Light, picture.Wide()
		if r.URL.Query().Get("theme") == "dark" {
			theme = chart.Dark
		}
		if r.URL.Query().Get("size") == "phone" {
			size = picture.Phone()
		}
		var out bytes.Buffer
		if err := chart.Draw(&out, picture, chart.SVG, size, theme); err != nil {
			return err
		}
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = w.Write(out.Bytes()) // a browser that went away is no error
		return nil
	}
}

// rulesOf are the rules behind a verdict, each once.
func rulesOf(reasons []finding.Reason) []finding.Rule {
	var rules []finding.Rule
	for _, r := range reasons {
		if !slices.Contains(rules, r.Rule) {
			rules = append(rules, r.Rule)
		}
	}
	return rules
}

// badge is how a verdict is shown: never by colour alone.
type badge struct {
	// Class names the colour in the style sheet.
	Class string
	// Symbol stands before the words; a screen reader passes it over.
	Symbol string
	// Headline says it in a sentence.
	Headline string
}

// badgeOf returns the badge of a verdict: {{(verdict .Verdict).Headline}}.
func badgeOf(v finding.Verdict) badge {
	symbol := map[finding.Verdict]string{finding.VerdictStop: "■", finding.VerdictModify: "◆", finding.VerdictAsk: "?", finding.VerdictLearning: "…"}[v]
	if symbol == "" {
		v, symbol = finding.VerdictKeep, "✓"
	}
	return badge{string(v), symbol, words.Headline(v)}
}
