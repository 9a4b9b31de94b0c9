package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gaitkeeper/gait"
)

// describe reads the texts of a run for tags about pain: "#pain 4 left
// achilles", "#pain 0", "#nopain". It returns the entries of the diary that
// they make, one for each place that hurts, and the tags that could not be
// understood: nothing is guessed. A sign of danger is heard without a tag, too.
func describe(r gait.Run) (entries []gait.Pain, unread []gait.UnreadTag) {
	told := gait.TextSource{}
	if len(r.Origins) > 0 {
		told.Source, told.Key = r.Origins[0].Source, r.Origins[0].Key
	}
	texts := []struct {
		name gait.TextName
		body string
	}{{gait.TextTitle, r.Title}, {gait.TextDescription, r.Description}, {gait.TextPrivateNote, r.PrivateNote}}
	for _, text := range texts[1:] { // a tag in a title is none
		told.Text = text.name
		for _, tag := range findTags(text.body) {
			if text.name == gait.TextPrivateNote {
				tag.discreet()
			}
			entry, fault := tag.entry()
			if fault != "" {
				unread = append(unread, gait.UnreadTag{Run: r.ID, Source: told, Tag: tag.quote(text.name), Fault: fault})
				continue
			}
			entry.Run, entry.FromText = r.ID, told
			entries = append(entries, entry)
		}
	}
	entries, odd := settle(entries)
	for _, text := range texts {
		told.Text = text.name
		for _, heard := range gait.Overhear(text.body) {
			entries = overheard(entries, heard, gait.Pain{Run: r.ID, FromText: told})
		}
	}
	return entries, append(unread, odd...)
}

// overheard adds a sign of danger to the entry about its place, or makes one. Of a
// private note no more is kept than the signs.
func overheard(entries []gait.Pain, heard gait.Heard, p gait.Pain) []gait.Pain {
	note := heard.Text
	if p.FromText.Text == gait.TextPrivateNote {
		note = heard.Signs.String()
	}
	for i, e := range entries {
		place := heard.Site == gait.NoSite || e.Site == heard.Site && (heard.Side == gait.NoSide || e.Side == heard.Side)
		if place && !e.NoPain() {
			entries[i].Note = strings.TrimPrefix(e.Note+"; "+note, "; ")
			return entries
		}
	}
	p.Site, p.Side, p.Note = heard.Site, heard.Side, note
	if p.Site == gait.NoSite && !heard.Signs.Has(gait.SaysChest) {
		p.Site = gait.OtherSite
	}
	return append(entries, p)
}

// settle makes one entry of those about the same place, the worst of them, and
// takes back "no pain" where a place hurts.
func settle(entries []gait.Pain) (kept []gait.Pain, odd []gait.UnreadTag) {
	hurts := slices.ContainsFunc(entries, func(p gait.Pain) bool { return p.Worst.AtLeast(1) })
	for _, p := range entries {
		if p.NoPain() && hurts {
			odd = append(odd, gait.UnreadTag{
				Run: p.Run, Source: p.FromText, Tag: "#nopain",
				Fault: "another tag of this run says that something hurt: that one counts; take one of them out",
			})
			continue
		}
		same := slices.IndexFunc(kept, func(k gait.Pain) bool { return k.Site == p.Site && k.Side == p.Side })
		switch {
		case same < 0:
			kept = append(kept, p)
		case p.Worst.Low() > kept[same].Worst.Low():
			kept[same] = p
		}
	}
	return kept, odd
}

// tag is one "#pain" or "#nopain" with the words that belong to it.
type tag struct {
	name  string // as the runner wrote it
	none  bool   // it says "no pain"
	words []word
	next  string // the word behind them, which was not understood
}

// A word of a tag is a number, a side or a site.
type word struct {
	text   string
	number int // -1 where it is none
	side   gait.Side
	site   gait.Site
	fault  string // why it cannot be taken: "4.5"
}

