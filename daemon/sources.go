package daemon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/ingest/applehealth"
	"gaitkeeper/ingest/fitfile"
	"gaitkeeper/ingest/intervals"
	"gaitkeeper/store"
)

// pingTimeout is how long the dead-man's switch may take to answer.
const pingTimeout = 10 * time.Second

func (a *App) newSources() []ingest.Source {
	cfg := a.cfg
	var sources []ingest.Source
	if len(cfg.Sources.FIT.Dirs) > 0 {
		sources = append(sources, fitfile.NewWatch(fitfile.DefaultLimits(), cfg.Sources.FIT.Settle, a.now, cfg.Sources.FIT.Dirs...).WithFields(a.fields()))
	}
	if dirs := cfg.Sources.AppleHealth.Dirs; len(dirs) > 0 {
		sources = append(sources, applehealth.NewWatch(a.now, dirs...))
	}
	if cfg.Sources.Intervals.Enabled {
		sources = append(sources, a.newIntervals(intervals.Pace))
	}
	return sources
}

func (a *App) fields() fitfile.Fields { return fitfile.Fields(a.cfg.Sources.FIT.Fields) }

// lostFolders returns which of the watched folders could not be read: unlike a
// bad file, a folder that is gone keeps every run away.
func lostFolders(dirs []string, r ImportReport) error {
	var lost []error
	for _, f := range r.Failed {
		if slices.ContainsFunc(dirs, func(dir string) bool { return filepath.Clean(dir) == filepath.Clean(f.Path) }) {
			lost = append(lost, fmt.Errorf("watched folder %s", f))
		}
	}
	return errors.Join(lost...)
}

// recordSync keeps how a sync of one source ended, for status.
func (a *App) recordSync(ctx context.Context, name gait.SourceName, r ImportReport, failed error) error {
	result := store.SyncResult{
		At: a.now(), Found: r.New + r.Better + r.Same + r.Known, New: r.New, Waiting: r.Waiting,
		NextDue: nextRun(a.cfg.Schedule.Sync, a.Zone(), a.now()), WaitingUntil: r.Wait.Until, Note: r.Wait.Why,
	}
	if failed != nil {
		result.Error = strings.ReplaceAll(failed.Error(), "\n", "; ")
	}
	if err := a.store.SyncEnded(ctx, name, result); err != nil {
		return err
	}
	if _, err := a.store.SettingOnce(ctx, firstSync, result.At.UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	if name != gait.SourceFIT {
		return nil
	}
	return a.observeFolders(ctx)
}

// ping tells the dead-man's switch, where one is set, that a sync went well, or that
// something has failed for a day: with the mail server down, nothing else may reach
// the runner. A switch that is out of reach is no trouble of the runner's.
func (a *App) ping(ctx context.Context, well bool) {
	address := a.cfg.Health.PingURL
	if address == "" || ctx.Err() != nil {
		return
	}
	p, err := a.present(ctx)
	var notes []alert.Note
	if err == nil {
		notes, err = a.notes(ctx, p)
	}
	lasting := slices.ContainsFunc(notes, func(n alert.Note) bool { return n.Lasting(a.now()) })
	switch {
	case lasting:
		if address, err = url.JoinPath(address, "fail"); err != nil {
			return
		}
	case !well || err != nil:
		return
	}
	a.note(ctx, "health.ping_url", a.ask(ctx, address))
}

// ask fetches an address that may hold a secret: the error does not name it.
func (a *App) ask(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return errors.New("not asked: it is no address")
	}
	req.Header.Set("User-Agent", a.agent)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return errors.New("not reached")
	}
	_ = resp.Body.Close() // only the asking counts
	if resp.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("refused with status %d", resp.StatusCode)
	}
	return nil
}

// newIntervals returns the source intervals.icu, which is asked once in pace in
// the long run. The key is read when it is needed: a new one counts from the next
// sync.
func (a *App) newIntervals(pace time.Duration) *intervals.Source {
	c := a.cfg.Sources.Intervals
	return intervals.New(intervals.Config{
		BaseURL: c.BaseURL, Athlete: c.AthleteID, KeyFile: c.APIKeyFile,
		Key:  func() (string, error) { return config.Secret(c.APIKeyFile) },
		Zone: a.cfg.Runner.Zone, UserAgent: a.agent, Pace: pace, Now: a.now, Fields: a.fields(),
	})
}

// checkIntervals asks intervals.icu for today's activities.
func (a *App) checkIntervals(ctx context.Context) api.Finding {
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	return api.Finding{
		What: "source intervals " + a.cfg.Sources.Intervals.BaseURL, Text: "the key is good",
		Err: a.newIntervals(intervals.Pace).Check(ctx),
	}
}

// failedFiles returns the newest files of the last month of which something could not
// be read; older ones were told of when they were imported.
func (a *App) failedFiles(ctx context.Context) ([]api.FailedFile, error) {
	files, err := a.store.FailedFiles(ctx, a.now().AddDate(0, -1, 0), mostFailedFiles)
	failed := make([]api.FailedFile, len(files)) // a list in JSON, even of none
	for i, f := range files {
		failed[i] = api.FailedFile{Path: f.Path, Modified: f.Modified, Reason: f.Reason}
	}
	return failed, err
}

// mostFailedFiles is how many files that could not be read are named.
const mostFailedFiles = 5

// FileKind is how many files have a certain ending, like ".jpg"; without one it
// is empty.
type FileKind struct {
	Ending string
	Count  int
}

// NoRecordings reports whether an import met neither a FIT file nor an archive.
func NoRecordings(r ImportReport) bool {
	for kind := range r.Skipped {
		if !strings.HasSuffix(kind, "(not FIT)") {
			return false
		}
	}
	return r.Walks+r.New+r.Better+r.Same+r.Known+r.Waiting+len(r.Failed) == 0
}

// CountByEnding counts the files below the paths by the ending of their names, the
// most frequent first, until ctx ends. What cannot be read is left out.
func CountByEnding(ctx context.Context, paths []string) []FileKind {
	count := map[string]int{}
	for _, path := range paths {
		_ = filepath.WalkDir(path, func(file string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				count[strings.ToLower(filepath.Ext(file))]++
			}
			return ctx.Err()
		})
	}
	var kinds []FileKind
	for _, ending := range slices.Sorted(maps.Keys(count)) {
		kinds = append(kinds, FileKind{ending, count[ending]})
	}
	slices.SortStableFunc(kinds, func(a, b FileKind) int { return cmp.Compare(b.Count, a.Count) })
	return kinds
}
