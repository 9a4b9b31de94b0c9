package daemon

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"gaitkeeper/chart"
	"gaitkeeper/config"
	"gaitkeeper/ingest/applehealth"
)

// leastToken is how long a token must be that guards the page against nobody but
// those who guess.
const leastToken = 16

// walkToken is the token with which an app may post walks. It is read each time: a
// new one counts at once.
func (a *App) walkToken() (string, error) {
	token, err := config.Secret(a.cfg.Sources.AppleHealth.TokenFile)
	if err != nil {
		return "", fmt.Errorf("sources.applehealth.token_file: %w", err)
	}
	if len(token) < leastToken {
		return "", fmt.Errorf("sources.applehealth.token_file: the token has %d characters; write %d or more, such as from `openssl rand -hex 16`", len(token), leastToken)
	}
	return token, nil
}

// walkReceiver takes the walks that an app posts; nil where none may.
func (a *App) walkReceiver() http.Handler {
	if a.cfg.Sources.AppleHealth.TokenFile == "" {
		return nil
	}
	return &applehealth.Receiver{Store: a.store, Token: a.walkToken, Now: a.now, Log: a.log}
}

func (p page) Walks(ctx context.Context, days int) (chart.Walks, error) {
	s, err := p.season(ctx)
	if err != nil {
		return chart.Walks{}, err
	}
	since := time.Time{}
	if days > 0 {
		since = p.now().AddDate(0, 0, -days)
	}
	return chart.Walks{Weeks: s.fold.WalkWeeks(since), Zone: p.Zone()}, nil
}
