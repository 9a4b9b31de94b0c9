package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gaitkeeper/config"
)

// What never ends, never begins, or is no text for people, fills no memory and
// holds nobody up.
func TestNothingEndlessIsRead(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(large, []byte(strings.Repeat("# much\n", 1<<18)), 0o600); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		large: "is larger than 1 MB", t.TempDir(): "is a folder", "/dev/zero": "it is not a plain file", pipe: "it is not a plain file",
	} {
		if _, err := config.Load(path, env(nil)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("config %s: %v", path, err)
		}
		if _, err := config.Secret(path); err == nil || !strings.Contains(err.Error(), "is not a file with a secret in it") {
			t.Errorf("secret %s: %v", path, err)
		}
	}
}
