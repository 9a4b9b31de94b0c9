package config

import "strings"

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
	if best := Nearest(e.key, candidates); best != "" {
		return what + ": did you mean " + best + "?"
	}
	return what + "; config.example.toml has them all"
}

// isSecret tells whether an unknown key looks like a secret.
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

// Nearest returns the candidate that is probably meant by key: one of the same
// name in another section where there is just one, else the one fewest edits
// away; "" where none is near.
func Nearest(key string, candidates []string) string {
	best, edits := "", max(2, len(name(key))/3)+1
	if len(key) > longestKey {
		return ""
	}
	same := map[string]bool{}
	for _, c := range candidates {
		if d := distance(key, c); d < edits {
			best, edits = c, d
		}
		if name(c) == name(key) {
			same[c] = true
		}
	}
	if best == "" && len(same) == 1 {
		for c := range same {
			best = c
		}
	}
	return best
}

// longestKey is the length of a key beyond which nothing we know is near.
const longestKey = 64

// distance is the number of letters to put in, take out or change to make a
// into b (Levenshtein's).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
