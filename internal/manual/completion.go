package manual

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Bash writes the completion for bash: commands, the commands inside them, and
// their flags; files everywhere else.
func Bash(w io.Writer, app *kong.Application) {
	fmt.Fprintf(w, `# bash completion for %[1]s
_%[1]s() {
	local current=${COMP_WORDS[COMP_CWORD]} path= word words
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case "$path/$word" in
`, app.Name)
	for _, n := range nodes(app.Node) {
		fmt.Fprintf(w, "\t\t%s) path=%[1]s ;;\n", path(n))
	}
	fmt.Fprint(w, "\t\tesac\n\tdone\n\tcase \"$path\" in\n")
	for _, n := range append([]*kong.Node{app.Node}, nodes(app.Node)...) {
		fmt.Fprintf(w, "\t%s) words=\"%s\" ;;\n", quoted(path(n)), strings.Join(words(n, app.Node), " "))
	}
	fmt.Fprintf(w, `	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _%[1]s %[1]s
`, app.Name)
}

// Zsh writes the completion for zsh, which reads the one for bash.
func Zsh(w io.Writer, app *kong.Application) {
	fmt.Fprintf(w, "#compdef %s\nautoload -U +X bashcompinit && bashcompinit\n", app.Name)
	// mapfile is bash's own.
	var bash strings.Builder
	Bash(&bash, app)
	fmt.Fprint(w, strings.Replace(bash.String(), `mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")`,
		`COMPREPLY=($(compgen -W "$words" -- "$current"))`, 1))
}

// Fish writes the completion for fish.
func Fish(w io.Writer, app *kong.Application) {
	for _, n := range nodes(app.Node) {
		when := "__fish_use_subcommand"
		if n.Parent.Type == kong.CommandNode {
			when = "__fish_seen_subcommand_from " + n.Parent.Name
		}
		fmt.Fprintf(w, "complete -c %s -n '%s' -a %s -d %s\n", app.Name, when, n.Name, fishQuoted(n.Help))
		for _, f := range flags(n) {
			fmt.Fprintf(w, "complete -c %s -n '__fish_seen_subcommand_from %s' -l %s -d %s\n", app.Name, n.Name, f.Name, fishQuoted(f.Help))
		}
	}
	for _, f := range flags(app.Node) {
		fmt.Fprintf(w, "complete -c %s -l %s -d %s\n", app.Name, f.Name, fishQuoted(f.Help))
	}
}

// nodes returns every command, those that hold others before what they hold.
func nodes(n *kong.Node) []*kong.Node {
	var all []*kong.Node
	for _, c := range n.Children {
		if !c.Hidden && c.Type == kong.CommandNode {
			all = append(append(all, c), nodes(c)...)
		}
	}
	return all
}

// path returns the names of a command from the root, each behind a slash.
func path(n *kong.Node) string {
	if n.Parent == nil {
		return ""
	}
	return path(n.Parent) + "/" + n.Name
}

// words returns what may follow a command: what it holds, its flags, and those
// of the root.
func words(n, root *kong.Node) []string {
	var all []string
	for _, c := range n.Children {
		if !c.Hidden {
			all = append(all, c.Name)
		}
	}
	for _, p := range n.Positional {
		if p.Enum != "" {
			all = append(all, strings.Split(p.Enum, ",")...)
		}
	}
	for _, f := range append(flags(n), flags(root)...) {
		if flag := "--" + f.Name; !slices.Contains(all, flag) {
			all = append(all, flag)
		}
	}
	return all
}

func quoted(s string) string { return `"` + s + `"` }

func fishQuoted(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}
