package applehealth

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"gaitkeeper/gait"
)

// Receiver takes walks that an app on the phone posts as JSON: Health Auto Export,
// or any that sends the small form in [posted]. The same walk again changes nothing.
type Receiver struct {
	Store receiverStore
	// Token returns the token that an app must send.
	Token func() (string, error)
	Now   func() time.Time
	Log   *slog.Logger

	// one post is read and stored at a time: each may hold ten years.
	one sync.Mutex
}

// receiverStore keeps walks, and what is known of the senders.
type receiverStore interface {
	SaveWalks(ctx context.Context, walks []gait.Walk) (added int, err error)
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// scaleSetting is the key under which the scale of the sender is kept.
const scaleSetting = "applehealth scale"

// unreadable says what to look at where nothing of a post could be read.
const unreadable = `none of the walks could be read: a date looks like "2026-05-01 08:00:00 +0200" or "2026-05-01T08:00:00Z" and is not in the future, ` +
	`"qty" is a number from 0 to 100, "share" one from 0 to 1, both below the whole, "seconds" one up to 3600`

// answer is what an app gets back: any status of 200 to 299 is a success to it.
type answer struct {
	Status string `json:"status"`
	// Walks is how many were understood, New how many of them were not known.
	Walks int `json:"walks"`
	New   int `json:"new"`
	// LeftOut is how many could not be understood.
	LeftOut int    `json:"left_out,omitempty"`
	Error   string `json:"error,omitempty"`
}

// ServeHTTP answers POST /api/v1/health.
func (h *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, a := h.receive(r)
	a.Status = "ok"
	if a.Error != "" {
		a.Status = "error"
	}
	w.Header().Set("Content-Type", "application/json")
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(a) // the app has gone, or has it
}

func (h *Receiver) receive(r *http.Request) (status int, a answer) {
	token, err := h.Token()
	if err != nil {
		h.Log.ErrorContext(r.Context(), "walks not taken", "error", err)
		return http.StatusServiceUnavailable, answer{Error: "the token cannot be read here: see gaitkeeper's log"}
	}
	if !proves(r, token) {
		return http.StatusUnauthorized, answer{Error: "send the header Authorization: Bearer, and behind it the token in token_file"}
	}
	if packed := r.Header.Get("Content-Encoding"); packed != "" && !strings.EqualFold(packed, "identity") {
		return http.StatusUnsupportedMediaType, answer{Error: "send the body as it is, without a Content-Encoding"}
	}
	body, err := io.ReadAll(r.Body)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge, answer{Error: fmt.Sprintf("more than %d MB at once: send fewer days, and no routes", large.Limit>>20)}
	case err != nil:
		return http.StatusBadRequest, answer{Error: "the body did not arrive whole"}
	}
	h.one.Lock()
	defer h.one.Unlock()
	if err := r.Context().Err(); err != nil {
		return http.StatusServiceUnavailable, answer{Error: "the app has gone: send the walks again"}
	}
	known, err := h.Store.Setting(r.Context(), scaleSetting)
	if err != nil {
		return h.fail(r.Context(), err)
	}
	p, err := parse(body, scale(known), h.Now())
	if err != nil {
		return http.StatusBadRequest, answer{Error: err.Error()}
	}
	if len(p.walks) == 0 && p.leftOut > 0 { // else the app goes on telling its owner that all is well
		h.Log.WarnContext(r.Context(), "walks received, and none of them could be read", "left_out", p.leftOut)
		return http.StatusUnprocessableEntity, answer{LeftOut: p.leftOut, Error: unreadable}
	}
	if p.scale != scale(known) && p.scale != "" {
		if err := h.Store.SetSetting(r.Context(), scaleSetting, string(p.scale)); err != nil {
			return h.fail(r.Context(), err)
		}
	}
	added, err := h.Store.SaveWalks(r.Context(), p.walks)
	if err != nil {
		return h.fail(r.Context(), err)
	}
	h.Log.InfoContext(r.Context(), "walks received", "walks", len(p.walks), "new", added, "left_out", p.leftOut)
	return http.StatusOK, answer{Walks: len(p.walks), New: added, LeftOut: p.leftOut}
}

// fail asks the app to try again.
func (h *Receiver) fail(ctx context.Context, err error) (int, answer) {
	h.Log.ErrorContext(ctx, "walks not taken", "error", err)
	return http.StatusServiceUnavailable, answer{Error: "the walks could not be stored now: send them again"}
}

// proves reports whether a request has the token, in one of the two headers that
// apps let people set.
func proves(r *http.Request, token string) bool {
	given := strings.TrimSpace(r.Header.Get("X-API-Key"))
	if scheme, rest, ok := strings.Cut(strings.TrimSpace(r.Header.Get("Authorization")), " "); ok && strings.EqualFold(scheme, "bearer") {
		given = strings.TrimSpace(rest)
	}
	return token != "" && subtle.ConstantTimeCompare([]byte(given), []byte(token)) == 1
}
