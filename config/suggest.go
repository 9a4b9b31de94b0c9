package config

import (
	"slices"
	"strings"

	"gaitkeeper/gait"
)

// unknown says of an entry that nobody knows what was probably meant.
func (l *loader) unknown(e entry) string {
	if !isTable(e.value) && l.isSecret(e.key) {
		return "a secret is never written in this file: put it into a file of its own, chmod 600 it, and name that file with " + l.fileKey(e.key)
	}
	what := "no such key"
	var candidates []string
	for _, s := range l.settings {
		if isTable(e.value) {
			candidates = append(candidates, ancestors(s.key)...)
		} else {
			candidates = append(candidates, s.key)
		}
	}
	if isTable(e.value) {
		what = "no such section"
	}
	if best := nearest(e.key, candidates); best != "" {
		return what + ": did you mean " + best + "?"
	}
	return what + "; config.example.toml has them all"
}

// isSecret reports whether an unknown key looks like a secret.
func (l *loader) isSecret(key string) bool {
	last := strings.ToLower(name(key))
	if l.isSetting(key+"_file") || l.isSetting(strings.TrimSuffix(key, "s")+"_files") {
		return true
	}
	for _, word := range []string{"passw", "secret", "token", "api_key", "apikey"} {
		if strings.Contains(last, word) && !strings.HasSuffix(last, "_file") {
			return true
		}
	}
	return false
}

// fileKey returns the key that names the file for a secret that was written at
// key: the nearest that ends in _file or _files within its section.
func (l *loader) fileKey(key string) string {
	var here []string
	for _, s := range l.settings {
		if section(s.key) == section(key) && (strings.HasSuffix(s.key, "_file") || strings.HasSuffix(s.key, "_files")) {
			here = append(here, s.key)
		}
	}
	switch {
	case l.isSetting(key + "_file"):
		return key + "_file"
	case len(here) > 0:
		return here[0]
	default:
		return "the key that ends in _file"
	}
}

// ancestors returns the sections a key stands in, innermost first.
func ancestors(key string) []string {
	var out []string
	for s := section(key); s != ""; s = section(s) {
		out = append(out, s)
	}
	return out
}

// nearest returns the candidate that is probably meant by key: the one spelled most like
// it, else the one of the same name in another section where there is just one; "" where
// none is near.
func nearest(key string, candidates []string) string {
	if best := gait.Nearest(key, candidates); best != "" {
		return best
	}
	same := slices.DeleteFunc(candidates, func(c string) bool { return name(c) != name(key) })
	slices.Sort(same)
	if same = slices.Compact(same); len(same) == 1 {
		return same[0]
	}
	return ""
}
