package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"

	"gaitkeeper/api"
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
		"numbers": painNumbers, // 1 to 10

		"placeWords":  placeWords,
		"place":       words.Place,
		"verdictName": words.VerdictName, "kindName": words.KindName, "featureName": words.FeatureName, "chartName": words.ChartName,
		"complaints":   words.Complaints,
		"notMedical":   func() string { return words.NotMedical },
		"whyDifferent": func() string { return words.WhyDifferent },
		"whomToSee":    words.Whom, // {{whomToSee .Urgent .SeeProfessional}}
		"levelWords":   levelWords, "qualityWords": qualityWords, "silence": words.Silence, "signalWords": signalWords, "sourceWords": sourceWords,
		"row": func(f frame, run api.Run) row { return row{f.locale, run} },
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
	_, _ = w.Write(out.Bytes()) // a browser that went away is nobody's fault
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
