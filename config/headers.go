package config

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// Headers returns the headers that a file holds, a line "Name: value" each;
// none for an empty path. Lines that are empty or begin with # are passed over.
func Headers(path string) (http.Header, error) {
	if path == "" {
		return http.Header{}, nil
	}
	if unresolved(path) {
		return nil, fmt.Errorf("%s: systemd gives $%s to the service alone: run this inside the service, or name a plain file", path, credentialsVar)
	}
	data, err := readAtMost(path, maxSecret)
	switch {
	case errors.Is(err, errTooLarge):
		return nil, fmt.Errorf("%s is too large to hold headers", path)
	case err != nil:
		return nil, secretError(path, err)
	}
	h, n := http.Header{}, 0
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(value) || value == "" {
			return nil, fmt.Errorf("%s: line %d is not a header: write it as in \"X-Token: abc\"", path, n)
		}
		h.Add(name, value)
	}
	return h, nil
}

// headers stores the path of a file that holds headers.
func headers(to *string, env func(string) string) func(any) error {
	return func(value any) error {
		if err := path(to, env)(value); err != nil || *to == "" || unresolved(*to) {
			return err
		}
		if _, err := Headers(*to); err != nil {
			return err
		}
		return notOpen(*to)
	}
}
