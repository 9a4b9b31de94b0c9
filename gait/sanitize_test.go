package gait_test

import (
	"testing"

	"gaitkeeper/gait"
)

func TestSanitize(t *testing.T) {
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
