package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// StravaLogin returns the login at Strava; false where there is none.
func (s *Store) StravaLogin(ctx context.Context) (ingest.StravaLogin, bool, error) {
	var l ingest.StravaLogin
	err := s.reader.QueryRowContext(ctx, `SELECT athlete, name, client_id, scope, access, refresh, expires, since, lost FROM strava_login`).
		Scan(&l.Athlete, &l.Name, &l.ClientID, &l.Scope, &l.Access, &l.Refresh, (*stamp)(&l.Expires), (*stamp)(&l.Since), (*stamp)(&l.Lost))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return l, false, nil
	case err != nil:
		return l, false, fmt.Errorf("read the Strava login: %w", plain(err))
	}
	return l, true, nil
}

// SaveStravaLogin keeps a login in place of the one before. It is on the disk
// when it returns nil: a renewed token that got lost could never be had again.
func (s *Store) SaveStravaLogin(ctx context.Context, l ingest.StravaLogin) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `INSERT OR REPLACE INTO strava_login
				(one, athlete, name, client_id, scope, access, refresh, expires, since, lost)
			VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			l.Athlete, l.Name, l.ClientID, l.Scope, l.Access, l.Refresh, stamp(l.Expires), stamp(l.Since), stamp(l.Lost))
		return err
	})
	if err != nil {
		return fmt.Errorf("keep the Strava login: %w", err)
	}
	return nil
}

// StravaState returns how far the reading of the account has come; zero before
// it began.
func (s *Store) StravaState(ctx context.Context) (ingest.StravaState, error) {
	var st ingest.StravaState
	err := s.reader.QueryRowContext(ctx, `SELECT history_before, history_page, history_done, listed, wait_until, refusals FROM strava_state`).
		Scan((*stamp)(&st.HistoryBefore), &st.HistoryPage, &st.HistoryDone, (*stamp)(&st.Listed), (*stamp)(&st.WaitUntil), &st.Refusals)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return st, fmt.Errorf("read how far Strava was read: %w", plain(err))
	}
	return st, nil
}

// StravaActivities returns every activity that was listed, newest first.
func (s *Store) StravaActivities(ctx context.Context) ([]ingest.StravaActivity, error) {
	var all []ingest.StravaActivity
	err := s.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			var a ingest.StravaActivity
			err := rows.Scan(&a.ID, (*stamp)(&a.Start), &a.Sport, &a.Listed, &a.Detailed, (*stamp)(&a.Taken), (*stamp)(&a.Checked),
				&a.Tries, (*stamp)(&a.NextTry), &a.Reason)
			all = append(all, a)
			return err
		}, `SELECT id, start, sport, listed, detailed, taken, checked, tries, next_try, reason
			FROM strava_activities ORDER BY start DESC, id DESC`)
	})
	if err != nil {
		return nil, fmt.Errorf("list Strava's activities: %w", err)
	}
	return all, nil
}

// SaveStrava keeps how far the reading has come together with the activities
// it named or took, all or nothing.
func (s *Store) SaveStrava(ctx context.Context, st ingest.StravaState, activities ...ingest.StravaActivity) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `INSERT OR REPLACE INTO strava_state
				(one, history_before, history_page, history_done, listed, wait_until, refusals) VALUES (1, ?, ?, ?, ?, ?, ?)`,
			stamp(st.HistoryBefore), st.HistoryPage, st.HistoryDone, stamp(st.Listed), stamp(st.WaitUntil), st.Refusals)
		for _, a := range activities {
			if err == nil {
				err = putStravaActivity(ctx, tx, a)
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("keep how far Strava was read: %w", err)
	}
	return nil
}

func putStravaActivity(ctx context.Context, tx *sql.Tx, a ingest.StravaActivity) error {
	_, err := exec(ctx, tx, `INSERT OR REPLACE INTO strava_activities
			(id, start, sport, listed, detailed, taken, checked, tries, next_try, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.Start.UnixMilli(), a.Sport, a.Listed, a.Detailed, stamp(a.Taken), stamp(a.Checked), a.Tries, stamp(a.NextTry), a.Reason)
	return err
}

// DropStravaActivity forgets that an activity was ever listed.
func (s *Store) DropStravaActivity(ctx context.Context, id int64) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `DELETE FROM strava_activities WHERE id = ?`, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget Strava's activity %d: %w", id, err)
	}
	return nil
}

// CountStrava counts the running activities that were taken, and those that
// are still to be.
func (s *Store) CountStrava(ctx context.Context) (taken, left int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE detailed <> '' AND taken IS NOT NULL), count(*) FILTER (WHERE taken IS NULL)
		FROM strava_activities`).Scan(&taken, &left)
	if err != nil {
		return 0, 0, fmt.Errorf("count Strava's activities: %w", plain(err))
	}
	return taken, left, nil
}

// ForgetStravaSamples forgets the seconds of runs whose recording was fetched
// from Strava before the given moment, and of runs that no place has any more.
// Their figures stay. It returns how many runs' seconds went.
func (s *Store) ForgetStravaSamples(ctx context.Context, before time.Time) (int64, error) {
	var n int64
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		n, err = exec(ctx, tx, `DELETE FROM samples WHERE run IN (
				SELECT o.run FROM strava_activities a JOIN origins o ON o.source = ? AND o.key = CAST(a.id AS TEXT)
				WHERE a.taken < ? AND o.recording
				UNION SELECT id FROM runs WHERE gone)`, gait.SourceStrava, before.UnixMilli())
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("forget Strava's raw data: %w", err)
	}
	return n, nil
}
