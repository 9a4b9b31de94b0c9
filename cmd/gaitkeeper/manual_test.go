package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"gaitkeeper/internal/manual"
)

var update = flag.Bool("update", false, "write packaging/manual anew")

func TestManualIsOfThisCommandLine(t *testing.T) {
	parser, err := newParser(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func(io.Writer, *kong.Application){
		"gaitkeeper.1": manual.Man, "gaitkeeper.bash": manual.Bash, "_gaitkeeper": manual.Zsh, "gaitkeeper.fish": manual.Fish,
	} {
		var made bytes.Buffer
		write(&made, parser.Model)
		file := filepath.Join("..", "..", "packaging", "manual", name)
		if *update {
			if err := os.WriteFile(file, made.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if kept, err := os.ReadFile(file); err != nil || !bytes.Equal(kept, made.Bytes()) {
			t.Errorf("%s is of another command line (%v): go test ./cmd/gaitkeeper -run Manual -update", file, err)
		}
	}
}

// TestBashCompletes asks a real bash what it would offer.
func TestBashCompletes(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not here")
	}
	file, err := filepath.Abs(filepath.Join("..", "..", "packaging", "manual", "gaitkeeper.bash"))
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"gaitkeeper ex":              "explain",
		"gaitkeeper pain a":          "add",
		"gaitkeeper pain add --wors": "--worst",
		"gaitkeeper answer latest c": "cleared",
		"gaitkeeper --conf":          "--config",
	} {
		words := strings.Fields(line)
		ask := `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gaitkeeper; echo "${COMPREPLY[*]}"`
		out, err := exec.Command(bash, append([]string{"--norc", "-c", ask, "bash", file}, words...)...).CombinedOutput()
		if offered := strings.Fields(string(out)); err != nil || len(offered) == 0 || offered[0] != want {
			t.Errorf("%s: offered %q, want %s first (%v)", line, out, want, err)
		}
	}
}
