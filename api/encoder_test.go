package api_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"gaitkeeper/api"
)

// JSON shows no more than text, and is read back as it was written.
func TestJSONIsEscapedAndReadBack(t *testing.T) {
	in := []string{"\x1b[2J\u009b\u202e\u2066\x7f\U000e0041", "Ärger, 走る 👩\u200d🚀 \\u202e \"", strings.Repeat("x", 5000)}
	var b bytes.Buffer
	if err := api.NewEncoder(&b).Encode(in); err != nil {
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
