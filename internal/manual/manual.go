// Package manual writes the man page and the shell completions from the command
// line that kong parses, so that they cannot differ from it.
package manual

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// Man writes the man page gaitkeeper(1) in roff.
func Man(w io.Writer, app *kong.Application) {
	name := strings.ToUpper(app.Name)
	fmt.Fprintf(w, ".TH %s 1\n.SH NAME\n%s \\- %s\n", name, app.Name, roff(firstSentence(app.Help)))
	fmt.Fprintf(w, ".SH SYNOPSIS\n.B %s\n[\\fB\\-\\-config\\fR \\fIFILE\\fR] \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...\n", app.Name)
	fmt.Fprint(w, `.SH DESCRIPTION
gaitkeeper reads the runs of a watch, notices a shift in ground contact balance that looks like a limp, combines it with the pain that the
runner reports, and sends a mail or push message. It is not a medical device: if you cannot bear weight, felt a pop, or have swelling, numbness
or chest pain, see a doctor today.
.SH OPTIONS
`)
	for _, f := range flags(app.Node) {
		manFlag(w, f)
	}
	fmt.Fprint(w, ".SH COMMANDS\n")
	for _, n := range commands(app.Node) {
		fmt.Fprintf(w, ".SS \"%s\"\n%s\n", roff(strings.TrimPrefix(n.Summary(), app.Name+" ")), roff(n.Help))
		if n.Detail != "" {
			fmt.Fprintf(w, ".PP\n.nf\n%s\n.fi\n", roff(n.Detail))
		}
		for _, f := range flags(n) {
			manFlag(w, f)
		}
	}
	fmt.Fprint(w, `.SH FILES
.TP
.I ~/.config/gaitkeeper/config.toml
The config when you start gaitkeeper yourself.
.TP
.I /etc/gaitkeeper/config.toml
The service's config. /usr/share/doc/gaitkeeper/config.example.toml explains every key.
.TP
.I ~/.local/state/gaitkeeper/gaitkeeper.db
The database; the service's is /var/lib/gaitkeeper/gaitkeeper.db. Run commands that use it as the service's user:
.B sudo \-u gaitkeeper gaitkeeper status
.SH EXIT STATUS
0 success; 1 failure, the message says what was saved; 2 wrong usage or a faulty config.
`)
}

func manFlag(w io.Writer, f *kong.Flag) {
	value := ""
	if !f.IsBool() {
		value = " \\fI" + roff(f.FormatPlaceHolder()) + "\\fR"
	}
	fmt.Fprintf(w, ".TP\n\\fB\\-\\-%s\\fR%s\n%s\n", roff(f.Name), value, roff(f.Help))
}

// roff escapes what roff would take for its own.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, `-`, `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		return `\&` + s
	}
	return s
}

func firstSentence(s string) string {
	first, _, _ := strings.Cut(s, ".")
	return strings.ToLower(first[:1]) + first[1:]
}

// commands returns every command that can be called, those inside others too.
func commands(n *kong.Node) []*kong.Node {
	var all []*kong.Node
	for _, c := range n.Children {
		if c.Hidden || c.Type != kong.CommandNode {
			continue
		}
		if inner := commands(c); len(inner) > 0 {
			all = append(all, inner...)
		} else {
			all = append(all, c)
		}
	}
	return all
}

// flags returns a command's own flags that are shown.
func flags(n *kong.Node) []*kong.Flag {
	var shown []*kong.Flag
	for _, f := range n.Flags {
		if !f.Hidden {
			shown = append(shown, f)
		}
	}
	return shown
}
