package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaitkeeper/config"
)

func TestATZThatMeansNothingIsAFault(t *testing.T) {
	for _, tz := range []string{"Europe/Berln", "CET-1CEST,M3.5.0,M10.5.0/3", "/nowhere/zone", "local", "Local", ":Europe/Berln", "../etc/passwd"} {
		for _, file := range []string{"", "[runner]\ntimezone = \"Local\"\n"} {
			_, err := config.Load(write(t, file), env(map[string]string{"TZ": tz}))
			if err == nil || !strings.Contains(err.Error(), "runner.timezone: \"Local\" is what the environment's TZ says, but no time zone is named") {
				t.Errorf("TZ=%s with %q: %v", tz, file, err)
			}
		}
		if _, err := config.Load(write(t, "[runner]\ntimezone = \"Europe/Paris\"\n"), env(map[string]string{"TZ": tz})); err != nil {
			t.Errorf("a zone of its own needs no TZ, but with %s: %v", tz, err)
		}
	}
	for _, tz := range []string{"", "Europe/Berlin", ":Europe/Berlin", "UTC", "Etc/GMT-3", ":"} {
		if _, err := config.Load(write(t, ""), env(map[string]string{"TZ": tz})); err != nil {
			t.Errorf("TZ=%s: %v", tz, err)
		}
	}
}

func TestALocaltimeThatIsNoneIsAFault(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "localtime")
	if err := config.CheckLocal("", file); err != nil {
		t.Errorf("none at all is UTC: %v", err)
	}
	if err := os.Symlink(filepath.Join(dir, "gone"), file); err != nil {
		t.Fatal(err)
	}
	if err := config.CheckLocal("", file); err == nil || !strings.Contains(err.Error(), file+" cannot be read as one") {
		t.Errorf("a link to nothing: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "gone"), []byte("Europe/Berlin\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := config.CheckLocal("", file); err == nil {
		t.Error("a name in the place of a table was taken")
	}
}

func TestTheZoneInForceIsNamed(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		zone *time.Location
		tz   string
		want string
	}{
		{berlin, "Asia/Tokyo", "Europe/Berlin"},
		{time.Local, ":Asia/Tokyo", "Asia/Tokyo"},
		{time.Local, "/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"},
	} {
		if got := (config.Runner{Zone: tc.zone}).ZoneName(env(map[string]string{"TZ": tc.tz})); got != tc.want {
			t.Errorf("%v with TZ=%s: %s", tc.zone, tc.tz, got)
		}
	}
}
