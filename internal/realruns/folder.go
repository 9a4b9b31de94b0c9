// Package realruns finds and reads what real runners gave for tests and for the
// benchmark. It is not ours to hand on and so lies outside the repository: what
// needs it does without where it is not.
package realruns

import (
	"os"
	"path/filepath"
)

// Folder returns the path of something that real runners gave, whether it is
// there or not: below the folder that GAITKEEPER_SHARED names, or else below a
// folder "shared" beside the repository one works in.
func Folder(path ...string) string {
	root := os.Getenv("GAITKEEPER_SHARED")
	if root == "" {
		root = filepath.Join(filepath.Dir(repository()), "shared")
	}
	return filepath.Join(append([]string{root}, path...)...)
}

// repository returns the folder around this one that has a go.mod; this one
// where none has.
func repository() string {
	here, err := os.Getwd()
	if err != nil {
		return "."
	}
	for dir := here; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return here
		}
	}
}
