package config

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// secretText returns the one secret that a file holds. What editors, consoles
// and web pages put around it is taken off: a byte order mark, blanks, line
// ends, empty lines. What cannot be told from the secret itself is an error: a
// second line, or a character that nobody sees.
func secretText(data []byte) (string, error) {
	text := strings.TrimPrefix(string(data), "\ufeff")
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return "", errors.New("is written in UTF-16: save it as plain text (UTF-8)")
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return "", errors.New("is empty: write the secret into it")
	}
	if strings.ContainsAny(text, "\r\n") {
		return "", errors.New("holds more than one line: leave the secret alone in it")
	}
	for i, r := range text {
		if hidden(r) {
			return "", fmt.Errorf("holds an invisible character (%U, after %d others), as it comes along when a secret is copied from a web page: type that part by hand",
				r, utf8.RuneCountInString(text[:i]))
		}
	}
	return text, nil
}

// hidden tells whether a character shows as nothing, or as a blank that it is
// not.
func hidden(r rune) bool {
	return r != ' ' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Z, r))
}
