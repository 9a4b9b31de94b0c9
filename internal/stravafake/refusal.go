package stravafake

import (
	"encoding/json"
	"net/http"
)

// Refusal is an answer that is no success, in Strava's own form.
type Refusal struct {
	Status  int     `json:"-"`
	Message string  `json:"message"`
	Errors  []Error `json:"errors"`
}

// Error is one of the things that are wrong.
type Error struct {
	Resource string `json:"resource"`
	Field    string `json:"field"`
	Code     string `json:"code"`
}

// The refusals that Strava is known for.
func refuse(status int, message string, e ...Error) *Refusal {
	if e == nil {
		e = []Error{}
	}
	return &Refusal{status, message, e}
}

// Inactive is the answer to an application whose owner has no subscription.
func Inactive() *Refusal {
	return refuse(http.StatusForbidden, "Forbidden", Error{"Application", "Status", "Inactive"})
}

// Unauthorized is the answer to an access token that is not good.
func Unauthorized() *Refusal {
	return refuse(http.StatusUnauthorized, "Authorization Error", Error{"Athlete", "access_token", "invalid"})
}

// LacksScope is the answer to a token that does not allow to read activities.
func LacksScope() *Refusal {
	return refuse(http.StatusUnauthorized, "Authorization Error", Error{"AccessToken", "activity:read_permission", "missing"})
}

// NotFound is the answer where there is nothing.
func NotFound() *Refusal {
	return refuse(http.StatusNotFound, "Record Not Found", Error{"Activity", "id", "not found"})
}

// Broken is the answer of a server in trouble.
func Broken() *Refusal { return refuse(http.StatusInternalServerError, "Internal Server Error") }

// TooMany is the answer to one request too many.
func TooMany() *Refusal {
	return refuse(http.StatusTooManyRequests, "Rate Limit Exceeded", Error{"Application", "rate limit", "exceeded"})
}

func (r *Refusal) write(w http.ResponseWriter) { answer(w, r.Status, r) }

// answer writes a value as JSON.
func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the reader may have gone away
}
