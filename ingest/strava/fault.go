package strava

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gaitkeeper/ingest"
)

// Kind is what went wrong between gaitkeeper and Strava, in a sentence that names
// the next step.
type Kind string

// The kinds of fault.
const (
	NotLoggedIn Kind = "you are not logged in to Strava: run `gaitkeeper strava login`, or set [sources.strava] enabled to false"
	LoginLost   Kind = "Strava no longer accepts the login, as after you removed gaitkeeper under strava.com/settings/apps: run `gaitkeeper strava login` once more"
	OtherApp    Kind = "the Strava login belongs to another API application: set client_id back, or run `gaitkeeper strava login` once more"
	WrongApp    Kind = "Strava does not know the API application: compare client_id and the secret's file in [sources.strava] with strava.com/settings/api"
	AppInactive Kind = "Strava has switched your API application off: since June 2026 its owner needs a paid Strava subscription. " +
		"Renew it, or set [sources.strava] enabled to false; FIT files and intervals.icu need none"
	ScopeMissing Kind = "Strava was not allowed to show your activities: run `gaitkeeper strava login` once more and leave the box for private activities ticked"
	Denied       Kind = "you did not let gaitkeeper in: nothing was changed; run `gaitkeeper strava login` when you want to"
	StaleCode    Kind = "the address was used before or is too old: run `gaitkeeper strava login` once more"
	// Refused: 403 for a reason of its own.
	Refused     Kind = "Strava refused to answer: look at strava.com/settings/api for a note about your application"
	NotFound    Kind = "Strava does not know it (any more)"
	ServerDown  Kind = "Strava has trouble of its own: nothing to do, the next sync tries again"
	Unreachable Kind = "Strava cannot be reached: is the network up? The next sync tries again"
	Strange     Kind = "Strava's answer is not understood: if it stays so, look for a newer gaitkeeper"
)

// Fault is what went wrong.
type Fault struct {
	Kind Kind
	// Detail is what the server or the network said of it; may be empty.
	Detail string
	err    error
}

// Error is the sentence, with the detail in brackets.
func (f *Fault) Error() string {
	if f.Detail == "" {
		return string(f.Kind)
	}
	return fmt.Sprintf("%s (%s)", f.Kind, f.Detail)
}

// Unwrap returns the error underneath, if there is one.
func (f *Fault) Unwrap() error { return f.err }

// KindOf returns the kind of fault that err is; empty where it is none.
func KindOf(err error) Kind {
	var f *Fault
	if errors.As(err, &f) {
		return f.Kind
	}
	return ""
}

// limited is the refusal of a server that was asked too often, or our own
// before it comes to that.
type limited struct{ window window }

// Error is for the log; the runner is told by a [ingest.Wait].
func (limited) Error() string { return "Strava's limit of requests is reached" }

// report is the form in which Strava says what is wrong.
type report struct {
	Message string          `json:"message"`
	Errors  []reportedError `json:"errors"`
	// OAuth is how every other server says it.
	OAuth string `json:"error"`
}

type reportedError struct {
	Resource string `json:"resource"`
	Field    string `json:"field"`
	Code     string `json:"code"`
}

// says reports whether one of the errors has these words, whatever their case;
// an empty word fits all.
func (r report) says(resource, field, code string) bool {
	fits := func(got, want string) bool { return want == "" || strings.EqualFold(got, want) }
	return slices.ContainsFunc(r.Errors, func(e reportedError) bool {
		return fits(e.Resource, resource) && fits(e.Field, field) && fits(e.Code, code)
	})
}

func (r report) lacksScope() bool {
	return slices.ContainsFunc(r.Errors, func(e reportedError) bool {
		return strings.EqualFold(e.Code, "missing") && strings.Contains(e.Field, "permission")
	})
}

// refusal makes a fault of an answer that is no success.
func refusal(status int, body []byte) *Fault {
	var r report
	_ = json.Unmarshal(body, &r) // a page for people says nothing to us
	kind := refusalKind(status, r)
	if status < http.StatusInternalServerError && bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		// A page from something in between, such as a network's log-in, says nothing
		// about activities and logins; nor does Strava's own error page.
		kind = Strange
	}
	return &Fault{Kind: kind, Detail: detail(status, r)}
}

func refusalKind(status int, r report) Kind {
	switch {
	case r.says("Application", "Status", "Inactive"), status == http.StatusPaymentRequired:
		return AppInactive
	case r.lacksScope():
		return ScopeMissing
	case r.says("Application", "", "invalid"):
		return WrongApp
	case r.says("RefreshToken", "", "invalid"), r.OAuth == "invalid_grant":
		return LoginLost
	case r.says("AuthorizationCode", "", ""):
		return StaleCode
	case status == http.StatusUnauthorized:
		return LoginLost
	case status == http.StatusForbidden:
		return Refused
	case status == http.StatusNotFound:
		return NotFound
	case status >= http.StatusInternalServerError:
		return ServerDown
	default:
		return Strange
	}
}

// detail is what the server said, short enough for a line.
func detail(status int, r report) string {
	words := []string{fmt.Sprint(status)}
	if r.Message != "" {
		words = append(words, r.Message)
	}
	for _, e := range r.Errors {
		words = append(words, strings.TrimSpace(e.Resource+" "+e.Field+" "+e.Code))
	}
	const longest = 160
	line := strings.Join(words, "; ")
	if len(line) > longest {
		line = line[:longest] + "..."
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, line)
}

// unreached makes a fault of a request that got no answer; the end of ctx is
// handed on as it is.
func unreached(ctx context.Context, err error) error {
	ended, why := ingest.RequestFault(ctx, err)
	if ended {
		return why
	}
	return &Fault{Kind: Unreachable, Detail: why.Error(), err: err}
}
