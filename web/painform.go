package web

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gaitkeeper/gait"
)

// PainNote is an entry of the diary as the form hands it over.
type PainNote struct {
	// Run is the run it is about: an id, a prefix of one, or latest. Empty is a
	// rest day at Entry.At.
	Run   string
	Entry gait.Pain
	// Mark names the form: sent twice, it is one entry. May be empty.
	Mark string
	// Corrects is the number of the entry that this one takes the place of, or 0.
	Corrects int64
}

// painForm is what was typed into the form of the diary, and what is wrong with
// it, both by field. Faults of no field stand under "".
type painForm struct {
	Typed  map[string]string
	Faults map[string][]string
}

func (f painForm) fault(field, format string, args ...any) {
	f.Faults[field] = append(f.Faults[field], fmt.Sprintf(format, args...))
}

const (
	maxNote  = 2000 // characters of a note
	maxField = 100  // bytes of any other field
)

func painScores() []string { return []string{"start", "worst", "end", "morning"} }

// painFields are the fields of the form in its order.
func painFields() []string {
	return slices.Concat([]string{"at", "run", "site", "side", "kind", "note"}, painScores(), gait.FlagNames())
}

// readPain reads the form of the diary, whose fields are named as the flags of
// `pain add`. The note is sound where the form has no faults.
func readPain(sent url.Values, now time.Time, zone *time.Location) (PainNote, painForm) {
	f := painForm{Typed: map[string]string{}, Faults: map[string][]string{}}
	f.take(sent)
	n := PainNote{Run: f.Typed["run"]}
	f.about(&n, now, zone)
	f.place(&n.Entry)
	n.Entry.Kind, n.Entry.Note = gait.PainKind(f.Typed["kind"]), f.Typed["note"]
	e := &n.Entry
	for i, to := range []*gait.Score{&e.Start, &e.Worst, &e.End, &e.Morning} {
		f.score(painScores()[i], to)
	}
	for _, flag := range e.Flags() {
		f.flag(flag.Name, flag.Answer)
	}
	if len(f.Faults) == 0 {
		said := *e
		said.Recorded = now
		for _, fault := range said.Faults() {
			f.fault(fault.Field, "%s", fault.Text)
		}
	}
	return n, f
}

// take takes what was sent into Typed: known fields only, each once.
func (f painForm) take(sent url.Values) {
	known := append(painFields(), "mark", "corrects")
	for _, flag := range gait.FlagNames() {
		known = append(known, "no_"+flag)
	}
	for _, field := range slices.Sorted(maps.Keys(sent)) {
		values := sent[field]
		if !slices.Contains(known, field) {
			f.fault("", "no field is called %.40q: they are named as the flags of pain add", field)
			continue
		}
		for _, v := range values {
			if v != values[0] {
				f.fault(field, "this was given twice: %.40q and %.40q", values[0], v)
				break
			}
		}
		f.Typed[field] = f.text(field, values[0])
	}
}

// text returns a value without what does not belong into it.
func (f painForm) text(field, value string) string {
	value = strings.TrimSpace(strings.ReplaceAll(value, "\r\n", "\n"))
	switch {
	case !utf8.ValidString(value) || strings.ContainsRune(value, 0):
		f.fault(field, "this is not text")
		return ""
	case field == "note" && utf8.RuneCountInString(value) > maxNote:
		f.fault(field, "this is too long: %d characters at most", maxNote)
	case field != "note" && len(value) > maxField:
		f.fault(field, "this is too long")
		return ""
	}
	return value
}

// about reads which run or moment the entry is about, and which form it comes
// from.
func (f painForm) about(n *PainNote, now time.Time, zone *time.Location) {
	at := f.Typed["at"]
	switch {
	case n.Run == "" && at == "":
		f.fault("at", "when was it? Name the run, or the time of a rest day")
	case n.Run != "" && at != "":
		f.fault("at", "an entry is about a run or about a time, not both")
	case n.Run != "":
		n.Entry.Run = gait.RunID(n.Run)
	default:
		var err error
		if n.Entry.At, err = gait.ParseTime(at, now, zone); err != nil {
			f.fault("at", "%v", err)
		}
	}
	n.Mark = f.Typed["mark"]
	if n.Mark != "" && !validFormToken(n.Mark) {
		f.fault("", "this form is not one of the page's: open it again")
	}
	if corrects := f.Typed["corrects"]; corrects != "" {
		var err error
		if n.Corrects, err = strconv.ParseInt(corrects, 10, 64); err != nil || n.Corrects < 1 {
			f.fault("", "%q is not the number of an entry", corrects)
		}
	}
}

