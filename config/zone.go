package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// localtime is where a machine keeps its time zone.
const localtime = "/etc/localtime"

// ZoneName names the time zone in force, as "Europe/Berlin", also where the config
// leaves it to the machine. env looks up a variable, as [os.Getenv].
func (r Runner) ZoneName(env func(string) string) string {
	if r.Zone != time.Local {
		return r.Zone.String()
	}
	if tz := strings.TrimPrefix(env("TZ"), ":"); tz != "" {
		return zoneOfFile(tz)
	}
	if target, err := filepath.EvalSymlinks(localtime); err == nil {
		return zoneOfFile(target)
	}
	return "UTC"
}

// zoneOfFile takes the name of a zone from the path of its table.
func zoneOfFile(path string) string {
	if _, name, found := strings.Cut(path, "zoneinfo/"); found {
		return name
	}
	return path
}

// checkLocal tells why "Local" would silently mean UTC: the program's own reading
// of TZ and /etc/localtime falls back on it. No TZ and no such file is UTC by
// custom.
func checkLocal(tz, file string) error {
	const remedy = `write the zone itself, as in "Europe/Berlin"`
	if tz == "" {
		if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err := readZone(file); err != nil {
			return fmt.Errorf(`"Local" is the machine's zone, but %s cannot be read as one (%w): %s`, file, err, remedy)
		}
		return nil
	}
	name := strings.TrimPrefix(tz, ":")
	if name == "" || name == "UTC" {
		return nil
	}
	var err error
	if filepath.IsAbs(name) {
		err = readZone(name)
	} else if _, err = time.LoadLocation(name); err == nil && name == "Local" {
		err = errors.New("it names itself")
	}
	if err != nil {
		return fmt.Errorf(`"Local" is what the environment's TZ says, but no time zone is named %q: %s`, tz, remedy)
	}
	return nil
}

func readZone(file string) error {
	data, err := readAtMost(file, maxFile)
	if err == nil {
		_, err = time.LoadLocationFromTZData(file, data)
	}
	return err
}
