package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaitkeeper/config"
)

// What never ends, or is no text for people, fills no memory.
func TestNothingEndlessIsRead(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(large, []byte(strings.Repeat("# much\n", 1<<18)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{large, "/dev/zero"} {
		if _, err := config.Load(path, env(nil)); err == nil || !strings.Contains(err.Error(), "is larger than 1 MB") {
			t.Errorf("config %s: %v", path, err)
		}
		if _, err := config.Secret(path); err == nil || !strings.Contains(err.Error(), "is no file that holds a secret") {
			t.Errorf("secret %s: %v", path, err)
		}
	}
}
