package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/gait"
)

// fakeOperator runs one source and one channel.
type fakeOperator struct {
	App
	status api.Status
	synced int
	tested []string
}

func (f *fakeOperator) Operation(context.Context) (api.Status, error) { return f.status, nil }
func (f *fakeOperator) ChannelNames() []string                        { return []string{"email", "ntfy"} }
func (f *fakeOperator) SyncNow()                                      { f.synced++ }

func (f *fakeOperator) CheckAll(context.Context) ([]api.Finding, error) {
	return []api.Finding{{What: "source fit /watch", Text: "can be read"}, {What: "channel email", Err: errors.New("no route to <host>")}}, nil
}

func (f *fakeOperator) TestChannel(_ context.Context, name string) ([]api.Finding, error) {
	if name == "" {
		return nil, gait.Refusef("which one?")
	}
	f.tested = append(f.tested, name)
	return []api.Finding{{What: name, Text: "test message sent"}}, nil
}

func busyStatus() api.Status {
	at := func(hour int) *time.Time { return api.Moment(time.Date(2026, 5, 3, hour, 0, 0, 0, time.UTC)) }
	return api.Status{
		Sources: []api.SourceStatus{
			{Name: "fit", LastSync: at(9), LastGood: at(8), NextSync: at(10), Backlog: 3, Error: "folder /watch is gone", FailingSince: at(9)},
			{Name: "strava", LastSync: at(9), LastGood: at(9), WaitingUntil: at(11), Note: "Strava asks to wait.", Login: api.LoginLost},
		},
		Undelivered: []api.UndeliveredStatus{
			{Channel: "email", Title: "Your left foot", Created: *at(7), Attempts: 2, NextTry: at(12), Error: "connection refused"},
			{Channel: "webhook", Title: "An old one", Created: *at(6)},
		},
		PausedUntil: at(20),
	}
}

func TestThePageOfTheSourcesSaysHowTheyAre(t *testing.T) {
	rec := visit(t, &fakeOperator{status: busyStatus()}, http.MethodGet, "/sources", nil)
	wantPage(t, rec, http.StatusOK, "folder /watch is gone", "failing", "Strava asks to wait.", "log in again on the machine", "paused until",
		"Your left foot", "failed 2 times", "connection refused", "No message is waiting.", "no longer names this channel", "An old one", "not tried yet",
		`name="channel" value="ntfy"`)
	wantPage(t, visit(t, &fakeOperator{}, http.MethodGet, "/sources", nil), http.StatusOK, "None yet")
	gone := api.Status{Notes: []alert.Note{{Kind: alert.NoteConfigGone, Text: "A key went.", Next: "Delete it."}, {Kind: alert.NoteNoRuns, Text: "No run."}}}
	wantPage(t, visit(t, &fakeOperator{status: gone}, http.MethodGet, "/sources", nil), http.StatusOK, "A key went. Delete it.")
}

func TestASyncIsAskedForByAForm(t *testing.T) {
	app := &fakeOperator{}
	if rec := visit(t, app, http.MethodGet, "/sources/sync", nil); rec.Code != http.StatusMethodNotAllowed || app.synced != 0 {
		t.Errorf("a link: status %d, %d syncs", rec.Code, app.synced)
	}
	rec := visit(t, app, http.MethodPost, "/sources/sync", nil)
	if rec.Code != http.StatusSeeOther || app.synced != 1 {
		t.Errorf("status %d, %d syncs", rec.Code, app.synced)
	}
	wantPage(t, visit(t, app, http.MethodGet, rec.Header().Get("Location"), nil), http.StatusOK, "A sync was asked for")
}

func TestChecksAndTestsShowWhatTheyFound(t *testing.T) {
	app := &fakeOperator{status: busyStatus()}
	wantPage(t, visit(t, app, http.MethodPost, "/sources/check", nil), http.StatusOK, "can be read", "no route to &lt;host&gt;", "failed", "folder /watch is gone")
	wantPage(t, visit(t, app, http.MethodPost, "/sources/test", url.Values{"channel": {"email"}}), http.StatusOK, "test message sent")
	wantPage(t, visit(t, app, http.MethodPost, "/sources/test", nil), http.StatusBadRequest, "which one?")
	if len(app.tested) != 1 || app.tested[0] != "email" {
		t.Errorf("tested %v", app.tested)
	}
}
