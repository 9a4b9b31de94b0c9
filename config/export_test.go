package config

import "strings"

// Keys returns every key of the file, thresholds included.
func Keys() []string {
	var c Config
	var keys []string
	for _, s := range settings(&c, func(string) string { return "" }) {
		keys = append(keys, s.key)
	}
	return keys
}

// FaultLines loads a config and returns its faults as "line key: text", one a
// line, without the file's name.
func FaultLines(file string, env func(string) string) string {
	_, err := Load(file, env)
	if err == nil {
		return ""
	}
	return strings.ReplaceAll(err.Error(), file+":", "")
}

// Expand, First, InstanceOf and CheckStorageAs open what the tests cannot
// reach from outside: other users' rights and the system's own folders.
var (
	Expand     = expand
	First      = first
	Database   = database
	Unreadable = unreadable
	CheckLocal = checkLocal
	HandedIn   = handedIn
)

// CheckStorageAs is CheckStorage for a user with the given rights.
func (c Config) CheckStorageAs(mayWrite func(string) error) error { return c.checkStorage(mayWrite) }
