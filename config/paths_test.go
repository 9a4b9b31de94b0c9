package config_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gaitkeeper/config"
)

// everybodyReads opens a file to everybody, its folders included.
func everybodyReads(t *testing.T, file string) {
	t.Helper()
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	for dir := filepath.Dir(file); len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFindLooksInTheHomeFirst(t *testing.T) {
	home := t.TempDir()
	variables := env(map[string]string{"HOME": home})
	if got, err := config.Find("/given.toml", variables); err != nil || got != "/given.toml" {
		t.Errorf("given: %q, %v", got, err)
	}
	for _, place := range []struct{ dir, variable string }{{".config", ""}, {"xdg", filepath.Join(home, "xdg")}} {
		want := filepath.Join(home, place.dir, "gaitkeeper", "config.toml")
		if err := os.MkdirAll(filepath.Dir(want), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(want, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := config.Find("", env(map[string]string{"HOME": home, "XDG_CONFIG_HOME": place.variable}))
		if err != nil || got != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
}

func TestFirstGoesOnOnlyPastFilesThatAreNotThere(t *testing.T) {
	there := write(t, "")
	if got, err := config.First([]string{"/nowhere/x", there}); err != nil || got != there {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := config.First([]string{"/nowhere/x"}); err != nil || got != "" {
		t.Errorf("none: %q, %v", got, err)
	}
	if _, err := config.First([]string{there + "/below-a-file", there}); err == nil {
		t.Error("a place that cannot be looked at was passed over in silence")
	}
}

func TestDatabase(t *testing.T) {
	state := map[string]string{"STATE_DIRECTORY": "/var/lib/gaitkeeper/anna:/var/lib/other"}
	xdg := map[string]string{"XDG_STATE_HOME": "/data/state"}
	for _, tc := range []struct {
		name, file string
		set        map[string]string
		want       string
	}{
		{"in a home", "", nil, "/home/anna/.local/state/gaitkeeper/gaitkeeper.db"},
		{"where XDG says", "/home/anna/c.toml", xdg, "/data/state/gaitkeeper/gaitkeeper.db"},
		{"a relative XDG directory is ignored", "", map[string]string{"XDG_STATE_HOME": "state"}, "/home/anna/.local/state/gaitkeeper/gaitkeeper.db"},
		{"in the service", "/etc/gaitkeeper/anna.toml", state, "/var/lib/gaitkeeper/anna/gaitkeeper.db"},
		{"beside the service", "/etc/gaitkeeper/config.toml", xdg, "/var/lib/gaitkeeper/gaitkeeper.db"},
		{"beside the second runner's service", "/etc/gaitkeeper/anna.toml", xdg, "/var/lib/gaitkeeper/anna/gaitkeeper.db"},
		{"nowhere", "", map[string]string{"HOME": ""}, ""},
	} {
		if got := config.Database(tc.file, env(tc.set)); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
	none := env(map[string]string{"HOME": ""})
	if got := config.FaultLines(write(t, ""), none); !strings.Contains(got, "no home directory is known") {
		t.Errorf("without a home: %q", got)
	}
}

func TestExpand(t *testing.T) {
	variables := env(map[string]string{"DATA": "/data", "CREDENTIALS_DIRECTORY": "/run/cred"})
	for in, want := range map[string]string{
		"": "", "~": "/home/anna", "~/a": "/home/anna/a", "/a//b/": "/a/b", "${DATA}/x": "/data/x", "/a/$b": "/a/$b",
		"${CREDENTIALS_DIRECTORY}/smtp": "/run/cred/smtp", "${HOME}${DATA}": "/home/anna/data",
	} {
		if got, err := config.Expand(in, variables); err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"a", "./a", "~bob/a", "${NONE}/a", "${DATA/a"} {
		if got, err := config.Expand(in, variables); err == nil {
			t.Errorf("%s: taken as %q", in, got)
		}
	}
}

// Other commands read the service's config, too: its credentials are not there
// for them, which is no fault until one is needed.
func TestCredentialsOfTheServiceAreNotMissedElsewhere(t *testing.T) {
	file := write(t, "[notify.shoutrrr]\nurl_files = ['${CREDENTIALS_DIRECTORY}/push']")
	c, err := config.Load(file, env(nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := config.Secret(c.Notify.Shoutrrr.URLFiles[0]); err == nil || !strings.Contains(err.Error(), "to the service alone") {
		t.Errorf("outside: %v", err)
	}
	dir := t.TempDir()
	inside := env(map[string]string{"CREDENTIALS_DIRECTORY": dir})
	if got := config.FaultLines(file, inside); !strings.Contains(got, dir+"/push is missing") {
		t.Errorf("inside: %q", got)
	}
}

func TestSecret(t *testing.T) {
	for text, want := range map[string]string{
		"a b\n": "a b", "a\n\n": "a", " a\t": "a", "a\r\n": "a", "\r\n\ta \r\n\r\n": "a", "a\u00a0\n": "a",
		"\ufeffa\r\n": "a", "\ufeff a": "a", `p@ss:w"o'r\d #%&;=€`: `p@ss:w"o'r\d #%&;=€`, "latin\xe9": "latin\xe9",
	} {
		if got, err := config.Secret(secretFile(t, "s", text)); err != nil || got != want {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
	}
	if got, err := config.Secret(""); got != "" || err != nil {
		t.Errorf("no file: %q, %v", got, err)
	}
	for _, path := range []string{t.TempDir(), "/dev/zero/x", secretFile(t, "big", strings.Repeat("x", 1<<17))} {
		if _, err := config.Secret(path); err == nil {
			t.Errorf("%s was taken", path)
		}
	}
}

// What cannot be told from the secret itself is named, and the secret is not.
func TestSecretThatIsNoOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"hunter2\nhunter3\n": "more than one line", "hunter2\rhunter3": "more than one line", "hunter2\n\n# mail": "more than one line",
		"": "is empty", "\ufeff \r\n": "is empty", "\xff\xfeh\x00u\x00\n\x00": "UTF-16",
		"hunt\u00a0er2": "U+00A0, after 4 others", "hunter\u200b2": "U+200B, after 6 others", "hunter2\x00": "U+0000", "hunt\ter2": "U+0009",
	} {
		path := secretFile(t, "s", text)
		_, err := config.Secret(path)
		if err == nil || !strings.HasPrefix(err.Error(), path+" ") || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunt") {
			t.Errorf("%q: %v, want it to say %q", text, err, want)
		}
	}
}

// A file is refused when everybody can read it: not where a group can, and not
// where its folder hides it.
func TestSecretForEverybody(t *testing.T) {
	file := secretFile(t, "s", "secret")
	everybodyReads(t, file)
	text := "[notify.shoutrrr]\nurl_files = ['" + file + "']"
	if config.FaultLines(write(t, text), env(nil)) == "" {
		t.Error("a secret that everybody can read was taken")
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if got := config.FaultLines(write(t, text), env(nil)); got != "" {
		t.Errorf("open to a group: %s", got)
	}
	everybodyReads(t, file)
	if err := os.Chmod(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if got := config.FaultLines(write(t, text), env(nil)); got != "" {
		t.Errorf("behind a closed folder: %s", got)
	}
}

func TestCheckStorage(t *testing.T) {
	all, nothing := func(string) error { return nil }, func(string) error { return syscall.EACCES }
	c := config.Default(env(nil))
	c.Storage.Path = filepath.Join(t.TempDir(), "new", "gaitkeeper.db")
	if err := c.CheckStorage(); err != nil {
		t.Errorf("a new folder below one's own: %v", err)
	}
	c.Storage.Path = write(t, "")
	onlyFolder := func(path string) error {
		if path == c.Storage.Path {
			return syscall.EACCES
		}
		return nil
	}
	readOnly := func(string) error { return syscall.EROFS }
	if err := c.CheckStorageAs(readOnly); err == nil || !strings.Contains(err.Error(), "mounted read-only") || strings.Contains(err.Error(), "permission") {
		t.Errorf("a disk that is read-only: %v", err)
	}
	if err := c.CheckStorageAs(onlyFolder); err == nil || !strings.Contains(err.Error(), "[storage] path") {
		t.Errorf("a file of somebody else: %v", err)
	}
	c.File, c.Storage.Path = "/etc/gaitkeeper/config.toml", "/var/lib/gaitkeeper/gaitkeeper.db"
	if err := c.CheckStorageAs(nothing); err == nil || !strings.Contains(err.Error(), "sudo -u gaitkeeper gaitkeeper") {
		t.Errorf("the service's database: %v", err)
	}
	if err := c.CheckStorageAs(all); err != nil {
		t.Errorf("as the service's user: %v", err)
	}
}

func TestAConfigOfTheServiceSaysWhoMayReadIt(t *testing.T) {
	denied := &fs.PathError{Op: "open", Path: "/etc/gaitkeeper/config.toml", Err: fs.ErrPermission}
	for file, want := range map[string]bool{"/etc/gaitkeeper/config.toml": true, "/etc/gaitkeeper/anna.toml": true, "/home/anna/config.toml": false} {
		if said := config.Unreadable(file, denied); strings.Contains(said.Error(), "sudo -u gaitkeeper gaitkeeper") != want {
			t.Errorf("%s: %s", file, said)
		}
	}
}
