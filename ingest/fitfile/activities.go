package fitfile

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gaitkeeper/ingest"
)

// Strava's bulk export has a list of the activities, with what the runner wrote
// about each, and their files in a folder beside it.
const (
	activitiesList   = "activities.csv"
	activitiesFolder = "activities"
)

// exportText is what the runner wrote about one activity.
type exportText struct {
	title, description, note, gear string
}

// changeHash stands for the texts, to see whether they changed; empty for none.
func (w exportText) changeHash() string {
	if w == (exportText{}) {
		return ""
	}
	h := sha256.New()
	for _, s := range []string{w.title, w.description, w.note, w.gear} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// put gives the runs of one file their words. The texts go to the last run
// alone: one sentence about pain is one entry of the diary.
func (w exportText) put(c *ingest.Content) {
	if w == (exportText{}) {
		return
	}
	for i := range c.Runs {
		r := &c.Runs[i]
		r.Gear = w.gear
		if w.title != "" {
			r.Title = w.title
		}
		if i == len(c.Runs)-1 {
			r.Description, r.PrivateNote = w.description, w.note
		}
	}
	c.HasMetadata = len(c.Runs) > 0
}

// column is what a column of the list holds.
type column int

const (
	columnTitle column = iota
	columnDescription
	columnNote
	columnGear
	columnFile
	columnCount
)

// names are what a column is called: in messages, then by Strava, now, before
// 2019, and in a German account. Other languages are known by the order of the
// columns, which is the same in all.
func (c column) names() (plain string, headers []string) {
	all := [...][]string{
		{"titles", "activity name", "name", "name der aktivität"},
		{"descriptions", "activity description", "description", "aktivitätsbeschreibung"},
		{"private notes", "activity private note", "hinweis zur privatsphäre für aktivitäten"},
		{"gear", "activity gear", "gear", "aktivitätsausrüstung"},
		{"file names", "filename", "dateiname"},
	}[c]
	return all[0], all[1:]
}

// columns are the numbers of the columns, missing where there is none.
type columns [columnCount]int

const missing = -1

// newColumns finds the columns by their headers; of doubled ones the first counts.
func newColumns(header []string) columns {
	var at columns
	for c := range columnCount {
		_, headers := c.names()
		at[c] = slices.IndexFunc(header, func(h string) bool {
			return slices.Contains(headers, strings.ToLower(strings.TrimSpace(h)))
		})
	}
	return at
}

// look finds, in a row of a list whose headers are in an unknown language, the
// column that names files, and by it the others: the list begins with number,
// date, name, sort and description, and gear stands before the file.
func (at *columns) look(row []string) {
	const title, description, fewest = 2, 4, 7
	if at[columnFile] != missing {
		return
	}
	file := slices.IndexFunc(row, namesActivity)
	if file == missing {
		return
	}
	at[columnFile] = file
	strange := at[columnTitle] == missing && at[columnDescription] == missing && at[columnGear] == missing
	if strange && file >= fewest && isNumber(row[0]) {
		at[columnTitle], at[columnDescription], at[columnNote], at[columnGear] = title, description, file-2, file-1
	}
}

// cell returns what a row holds in a column.
func (at columns) cell(row []string, c column) string {
	if i := at[c]; i >= 0 && i < len(row) {
		return row[i]
	}
	return ""
}

// namesActivity reports whether a cell is the name of an activity's file.
func namesActivity(cell string) bool {
	cell = strings.ToLower(cell)
	return strings.HasPrefix(cell, activitiesFolder+"/") && (promising(cell) || foreign(cell) != "")
}

func isNumber(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// readWords reads a list of activities: the words of each FIT file by its name,
// as textKey makes it. fault says what of the list could not be used; an error is
// that of r.
func readWords(r io.Reader) (list map[string]exportText, fault string, err error) {
	list = map[string]exportText{}
	lines := bufio.NewReader(r)
	rows := csv.NewReader(lines)
	rows.Comma = separator(lines)
	rows.FieldsPerRecord, rows.LazyQuotes, rows.ReuseRecord = -1, true, true
	header, err := rows.Read()
	if err != nil {
		fault, err = torn(err)
		return list, fault, err
	}
	at := newColumns(header)
	n := 0
	for {
		row, err := rows.Read()
		if err != nil {
			fault, err := torn(err)
			return list, sentences(fault, at.fault(n)), err
		}
		n++
		at.look(row)
		file := at.cell(row, columnFile)
		if !promising(file) {
			continue // none, or none that is read here
		}
		if key := textKey(file); list[key] == (exportText{}) {
			list[strings.Clone(key)] = exportText{
				title: tidy(at.cell(row, columnTitle)), description: text(at.cell(row, columnDescription)),
				note: text(at.cell(row, columnNote)), gear: tidy(at.cell(row, columnGear)),
			}
		}
	}
}

// separator is what stands between the cells of a list: not a comma where a
// spreadsheet saved it again in many countries.
func separator(list *bufio.Reader) rune {
	head, _ := list.Peek(list.Size()) // shorter lists are whole in it
	first, _, _ := bytes.Cut(head, []byte("\n"))
	best := ','
	for _, s := range ";\t" {
		if bytes.Count(first, []byte(string(s))) > bytes.Count(first, []byte(string(best))) {
			best = s
		}
	}
	return best
}

// textKey is the name by which the words of a file are found. A file that was
// unpacked by hand is the same one.
func textKey(file string) string {
	name := path.Clean(strings.ToLower(strings.ReplaceAll(file, `\`, "/")))
	return strings.TrimSuffix(name, ".gz")
}

// fault says what was not found in a list of n activities.
func (at columns) fault(n int) string {
	if n == 0 {
		return ""
	}
	if at[columnFile] == missing {
		return "none of its columns names the activities' files, so no titles and descriptions could be taken from it"
	}
	var none []string
	for _, c := range []column{columnTitle, columnDescription, columnGear} {
		if at[c] == missing {
			plain, _ := c.names()
			none = append(none, plain)
		}
	}
	if len(none) == 0 {
		return ""
	}
	return fmt.Sprintf("its columns of %s were not found by their headers, so nothing was taken from them: ask Strava for the export with its language set to English",
		strings.Join(none, ", "))
}

// torn says why a list ended before its end, if it did; an error is not the
// list's.
func torn(err error) (fault string, _ error) {
	var at *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return "", nil
	case errors.As(err, &at):
		return fmt.Sprintf("it is damaged at line %d: the titles and descriptions behind it were not taken", at.Line), nil
	default:
		return "", err
	}
}

// sentences joins those that are not empty.
func sentences(faults ...string) string {
	return strings.Join(slices.DeleteFunc(faults, func(s string) bool { return s == "" }), "; ")
}

// maxText is the longest text taken from a list, in bytes.
const maxText = 20_000

// text makes a text in a file fit to be kept: its lines stay.
func text(s string) string {
	s = printable(s[:min(len(s), maxText)], "\n\t")
	return strings.TrimSpace(strings.Clone(s))
}

// printable leaves out what cannot be shown, except for the characters in keep.
func printable(s, keep string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) && !strings.ContainsRune(keep, r) {
			return -1
		}
		return r
	}, s)
}
