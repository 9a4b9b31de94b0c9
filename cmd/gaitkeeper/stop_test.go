package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

func TestASignalInTheMiddleIsToldInPlainWords(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	state := t.TempDir()
	env := func(name string) string {
		if name == "XDG_STATE_HOME" || name == "HOME" {
			return state
		}
		return ""
	}
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"import", t.TempDir()}, env, &stdout, &stderr)
	if code != exitFailed || !strings.Contains(stderr.String(), "stopped before the end; what was done is saved") ||
		strings.Contains(stderr.String(), "context") {
		t.Errorf("exit %d, %q", code, stderr.String())
	}
}
