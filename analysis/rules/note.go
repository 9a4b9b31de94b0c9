package rules

import (
	"slices"
	"strings"
	"unicode"

	"gaitkeeper/gait"
)

// read takes from an entry's note what its flags do not say: the signs of
// danger, and a side stitch. A flag that was answered stands, so that "no" takes
// back what a note seems to say.
func (r *Report) read(e *gait.Pain) {
	words := wordsOf(e.Note)
	flag := func(said *gait.YesNo, yes bool) {
		if *said == gait.Unsaid && yes {
			*said, r.noted = gait.Yes, true
		}
	}
	strap := named(words, "strap", "belt", "monitor", "hr")
	flag(&e.Chest, !strap && named(words, "chest", "jaw", "palpitations"))
	flag(&e.Pop, named(words, "pop", "popped", "snapped"))
	flag(&e.Swelling, named(words, "swollen", "swelling", "swelled", "swells"))
	flag(&e.Numb, named(words, "numb", "numbness", "tingling", "tingles"))
	flag(&e.CannotBearWeight, cannotBear(words))
	if e.Swelling == gait.Yes { // alone they are the weather, or the hills
		flag(&e.Hot, named(words, "hot", "warm"))
		flag(&e.Twisted, named(words, "twisted", "rolled", "sprained", "fell", "tripped"))
	}
	r.weak = r.weak || named(words, "weak", "weakness")
	r.bladder = r.bladder || named(words, "bladder", "bowel", "bowels", "incontinence")
	r.fever = r.fever || named(words, "fever", "feverish")
	r.noted = r.noted || r.bladder || r.fever
	r.strength = r.strength || named(words, "strength", "gym", "weights", "squats", "lunges", "lifting")
	if named(words, "stitch") && e.Kind != gait.Cramp {
		e.Kind = gait.Stitch
	}
}

// NamesDanger tells whether a note names a sign for which a doctor is due today.
func NamesDanger(note string) bool {
	r := Report{}
	r.add(gait.Pain{Site: gait.OtherSite, Note: note, Worst: gait.Score{}})
	return len(r.redFlags()) > 0 || r.fever
}

func wordsOf(note string) []string {
	return strings.FieldsFunc(strings.ToLower(note), func(c rune) bool { return !unicode.IsLetter(c) && c != '\'' && c != '’' })
}

// named tells whether one of the names stands among the words, and none of the
// three words before it says no.
func named(words []string, names ...string) bool {
	for i, w := range words {
		if slices.Contains(names, w) && !slices.ContainsFunc(words[max(0, i-3):i], negates) {
			return true
		}
	}
	return false
}

// cannotBear tells whether the words say "can't put weight on it".
func cannotBear(words []string) bool {
	i := slices.Index(words, "weight")
	if i < 0 {
		return false
	}
	before := words[max(0, i-5):i]
	return slices.ContainsFunc(before, negates) && slices.ContainsFunc(before, func(w string) bool {
		return slices.Contains([]string{"put", "bear", "take", "any"}, w)
	})
}

func negates(w string) bool {
	return slices.Contains([]string{"no", "not", "never", "without", "nothing", "cannot"}, w) || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t")
}
