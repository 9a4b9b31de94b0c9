package stravafake

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// How long the tokens and codes are good for.
const (
	accessFor = 6 * time.Hour
	codeFor   = 10 * time.Minute
)

// grants is what was agreed to.
type grants struct {
	codes   map[string]code
	access  map[string]access // by token
	refresh map[string]string // the scope, by token
}

type code struct {
	scope, challenge, redirect string
	until                      time.Time
}

type access struct {
	scope string
	until time.Time
}

// consent is the page that asks; a constant, but for the language.
var consent = template.Must(template.New("").Parse(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Authorize gaitkeeper</title>
<h1>Let gaitkeeper see your Strava?</h1><p>This is not Strava: it plays it.</p>
<form method="post" action="/oauth/authorize">
{{range $key, $values := .Query}}{{range $values}}<input type="hidden" name="{{$key}}" value="{{.}}">{{end}}{{end}}
{{range .Scopes}}<p><label><input type="checkbox" name="granted" value="{{.}}" checked> {{.}}</label></p>{{end}}
<p><button name="decision" value="authorize">Authorize</button> <button name="decision" value="cancel">Cancel</button></p></form></html>
`))

// showConsent asks the athlete, with a box for every scope.
func (s *Server) showConsent(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if refusal := s.checkAuthorize(query); refusal != nil {
		refusal.write(w)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = consent.Execute(w, map[string]any{"Query": query, "Scopes": strings.Split(query.Get("scope"), ",")})
}

func (s *Server) checkAuthorize(q url.Values) *Refusal {
	to, err := url.Parse(q.Get("redirect_uri"))
	switch {
	case q.Get("client_id") != s.options.ClientID:
		return refuse(http.StatusBadRequest, "Bad Request", Error{"Application", "client_id", "invalid"})
	case q.Get("response_type") != "code":
		return refuse(http.StatusBadRequest, "Bad Request", Error{"Authorize", "response_type", "invalid"})
	case err != nil || to.Hostname() != "localhost" && to.Hostname() != "127.0.0.1":
		return refuse(http.StatusBadRequest, "Bad Request", Error{"Authorize", "redirect_uri", "invalid"})
	case q.Get("scope") == "":
		return refuse(http.StatusBadRequest, "Bad Request", Error{"Authorize", "scope", "missing"})
	default:
		return nil
	}
}

// takeConsent leads the browser back with a code, or with the athlete's no.
func (s *Server) takeConsent(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		refuse(http.StatusBadRequest, "Bad Request").write(w)
		return
	}
	if refusal := s.checkAuthorize(r.PostForm); refusal != nil {
		refusal.write(w)
		return
	}
	back := url.Values{"state": {r.PostForm.Get("state")}}
	if r.PostForm.Get("decision") == "authorize" {
		granted := strings.Join(r.PostForm["granted"], ",")
		name := rand.Text()
		s.grants.codes[name] = code{granted, r.PostForm.Get("code_challenge"), r.PostForm.Get("redirect_uri"), s.options.Now().Add(codeFor)}
		back.Set("code", name)
		back.Set("scope", granted)
	} else {
		back.Set("error", "access_denied")
	}
	http.Redirect(w, r, r.PostForm.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound) // #nosec G710 -- to this machine, see checkAuthorize
}

type tokens struct {
	Type      string   `json:"token_type"`
	ExpiresAt int64    `json:"expires_at"`
	ExpiresIn int64    `json:"expires_in"`
	Refresh   string   `json:"refresh_token"`
	Access    string   `json:"access_token"`
	Athlete   *Athlete `json:"athlete,omitempty"`
}

// giveToken exchanges a code, or a refresh token that is dead from then on.
func (s *Server) giveToken(w http.ResponseWriter, r *http.Request) {
	id, secret := r.FormValue("client_id"), r.FormValue("client_secret")
	switch {
	case id != s.options.ClientID:
		refuse(http.StatusBadRequest, "Bad Request", Error{"Application", "client_id", "invalid"}).write(w)
	case secret != s.options.ClientSecret:
		refuse(http.StatusUnauthorized, "Authorization Error", Error{"Application", "client_secret", "invalid"}).write(w)
	case s.inactive:
		Inactive().write(w)
	case r.FormValue("grant_type") == "authorization_code":
		s.exchangeCode(w, r)
	case r.FormValue("grant_type") == "refresh_token":
		s.exchangeRefresh(w, r.FormValue("refresh_token"))
	default:
		refuse(http.StatusBadRequest, "Bad Request", Error{"Token", "grant_type", "invalid"}).write(w)
	}
}

func (s *Server) exchangeCode(w http.ResponseWriter, r *http.Request) {
	c, known := s.grants.codes[r.FormValue("code")]
	delete(s.grants.codes, r.FormValue("code")) // works once
	if !known || s.options.Now().After(c.until) || !proves(c.challenge, r.FormValue("code_verifier")) {
		refuse(http.StatusBadRequest, "Bad Request", Error{"AuthorizationCode", "code", "invalid"}).write(w)
		return
	}
	t := s.grant(c.scope)
	t.Athlete = &s.athlete
	answer(w, http.StatusOK, t)
}

// proves tells whether the verifier is the one that the challenge was made of.
func proves(challenge, verifier string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return challenge == "" || base64.RawURLEncoding.EncodeToString(sum[:]) == challenge
}

func (s *Server) exchangeRefresh(w http.ResponseWriter, token string) {
	scope, known := s.grants.refresh[token]
	if !known {
		refuse(http.StatusBadRequest, "Bad Request", Error{"RefreshToken", "refresh_token", "invalid"}).write(w)
		return
	}
	delete(s.grants.refresh, token)
	answer(w, http.StatusOK, s.grant(scope))
}

// grant makes a new pair of tokens.
func (s *Server) grant(scope string) tokens {
	now := s.options.Now()
	t := tokens{
		Type: "Bearer", ExpiresAt: now.Add(accessFor).Unix(), ExpiresIn: int64(accessFor.Seconds()),
		Access: rand.Text(), Refresh: rand.Text(),
	}
	s.grants.access[t.Access] = access{scope, now.Add(accessFor)}
	s.grants.refresh[t.Refresh] = scope
	return t
}

// revoke ends everything that was agreed to, by either token.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	if id != s.options.ClientID || secret != s.options.ClientSecret {
		refuse(http.StatusUnauthorized, "Authorization Error", Error{"Application", "client_id", "invalid"}).write(w)
		return
	}
	token := r.FormValue("token")
	_, isAccess := s.grants.access[token]
	_, isRefresh := s.grants.refresh[token]
	if isAccess || isRefresh {
		s.withdraw()
	}
	w.WriteHeader(http.StatusOK) // also for a token it does not know
}

func (s *Server) withdraw() {
	clear(s.grants.access)
	clear(s.grants.refresh)
}

// Withdraw ends everything that was agreed to, as an athlete does on Strava's
// page of applications.
func (s *Server) Withdraw() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.withdraw()
}

// SpoilAccess makes every access token useless before its time.
func (s *Server) SpoilAccess() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.grants.access)
}

// LoggedIn tells whether there is a grant.
func (s *Server) LoggedIn() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.grants.refresh) > 0
}
