package gait

import (
	"slices"
	"strings"
	"unicode"
)

// Signs are what a runner's own words name of a pain that its flags may not say:
// signs of danger, and what else decides about running on.
type Signs uint32

// The signs. Hot and Twisted count only beside a swelling: alone they are the
// weather, or the trail.
const (
	SaysChest Signs = 1 << iota
	SaysPop
	SaysSwelling
	SaysHot
	SaysNumb
	SaysNoWeight
	SaysTwisted
	SaysWeak
	SaysBladder
	SaysFever
	SaysLimp
	SaysNight
	SaysMedication
	SaysOneSpot
	SaysStitch
	SaysStrength
	SaysUnstable // a joint that gives way or locks
)

// Has reports whether one of the given signs is among them.
func (s Signs) Has(given Signs) bool { return s&given != 0 }

// Danger reports whether they are worth hearing where nobody asked about pain: a
// doctor may be due, or the runner limped.
func (s Signs) Danger() bool {
	return s.Has(SaysChest | SaysPop | SaysSwelling | SaysNumb | SaysNoWeight | SaysBladder | SaysFever | SaysLimp)
}

// String names the signs of danger in words that [ReadSigns] reads again.
func (s Signs) String() string {
	var names []string
	for _, n := range []struct {
		sign Signs
		name string
	}{
		{SaysChest, "chest pain"},
		{SaysPop, "a pop"},
		{SaysSwelling, "swollen"},
		{SaysHot, "hot"},
		{SaysNumb, "numb"},
		{SaysNoWeight, "cannot put weight on it"},
		{SaysTwisted, "twisted"},
		{SaysWeak, "weak"},
		{SaysBladder, "bladder"},
		{SaysFever, "fever"},
		{SaysLimp, "limping"},
	} {
		if s.Has(n.sign) {
			names = append(names, n.name)
		}
	}
	return strings.Join(names, ", ")
}

// ReadSigns reads the signs in a note on a pain. A word with a "no" before it is
// none.
func ReadSigns(note string) Signs {
	var all Signs
	if note == "" {
		return all
	}
	known := phrases()
	for _, sentence := range sentences(note) {
		all |= known.in(words(sentence))
	}
	if !all.Has(SaysSwelling) {
		all &^= SaysHot | SaysTwisted
	}
	return all
}

// Heard is a sentence about a pain in a text that is not about pain.
type Heard struct {
	Signs Signs
	// Text is the sentence, Site and Side the place that it names.
	Text string
	Site Site
	Side Side
}

// Overhear finds in a text of any kind the sentences that name a sign of danger
// and a part of the body, or a pain: anything else may be a river or a gel.
func Overhear(text string) []Heard {
	var all []Heard
	if text == "" {
		return all
	}
	var before Heard
	known := phrases()
	for _, sentence := range sentences(text) {
		said := words(sentence)
		h := Heard{Signs: known.in(said), Text: strings.TrimSpace(sentence)}
		h.Site, h.Side = placeIn(said)
		if pointBack(said) && h.Site == NoSite && before.Site != NoSite {
			h = Heard{h.Signs | before.Signs, before.Text + "; " + h.Text, before.Site, before.Side}
		}
		before = h
		bodily := h.Site != NoSite || h.Signs.Has(SaysChest) || slices.ContainsFunc(said, aboutBody)
		limp := h.Signs&^SaysLimp == 0 && h.Site == NoSite // "limped home" may be tired legs
		if h.Signs.Danger() && bodily && !limp {
			all = append(all, h)
			before = Heard{}
		}
	}
	return all
}

// pointBack reports whether words speak of what was named before: "it is
// swollen", "swollen now".
func pointBack(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool { return slices.Contains([]string{"it", "it's", "its"}, w) }) ||
		len(said) > 0 && among(said[0], append(states(), "now"))
}

// placeIn returns the first place that the words name.
func placeIn(said []string) (Site, Side) {
	for i, w := range said {
		if slices.Contains([]string{"other", "back", "ball", "si", "sole"}, w) && !slices.Contains(said[max(0, i-2):i], "my") {
			continue
		}
		site, ok := ParseSite(w)
		if !ok {
			continue
		}
		for _, near := range said[max(0, i-2):min(len(said), i+2)] {
			if side := Side(near); side == Left || side == Right || side == Both {
				return site, side
			}
		}
		return site, NoSide
	}
	return NoSite, NoSide
}

// aboutBody reports whether a word shows that a sentence is about the runner's
// body.
func aboutBody(w string) bool {
	stems := []string{"pain", "hurt", "ache", "aching", "sore", "injur", "tendon", "muscle", "ligament", "leg"}
	return slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(w, stem) })
}

// sentences splits a text where a "no" stops counting.
func sentences(text string) []string {
	text = plain(text)
	for _, end := range []string{" but ", " although ", " though "} {
		text = strings.ReplaceAll(text, end, "; ")
	}
	return strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(".!?;\n\r", c) })
}

