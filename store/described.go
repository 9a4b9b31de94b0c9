package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// putDescribed keeps the entries that the texts of one place make of run id, in
// place of those that they made before. One that they still make stays as it
// is, also if the runner removed it.
func putDescribed(ctx context.Context, tx *sql.Tx, id gait.RunID, o gait.Origin, in ingest.ImportedRun) error {
	old, err := entries(ctx, tx, `told_source = ? AND told_key = ?`, o.Source, o.Key)
	if err != nil {
		return err
	}
	for _, p := range in.Described {
		if p.FromText.Source != o.Source || p.FromText.Key != o.Key {
			continue
		}
		p.Run = id
		if i := slices.IndexFunc(old, func(q gait.Pain) bool { return sameTag(p, q) }); i >= 0 {
			old = slices.Delete(old, i, i+1)
			continue
		}
		if err := p.Validate(); err != nil {
			return fmt.Errorf("read the %s for pain: %w", p.FromText.Text, err)
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

// sameTag reports whether two entries come from the same words of the same text.
func sameTag(a, b gait.Pain) bool {
	return a.FromText == b.FromText && a.Run == b.Run && a.Site == b.Site && a.Side == b.Side && a.Worst == b.Worst && a.Note == b.Note
}

// putUnread keeps the tags in the texts of one place that could not be
// understood, in place of those there were.
func putUnread(ctx context.Context, tx *sql.Tx, id gait.RunID, o gait.Origin, tags []gait.UnreadTag) error {
	if _, err := exec(ctx, tx, `DELETE FROM unread_tags WHERE source = ? AND key = ?`, o.Source, o.Key); err != nil {
		return err
	}
	for _, u := range tags {
		if u.Source.Source != o.Source || u.Source.Key != o.Key {
			continue
		}
		_, err := exec(ctx, tx, `INSERT INTO unread_tags (run, source, key, text, tag, fault) VALUES (?, ?, ?, ?, ?, ?)`,
			id, o.Source, o.Key, u.Source.Text, u.Tag, u.Fault)
		if err != nil {
			return err
		}
	}
	return nil
}

// UnreadTags returns the tags about pain that could not be understood, those of
// the newest run first.
func (s *Store) UnreadTags(ctx context.Context) ([]gait.UnreadTag, error) {
	tags, err := readAll(ctx, s, func(u *gait.UnreadTag) []any {
		return []any{&u.Run, &u.Source.Source, &u.Source.Key, &u.Source.Text, &u.Tag, &u.Fault}
	}, `SELECT t.run, t.source, t.key, t.text, t.tag, t.fault FROM unread_tags t JOIN runs r ON r.id = t.run
		WHERE NOT r.excluded ORDER BY r.start DESC, t.id`)
	return tags, during("list what could not be understood", err)
}
