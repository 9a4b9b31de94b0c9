package daemon

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/ingest/strava"
)

// openStrava makes the client of the configured API application, and a source
// of it where Strava is enabled.
func (a *App) openStrava() {
	c := a.cfg.Sources.Strava
	if c.ClientID == "" {
		return
	}
	a.strava = strava.New(strava.Config{
		BaseURL: c.BaseURL, ClientID: c.ClientID, UserAgent: a.agent, Now: a.now, Tokens: a.store,
		Secret: func() (string, error) { return config.Secret(c.ClientSecretFile) },
		Lock:   func(ctx context.Context) (func(), error) { return a.lock(ctx, stravaLock) },
	})
	if c.Enabled {
		a.sources = append(a.sources, strava.NewSource(a.strava, a.store))
	}
}

// stravaClient returns the client, or says what the config lacks.
func (a *App) stravaClient() (*strava.Client, error) {
	if a.strava == nil || a.cfg.Sources.Strava.ClientSecretFile == "" {
		return nil, gait.Refusef("[sources.strava] needs client_id and client_secret_file: " +
			"make an API application at strava.com/settings/api and write its number and the file with its secret into the config")
	}
	return a.strava, nil
}

// StravaLoginPrompt is where a login at Strava and the runner meet.
type StravaLoginPrompt = strava.LoginPrompt

// StravaLogin lets the runner log in at Strava and returns whose account it is
// and what is still to be known of it: nothing, or one sentence.
func (a *App) StravaLogin(ctx context.Context, desk StravaLoginPrompt) (name, remark string, err error) {
	client, err := a.stravaClient()
	if err != nil {
		return "", "", err
	}
	before, _, err := a.store.StravaLogin(ctx)
	if err != nil {
		return "", "", err
	}
	login, err := client.Login(ctx, desk)
	if err != nil {
		return "", "", err
	}
	if strava.SeesAll(login) && !strava.SeesAll(before) {
		err = a.listStravaAgain(ctx)
	}
	return login.Name, a.stravaRemark(login), err
}

// listStravaAgain makes the next sync list the whole history: there may be
// activities in it that were not shown before. What is here already is not
// fetched again.
func (a *App) listStravaAgain(ctx context.Context) error {
	state, err := a.store.StravaState(ctx)
	if err != nil {
		return err
	}
	state.HistoryBefore, state.HistoryPage, state.HistoryDone = time.Time{}, 0, false
	return a.store.SaveStrava(ctx, state)
}

// partSeen is what a login without the wider scope means.
const partSeen = "you did not allow private activities: they are missing here, and so are hidden hours of the start. " +
	"Run `gaitkeeper strava login` once more to change it"

func (a *App) stravaRemark(login ingest.StravaLogin) string {
	var remarks []string
	if !strava.SeesAll(login) {
		remarks = append(remarks, partSeen)
	}
	if !a.cfg.Sources.Strava.Enabled {
		remarks = append(remarks, "nothing is fetched until [sources.strava] enabled is true")
	}
	return strings.Join(remarks, "\n")
}

// StravaStatus is how the connection to Strava is.
type StravaStatus struct {
	// Login is nil where nobody is logged in. It holds no tokens.
	Login *ingest.StravaLogin
	// Taken and Left count the running activities that are here and those that are
	// still to be fetched. Whole means that all are known.
	Taken, Left int
	Whole       bool
	// WaitUntil is when Strava may be asked again; zero: at any time.
	WaitUntil time.Time
	// Source is the row of `status`; nil where Strava is not enabled.
	Source *api.SourceStatus
	Remark string
}

// StravaStatus tells how the connection to Strava is, without asking Strava.
func (a *App) StravaStatus(ctx context.Context) (StravaStatus, error) {
	login, found, errLogin := a.store.StravaLogin(ctx)
	state, errState := a.store.StravaState(ctx)
	taken, left, errCount := a.store.CountStrava(ctx)
	rows, errRows := a.sourceStatus(ctx)
	s := StravaStatus{Taken: taken, Left: left, Whole: state.HistoryDone}
	if found {
		login.Access, login.Refresh = "", ""
		s.Login, s.Remark = &login, a.stravaRemark(login)
	}
	if state.WaitUntil.After(a.now()) {
		s.WaitUntil = state.WaitUntil
	}
	if i := slices.IndexFunc(rows, func(r api.SourceStatus) bool { return r.Name == gait.SourceStrava }); i >= 0 {
		s.Source = &rows[i]
	}
	return s, cmp.Or(errLogin, errState, errCount, errRows)
}

// fillStrava completes the row of Strava in `status` with what the database
// knows of the login and of the activities that wait.
func (a *App) fillStrava(ctx context.Context, row *api.SourceStatus) error {
	login, found, err := a.store.StravaLogin(ctx)
	if err != nil {
		return err
	}
	switch {
	case !found:
		row.Login = api.LoginNone
	case !login.Lost.IsZero():
		row.Login = api.LoginLost
	case !strava.SeesAll(login):
		row.Login = api.LoginPart
		if row.Note == "" {
			row.Note = partSeen
		}
	default:
		row.Login = api.LoginGood
	}
	_, row.Backlog, err = a.store.CountStrava(ctx)
	return err
}

// checkStrava asks Strava whether the login is good.
func (a *App) checkStrava(ctx context.Context) api.Finding {
	f := api.Finding{What: "source strava", Text: "the login is good"}
	client, err := a.stravaClient()
	if err == nil {
		err = client.Check(ctx)
	}
	if f.Err = err; err != nil {
		return f
	}
	if login, found, err := a.store.StravaLogin(ctx); err == nil && found && !strava.SeesAll(login) {
		f.Text += "; " + partSeen
	}
	return f
}

// StravaLogout tells Strava that the login is over, and forgets it with every
// run that is known from Strava alone. Runs that a file or another source knows
// stay, and so does every run that the diary speaks of: its day and its length.
// Where Strava cannot be told, everything is forgotten all the same, and the
// error says what is left to do.
func (a *App) StravaLogout(ctx context.Context) (forgotten int64, err error) {
	unlock, err := a.lock(ctx, syncLock) // a sync under way would bring runs back
	if err != nil {
		return 0, err
	}
	defer unlock()
	login, found, err := a.store.StravaLogin(ctx)
	if err != nil {
		return 0, err
	}
	var untold error
	if found {
		var client *strava.Client
		if client, untold = a.stravaClient(); untold == nil {
			untold = client.Revoke(ctx)
		}
	}
	forgotten, err = a.store.ForgetStrava(ctx, a.measure)
	switch {
	case err != nil:
		return forgotten, err
	case untold != nil:
		return forgotten, fmt.Errorf("forgotten here, but Strava could not be told that %s has left: "+
			"remove the application at strava.com/settings/apps (%w)", login.Name, untold)
	default:
		return forgotten, nil
	}
}

// forgetStrava forgets raw data from Strava that are older than the config
// allows.
func (a *App) forgetStrava(ctx context.Context) error {
	keep := a.cfg.Sources.Strava.Retention
	if keep == 0 {
		return nil
	}
	n, err := a.store.ForgetStravaSamples(ctx, a.now().Add(-keep))
	if n > 0 {
		a.log.InfoContext(ctx, "raw data from Strava forgotten, the figures stay", "runs", n)
	}
	return err
}
