// Package web is the page of gaitkeeper: what the runner sees and enters in a
// browser, the same data for programs, and the health check. It shows what it
// is given and decides nothing. It works without JavaScript.
//
// One file holds one part of the page: its handlers, what it needs of the
// daemon (a small interface), and the data of its template. [App] joins the
// interfaces; routes.go lists every address.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"gaitkeeper/words"
)

// App is what the page needs of the daemon, part by part. An error that wraps
// [gait.ErrNotFound] or is a [gait.Refused] is the visitor's; any other is ours.
type App interface {
	Seasons
	Diary
	Tuner
	Operator
	Runs
	Replies
	Reports
	Receiver
	Setter
}

// Options are what the page is told of the world around it.
type Options struct {
	// Zone is the runner's time zone, in which times are shown and entered.
	Zone *time.Location
	// Miles reports whether to show miles in place of kilometres; nil is never.
	Miles func() bool
	// PublicURL is the address under which a reverse proxy shows the page;
	// empty where none does. Links begin with its path.
	PublicURL string
	// Verify reports whether a password is the right one. Nil is no password: then
	// the page is shown on the machine itself only.
	Verify func(password string) bool
	// TrustedProxies are the networks of reverse proxies elsewhere that are believed
	// about whom they forward. One on the machine itself always is.
	TrustedProxies []netip.Prefix
	// Sessions are the browsers that were logged in when the program last ended, and
	// until when, by the hash of their token; KeepSessions keeps them for the next
	// start. Nil keeps none.
	Sessions     map[string]time.Time
	KeepSessions func(ctx context.Context, sessions map[string]time.Time) error
	// Links reads the links of messages; the zero value reads none.
	Links Links
	// Mails returns the mails that the page shows, oldest first; nil leaves them out.
	Mails func() []Mail
	// Metrics answers /metrics; nil leaves it out.
	Metrics http.Handler
	// Walks answers POST /api/v1/health, which proves itself by a token of its own;
	// nil leaves it out.
	Walks http.Handler
	// Now is the clock; nil is the real one.
	Now func() time.Time
	Log *slog.Logger
}

// Server answers HTTP. Use it as an http.Handler.
type Server struct {
	http.Handler
	app   App
	zone  *time.Location
	miles func() bool
	// mails is nil where the page shows none.
	mails  func() []Mail
	public *url.URL // never nil
	base   string   // the path of public: empty, or "/gait"
	links  Links
	log    *slog.Logger
	now    func() time.Time
	// throttle is nil where there is no password.
	throttle *loginThrottle
	proxies  []netip.Prefix
	sessions sessions
	pages    map[string]pageTemplate
	assets   map[string]string // the names of static files with their fingerprints
}

// New returns the server of the page. It fails on a faulty public URL.
func New(app App, o Options) (*Server, error) {
	public, err := url.Parse(o.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("read the page's address: %w", err)
	}
	public.Host = browsersHost(public)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Miles == nil {
		o.Miles = func() bool { return false }
	}
	s := &Server{
		proxies: o.TrustedProxies, sessions: newSessions(o.Sessions, o.KeepSessions),
		app: app, zone: o.Zone, miles: o.Miles, mails: o.Mails, public: public, base: strings.TrimSuffix(public.Path, "/"), log: o.Log, now: o.Now, links: o.Links,
	}
	if o.Verify != nil {
		s.throttle = newLoginThrottle(o.Verify, o.Now)
	}
	if s.assets, err = fingerprints(); err != nil {
		return nil, err
	}
	if s.pages, err = s.pageTemplates(); err != nil {
		return nil, err
	}
	foreign := http.NewCrossOriginProtection()
	if public.Host != "" {
		if err := foreign.AddTrustedOrigin(public.Scheme + "://" + public.Host); err != nil {
			return nil, fmt.Errorf("read the page's address: %w", err)
		}
	}
	// What a link of a message says is proven by its token alone: no browser adds
	// anything to it, and an app that posts it names no site.
	foreign.AddInsecureBypassPattern("POST /answer/{token}")
	foreign.AddInsecureBypassPattern("POST " + walksPath)
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, refusal{http.StatusForbidden, words.OtherSite})
	}))
	s.Handler = s.secured(s.rebased(foreign.Handler(s.routes(o.Metrics, o.Walks))))
	return s, nil
}

// browsersHost is the host of an address as a browser says it in Host and Origin: in
// lower case, without the scheme's own port.
func browsersHost(u *url.URL) string {
	port := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	return strings.TrimSuffix(strings.ToLower(u.Host), port)
}

// words says things in the runner's zone and unit.
func (s *Server) words() words.Words { return words.Words{Zone: s.zone, Miles: s.miles()} }

// link returns the address of a path of the page, also behind a reverse proxy
// that shows it under a path of its own.
func (s *Server) link(path string) string { return s.base + path }

// rebased takes the path of the public address off a request's, so that it does
// not matter whether the reverse proxy does.
func (s *Server) rebased(next http.Handler) http.Handler {
	if s.base == "" {
		return next
	}
	inner := http.StripPrefix(s.base, next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == s.base:
			http.Redirect(w, r, s.base+"/", http.StatusPermanentRedirect)
		case strings.HasPrefix(r.URL.Path, s.base+"/"):
			inner.ServeHTTP(w, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

const (
	// maxForm is the most a form may hold, in bytes.
	maxForm = 64 << 10
	// walksPath is where an app posts walks, maxWalks the most it may post at once.
	walksPath = "/api/v1/health"
	maxWalks  = 64 << 20
)

// secured sets the headers that keep the page to itself. Nothing inline is
// allowed, neither scripts nor styles. The referrer stays within the page; with
// none at all a browser would not say where a form comes from.
func (s *Server) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "+
			"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		most := int64(maxForm)
		switch path := strings.TrimPrefix(r.URL.Path, s.base); {
		case r.Method == http.MethodPost && path == uploadPath:
			most = maxUpload
		case r.Method == http.MethodPost && path == walksPath:
			most = maxWalks
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		next.ServeHTTP(w, r)
	})
}
