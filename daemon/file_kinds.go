package daemon

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// FileKind is how many files have a certain ending, like ".jpg"; without one it
// is empty.
type FileKind struct {
	Ending string
	Count  int
}

// NoRecordings tells whether an import met neither a FIT file nor an archive.
func NoRecordings(r ImportReport) bool {
	for kind := range r.Skipped {
		if !strings.HasSuffix(kind, "(not FIT)") {
			return false
		}
	}
	return r.New+r.Better+r.Same+r.Known+r.Waiting+len(r.Failed) == 0
}

// CountByEnding counts the files below the paths by the ending of their names, the
// most frequent first, until ctx ends. What cannot be read is left out.
func CountByEnding(ctx context.Context, paths []string) []FileKind {
	count := map[string]int{}
	for _, path := range paths {
		_ = filepath.WalkDir(path, func(file string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				count[strings.ToLower(filepath.Ext(file))]++
			}
			return ctx.Err()
		})
	}
	var kinds []FileKind
	for _, ending := range slices.Sorted(maps.Keys(count)) {
		kinds = append(kinds, FileKind{ending, count[ending]})
	}
	slices.SortStableFunc(kinds, func(a, b FileKind) int { return cmp.Compare(b.Count, a.Count) })
	return kinds
}
