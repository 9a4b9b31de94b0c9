package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"gaitkeeper/ingest"
)

// Files returns what is remembered of every file, by path.
func (s *Store) Files(ctx context.Context) (map[string]ingest.File, error) {
	var files map[string]ingest.File
	err := s.read(ctx, func(tx *sql.Tx) error {
		var count int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM files`).Scan(&count); err != nil {
			return err
		}
		files = make(map[string]ingest.File, count)
		return each(ctx, tx, func(rows *sql.Rows) error {
			var f ingest.File
			var modified int64
			if err := rows.Scan(&f.Path, &f.Size, &modified, &f.SHA256, &f.Outcome, &f.Reason, &f.Version); err != nil {
				return err
			}
			f.Modified = time.Unix(0, modified).UTC()
			files[f.Path] = f
			return nil
		}, `SELECT path, size, modified, sha256, outcome, reason, version FROM files`)
	})
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	return files, nil
}

// Known reports whether a file with these bytes was taken or skipped before. One
// that failed is not known: it is worth another try.
func (s *Store) Known(ctx context.Context, sha256 string) (bool, error) {
	var known bool
	err := s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM files WHERE sha256 = ? AND outcome IN (?, ?))`,
		sha256, ingest.FileImported, ingest.FileSkipped).Scan(&known)
	if err != nil {
		return false, fmt.Errorf("look up file: %w", plain(err))
	}
	return known, nil
}

// FailedFiles returns the files changed since a moment of which something could not
// be read, the newest first and no more than limit.
func (s *Store) FailedFiles(ctx context.Context, since time.Time, limit int) ([]ingest.File, error) {
	var files []ingest.File
	err := s.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			f := ingest.File{Outcome: ingest.FileFailed}
			var modified int64
			err := rows.Scan(&f.Path, &modified, &f.Reason)
			f.Modified = time.Unix(0, modified).UTC()
			files = append(files, f)
			return err
		}, `SELECT path, modified, reason FROM files WHERE outcome = ? AND modified >= ? ORDER BY modified DESC, path LIMIT ?`,
			ingest.FileFailed, since.UnixNano(), limit)
	})
	if err != nil {
		return nil, fmt.Errorf("list files that could not be read: %w", err)
	}
	return files, nil
}

// HasFilesBelow reports whether a file below a folder is remembered.
func (s *Store) HasFilesBelow(ctx context.Context, dir string) (bool, error) {
	dir = strings.TrimSuffix(dir, "/")
	var has bool
	err := s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM files WHERE path >= ? AND path < ?)`,
		dir+"/", dir+"0"). // which comes after the slash
		Scan(&has)
	if err != nil {
		return false, fmt.Errorf("look for files below %s: %w", dir, plain(err))
	}
	return has, nil
}

func putFile(ctx context.Context, tx *sql.Tx, f ingest.File) error {
	_, err := exec(ctx, tx, `INSERT INTO files (path, size, modified, sha256, outcome, reason, version) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified, sha256 = excluded.sha256,
			outcome = excluded.outcome, reason = excluded.reason, version = excluded.version`,
		f.Path, f.Size, f.Modified.UnixNano(), f.SHA256, f.Outcome, f.Reason, f.Version)
	if err != nil {
		return fmt.Errorf("file %s: %w", f.Path, err)
	}
	return nil
}
