package gait_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"gaitkeeper/gait"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"Ärger, 走る\n\tzwei":      "Ärger, 走る\n\tzwei",
		"\x1b[2Jred":             "\uFFFD[2Jred",
		"a\rb\x00c\x7fd\u009b1m": "a\uFFFDb\uFFFDc\uFFFDd\uFFFD1m",
		"run\u202efit.exe\u2066": "run\uFFFDfit.exe\uFFFD",
		"\xff\xfe":               "\uFFFD\uFFFD",
		"می\u200cخواهم 👩\u200d🚀": "می\u200cخواهم 👩\u200d🚀",
		"tag \U000e0041":         "tag \uFFFD",
	} {
		if got := gait.Sanitize(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := gait.SanitizeLine("a\r\nBcc: x\u2028y\tz"); got != "a\uFFFD Bcc: x y z" {
		t.Errorf("one line: %q", got)
	}
}

// JSON shows no more than text, and is read back as it was written.
func TestJSONIsEscapedAndReadBack(t *testing.T) {
	in := []string{"\x1b[2J\u009b\u202e\u2066\x7f\U000e0041", "Ärger, 走る 👩\u200d🚀 \\u202e \"", strings.Repeat("x", 5000)}
	var b bytes.Buffer
	if err := gait.NewEncoder(&b).Encode(in); err != nil {
		t.Fatal(err)
	}
	steering := func(r rune) bool { return unicode.Is(unicode.C, r) && r != '\u200d' }
	if got := strings.TrimSuffix(b.String(), "\n"); strings.ContainsFunc(got, steering) {
		t.Errorf("%q", got)
	}
	var out []string
	if err := json.Unmarshal(b.Bytes(), &out); err != nil || strings.Join(in, "|") != strings.Join(out, "|") {
		t.Errorf("read back: %q, %v", out, err)
	}
}
