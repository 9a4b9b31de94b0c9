package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/moby/sys/mountinfo"

	"gaitkeeper/config"
)

func TestWhatIsHandedIn(t *testing.T) {
	root := &mountinfo.Info{Mountpoint: "/", FSType: "overlay"}
	run := &mountinfo.Info{Mountpoint: "/run", FSType: "tmpfs"}
	tmp := &mountinfo.Info{Mountpoint: "/tmp", FSType: "tmpfs"}
	for _, tc := range []struct {
		name, file string
		mounts     []*mountinfo.Info
		want       bool
	}{
		{"a plain file", "/etc/gaitkeeper/smtp", []*mountinfo.Info{root}, false},
		{"in a home on its own disk", "/home/anna/smtp", []*mountinfo.Info{root, {Mountpoint: "/home", FSType: "ext4"}}, false},
		{"on a share", "/mnt/nas/smtp", []*mountinfo.Info{root, {Mountpoint: "/mnt/nas", FSType: "cifs"}}, false},
		{"in /tmp", "/tmp/smtp", []*mountinfo.Info{root, tmp}, false},
		{"in /run", "/run/smtp", []*mountinfo.Info{root, run}, false},
		{"mounted by itself", "/etc/gaitkeeper/smtp", []*mountinfo.Info{root, {Mountpoint: "/etc/gaitkeeper/smtp", FSType: "ext4"}}, true},
		{"a memory disk of its own", "/etc/mail/..data/smtp", []*mountinfo.Info{root, {Mountpoint: "/etc/mail", FSType: "tmpfs"}}, true},
		{"one below /run", "/run/agenix/smtp", []*mountinfo.Info{root, run, {Mountpoint: "/run/agenix", FSType: "ramfs"}}, true},
	} {
		if got := config.HandedIn(tc.file, tc.mounts); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}

// A secret that a container engine put where it puts secrets is taken, and said.
func TestASecretOfAContainerIsTakenWithAWarning(t *testing.T) {
	dir, err := os.MkdirTemp("/run/secrets", "test")
	if errors.Is(err, os.ErrNotExist) {
		if err := os.Mkdir("/run/secrets", 0o755); err != nil {
			t.Skipf("skipped: %v", err)
		}
		t.Cleanup(func() { _ = os.Remove("/run/secrets") })
		dir, err = os.MkdirTemp("/run/secrets", "test")
	}
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	file := filepath.Join(dir, "token")
	if err := errors.Join(os.Chmod(dir, 0o755), os.WriteFile(file, []byte("tk_secret\n"), 0o600), os.Chmod(file, 0o444)); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "token")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, link} {
		c, err := config.Load(write(t, "[notify.ntfy]\nserver = \"https://ntfy.sh\"\ntopic = \"t\"\ntoken_file = '"+path+"'\n[notify.shoutrrr]\nurl_files = ['"+path+"']\n"), env(nil))
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(c.Warnings(), "\n")
		for _, key := range []string{"notify.ntfy.token_file", "notify.shoutrrr.url_files"} {
			if path == file && !strings.Contains(got, key+": "+path+" can be read by everybody") {
				t.Errorf("%s: warnings %q", key, got)
			}
		}
		if !slices.Equal(c.Notify.Shoutrrr.URLFiles, []string{path}) {
			t.Errorf("taken: %q", c.Notify.Shoutrrr.URLFiles)
		}
	}
}