// place reads the site and its side. The page's own buttons give both at once,
// as in "achilles left".
func (f painForm) place(e *gait.Pain) {
	site, side, both := f.Typed["site"], "", false
	if words := strings.Fields(site); len(words) > 1 {
		if _, err := gait.ParseSide(words[len(words)-1]); err == nil {
			site, side, both = strings.Join(words[:len(words)-1], " "), words[len(words)-1], true
		}
	}
	said := f.Typed["side"]
	if both && said != "" && said != side {
		f.fault("side", "the site says %s and the side %s", side, said)
	}
	if !both {
		side = said
	}
	err := e.SetSite(site)
	if err != nil {
		f.fault("site", "%v", err)
	}
	if side == "" {
		return
	}
	if e.Side, err = gait.ParseSide(side); err != nil {
		f.fault("side", "%v", err)
	}
}

// score reads a number of the scale, or "3+" for three or more.
func (f painForm) score(field string, to *gait.Score) {
	typed := f.Typed[field]
	if typed == "" {
		return
	}
	number, open := strings.CutSuffix(typed, "+")
	score := gait.Exactly
	if open {
		score = gait.AtLeastScore
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		f.fault(field, "%q is not a number: say 0 to %d", typed, gait.MaxScore)
		return
	}
	if *to, err = score(n); err != nil {
		f.fault(field, "%v", err)
	}
}

// flag reads yes, no or nothing from the field and from its opposite, "no_…".
func (f painForm) flag(field string, to *gait.YesNo) {
	said, against := f.yesNo(field), f.yesNo("no_"+field)
	switch {
	case against == gait.No:
		f.fault(field, "say %s, not no_%s=no", field, field)
	case against == gait.Yes && said == gait.Yes:
		f.fault(field, "yes and no contradict each other")
	case against == gait.Yes:
		*to = gait.No
	default:
		*to = said
	}
}

func (f painForm) yesNo(field string) gait.YesNo {
	switch strings.ToLower(f.Typed[field]) {
	case "":
		return gait.Unsaid
	case "yes", "true", "on", "1":
		return gait.Yes
	case "no", "false", "off", "0":
		return gait.No
	default:
		f.fault(strings.TrimPrefix(field, "no_"), "%q is neither yes nor no", f.Typed[field])
		return gait.Unsaid
	}
}

// typedPain fills the form with an entry, to be corrected where it is there already.
func typedPain(e gait.Pain, zone *time.Location) painForm {
	f := painForm{Typed: map[string]string{"kind": string(e.Kind), "note": e.Note}}
	if e.ID > 0 {
		f.Typed["corrects"] = strconv.FormatInt(e.ID, 10)
	}
	f.Typed["site"] = strings.TrimSpace(string(e.Site) + " " + string(e.Side))
	if e.RestDay() {
		f.Typed["at"] = typedTime(e.At, zone)
	} else {
		f.Typed["run"] = string(e.Run)
	}
	for i, s := range []gait.Score{e.Start, e.Worst, e.End, e.Morning} {
		f.Typed[painScores()[i]] = s.Typed()
	}
	for _, flag := range e.Flags() {
		f.Typed[flag.Name] = map[gait.YesNo]string{gait.Yes: "yes", gait.No: "no"}[*flag.Answer]
	}
	return f
}

// typedTime is a moment as the browser's field writes it.
func typedTime(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2006-01-02T15:04:05")
}

// formTokenBytes are enough for a token that is never drawn twice.
const formTokenBytes = 16

// newFormToken returns the name of one form, so that what is sent twice from it is
// stored once.
func newFormToken() string {
	var b [formTokenBytes]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// validFormToken reports whether a token can be one of ours.
func validFormToken(token string) bool {
	b, err := hex.DecodeString(token)
	return err == nil && len(b) == formTokenBytes
}
