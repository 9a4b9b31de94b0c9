// Package arrows holds no code: its test keeps the arrows between the rooms of
// the house, which .golangci.yml also keeps while one writes.
package arrows

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "gaitkeeper"

// rooms says which rooms a room may import. A pure room besides leaves the
// file system, the network and the log alone.
var rooms = map[string]struct {
	imports []string
	pure    bool
}{
	"gait":                         {pure: true},
	"analysis":                     {imports: []string{"gait", "analysis/evidence", "analysis/rules"}, pure: true},
	"analysis/evidence":            {imports: []string{"gait"}, pure: true},
	"analysis/rules":               {imports: []string{"gait"}, pure: true},
	"chart":                        {imports: []string{"gait"}, pure: true},
	"config":                       {imports: []string{"gait"}},
	"ingest":                       {imports: []string{"gait"}},
	"ingest/fitfile":               {imports: []string{"gait"}},
	"ingest/strava":                {imports: []string{"gait"}},
	"ingest/intervals":             {imports: []string{"gait", "ingest/fitfile"}},
	"notify":                       {imports: []string{"gait"}},
	"store":                        {imports: []string{"gait"}},
	"web":                          {imports: []string{"gait", "chart"}},
	"daemon":                       {imports: []string{"*"}},
	"cmd/gaitkeeper":               {imports: []string{"config", "daemon", "gait"}},
	"internal/simulate":            {imports: []string{"gait"}},
	"internal/arrows":              {},
	"internal/manual":              {},
	"internal/smtptest":            {},
	"internal/pictures":            {imports: []string{"config", "daemon", "gait", "internal/intervalsfake", "internal/simulate", "internal/stravafake"}},
	"internal/intervalsfake":       {},
	"internal/intervalsfake/serve": {imports: []string{"gait", "internal/intervalsfake", "internal/simulate"}},
	"internal/detection":           {imports: []string{"analysis", "gait", "ingest/fitfile", "internal/realruns", "internal/simulate"}},
	"internal/stravafake":          {imports: []string{"gait"}},
	"internal/stravafake/serve":    {imports: []string{"gait", "internal/simulate", "internal/stravafake"}},
	"internal/trystrava":           {imports: []string{"config", "daemon", "gait", "internal/simulate", "internal/stravafake"}},
	"internal/powercut":            {},
	"internal/realruns":            {imports: []string{"gait"}},
	"internal/torture":             {imports: []string{"gait", "internal/powercut", "internal/simulate", "internal/smtptest", "store"}},
	"packaging":                    {},
	"systemd":                      {},
}

// keepers names the rooms that alone may import a library: what it knows stays
// behind their doors.
var keepers = map[string][]string{
	"github.com/mattn/go-sqlite3": {"store"},
	"github.com/tormoder/fit":     {"ingest/fitfile"},
	"github.com/muktihari/fit":    {"ingest/fitfile", "internal/simulate"},
	"github.com/BurntSushi/toml":  {"config"},
}

// outside are the parts of the standard library a pure room does without.
var outside = []string{"os", "io/fs", "io/ioutil", "net", "log", "database/sql", "syscall", "embed"}

func TestArrows(t *testing.T) {
	look(t)
	packages := ownPackages(t)
	if len(packages) == 0 {
		t.Fatal("no package found")
	}
	for room, imports := range packages {
		rule, known := rooms[room]
		if !known {
			t.Errorf("%s is a room the design does not know: give it its arrows here and in .golangci.yml", room)
			continue
		}
		for _, imported := range imports {
			other, own := strings.CutPrefix(imported, module+"/")
			switch {
			case own && !slices.Contains(rule.imports, other) && !slices.Contains(rule.imports, "*"):
				t.Errorf("%s must not import %s", room, other)
			case !own && room == "gait" && strings.Contains(imported, "."):
				t.Errorf("gait imports %s: it knows the standard library alone", imported)
			case rule.pure && slices.ContainsFunc(outside, within(imported)):
				t.Errorf("%s imports %s: a pure room reads no file, no network and writes no log", room, imported)
			}
			for library, keeper := range keepers {
				if within(imported)(library) && !slices.Contains(keeper, room) {
					t.Errorf("%s imports %s, which only %s may", room, imported, strings.Join(keeper, " and "))
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
		if room, own := strings.CutPrefix(p.ImportPath, module+"/"); own {
			found[room] = p.Imports
		}
	}
}
