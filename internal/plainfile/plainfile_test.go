package plainfile_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"gaitkeeper/internal/plainfile"
)

func TestOpenTakesPlainFilesAlone(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, err := range []error{
		os.WriteFile(at("file"), []byte("text"), 0o600),
		os.Symlink("file", at("link")),
		syscall.Mkfifo(at("pipe"), 0o600),
		os.Symlink("pipe", at("link to pipe")),
		os.Symlink("/dev/zero", at("link to device")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"file", "link"} {
		f, err := plainfile.Open(at(name))
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(f); string(text) != "text" || err != nil {
			t.Errorf("%s: read %q, %v", name, text, err)
		}
		f.Close()
	}
	for _, name := range []string{"pipe", "link to pipe", "link to device", "."} {
		if _, err := plainfile.Open(at(name)); !errors.Is(err, plainfile.ErrNotPlain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := plainfile.Open(at("none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	for _, name := range []string{"file", "pipe", "link to pipe"} {
		if _, err := plainfile.ReadFolder(at(name)); !errors.Is(err, syscall.ENOTDIR) {
			t.Errorf("%s as a folder: %v", name, err)
		}
	}
	if entries, err := plainfile.ReadFolder(dir); len(entries) != 5 || err != nil {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// TestTheProgramOpensFilesHereAlone reads the program's source: one call of os
// would be enough to wait for a pipe for ever.
func TestTheProgramOpensFilesHereAlone(t *testing.T) {
	opens := regexp.MustCompile(`\bos\.(Open|ReadFile|ReadDir|DirFS)\(`)
	looked := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "internal" || d.Name() == "tools" || d.Name() == "packaging" || d.Name() == ".git"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		looked++
		text, err := os.ReadFile(path)
		if call := opens.Find(text); call != nil {
			t.Errorf("%s calls %s: take plainfile's", path, call)
		}
		return err
	})
	if err != nil || looked < 100 {
		t.Errorf("looked at %d files, %v", looked, err)
	}
}
