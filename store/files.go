package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"gaitkeeper/ingest"
)

const fileColumns = `path, size, modified, sha256, outcome, reason, version`

func fileFields(f *ingest.File) []any {
	return []any{&f.Path, &f.Size, (*instant)(&f.Modified), &f.SHA256, &f.Outcome, &f.Reason, &f.Version}
}

// Files returns what is remembered of every file, by path.
func (s *Store) Files(ctx context.Context) (map[string]ingest.File, error) {
	var files map[string]ingest.File
	err := s.read(ctx, func(tx *sql.Tx) error {
		var count int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM files`).Scan(&count); err != nil {
			return err
		}
		files = make(map[string]ingest.File, count)
		var f ingest.File
		into := fileFields(&f)
		return each(ctx, tx, func(rows *sql.Rows) error {
			err := rows.Scan(into...)
			files[f.Path] = f
			return err
		}, `SELECT `+fileColumns+` FROM files`)
	})
	return files, during("list files", err)
}

// Known reports whether a file with these bytes was taken or skipped before. One
// that failed is not known: it is worth another try.
func (s *Store) Known(ctx context.Context, sha256 string) (known bool, err error) {
	_, err = s.get(ctx, []any{&known}, `SELECT EXISTS (SELECT 1 FROM files WHERE sha256 = ? AND outcome IN (?, ?))`,
		sha256, ingest.FileImported, ingest.FileSkipped)
	return known, during("look up file", err)
}

// FailedFiles returns the files changed since a moment of which something could not
// be read, the newest first and no more than limit.
func (s *Store) FailedFiles(ctx context.Context, since time.Time, limit int) ([]ingest.File, error) {
	files, err := readAll(ctx, s, fileFields, `SELECT `+fileColumns+` FROM files
		WHERE outcome = ? AND modified >= ? ORDER BY modified DESC, path LIMIT ?`, ingest.FileFailed, instant(since), limit)
	return files, during("list files that could not be read", err)
}

// HasFilesBelow reports whether a file below a folder is remembered.
func (s *Store) HasFilesBelow(ctx context.Context, dir string) (has bool, err error) {
	dir = strings.TrimSuffix(dir, "/")
	_, err = s.get(ctx, []any{&has}, `SELECT EXISTS (SELECT 1 FROM files WHERE path >= ? AND path < ?)`,
		dir+"/", dir+"0") // which comes after the slash
	return has, during("look for files below "+dir, err)
}

func putFile(ctx context.Context, tx *sql.Tx, f ingest.File) error {
	values := fileFields(&f)
	if _, err := exec(ctx, tx, `INSERT OR REPLACE INTO files (`+fileColumns+`) VALUES (`+marks(values)+`)`, values...); err != nil {
		return fmt.Errorf("file %s: %w", f.Path, err)
	}
	return nil
}
