//go:build !race

package strava_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"gaitkeeper/internal/realruns"
	"gaitkeeper/internal/stravafake"
)

// specification returns Strava's own, or skips the test where it is not there.
func specification(t *testing.T) routers.Router {
	t.Helper()
	text := readSpecification(t)
	// Two references in it lack a part of their path.
	text = []byte(strings.NewReplacer(`"#/TimedZone`, `"#/definitions/TimedZone`).Replace(string(text)))
	var old openapi2.T
	if err := json.Unmarshal(text, &old); err != nil {
		t.Fatal(err)
	}
	// Other paths have faults of their own, and gaitkeeper writes nothing.
	for name, path := range old.Paths {
		path.Put, path.Post = nil, nil
		if name != "/athlete" && name != "/athlete/activities" && name != "/activities/{id}" && name != "/activities/{id}/streams" {
			delete(old.Paths, name)
		}
	}
	doc, err := openapi2conv.ToV3(&old)
	if err != nil {
		t.Fatal(err)
	}
	doc.Servers = openapi3.Servers{{URL: old.BasePath}}
	router, err := legacy.NewRouter(doc, openapi3.DisableExamplesValidation())
	if err != nil {
		t.Fatal(err)
	}
	return router
}

func readSpecification(t *testing.T) []byte {
	t.Helper()
	path := realruns.Folder("strava", "openapi.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skip("skipped: Strava's specification is not in " + path)
	}
	return text
}

// inspector stands between client and server and holds both against the
// specification.
type inspector struct {
	t      *testing.T
	router routers.Router
	inner  http.Handler

	mu   sync.Mutex
	seen map[string]int // by operation and status
}

func (i *inspector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		i.inner.ServeHTTP(w, r) // OAuth is not part of the specification
		return
	}
	route, params, err := i.router.FindRoute(r)
	if err != nil {
		i.t.Errorf("%s %s is not in the specification: %v", r.Method, r.URL, err)
		i.inner.ServeHTTP(w, r)
		return
	}
	options := &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	request := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: options}
	if err := openapi3filter.ValidateRequest(context.Background(), request); err != nil {
		i.t.Errorf("request %s: %v", r.URL, err)
	}
	for name := range r.URL.Query() {
		if route.Operation.Parameters.GetByInAndName("query", name) == nil && name != "page" && name != "per_page" {
			i.t.Errorf("request %s: the specification knows no %q", r.URL, name)
		}
	}
	answer := httptest.NewRecorder()
	i.inner.ServeHTTP(answer, r)
	body := answer.Body.Bytes()
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: request, Status: answer.Code, Header: answer.Header(), Body: io.NopCloser(bytes.NewReader(body)), Options: options,
	}
	if err := openapi3filter.ValidateResponse(context.Background(), input); err != nil {
		i.t.Errorf("answer %d to %s: %v", answer.Code, r.URL, err)
	}
	i.mu.Lock()
	i.seen[route.Operation.OperationID+" "+http.StatusText(answer.Code)]++
	i.mu.Unlock()
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(body)
}

// TestBothSidesKeepToTheSpecification: the client sends only what Strava's own
// specification knows, and the server that plays Strava answers as it says.
func TestBothSidesKeepToTheSpecification(t *testing.T) {
	w := newWorld(t)
	i := &inspector{t: t, router: specification(t), inner: w.fake, seen: map[string]int{}}
	w.server.Config.Handler = i
	if _, err := w.login(stravafake.Consent{}); err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		a := ran(10+30*n, 30)
		a.Gear, a.Description, a.Trainer = "Shoes", "words", n == 1
		w.fake.Add(a)
	}
	ride, manual := ran(200, 60), ran(220, 40)
	ride.Sport, manual.Manual, manual.Samples = "GravelRide", true, nil
	w.fake.Add(ride)
	w.fake.Add(manual)
	gone := w.fake.Add(ran(90, 30))
	w.sync()
	w.fake.Delete(gone)
	w.sync()
	if err := w.client.Check(t.Context()); err != nil {
		t.Error(err)
	}
	w.fake.SpoilAccess()
	w.sync()
	for _, refusal := range []func() *stravafake.Refusal{stravafake.Inactive, stravafake.TooMany, stravafake.Broken, stravafake.LacksScope} {
		w.server.Config.Handler = i
		i.inner = refusing(refusal)
		_, _ = w.syncErr() // what becomes of it is shown elsewhere
	}
	for _, operation := range []string{
		"getLoggedInAthleteActivities OK", "getActivityById OK", "getActivityStreams OK", "getLoggedInAthlete OK",
		"getActivityById Not Found", "getLoggedInAthleteActivities Unauthorized", "getLoggedInAthleteActivities Forbidden",
		"getLoggedInAthleteActivities Too Many Requests",
	} {
		if i.seen[operation] == 0 {
			t.Errorf("no %s among %v", operation, i.seen)
		}
	}
}

func refusing(r func() *stravafake.Refusal) http.Handler {
	s := stravafake.New(stravafake.Options{})
	s.Trouble(func(*http.Request) *stravafake.Refusal { return r() })
	return s
}
