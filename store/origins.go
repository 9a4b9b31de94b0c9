package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// Holder returns the run that was found in a place; false where none was.
func (i *importing) Holder(ctx context.Context, o gait.Origin) (gait.Run, bool, error) {
	runs, err := selectRuns(ctx, i.tx, `id = (SELECT run FROM origins WHERE source = ? AND key = ?)`, o.Source, o.Key)
	if err != nil || len(runs) == 0 {
		return gait.Run{}, false, during("look up the run of "+o.Name, err)
	}
	return runs[0], true, nil
}

// addOrigins adds the places run id was found in; a place known already keeps
// its run and takes the new name. Where the recording is theirs, it is of no
// other place of the run any more.
func addOrigins(ctx context.Context, tx *sql.Tx, id gait.RunID, origins []gait.Origin, recording bool) error {
	if recording {
		if _, err := exec(ctx, tx, `UPDATE origins SET recording = 0 WHERE run = ? AND recording`, id); err != nil {
			return err
		}
	}
	for _, o := range origins {
		_, err := exec(ctx, tx, `INSERT INTO origins (source, key, run, name, recording) VALUES (?1, ?2, ?3, ?4, ?5)
			ON CONFLICT (source, key) DO UPDATE SET name = ?4, recording = recording OR ?5
			WHERE name <> ?4 OR ?5 AND NOT recording`, o.Source, o.Key, id, o.Name, recording)
		if err != nil {
			return err
		}
	}
	if len(origins) == 0 {
		return nil
	}
	_, err := exec(ctx, tx, `UPDATE runs SET gone = 0 WHERE id = ? AND gone`, id)
	return err
}

// removeOrigin forgets a place that no longer has the run it had, with what the
// place alone said of the run. A run that is left without any place is gone.
func removeOrigin(ctx context.Context, tx *sql.Tx, o gait.Origin) error {
	var id gait.RunID
	err := tx.QueryRowContext(ctx, `SELECT run FROM origins WHERE source = ? AND key = ?`, o.Source, o.Key).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM origins WHERE source = ? AND key = ?`,
		`DELETE FROM pain WHERE told_source = ? AND told_key = ?`,
		`DELETE FROM unread_tags WHERE source = ? AND key = ?`,
	} {
		if _, err := exec(ctx, tx, statement, o.Source, o.Key); err != nil {
			return err
		}
	}
	if err := showWords(ctx, tx, id); err != nil {
		return err
	}
	_, err = exec(ctx, tx, `UPDATE runs SET gone = 1 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM origins WHERE run = ?1)`, id)
	return err
}

// supersede lets place by stand for the old one. The entries that the old one's
// texts made are by's to confirm: those that the runner removed stay removed.
func supersede(ctx context.Context, tx *sql.Tx, old, by gait.Origin) error {
	_, err := exec(ctx, tx, `UPDATE pain SET told_key = ? WHERE told_source = ? AND told_key = ?`, by.Key, old.Source, old.Key)
	if err != nil {
		return err
	}
	return removeOrigin(ctx, tx, old)
}

// putWords keeps what each place of a recording says of the run in place of
// what it said before, and the diary entries read from it.
func putWords(ctx context.Context, tx *sql.Tx, id gait.RunID, in ingest.ImportedRun) error {
	r := in.Run
	for _, o := range r.Origins {
		_, err := exec(ctx, tx, `UPDATE origins SET (`+saidColumns+`) = (?1, ?2, ?3, ?4, ?5)
			WHERE source = ?6 AND key = ?7 AND (`+saidColumns+`) <> (?1, ?2, ?3, ?4, ?5)`, append(saidFields(&r), o.Source, o.Key)...)
		if err != nil {
			return err
		}
		if err := putDescribed(ctx, tx, id, o, in); err != nil {
			return err
		}
	}
	return nil
}

// showWords gives run id the words of the first place that has any: a name
// that the runner gave on a server goes before that of a workout on the watch.
func showWords(ctx context.Context, tx *sql.Tx, id gait.RunID) error {
	var shown gait.Run
	places, err := rows(ctx, tx, saidFields, `SELECT `+saidColumns+` FROM origins WHERE run = ?
		ORDER BY CASE source WHEN 'strava' THEN 0 WHEN 'intervals' THEN 1 ELSE 2 END, id`, id)
	if err != nil || len(places) == 0 {
		return err
	}
	for _, r := range places {
		shown.Title, shown.Description = cmp.Or(shown.Title, r.Title), cmp.Or(shown.Description, r.Description)
		shown.Gear, shown.Feel, shown.Effort = cmp.Or(shown.Gear, r.Gear), cmp.Or(shown.Feel, r.Feel), cmp.Or(shown.Effort, r.Effort)
	}
	_, err = exec(ctx, tx, `UPDATE runs SET (`+saidColumns+`) = (?1, ?2, ?3, ?4, ?5)
		WHERE id = ?6 AND (`+saidColumns+`) <> (?1, ?2, ?3, ?4, ?5)`, append(saidFields(&shown), id)...)
	return err
}
