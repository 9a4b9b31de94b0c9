package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// document is a TOML file taken apart: every value and section by its whole
// key, each with its line.
type document struct {
	entries []entry // in the order of the file
	lines   map[string]int
	// most is the largest number of times that a repeatable section occurs: each
	// but the first gets a number.
	most int
}

type entry struct {
	key   string
	value any
}

// maxSyntaxFaults bounds the number of lines that are given up before the file
// is taken for something else than TOML.
const maxSyntaxFaults = 20

// parse takes a TOML text apart. A line it cannot read becomes a fault and is
// left out, so that it does not hide the faults of the others; where that does
// not help, the first fault stands alone.
func parse(text string) (document, Faults) {
	lines := strings.Split(text, "\n")
	var faults Faults
	for len(faults) < maxSyntaxFaults {
		var top map[string]toml.Primitive
		md, err := toml.Decode(strings.Join(lines, "\n"), &top)
		if err == nil {
			doc := document{lines: map[string]int{}}
			doc.walk(&md, top, nil)
			return doc, faults
		}
		fault := syntaxFault(err, lines)
		faults = append(faults, fault)
		if !leaveOut(lines, fault.Line) {
			break
		}
	}
	return document{}, faults[:1]
}

// syntaxFault words an error of the TOML parser about the lines.
func syntaxFault(err error, lines []string) Fault {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return Fault{Text: err.Error()}
	}
	line := pe.Position.Line
	if strings.Contains(pe.Message, `but got '\n'`) {
		line-- // the parser had stepped over the line's end
	}
	if strings.Contains(pe.Message, "already") && line >= 1 && line <= len(lines) && isHeader(lines[line-1]) {
		header, _, _ := strings.Cut(lines[line-1], "#")
		if key := strings.Trim(header, "[] \t\r"); strings.HasPrefix(key, "notify.") {
			return Fault{Line: line, Key: key, Text: fmt.Sprintf("this section is there twice: for several channels of one kind, write [[%s]] above each", key)}
		}
	}
	return Fault{Line: line, Key: pe.LastKey, Text: "this is not TOML: " + strings.TrimSuffix(pe.Message, ".")}
}

// leaveOut empties the line with the given number, and with a section's header
// the whole section. It reports whether there was anything to empty.
func leaveOut(lines []string, number int) bool {
	i := number - 1
	if i < 0 || i >= len(lines) || strings.TrimSpace(lines[i]) == "" {
		return false
	}
	end := i + 1
	if isHeader(lines[i]) {
		if next := slices.IndexFunc(lines[end:], isHeader); next >= 0 {
			end += next
		} else {
			end = len(lines)
		}
	}
	clear(lines[i:end])
	return true
}

func isHeader(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "[") }

// walk records the values below table in the order of their lines, sections
// before what they hold.
func (d *document) walk(md *toml.MetaData, table map[string]toml.Primitive, path toml.Key) {
	lines := make(map[string]int, len(table))
	for name, value := range table {
		lines[name] = lineOf(md, value)
	}
	names := slices.SortedFunc(maps.Keys(table), func(a, b string) int {
		return cmp.Or(cmp.Compare(lines[a], lines[b]), cmp.Compare(a, b))
	})
	for _, name := range names {
		key := append(path[:len(path):len(path)], name)
		d.lines[key.String()] = lines[name]
		var value any
		var below map[string]toml.Primitive
		_ = md.PrimitiveDecode(table[name], &value) // into any, so nothing to go wrong
		if _, repeated := value.([]map[string]any); repeated && repeatable(key.String()) {
			d.walkAll(md, table[name], key, lines[name])
			continue
		}
		d.entries = append(d.entries, entry{key.String(), value})
		if isTable(value) {
			_ = md.PrimitiveDecode(table[name], &below)
			d.walk(md, below, key)
		}
	}
}

// walkAll records the values of a section that is there several times.
func (d *document) walkAll(md *toml.MetaData, list toml.Primitive, key toml.Key, line int) {
	var all []map[string]toml.Primitive
	_ = md.PrimitiveDecode(list, &all) // it is such a list
	for i, table := range all {
		numbered := append(slices.Clone(key[:len(key)-1]), Numbered(key[len(key)-1], i+1))
		d.entries = append(d.entries, entry{numbered.String(), map[string]any{}})
		d.lines[numbered.String()] = line
		d.walk(md, table, numbered)
	}
	d.most = max(d.most, len(all))
}

// lineOf returns the line on which a value stands, 0 for a section that only
// its subsections name. The parser tells lines in its errors alone, so it is
// given a value to fail on.
func lineOf(md *toml.MetaData, value toml.Primitive) int {
	var pe toml.ParseError
	errors.As(md.PrimitiveDecode(value, &refusing{}), &pe)
	return pe.Position.Line
}

// refusing takes no value.
type refusing struct{}

// UnmarshalTOML implements [toml.Unmarshaler].
func (refusing) UnmarshalTOML(any) error { return errors.ErrUnsupported }

// line returns the line of a key, or of the innermost section it belongs to
// that has one.
func (d *document) line(key string) int {
	for key != "" {
		if n := d.lines[key]; n > 0 {
			return n
		}
		key = section(key)
	}
	return 0
}

// section returns the section a key stands in: "notify.email" for
// "notify.email.host", "" for a key at the top.
func section(key string) string {
	return key[:max(0, strings.LastIndexByte(key, '.'))]
}

// name returns the last part of a key.
func name(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }
