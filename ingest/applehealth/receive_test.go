package applehealth

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"gaitkeeper/gait"
)

// memory is a store that remembers.
type memory struct {
	walks    map[time.Time]gait.Walk
	settings map[string]string
}

func newMemory() *memory {
	return &memory{walks: map[time.Time]gait.Walk{}, settings: map[string]string{}}
}

func (m *memory) SaveWalks(_ context.Context, walks []gait.Walk) (added int, err error) {
	for _, w := range walks {
		if _, ok := m.walks[w.Start]; !ok {
			added++
		}
		m.walks[w.Start] = w
	}
	return added, nil
}

func (m *memory) Setting(_ context.Context, key string) (string, error) { return m.settings[key], nil }

func (m *memory) SetSetting(_ context.Context, key, value string) error {
	m.settings[key] = value
	return nil
}

const token = "a token of 16 letters"

func receiver(m *memory) *Receiver {
	return &Receiver{
		Store: m, Token: func() (string, error) { return token, nil },
		Now: func() time.Time { return start.AddDate(0, 0, 30) }, Log: slog.New(slog.DiscardHandler),
	}
}

// post posts a body and returns the status and the answer.
func post(t *testing.T, h http.Handler, body string, headers ...string) (int, answer) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/api/v1/health", strings.NewReader(body))
	if headers == nil {
		headers = []string{"Authorization", "Bearer " + token}
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("answer %q: %v", w.Body, err)
	}
	return w.Code, a
}

func TestPostNeedsTheToken(t *testing.T) {
	for name, tt := range map[string]struct {
		headers []string
		want    int
	}{
		"none":             {[]string{"X", "y"}, http.StatusUnauthorized},
		"another":          {[]string{"Authorization", "Bearer nobody knows this one"}, http.StatusUnauthorized},
		"no token":         {[]string{"Authorization", "Bearer "}, http.StatusUnauthorized},
		"a password":       {[]string{"Authorization", "Basic " + token}, http.StatusUnauthorized},
		"as bearer":        {[]string{"Authorization", "Bearer " + token}, http.StatusOK},
		"as bearer, small": {[]string{"authorization", "bearer  " + token}, http.StatusOK},
		"as key":           {[]string{"X-API-Key", token}, http.StatusOK},
	} {
		m := newMemory()
		if got, _ := post(t, receiver(m), `{"walks":[{"start":"2026-03-02T08:00:00Z","share":0.1}]}`, tt.headers...); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
		if len(m.walks) > 0 != (tt.want == http.StatusOK) {
			t.Errorf("%s: %d walks are stored", name, len(m.walks))
		}
	}
}

// Posts that arrive together are stored one after the other: memory is bounded, and
// what is known of the sender is not mixed up.
func TestPostsTogether(t *testing.T) {
	m := newMemory()
	h := receiver(m)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			body := fmt.Sprintf(`{"walks":[{"start":"2026-03-02T08:%02d:00Z","share":0.1}]}`, i)
			if status, a := post(t, h, body); status != http.StatusOK || a.New != 1 {
				t.Errorf("%d %+v", status, a)
			}
		})
	}
	all.Wait()
	if len(m.walks) != 20 { // of a store that bears one writer
		t.Errorf("%d walks", len(m.walks))
	}
}

// A packed body is refused with a word, not taken for another format.
func TestPostIsNotPacked(t *testing.T) {
	m := newMemory()
	status, a := post(t, receiver(m), "\x1f\x8b\x08", "Authorization", "Bearer "+token, "Content-Encoding", "gzip")
	if status != http.StatusUnsupportedMediaType || !strings.Contains(a.Error, "Content-Encoding") {
		t.Errorf("%d %+v", status, a)
	}
}

// What Health Auto Export sends, by its documentation: percent, and dates in the
// way of the phone.
func TestHealthAutoExport(t *testing.T) {
	const support = `{"name":"walking_double_support_percentage","units":"%","data":[{"date":"2026-03-02 08:00:00 +0000","qty":30.017}]},`
	asymmetry := func(points string) string {
		return `{"name":"walking_asymmetry_percentage","units":"%","data":[` + points + `]}`
	}
	metrics := func(m string) string { return `{"data":{"metrics":[` + m + `],"workouts":[{"route":[1,2]}]}}` }
	for name, tt := range map[string]struct {
		body    string
		known   string
		walks   int
		leftOut int
		share   float64 // of the first
		status  int
	}{
		"percent":                 {metrics(support + asymmetry(`{"date":"2026-03-02 08:00:00 +0000","qty":0.82758,"source":"iPhone"}`)), "", 1, 0, 0.0082758, 200},
		"fraction":                {metrics(strings.Replace(support, "30.017", "0.30017", 1) + asymmetry(`{"date":"2026-03-02 08:00:00 +0000","qty":0.07}`)), "", 1, 0, 0.07, 200},
		"nothing tells":           {metrics(asymmetry(`{"date":"2026-03-02 08:00:00 +0000","qty":0.5}`)), "", 1, 0, 0.005, 200},
		"known from before":       {metrics(asymmetry(`{"date":"2026-03-02 08:00:00 +0000","qty":0.5}`)), "fraction", 1, 0, 0.5, 200},
		"its own value tells":     {metrics(asymmetry(`{"date":"2026-03-02 08:00:00 +0000","qty":7},{"date":"2026-03-02 09:00:00 +0000","qty":0.5}`)), "fraction", 2, 0, 0.07, 200},
		"a narrow space":          {metrics(support + asymmetry(`{"date":"2026-03-02 8:00:00`+"\u202f"+`PM +0000","qty":7}`)), "", 1, 0, 0.07, 200},
		"small letters":           {metrics(support + asymmetry(`{"date":"2026-03-02 8:00:00 pm +0000","qty":7}`)), "", 1, 0, 0.07, 200},
		"faulty points":           {metrics(support + asymmetry(`{"date":"yesterday","qty":7},{"date":"2026-03-02 09:00:00 +0000"},{"date":"2026-03-02 09:00:00 +0000","qty":"7"},5,{"date":"2026-03-02 09:00:00 +0000","qty":120},{"date":"2096-03-02 09:00:00 +0000","qty":1},{"date":"2026-03-02 10:00:00 +0000","qty":7}`)), "", 1, 6, 0.07, 200},
		"no metric of walking":    {metrics(`{"name":"step_count","data":[{"qty":1}]}`), "", 0, 0, 0, 200},
		"nothing in it":           {`{}`, "", 0, 0, 0, 200},
		"empty":                   {"", "", 0, 0, 0, 400},
		"CSV":                     {"Date,Walking\n", "", 0, 0, 0, 400},
		"a list":                  {`[1,2]`, "", 0, 0, 0, 400},
		"the small form":          {`{"walks":[{"start":"2026-03-02T08:00:00+01:00","seconds":51,"share":0.07,"phone":"iPhone16,1"},{"start":"2026-03-02T09:00:00Z"}]}`, "", 1, 1, 0.07, 200},
		"a walk of two hours":     {`{"walks":[{"start":"2026-03-02T08:00:00Z","seconds":7200,"share":0.07}]}`, "", 0, 1, 0, 422},
		"dates of another kind":   {metrics(support + asymmetry(`{"date":1772438400,"qty":7},{"date":"2026-03-02","qty":7}`)), "", 0, 2, 0, 422},
		"dots, and a colon":       {metrics(support + asymmetry(`{"date":"2026-03-02 8:00:00 p.m. +0000","qty":7},{"date":"2026-03-02 09:00:00 +01:00","qty":7}`)), "", 2, 0, 0.07, 200},
		"a mark before it":        {"\ufeff" + metrics(support+asymmetry(`{"date":"2026-03-02 08:00:00 +0000","qty":7}`)), "", 1, 0, 0.07, 200},
		"other metrics, odd":      {metrics(`{"name":"sleep_analysis","data":{"a":1}},null,7,{"name":5},` + support + asymmetry(`{"date":"2026-03-02 08:00:00 +0000","qty":7}`)), "", 1, 0, 0.07, 200},
		"one odd walk of two":     {`{"walks":[{"start":"2026-03-02T08:00:00Z","seconds":"51","share":0.07},null,{"start":"2026-03-02T09:00:00Z","share":0.07,"phone":5},{"start":"2026-03-02T10:00:00Z","share":0.07}]}`, "", 1, 3, 0.07, 200},
		"support of nothing":      {metrics(strings.Replace(support, "30.017", "0", 1) + asymmetry(`{"date":"2026-03-02 08:00:00 +0000","qty":7}`)), "", 1, 0, 0.07, 200},
		"start and end are there": {metrics(support + asymmetry(`{"date":"2026-03-02 08:00:00 +0000","start":"2026-03-02 08:00:10 +0000","end":"2026-03-02 08:01:01 +0000","qty":7}`)), "", 1, 0, 0.07, 200},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMemory()
			m.settings[scaleSetting] = tt.known
			status, a := post(t, receiver(m), tt.body)
			if status != tt.status || a.Walks != tt.walks || a.New != tt.walks || a.LeftOut != tt.leftOut || (a.Error != "") != (status >= 300) {
				t.Fatalf("%d %+v", status, a)
			}
			var first gait.Walk
			for _, w := range m.walks {
				if first.Start.IsZero() || w.Start.Before(first.Start) {
					first = w
				}
			}
			if d := first.Share - tt.share; d > 1e-9 || d < -1e-9 {
				t.Errorf("share %v, want %v", first.Share, tt.share)
			}
			if status == 200 { // a second time changes nothing
				if _, a := post(t, receiver(m), tt.body); a.New != 0 || a.Walks != tt.walks {
					t.Errorf("again: %+v", a)
				}
			}
		})
	}
}

// FuzzPost: whatever is posted, there is an answer, and a walk makes sense.
func FuzzPost(f *testing.F) {
	f.Add(`{"data":{"metrics":[{"name":"walking_asymmetry_percentage","data":[{"date":"2026-03-02 8:00:00 PM +0000","qty":7}]}]}}`)
	f.Add(`{"walks":[{"start":"2026-03-02T08:00:00Z","seconds":1e300,"share":-1}]}`)
	f.Fuzz(func(t *testing.T, body string) {
		m := newMemory()
		status, a := post(t, receiver(m), body)
		if status != http.StatusOK && (status != http.StatusBadRequest && status != http.StatusUnprocessableEntity || a.Error == "") {
			t.Errorf("%d %+v", status, a)
		}
		for _, w := range m.walks {
			if w.Faulty() || w.Length < 0 || w.Length > longestWalk || !plausible(w.Start) {
				t.Errorf("%+v", w)
			}
		}
	})
}
