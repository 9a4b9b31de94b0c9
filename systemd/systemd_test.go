// Package systemd holds no code: its tests keep the service units sound.
package systemd

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mostExposure is what `systemd-analyze security` may give a unit, 0 being the
// safest and 10 a service with every right.
const mostExposure = 1.5

var units = []string{"gaitkeeper.service", "gaitkeeper@.service", "gaitkeeper-watch@.service"}

// analyze runs systemd-analyze and returns what it says, or skips the test
// where the tool is not there.
func analyze(t *testing.T, args ...string) string {
	t.Helper()
	tool, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not here: the unit was not looked at")
	}
	out, err := exec.Command(tool, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("systemd-analyze %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestUnitsAreFaultless(t *testing.T) {
	for _, unit := range units {
		t.Run(unit, func(t *testing.T) {
			// The program need not be installed here.
			text := strings.ReplaceAll(read(t, unit), "/usr/bin/gaitkeeper", "/bin/true")
			copied := filepath.Join(t.TempDir(), unit)
			if err := os.WriteFile(copied, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if said := strings.TrimSpace(analyze(t, "verify", "--man=no", copied)); said != "" {
				t.Error(said)
			}
		})
	}
}

func TestUnitsAreHardened(t *testing.T) {
	level := regexp.MustCompile(`Overall exposure level for .*: ([0-9.]+)`)
	for _, unit := range units {
		t.Run(unit, func(t *testing.T) {
			file, err := filepath.Abs(unit)
			if err != nil {
				t.Fatal(err)
			}
			said := analyze(t, "security", "--offline=true", "--no-pager", file)
			found := level.FindStringSubmatch(said)
			if found == nil {
				t.Fatalf("no level in\n%s", said)
			}
			if exposure, err := strconv.ParseFloat(found[1], 64); err != nil || exposure > mostExposure {
				t.Errorf("exposure %s is above %v:\n%s", found[1], mostExposure, said)
			}
		})
	}
}

// The unit of a further runner differs from the first in its name and places
// alone: a right taken from one is taken from the other.
func TestTemplateIsTheServiceWithAnotherName(t *testing.T) {
	renamed := strings.NewReplacer(
		" (%i)", "", "/etc/gaitkeeper/%i.toml", "/etc/gaitkeeper/config.toml", "StateDirectory=gaitkeeper/%i", "StateDirectory=gaitkeeper",
	).Replace(read(t, units[1]))
	if diff := cmp.Diff(directives(read(t, units[0])), directives(renamed)); diff != "" {
		t.Errorf("-service +template:\n%s", diff)
	}
}

// directives returns a unit's lines without comments and empty ones.
func directives(unit string) []string {
	var out []string
	for line := range strings.Lines(unit) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
