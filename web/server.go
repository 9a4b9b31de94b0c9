// Package web is the page of gaitkeeper: what the runner sees in a browser, and
// the health check that other programs ask. It shows what it is given and
// decides nothing.
package web

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"gaitkeeper/gait"
)

//go:embed templates/*.html static/*
var files embed.FS

// Reader is what the page shows.
type Reader interface {
	// Standing returns the verdict as of now.
	Standing(ctx context.Context) (gait.Standing, error)
	// SeasonSVG draws the season of the balance and says it in words. Both are
	// empty while there is nothing to draw.
	SeasonSVG(ctx context.Context) (svg []byte, alt string, err error)
	// Ping tells whether the database answers.
	Ping(ctx context.Context) error
}

// Server answers HTTP. Use it as an http.Handler.
type Server struct {
	http.Handler
	reader Reader
	zone   *time.Location
	log    *slog.Logger
	pages  *template.Template
}

// New returns the server of the page. Times are shown in zone.
func New(r Reader, zone *time.Location, log *slog.Logger) (*Server, error) {
	s := &Server{reader: r, zone: zone, log: log}
	var err error
	s.pages, err = template.New("").Funcs(template.FuncMap{
		"when": func(t time.Time) string { return t.In(s.zone).Format("Monday, 2 January 2006, 15:04") },
	}).ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse page templates: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", localOnly(s.today))
	mux.HandleFunc("GET /season.svg", localOnly(s.season))
	mux.HandleFunc("GET /style.css", style)
	mux.HandleFunc("GET /healthz", s.healthz)
	s.Handler = secured(mux)
	return s, nil
}

// localOnly keeps health data on this machine: the page has no password yet, so
// it answers a browser that came in over the loopback interface and asked for a
// loopback address. The second keeps out foreign pages whose name was made to
// point here (DNS rebinding), and a reverse proxy that would publish the page.
func localOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		from, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil || !loopback(from) || !loopback(hostname(r.Host)) {
			http.Error(w, "This page is shown on the machine itself only. Reach it through an SSH tunnel: ssh -L 8787:127.0.0.1:8787 SERVER, then http://127.0.0.1:8787", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

// hostname returns the name in a Host header, without its port.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// secured sets the headers that keep the page to itself.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func (s *Server) today(w http.ResponseWriter, r *http.Request) {
	standing, err := s.reader.Standing(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	_, alt, err := s.reader.SeasonSVG(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	page := struct {
		gait.Standing
		Headline string
		Alt      string
	}{standing, headline(standing.Verdict), alt}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := s.pages.ExecuteTemplate(w, "today.html", page); err != nil {
		s.log.ErrorContext(r.Context(), "page not written", "path", r.URL.Path, "error", err)
	}
}

func (s *Server) season(w http.ResponseWriter, r *http.Request) {
	svg, _, err := s.reader.SeasonSVG(r.Context())
	switch {
	case err != nil:
		s.fail(w, r, err)
	case len(svg) == 0:
		http.NotFound(w, r)
	default:
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = w.Write(svg) // a browser that went away is nobody's fault
	}
}

func style(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, files, "static/style.css")
}

func (s *Server) healthz(w http.ResponseWriter, r *http.Request) {
	if err := s.reader.Ping(r.Context()); err != nil {
		s.log.ErrorContext(r.Context(), "health check failed", "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ok\n") // as above
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.log.ErrorContext(r.Context(), "page failed", "path", r.URL.Path, "error", err)
	http.Error(w, "Something failed here; the log says what.", http.StatusInternalServerError)
}

// headline says a verdict in the words of the page.
func headline(v gait.Verdict) string {
	switch v {
	case gait.VerdictStop:
		return "Stop running for now"
	case gait.VerdictModify:
		return "Run, but change something"
	case gait.VerdictAsk:
		return "A question for you"
	case gait.VerdictLearning:
		return "Still learning what is normal for you"
	default:
		return "Keep running"
	}
}
