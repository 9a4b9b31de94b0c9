package config

import (
	"os"
	"strings"
	"testing"
)

// FuzzLoad feeds the reader whatever a file may hold: it neither panics nor
// points beyond the file, and never says a thing is wrong without saying what.
func FuzzLoad(f *testing.F) {
	if text, err := os.ReadFile("../config.example.toml"); err == nil {
		f.Add(string(text))
	}
	for _, text := range []string{
		"a = [\n", "[[web]]\nx = 1", "[runner]\nraces = [{a = 1}, 2027-01-01, nan]", "web.listen = ':'\n[web]\n", "\"a.b\" = \"\"\"\n",
		"[schedule]\nsync = '*/0 * * * *'", "[pain]\nhigh = nan", "[sources.fit]\ndirs = ['${', '~']", "[alerts]\nquiet_hours = '-'",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "_file") {
			t.Skip("would read files of this machine")
		}
		l := newLoader("config.toml", text, func(string) string { return "/home/anna" })
		l.settle()
		l.join()
		lines := strings.Count(text, "\n") + 1
		for _, fault := range l.faults {
			if fault.Line < 0 || fault.Line > lines || fault.Text == "" {
				t.Errorf("%q: %+v", text, fault)
			}
		}
	})
}
