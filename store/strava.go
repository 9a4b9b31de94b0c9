package store

import (
	"context"
	"database/sql"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

const loginColumns = `athlete, name, client_id, scope, access, refresh, expires, since, lost`

func loginFields(l *ingest.StravaLogin) []any {
	return []any{
		&l.Athlete, &l.Name, &l.ClientID, &l.Scope, &l.Access, &l.Refresh,
		(*stamp)(&l.Expires), (*stamp)(&l.Since), (*stamp)(&l.Lost),
	}
}

const stateColumns = `history_before, history_page, history_done, listed, wait_until, refusals`

func stateFields(st *ingest.StravaState) []any {
	return []any{
		(*stamp)(&st.HistoryBefore), &st.HistoryPage, &st.HistoryDone, (*stamp)(&st.Listed), (*stamp)(&st.WaitUntil), &st.Refusals,
	}
}

const activityColumns = `id, start, sport, listed, detailed, taken, checked, tries, next_try, reason`

func activityFields(a *ingest.StravaActivity) []any {
	return []any{
		&a.ID, (*stamp)(&a.Start), &a.Sport, &a.Listed, &a.Detailed, (*stamp)(&a.Taken), (*stamp)(&a.Checked),
		&a.Tries, (*stamp)(&a.NextTry), &a.Reason,
	}
}

// StravaLogin returns the login at Strava; false where there is none.
func (s *Store) StravaLogin(ctx context.Context) (l ingest.StravaLogin, found bool, err error) {
	found, err = s.get(ctx, loginFields(&l), `SELECT `+loginColumns+` FROM strava_login`)
	return l, found, during("read the Strava login", err)
}

// SaveStravaLogin keeps a login in place of the one before. It is on the disk
// when it returns nil: a renewed token that got lost could never be had again.
func (s *Store) SaveStravaLogin(ctx context.Context, l ingest.StravaLogin) error {
	values := loginFields(&l)
	_, err := s.change(ctx, `INSERT OR REPLACE INTO strava_login (one, `+loginColumns+`) VALUES (1, `+marks(values)+`)`, values...)
	return during("keep the Strava login", err)
}

// StravaState returns how far the reading of the account has come; zero before
// it began.
func (s *Store) StravaState(ctx context.Context) (st ingest.StravaState, err error) {
	_, err = s.get(ctx, stateFields(&st), `SELECT `+stateColumns+` FROM strava_state`)
	return st, during("read how far Strava was read", err)
}

// StravaActivities returns every activity that was listed, newest first.
func (s *Store) StravaActivities(ctx context.Context) ([]ingest.StravaActivity, error) {
	all, err := readAll(ctx, s, activityFields, `SELECT `+activityColumns+` FROM strava_activities ORDER BY start DESC, id DESC`)
	return all, during("list Strava's activities", err)
}

// SaveStrava keeps how far the reading has come together with the activities
// it named or took, all or nothing.
func (s *Store) SaveStrava(ctx context.Context, st ingest.StravaState, activities ...ingest.StravaActivity) error {
	return during("keep how far Strava was read", s.write(ctx, func(tx *sql.Tx) error {
		values := stateFields(&st)
		_, err := exec(ctx, tx, `INSERT OR REPLACE INTO strava_state (one, `+stateColumns+`) VALUES (1, `+marks(values)+`)`, values...)
		for i := 0; i < len(activities) && err == nil; i++ {
			values := activityFields(&activities[i])
			_, err = exec(ctx, tx, `INSERT OR REPLACE INTO strava_activities (`+activityColumns+`) VALUES (`+marks(values)+`)`, values...)
		}
		return err
	}))
}

// DropStravaActivity forgets that an activity was ever listed.
func (s *Store) DropStravaActivity(ctx context.Context, id int64) error {
	_, err := s.change(ctx, `DELETE FROM strava_activities WHERE id = ?`, id)
	return during("forget one of Strava's activities", err)
}

// CountStrava counts the running activities that were taken, and those that
// are still to be.
func (s *Store) CountStrava(ctx context.Context) (taken, left int, err error) {
	_, err = s.get(ctx, []any{&taken, &left}, `SELECT count(*) FILTER (WHERE detailed <> '' AND taken IS NOT NULL),
		count(*) FILTER (WHERE taken IS NULL) FROM strava_activities`)
	return taken, left, during("count Strava's activities", err)
}

// ForgetStravaSamples forgets the seconds of runs whose recording was fetched
// from Strava before the given moment, and of runs that no place has any more.
// Their figures stay. It returns how many runs' seconds went.
func (s *Store) ForgetStravaSamples(ctx context.Context, before time.Time) (int64, error) {
	n, err := s.change(ctx, `DELETE FROM samples WHERE run IN (
			SELECT o.run FROM strava_activities a JOIN origins o ON o.source = ? AND o.key = CAST(a.id AS TEXT)
			WHERE a.taken < ? AND o.recording
			UNION SELECT id FROM runs WHERE gone)`, gait.SourceStrava, stamp(before))
	return n, during("forget Strava's raw data", err)
}