func findTags(text string) []tag {
	var tags []tag
	for rest := text; ; {
		i := strings.IndexByte(rest, '#')
		if i < 0 {
			return tags
		}
		glued := i > 0 && isWordByte(rest[i-1])
		rest = rest[i+1:]
		name, none := tagName(rest)
		if name == "" || glued {
			continue
		}
		line := rest[len(name):]
		if end := strings.IndexAny(line, "#\n\r"); end >= 0 {
			line = line[:end]
		}
		t := tag{name: "#" + name, none: none}
		t.read(line)
		tags = append(tags, t)
	}
}

// isWordByte reports whether a byte before a "#" makes it a part of a word, as
// in an address: "page#pain".
func isWordByte(b byte) bool {
	return b == '/' || b == '_' || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}

// tagName returns the tag that text begins with, as it is written there; empty
// for any other hashtag, such as #painful.
func tagName(text string) (name string, none bool) {
	for _, known := range []string{"nopain", "no-pain", "no_pain", "pain"} {
		if len(text) < len(known) || !strings.EqualFold(text[:len(known)], known) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[len(known):]); unicode.IsLetter(r) || r == '_' {
			return "", false
		}
		return text[:len(known)], known != "pain"
	}
	return "", false
}

// read takes the words of line that belong to the tag: up to the end of the
// sentence or the first word that says neither number nor side nor site.
func (t *tag) read(line string) {
	for _, raw := range strings.Fields(line) {
		ends := endsSentence(raw)
		for _, text := range parts(raw) {
			w, known := lookUp(text)
			if !known {
				t.next = text
				return
			}
			if w != (word{number: none, text: text}) { // a filler says nothing
				t.words = append(t.words, w)
			}
		}
		if ends {
			return
		}
	}
}

func endsSentence(raw string) bool {
	raw = strings.TrimRight(raw, `)]"'*`)
	return strings.HasSuffix(raw, ".") || strings.HasSuffix(raw, "!") || strings.HasSuffix(raw, "?") || strings.HasSuffix(raw, ";")
}

// parts frees a word of its punctuation and takes compounds apart: "left-knee".
func parts(raw string) []string {
	raw = strings.ToLower(strings.Trim(raw, ",.;:!?=~*()[]{}\"'“”‘’…–—&"))
	if raw == "" || raw == "-" || raw == "/" {
		return nil
	}
	if strings.ContainsAny(raw, "0123456789") {
		return []string{raw}
	}
	return strings.FieldsFunc(raw, func(r rune) bool { return strings.ContainsRune("-/+_,:=&", r) })
}

// entry makes the diary entry of the tag, or says why it cannot be made.
func (t tag) entry() (gait.Pain, string) {
	number, fault := t.number()
	if fault != "" {
		return gait.Pain{}, fault
	}
	p := gait.Pain{}
	if p.Site, fault = t.site(); fault != "" {
		return gait.Pain{}, fault
	}
	if p.Side, fault = t.side(p.Site); fault != "" {
		return gait.Pain{}, fault
	}
	var err error
	if p.Worst, err = gait.Exactly(number); err != nil {
		return gait.Pain{}, err.Error() + ": write a whole number, 0 for no pain"
	}
	if err := p.Validate(); err != nil {
		return gait.Pain{}, strings.ReplaceAll(err.Error(), "\n", "; ")
	}
	return p, ""
}

// discreet keeps the words of the text out of the tag's faults.
func (t *tag) discreet() {
	t.next = ""
	for i := range t.words {
		if t.words[i].fault != "" {
			t.words[i].fault = "it has no whole number from 0 to 10: write the worst, as in #pain 4 left achilles"
		}
	}
}

// quote is the tag as it may be shown: of a private note only its name.
func (t tag) quote(text gait.TextName) string {
	if text == gait.TextPrivateNote {
		return t.name
	}
	words := []string{t.name}
	for _, w := range t.words {
		words = append(words, w.text)
	}
	if t.next != "" {
		words = append(words, t.next)
	}
	const most = 60
	quoted := []rune(strings.Join(words, " "))
	if len(quoted) > most {
		return string(quoted[:most]) + "…"
	}
	return string(quoted)
}
