package store

import (
	"context"
	"fmt"
	"strings"
)

// HasFilesBelow tells whether a file below a folder is remembered.
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