// words splits a sentence into its words and the commas between them. What is typed
// without its apostrophe gets it back.
func words(sentence string) []string {
	spaced := strings.ReplaceAll(sentence, ",", " , ")
	said := strings.FieldsFunc(spaced, func(c rune) bool { return !unicode.IsLetter(c) && c != '\'' && c != ',' })
	for i, w := range said {
		if oneOf(w, "cant couldnt wasnt isnt arent werent didnt dont doesnt havent hasnt hadnt wont wouldnt") {
			said[i] = strings.TrimSuffix(w, "t") + "'t"
		}
	}
	return said
}

// vocabulary are the phrases of each sign.
type vocabulary map[Signs][]phrase

// in finds the signs in the words of a sentence.
func (v vocabulary) in(said []string) Signs {
	var all Signs
	for sign, phrases := range v {
		if harmless(sign, said) {
			continue
		}
		for _, p := range phrases {
			if p.in(sign, said) {
				all |= sign
				break
			}
		}
	}
	return all
}

// phrase is a sign in words: each stands for one word or several to choose from,
// in this order, with at most two others between them. None of the words of but
// may stand near.
type phrase struct {
	words [][]string
	but   []string
}

func (p phrase) in(sign Signs, said []string) bool {
	for i := range said {
		if end := p.from(said, i); end >= 0 && asserted(sign, said, i, end) && !p.excused(said, i, end) {
			return true
		}
	}
	return false
}

// from returns where the phrase ends that begins at a word; -1 where none does.
func (p phrase) from(said []string, at int) int {
	if !among(said[at], p.words[0]) {
		return -1
	}
	for _, choice := range p.words[1:] {
		next := -1
		for i := at + 1; i < min(at+4, len(said)) && next < 0; i++ {
			if among(said[i], choice) {
				next = i
			} else if after := said[min(i+1, len(said)-1)]; negates(said[i]) && !oneOf(after, "to reason") || said[i] == "," && negates(after) {
				return -1 // "sore, not one spot", "felt no pop"; not "trying not to limp", "breathless for no reason"
			}
		}
		if next < 0 {
			return -1
		}
		at = next
	}
	return at
}

// excused reports whether a word stands near that makes something else of the phrase.
// A small word does so only where it follows at once: "popped in", and not "popped when
// I sped up". Behind a comma only a cause does: "numb, minus 10 outside", and not
// "numb, hands full"; "and" begins another thought as a comma does.
func (p phrase) excused(said []string, from, to int) bool {
	first := max(0, from-2)
	for i, w := range said[first:min(len(said), to+5)] {
		if !among(w, p.but) {
			continue
		}
		small := oneOf(w, "to in into by over round up out down off")
		if first+i > from && first+i < to && !small {
			return true // "knee fine, popped out"
		}
		if w == "," { // which excuses only between the words
			continue
		}
		after := said[min(to+1, first+i):max(to+1, first+i)] // the words between
		behind := first+i > to && slices.ContainsFunc(after, startsThought)
		switch {
		case behind || slices.Contains(after, ","):
			if oneOf(w, causes) {
				return true
			}
		case !small, len(after) == 0, len(after) == 1 && !strings.HasSuffix(after[0], "ing"):
			return true
		}
	}
	return false
}

// causes are what makes a sign harmless wherever in the sentence it stands.
const causes = "cold minus freezing frozen snow ice heat outside sun weather wind degrees baby kids nerves nervous excited late toilet loo pee noise"

// among reports whether a word is one of several; "numb*" is all that begin so,
// "swollen~" also what is one typo away.
func among(word string, choice []string) bool {
	return slices.ContainsFunc(choice, func(c string) bool {
		if exact, typed := strings.CutSuffix(c, "~"); typed {
			return word == exact || slipped(word, exact)
		}
		stem, open := strings.CutSuffix(c, "*")
		return word == c || open && strings.HasPrefix(word, stem)
	})
}

// slipped reports whether a word is another except for one letter too many,
// missing or swapped with its neighbour, after the first. A wrong letter makes
// another word.
func slipped(word, meant string) bool {
	n := 0
	for n < min(len(word), len(meant)) && word[n] == meant[n] {
		n++
	}
	if n == 0 || n == len(word) && n == len(meant) {
		return false
	}
	w, m := word[n:], meant[n:]
	switch len(w) - len(m) {
	case 1:
		return w[1:] == m
	case -1:
		return w == m[1:]
	case 0:
		return len(w) > 1 && w[0] == m[1] && w[1] == m[0] && w[2:] == m[2:]
	default:
		return false
	}
}

// NotSo is the answer of an entry that takes back every sign of danger that was
// read in a text.
func (p Pain) NotSo() Pain {
	p.CannotBearWeight, p.Pop, p.Swelling, p.Hot, p.Numb, p.Twisted, p.Chest, p.Limping = No, No, No, No, No, No, No, No
	return p
}

// states are words that say how something is, and so begin a thought of their own
// after a comma.
func states() []string {
	return []string{"swollen", "numb", "puffy", "weak", "feverish", "hot", "warm", "popped", "snapped", "limped", "hobbled", "limping", "hobbling"}
}
