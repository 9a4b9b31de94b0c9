package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"gaitkeeper/api"
)

// Operator is what the page shows of how gaitkeeper itself is doing, and what it tries
// out when the runner asks for it.
type Operator interface {
	// Operation returns the sources, the messages that wait, the pause and the
	// tags that were not understood; of the runs it says nothing.
	Operation(ctx context.Context) (api.Status, error)
	// ChannelNames returns the channels that messages go through.
	ChannelNames() []string
	// Pulse says what is failing; its error, what is not alive.
	Pulse(ctx context.Context) (api.Health, error)
	// CheckAll opens every source and channel without sending anything.
	CheckAll(ctx context.Context) ([]api.Finding, error)
	// TestChannel sends a test message through one channel.
	TestChannel(ctx context.Context, name string) ([]api.Finding, error)
	// SyncNow asks for a sync; it begins at once unless one is under way.
	SyncNow()
}

// testTime is how long a check or a test may take; a browser is kept waiting.
const testTime = 20 * time.Second

func (s *Server) sources(w http.ResponseWriter, r *http.Request) error {
	return s.showSources(w, r, nil)
}

func (s *Server) sourcesSync(w http.ResponseWriter, r *http.Request) error {
	s.app.SyncNow()
	return s.done(w, r, "/sources", "syncing")
}

func (s *Server) sourcesCheck(w http.ResponseWriter, r *http.Request) error {
	return s.try(w, r, s.app.CheckAll)
}

func (s *Server) sourcesTest(w http.ResponseWriter, r *http.Request) error {
	name := r.PostFormValue("channel")
	return s.try(w, r, func(ctx context.Context) ([]api.Finding, error) { return s.app.TestChannel(ctx, name) })
}

// try does what was asked for and shows what it found.
func (s *Server) try(w http.ResponseWriter, r *http.Request, do func(context.Context) ([]api.Finding, error)) error {
	ctx, cancel := context.WithTimeout(r.Context(), testTime)
	defer cancel()
	findings, err := do(ctx)
	if err != nil {
		return err
	}
	return s.showSources(w, r, findings)
}

// sourcesPage is what the page of the sources shows.
type sourcesPage struct {
	api.Status
	Channels []channelRow
	// Findings are of the check that was just made; nil where none was.
	Findings []api.Finding
}

// channelRow is one channel with the messages that wait for it.
type channelRow struct {
	Name string
	// Known is false for a channel that messages wait for and the config no
	// longer names.
	Known   bool
	Waiting []api.UndeliveredStatus
}

func (s *Server) showSources(w http.ResponseWriter, r *http.Request, findings []api.Finding) error {
	status, err := s.app.Operation(r.Context())
	if err != nil {
		return err
	}
	page := sourcesPage{Status: status, Channels: channelRows(s.app.ChannelNames(), status.Undelivered), Findings: findings}
	return s.render(w, r, http.StatusOK, "sources.html", frame{Title: "Sources and channels", Nav: "/sources", Data: page})
}

// channelRows gives each message to its channel.
func channelRows(names []string, waiting []api.UndeliveredStatus) []channelRow {
	var rows []channelRow
	for _, name := range names {
		rows = append(rows, channelRow{Name: name, Known: true})
	}
	for _, d := range waiting {
		i := slices.IndexFunc(rows, func(c channelRow) bool { return c.Name == d.Channel })
		if i < 0 {
			i = len(rows)
			rows = append(rows, channelRow{Name: d.Channel})
		}
		rows[i].Waiting = append(rows[i].Waiting, d)
	}
	return rows
}
