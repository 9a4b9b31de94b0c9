package daemon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
	"gaitkeeper/ingest/fitfile"
	"gaitkeeper/notify"
)

// healthEvery is how often the daemon looks whether it is well itself.
const healthEvery = time.Minute

func (a *App) healthInput(ctx context.Context, s *season) (notify.HealthInput, error) {
	v := notify.HealthInput{Awake: a.heartbeats.awakeSince(), Gone: a.cfg.Gone, Runs: s.runHealth}
	for _, r := range s.misdated {
		if !r.Excluded {
			v.Misdated = append(v.Misdated, r)
		}
	}
	states, errSources := a.sourceStates(ctx)
	for _, src := range a.sources {
		state := states[src.Name()]
		v.Sources = append(v.Sources, notify.SourceHealth{
			Name: src.Name(), FailingSince: state.FailingSince, Error: state.Error,
			WaitingUntil: state.WaitingUntil, Note: state.Note, NextDue: state.NextDue,
		})
	}
	var errs [4]error
	v.FirstSync, errs[0] = a.moment(ctx, firstSync)
	v.Channels, errs[1] = a.channelHealth(ctx)
	v.Copies, errs[2] = a.copyHealth(ctx)
	v.Folders, errs[3] = a.emptyFolders(ctx)
	return v, cmp.Or(append(errs[:], errSources)...)
}

func (a *App) channelHealth(ctx context.Context) ([]notify.ChannelHealth, error) {
	owed, err := a.store.Undelivered(ctx)
	if err != nil {
		return nil, err
	}
	channels := make([]notify.ChannelHealth, len(a.channels))
	for i, c := range a.channels {
		channels[i].Name = c.Name()
		if channels[i].Refused, err = a.refused(ctx, c.Channel); err != nil {
			return nil, err
		}
	}
	for _, d := range owed {
		i := slices.IndexFunc(channels, func(c notify.ChannelHealth) bool { return c.Name == d.Channel })
		if i < 0 {
			continue // it has left the config
		}
		c := &channels[i]
		c.Owed++
		if d.Attempts > 0 && !d.PartlyDelivered() && (c.FailingSince.IsZero() || d.Message.Created.Before(c.FailingSince)) {
			c.FailingSince, c.Error = d.Message.Created, d.LastError
		}
	}
	return channels, nil
}

// refused returns the receivers of a channel whom the last message did not reach,
// for good.
func (a *App) refused(ctx context.Context, c notify.Channel) ([]alert.Receipt, error) {
	several, ok := c.(notify.Addressed)
	if !ok {
		return nil, nil
	}
	receipts, err := a.store.Receipts(ctx, c.Name())
	if err != nil {
		return nil, err
	}
	last := map[string]alert.Receipt{}
	for _, r := range receipts {
		last[r.Address] = r
	}
	var refused []alert.Receipt
	for _, address := range several.Receivers() {
		if r := last[address]; r.Refused != "" {
			refused = append(refused, r)
		}
	}
	return refused, nil
}

// runHealth tells of each run how it came here.
func runHealth(runs []gait.Run) []notify.RunHealth {
	var known []notify.RunHealth
	for _, r := range runs {
		if r.Excluded {
			continue
		}
		recorded := slices.ContainsFunc(r.Origins, func(o gait.Origin) bool { return o.Source != gait.SourceStrava && o.Source != gait.SourceAppleHealth })
		known = append(known, notify.RunHealth{
			End: r.End(), Sided: r.Signals.Has(gait.SignalStanceTimeBalance), Summary: !recorded,
		})
	}
	return known
}

// The settings that hold what no table does. Times are in RFC 3339.
const (
	firstSync  = "first_sync"          // when the first sync of all ended
	emptySince = "folder_empty_since:" // and the folder
)

// observeFolders keeps since when watched folders have been empty.
func (a *App) observeFolders(ctx context.Context) error {
	var faults []error
	for _, dir := range a.cfg.Sources.FIT.Dirs {
		since, err := a.moment(ctx, emptySince+dir)
		switch empty := isDir(dir) && fitfile.Empty(dir); {
		case err != nil, empty != since.IsZero():
		case empty:
			err = a.setMoment(ctx, emptySince+dir, a.now())
		default:
			err = a.setMoment(ctx, emptySince+dir, time.Time{})
		}
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// emptyFolders returns the watched folders that were empty at the last sync.
func (a *App) emptyFolders(ctx context.Context) ([]notify.FolderHealth, error) {
	var folders []notify.FolderHealth
	for _, dir := range a.cfg.Sources.FIT.Dirs {
		since, err := a.moment(ctx, emptySince+dir)
		if err != nil {
			return nil, err
		}
		if since.IsZero() {
			continue
		}
		held, err := a.store.HasFilesBelow(ctx, dir)
		if err != nil {
			return nil, err
		}
		folders = append(folders, notify.FolderHealth{Dir: dir, Since: since, Held: held})
	}
	return folders, nil
}

// moment returns a setting that is a time; zero where there is none.
func (a *App) moment(ctx context.Context, key string) (time.Time, error) {
	text, err := a.store.Setting(ctx, key)
	if err != nil || text == "" {
		return time.Time{}, err
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, fmt.Errorf("read setting %s: %w", key, err)
	}
	return t, nil
}

// setMoment keeps a time as a setting; the zero time forgets it.
func (a *App) setMoment(ctx context.Context, key string, t time.Time) error {
	text := ""
	if !t.IsZero() {
		text = t.UTC().Format(time.RFC3339)
	}
	return a.store.SetSetting(ctx, key, text)
}
