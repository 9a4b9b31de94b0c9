package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"

	"gaitkeeper/words"
)

// route is one address of the page.
type route struct {
	pattern string
	access  access
	handle  handler
}

// routes lists every address, who may see it and what answers it.
func (s *Server) routes(metrics, walks http.Handler) http.Handler {
	list := []route{
		{"GET /{$}", forRunner, s.today},
		{"GET /season.svg", forRunner, svg(s.season)},
		{"GET /walks.svg", forRunner, svg(s.walks)},

		{"GET /pain", forRunner, s.diary},
		{"POST /pain", forRunner, s.painAdd},
		{"GET /pain/new", forRunner, s.painNew},
		{"GET /pain/{id}", forRunner, s.painEntry},
		{"GET /pain/{id}/remove", forRunner, s.painAsk},
		{"POST /pain/{id}/remove", forRunner, s.painRemove},

		{"GET /thresholds", forRunner, s.thresholds},
		{"GET /settings", forRunner, s.settings},
		{"POST /settings", forRunner, s.setRunner},
		{"POST /settings/pause", forRunner, s.pause},
		{"POST /settings/resume", forRunner, s.resume},
		{"GET " + uploadPath, forRunner, s.uploadForm},
		{"POST " + uploadPath, forRunner, s.upload},

		{"GET /sources", forRunner, s.sources},
		{"POST /sources/sync", forRunner, s.sourcesSync},
		{"POST /sources/check", forRunner, s.sourcesCheck},
		{"POST /sources/test", forRunner, s.sourcesTest},
		{"GET /report", forRunner, s.report},
		{"GET /runs", forRunner, s.runs},
		{"GET /runs/{id}", forRunner, s.run},
		{"GET /runs/{id}/chart.svg", forRunner, svg(s.course)},
		{"POST /runs/{id}/answer", forRunner, s.answerRun},
		{"POST /runs/{id}/exclude", forRunner, s.excludeRun},

		{"GET /api/v1/standing", forPrograms, s.apiStanding},
		{"GET /api/v1/runs", forPrograms, s.apiRuns},

		{"GET /answer/{token}", forAll, s.answerForm},
		{"POST /answer/{token}", forAll, s.answer},

		{"GET /static/{name}", forAll, s.static},
		{"GET /manifest.webmanifest", forAll, s.manifest},
		{"GET /healthz", forAll, s.healthz},
	}
	if s.throttle != nil {
		list = append(list,
			route{"GET /login", forAll, s.loginPage},
			route{"POST /login", forAll, s.login},
			route{"POST /logout", forAll, s.logout})
	}
	if s.mails != nil {
		list = append(list, route{"GET /mails", forRunner, s.listMails}, route{"GET /mails/{name}", forRunner, s.showMail})
	}
	if metrics != nil {
		list = append(list, route{"GET /metrics", forPrograms, served(metrics)})
	}
	if walks != nil {
		list = append(list, route{"POST " + walksPath, forAll, served(walks)})
	}
	mux := http.NewServeMux()
	for _, route := range list {
		answer := s.guarded(route.access, route.handle)
		mux.HandleFunc(route.pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := answer(w, r); err != nil {
				s.fail(w, r, err)
			}
		})
	}
	return s.orError(mux)
}

// served is a handler that answers its failures itself.
func served(h http.Handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		h.ServeHTTP(w, r)
		return nil
	}
}

// access says who may see an address.
type access int

const (
	// forRunner: the runner alone, who is asked for the password.
	forRunner access = iota
	// forPrograms: as forRunner, and programs that send the password as HTTP
	// Basic.
	forPrograms
	// forAll: everybody who can reach the machine. Nothing there tells of the
	// runner, or it asks for a signature of its own.
	forAll
)

// guarded lets those through who may see the address.
func (s *Server) guarded(a access, next handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		switch {
		case a == forAll, s.throttle == nil && local(r), s.throttle != nil && s.loggedIn(r):
			return next(w, r)
		case s.throttle == nil:
			return refusal{http.StatusForbidden, words.OnMachineOnly}
		case a == forPrograms:
			return s.basic(w, r, next)
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			http.Redirect(w, r, s.link("/login?next="+url.QueryEscape(r.URL.RequestURI())), http.StatusSeeOther)
			return nil
		default:
			return refusal{http.StatusUnauthorized, words.LoggedOut}
		}
	}
}

// basic lets through programs that send the password.
func (s *Server) basic(w http.ResponseWriter, r *http.Request, next handler) error {
	_, password, sent := r.BasicAuth()
	if sent {
		// Programs are counted apart: one that asks with an old password every minute
		// does not lock out the runner who sits behind the same proxy.
		right, wait := s.throttle.try("program "+s.visitor(r), password)
		if right {
			return next(w, r)
		}
		s.log.WarnContext(r.Context(), "program refused: wrong password", "visitor", s.visitor(r))
		if wait > 0 {
			w.Header().Set("Retry-After", seconds(wait))
			tellProgram(w, r, http.StatusTooManyRequests, words.TooOften(seconds(wait)))
			return nil
		}
	}
	w.Header().Set("WWW-Authenticate", `Basic realm="gaitkeeper", charset="UTF-8"`)
	tellProgram(w, r, http.StatusUnauthorized, words.SendPassword)
	return nil
}

// local reports whether a request comes from a browser on this machine that
// asked for this machine. The second keeps out foreign pages whose name was made
// to point here (DNS rebinding), and a reverse proxy that would publish the
// page.
func local(r *http.Request) bool {
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || !loopback(from) || !loopback(hostname(r.Host)) {
		return false
	}
	if !r.ProtoAtLeast(1, 1) {
		return false // no browser: a reverse proxy in its simplest form
	}
	for _, forwarded := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(forwarded) != "" {
			return false
		}
	}
	return true
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
