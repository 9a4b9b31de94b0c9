// Package arrows holds no code: its test reads the tables of
// docs/architecture.md and checks that the packages import only what those allow.
package arrows

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	module   = "gaitkeeper"
	document = "../../docs/architecture.md"
)

// rule is a row of the tables.
type rule struct {
	imports []string
	pure    bool
}

// tables reads the packages' rows, and the packages that alone may import a
// library.
func tables(t *testing.T) (packages map[string]rule, libraries map[string][]string) {
	t.Helper()
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	packages, libraries = map[string]rule{}, map[string][]string{}
	quoted := regexp.MustCompile("`([^`]+)`")
	names := func(cell string) (names []string) {
		for _, m := range quoted.FindAllStringSubmatch(cell, -1) {
			names = append(names, m[1])
		}
		return names
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) < 4 || len(names(cells[1])) != 1 {
			continue
		}
		name := names(cells[1])[0]
		switch len(cells) {
		case 6:
			packages[name] = rule{names(cells[3]), strings.TrimSpace(cells[4]) == "pure"}
		case 4:
			libraries[name] = names(cells[2])
		}
	}
	if len(packages) == 0 || len(libraries) == 0 {
		t.Fatalf("%s has no tables any more", document)
	}
	return packages, libraries
}

// outside are the parts of the standard library a pure package does without.
var outside = []string{"os", "io/fs", "io/ioutil", "net", "log", "database/sql", "syscall", "embed", "sync"}

func TestArrows(t *testing.T) {
	look(t)
	rules, libraries := tables(t)
	packages := ownPackages(t)
	if len(packages) == 0 {
		t.Fatal("no package found")
	}
	for name := range rules {
		if _, exists := packages[name]; !exists {
			t.Errorf("docs/architecture.md has a row for %s, which does not exist", name)
		}
	}
	for name, imports := range packages {
		rule, known := rules[name]
		if !known {
			t.Errorf("%s has no row in docs/architecture.md: say there what it holds and may import", name)
			continue
		}
		for _, imported := range imports {
			other, own := strings.CutPrefix(imported, module+"/")
			switch {
			case own && !slices.Contains(rule.imports, other) && !slices.Contains(rule.imports, "*"):
				t.Errorf("%s must not import %s: docs/architecture.md does not list it", name, other)
			case !own && name == "gait" && strings.Contains(imported, "."):
				t.Errorf("gait imports %s: it needs only the standard library", imported)
			case rule.pure && slices.ContainsFunc(outside, within(imported)):
				t.Errorf("%s imports %s: a pure package reads no file or network, writes no log and starts no goroutine", name, imported)
			}
			for library, keepers := range libraries {
				if within(imported)(library) && !slices.Contains(keepers, name) {
					t.Errorf("%s imports %s, which only %s may", name, imported, strings.Join(keepers, " and "))
				}
			}
		}
	}
}

// within tells of a package whether another is it or stands below it.
func within(imported string) func(string) bool {
	return func(p string) bool { return imported == p || strings.HasPrefix(imported, p+"/") }
}

// look opens every folder of the module. The go command keeps a test's result
// until a file or folder that the test itself opened has changed; what `go list`
// opens it does not see.
func look(t *testing.T) {
	err := filepath.WalkDir("../..", func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ownPackages returns the module's packages with what each imports, tests left
// out, as the go command sees them.
func ownPackages(t *testing.T) map[string][]string {
	list := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports", module+"/...")
	out, err := list.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		t.Fatalf("go list: %v\n%s", err, failed.Stderr)
	} else if err != nil {
		t.Fatalf("go list: %v", err)
	}
	found := map[string][]string{}
	for in := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatalf("read go list: %v", err)
		}
		if name, own := strings.CutPrefix(p.ImportPath, module+"/"); own {
			found[name] = p.Imports
		}
	}
}
