package daemon

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/web"
)

// runnerSetting holds what was said of the runner on the page, as JSON. It stands
// above the config.
const runnerSetting = "runner"

// runnerOnPage is what the page can set of the runner.
type runnerOnPage struct {
	Name  string       `json:"name"`
	Units config.Units `json:"units"`
	// Races are days, "2027-04-11".
	Races []string `json:"races"`
}

// runner is the runner of the config, as the page changed it.
func (a *App) runner() config.Runner {
	r := a.cfg.Runner
	set := a.onPage.Load()
	if set == nil {
		return r
	}
	r.Name, r.Units, r.Races = set.Name, set.Units, nil
	for _, day := range set.Races {
		if race, err := time.ParseInLocation(time.DateOnly, day, r.Zone); err == nil {
			r.Races = append(r.Races, race)
		}
	}
	return r
}

// miles tells whether distances are shown in miles.
func (a *App) miles() bool { return a.runner().Units == config.Miles }

func (a *App) readRunner(ctx context.Context) error {
	text, err := a.store.Setting(ctx, runnerSetting)
	if err != nil || text == "" {
		a.onPage.Store(nil)
		return err
	}
	var set runnerOnPage
	if err := json.Unmarshal([]byte(text), &set); err != nil {
		return fmt.Errorf("read setting %s: %w", runnerSetting, err)
	}
	a.onPage.Store(&set)
	return nil
}

func (p page) Settings(ctx context.Context) (web.Settings, error) {
	until, err := p.paused(ctx)
	r := p.runner()
	s := web.Settings{Name: r.Name, Miles: p.miles(), Races: r.Races, OnPage: p.onPage.Load() != nil, Forever: until.Equal(Forever())}
	if until.After(p.now()) {
		s.PausedUntil = &until
	}
	return s, err
}

func (p page) SetRunner(ctx context.Context, s *web.Settings) error {
	text := ""
	if s != nil {
		set := runnerOnPage{Name: s.Name, Units: config.Kilometres}
		if s.Miles {
			set.Units = config.Miles
		}
		for _, race := range s.Races {
			set.Races = append(set.Races, race.Format(time.DateOnly))
		}
		kept, err := json.Marshal(set)
		if err != nil {
			return err
		}
		text = string(kept)
	}
	if err := p.store.SetSetting(ctx, runnerSetting, text); err != nil {
		return err
	}
	if err := p.readRunner(ctx); err != nil {
		return err
	}
	p.seasons.outdate()
	return nil
}
