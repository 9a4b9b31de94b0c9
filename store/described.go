package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gaitkeeper/gait"
)

// putDescribed keeps the entries that the texts of one place make of run id, in
// place of those that they made before. One that they still make stays as it
// is, also if the runner removed it.
func putDescribed(ctx context.Context, tx *sql.Tx, id gait.RunID, o gait.Origin, in gait.ImportedRun) error {
	old, err := entries(ctx, tx, selectPain+` WHERE told_source = ? AND told_key = ?`, o.Source, o.Key)
	if err != nil {
		return err
	}
	for _, p := range in.Described {
		if p.Told.Source != o.Source || p.Told.Key != o.Key {
			continue
		}
		p.Run = id
		if i := slices.IndexFunc(old, func(q gait.Pain) bool { return sameTag(p, q) }); i >= 0 {
			old = slices.Delete(old, i, i+1)
			continue
		}
		if err := p.Validate(); err != nil {
			return fmt.Errorf("read the %s for pain: %w", p.Told.Text, err)
		}
		if _, err := insertPain(ctx, tx, p, ""); err != nil {
			return err
		}
	}
	for _, p := range old {
		if _, err := exec(ctx, tx, `DELETE FROM pain WHERE id = ?`, p.ID); err != nil {
			return err
		}
	}
	return putUnread(ctx, tx, id, o, in.Unread)
}

// sameTag tells whether two entries come from the same words of the same text.
func sameTag(a, b gait.Pain) bool {
	return a.Told == b.Told && a.Run == b.Run && a.Site == b.Site && a.Side == b.Side && a.Worst == b.Worst
}

// putUnread keeps the tags in the texts of one place that could not be
// understood, in place of those there were.
func putUnread(ctx context.Context, tx *sql.Tx, id gait.RunID, o gait.Origin, tags []gait.UnreadTag) error {
	if _, err := exec(ctx, tx, `DELETE FROM unread_tags WHERE source = ? AND key = ?`, o.Source, o.Key); err != nil {
		return err
	}
	for _, u := range tags {
		if u.Told.Source != o.Source || u.Told.Key != o.Key {
			continue
		}
		_, err := exec(ctx, tx, `INSERT INTO unread_tags (run, source, key, text, tag, fault) VALUES (?, ?, ?, ?, ?, ?)`,
			id, o.Source, o.Key, u.Told.Text, u.Tag, u.Fault)
		if err != nil {
			return err
		}
	}
	return nil
}

// UnreadTags returns the tags about pain that could not be understood, those of
// the newest run first.
func (s *Store) UnreadTags(ctx context.Context) ([]gait.UnreadTag, error) {
	var tags []gait.UnreadTag
	err := s.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			var u gait.UnreadTag
			err := rows.Scan(&u.Run, &u.Told.Source, &u.Told.Key, &u.Told.Text, &u.Tag, &u.Fault)
			tags = append(tags, u)
			return err
		}, `SELECT t.run, t.source, t.key, t.text, t.tag, t.fault FROM unread_tags t JOIN runs r ON r.id = t.run
			WHERE NOT r.excluded ORDER BY r.start DESC, t.id`)
	})
	if err != nil {
		return nil, fmt.Errorf("list what could not be understood: %w", err)
	}
	return tags, nil
}

// standing leaves out of a diary what was read from a text and is better said
// elsewhere: what the runner entered by hand about the same place stands, and
// of several texts the one that tells of more pain. "No pain" in a text gives
// way to any other entry about the run.
func standing(diary []gait.Pain) []gait.Pain {
	of := map[gait.RunID][]gait.Pain{}
	for _, p := range diary {
		if !p.RestDay() {
			of[p.Run] = append(of[p.Run], p)
		}
	}
	return slices.DeleteFunc(diary, func(p gait.Pain) bool {
		return p.Told != (gait.Told{}) && slices.ContainsFunc(of[p.Run], func(q gait.Pain) bool { return q.ID != p.ID && goesBefore(q, p) })
	})
}

// goesBefore tells whether entry q makes p, which was read from a text,
// superfluous.
func goesBefore(q, p gait.Pain) bool {
	byHand := q.Told == (gait.Told{})
	if p.NoPain() {
		return byHand || !q.NoPain() || q.ID < p.ID
	}
	switch {
	case q.Site != p.Site:
		return false
	case byHand:
		return q.Side == p.Side || q.Side == gait.NoSide || p.Side == gait.NoSide
	case q.Side == p.Side:
		return q.Worst.Low() > p.Worst.Low() || q.Worst.Low() == p.Worst.Low() && q.ID < p.ID
	default: // the one that knows the side says more
		return p.Side == gait.NoSide && q.Worst.Low() >= p.Worst.Low()
	}
}
