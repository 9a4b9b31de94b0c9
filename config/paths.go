package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	systemDir      = "/etc/gaitkeeper"
	systemFile     = systemDir + "/config.toml"
	systemStateDir = "/var/lib/gaitkeeper"
	databaseName   = "gaitkeeper.db"
	credentialsVar = "CREDENTIALS_DIRECTORY"
)

// Find returns the config file to read: the given one, else
// $XDG_CONFIG_HOME/gaitkeeper/config.toml, else /etc/gaitkeeper/config.toml,
// else "" for the built-in defaults. A file that is there but cannot be looked
// at is an error, not a reason to go on to the next.
func Find(given string, env func(string) string) (string, error) {
	if given != "" {
		return given, nil
	}
	places := []string{systemFile}
	if own := OwnFile(env); own != "" {
		places = []string{own, systemFile}
	}
	return first(places)
}

// OwnFile returns where this user's config is, or would be; "" where no home
// directory is known.
func OwnFile(env func(string) string) string {
	dir := xdg(env, "XDG_CONFIG_HOME", ".config")
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "gaitkeeper", "config.toml")
}

// first returns the first of the files that is there.
func first(files []string) (string, error) {
	for _, file := range files {
		_, err := os.Stat(file)
		if err == nil {
			return file, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("look for config: %w", err)
		}
	}
	return "", nil
}

// database returns the database file of a config that names none: under
// $STATE_DIRECTORY where systemd gives one; for a config below /etc/gaitkeeper
// the folder its service has; else under $XDG_STATE_HOME. It returns "" where
// no home directory is known.
func database(file string, env func(string) string) string {
	if dirs := env("STATE_DIRECTORY"); dirs != "" {
		dir, _, _ := strings.Cut(dirs, ":")
		return filepath.Join(dir, databaseName)
	}
	if filepath.Dir(file) == systemDir {
		return filepath.Join(systemStateDir, instance(file), databaseName)
	}
	if dir := xdg(env, "XDG_STATE_HOME", ".local/state"); dir != "" {
		return filepath.Join(dir, "gaitkeeper", databaseName)
	}
	return ""
}

// instance returns the name of the template service that reads a config below
// /etc/gaitkeeper: "anna" for anna.toml, "" for config.toml.
func instance(file string) string {
	return strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".toml"), "config")
}

// xdg returns the base directory the variable names, else the one below the
// home directory, else "". A relative one is to be ignored, says the XDG
// specification.
func xdg(env func(string) string, variable, below string) string {
	if dir := env(variable); filepath.IsAbs(dir) {
		return dir
	}
	if home := env("HOME"); home != "" {
		return filepath.Join(home, below)
	}
	return ""
}

// expand replaces a leading ~ and every ${VARIABLE}, and wants an absolute
// path. ${CREDENTIALS_DIRECTORY} stays as it is where systemd has not set it:
// only the service itself sees its credentials.
func expand(path string, env func(string) string) (string, error) {
	if path == "" {
		return "", nil
	}
	if path == "~" || strings.HasPrefix(path, "~/") {
		path = "${HOME}" + path[1:]
	}
	var out strings.Builder
	for rest := path; rest != ""; {
		before, after, found := strings.Cut(rest, "${")
		out.WriteString(before)
		if !found {
			break
		}
		variable, tail, closed := strings.Cut(after, "}")
		value := env(variable)
		switch {
		case !closed:
			return "", errors.New("a ${ is not closed with }")
		case value == "" && variable == credentialsVar:
			return path, nil
		case value == "":
			return "", fmt.Errorf("the environment has no %s", variable)
		}
		out.WriteString(value)
		rest = tail
	}
	if !filepath.IsAbs(out.String()) {
		return "", fmt.Errorf("%q is relative: write the full path, starting with /", path)
	}
	return filepath.Clean(out.String()), nil
}
