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
			if after := said[min(i+1, len(said)-1)]; said[i] == "not" && among(after, choice) || said[i] == "," && negates(after) {
				return -1 // "sore, not one spot"
			}
			if among(said[i], choice) {
				next = i
			}
		}
		if next < 0 {
			return -1
		}
		at = next
	}
	return at
}

func (p phrase) excused(said []string, from, to int) bool {
	return slices.ContainsFunc(said[max(0, from-2):min(len(said), to+5)], func(w string) bool { return slices.Contains(p.but, w) })
}

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

// phrases are the words of each sign: those that runners wrote, and the ones that
// say the same.
func phrases() vocabulary {
	return vocabulary{
		SaysChest: slices.Concat(
			list("chest but treasure hr infection cold freezer workout deep raw chafed rubbed", "breastbone|sternum|angina|palpitation*|jaw",
				"left arm hurt*|ach*|pain*|numb|heavy", "pain*|down|into left arm", "heart rac*|flutter* stopped|rest|resting|nothing|reason", "heart hurt*|ach*|pain*|flutter*|stutter*|skip*|attack", "irregular heart*|pulse"),
			list("short|shortness breath beyond|far|unusual*|strange*|rest|reason|sudden*", "breathless|gasping beyond|unusual*|strange*|rest|reason|sudden*",
				"passed|passing|blacked|blacking out but me him her them", "fainted|fainting", "felt|feel|feeling|nearly|almost faint but pain ache", "collapsed but arch arches sofa couch bed chair"),
			unable("breathe but nose", "get|catch breath easy|rest|walking|minutes|min|hours|afterwards"),
		),
		SaysPop: list("pop but to into by over round up gel corn music song always usual clicks", "popped|popping but in into by over round to up out corn ears blister blisters champagne cork gel gels always usual clicks clicking "+strings.ReplaceAll(medicines, "|", " ")+" pill pills", "snapped but photo photos picture pictures selfie laces lace",
			"heard|felt|hear tear|rip|crack|snap|twang|ping|tore|ripped|cracked|snapped", "heard|felt something give|go|gave|went", "hamstring|hammy|calf|achilles|quad|groin just|suddenly went|gave but tight hard stiff numb dead to", "felt it go|went|give but away numb dead up down off", "twanged", "went|goes twang|pop|snap|ping|bang", "tore my but shirt shorts shoe bib tights jacket",
			"been shot|kicked", "was kicked", "like shot|kicked"),
		SaysSwelling: list("swollen~|swollon|swelling~|swelled|swell|swells|puffy|puffed|ballooned|oedema|edema but river rivers creek creeks stream streams fingers finger hands face eye eyes lip lips glands",
			"ankle|knee|foot|calf|heel|achilles|toe|toes|leg|shin|hamstring|it blew|blown|blows up", "calf|ankle|knee|leg|foot bigger|larger|fatter but muscles stronger", "came|come up golf|egg|ball|balloon|plum|melon|tennis", "egg on ankle|shin|knee|foot|heel", "ankle|knee|foot|calf huge|enormous|massive", "like|size balloon|egg|melon|golf|tennis|plum|orange|grapefruit|potato", "twice size"),
		SaysHot: list("hot|warm|burning|red"),
		SaysNumb: slices.Concat(list("numb~|numbness~|tingl* but hands hand fingers thumbs cheeks face cold freezing frozen", "pins needles", "electric shock*", "went|goes|gone|go|going to sleep but i we bed early late", "fell|fallen|falls|fall|gone|goes|went|go asleep|dead but legs sofa couch bed early kids baby train",
			"no|lost feeling but pain"), unable("feel foot|feet|toes|leg|heel but cold minus freezing frozen snow ice")),
		SaysNoWeight: slices.Concat(list("no weight on but problem problems issue issues trouble", "needed crutches|crutch"), unable("put|bear|take weight"), list("barely|hardly put|bear|take weight", "too painful|sore walk|stand|step but downhill downstairs stairs", "hurt|hurts|painful too much walk|stand|step"), unable("stand|step on|up but straight"), unable("weight bear"), unable("put foot|heel down"),
			list("be|been|was|got carried off|home|back|out|down"), unable("walk but uphill downhill downstairs stairs breaks off properly normally right straight")),
		SaysTwisted: list("twisted|twist|rolled|sprained|fell|tripped|stumbled|crashed|fall|inverted", "went over", "turned ankle|foot|knee"),
		SaysWeak:    slices.Concat(list("weak|weakness|buckl*", "no|lost strength|power", "gave|gives|giving way", "leg|knee|ankle|hip gave|gives|giving out", "foot drop|drops|dropped|dropping|slaps"), unable("lift foot|toes|leg")),
		SaysBladder: slices.Concat(list("bladder|bowel|bowels|incontinen*", "trouble|problem*|difficult*|hard|struggle* pee|peeing|urinat*|weeing", "wet|peed myself but laughing"), unable("control|hold bladder|bowel|bowels"), unable("pee|urinate|wee", "feel need pee|wee|urinate|go")),
		SaysFever:   list("fever|feverish but hay cabin saturday dream pitch outside heat sun weather humid", "had|have|with|running temp but degrees weather heat outside sun", "running|high temperature but degrees weather heat outside sun", "have|had|with temperature but high low degrees weather heat outside sun", "chills but start freezing cold wind weather"),
		SaysLimp: slices.Concat(list("limp|limped~|limping~|limps|hobbl*|hobbled~|favoring|favouring|favored|favoured|compensat*|overcompensat*", "barely|hardly walk|walked", "hop|hopped|hopping home|back|along but drills", "hop|hopped|hopping one leg home|back", "pulled|came up lame", "try|trying|tried limp", "protect|protecting|sparing|guarding leg|foot|knee|calf|heel|ankle|achilles|hip|shin",
			"changed|altered|changing|altering my stride|gait", "run|ran|running lopsided|crooked|wonky", "running|ran|walking funny", "landing differently|funny"),
			unable("walk properly|normally|right|straight", "run|walk|jog without limp*")),
		SaysNight: slices.Concat(list("woke|wakes|woken|waking me but alarm", "woken by but alarm baby kids dog", "woke|wake|wakes|woken night|because but alarm baby kids dog toilet loo pee noise", "lay|lie|lying|laying awake but baby kids", "tossing|tossed turning|turned but baby kids", "kept|keeps|keeping me awake|up", "didn't sleep but late", "night pain",
			"hurt*|ach*|throb*|pain*|toothache|bone|sore|worse at|during|all night", "hurt*|ach*|throb*|pain* in bed"), unable("sleep but late baby kids nerves nervous excited race heat jetlag coffee noise", "lie|lay on side")),
		SaysMedication: list("need|needed|took|take|taking tablets|pills|meds but salt iron electrolyte electrolytes vitamin thyroid hay allergy", medicines+" but after afterwards afterward evening later tonight headache cold gel cream off"),
		SaysOneSpot: list("pinpoint", "exactly|just|only one spot|place|point", "shin|tibia|bone|foot|heel|hip one|single|exact spot|place", "one|single|exact spot|place shin|tibia|bone|foot|heel|metatarsal|hip|sacrum hurts|tender|sore|painful|press*", "tender|sore|painful|hurts one|single|exactly spot|place|point", "fingertip|thumb|thumbnail|coin|penny|dime|pea size|sized", "point with|one finger", "point tender", "one|single|exact tender|sore|painful spot", "one|exact spot bone", "finger on spot", "tender spot bone", "tender to touch bone", "touch on|right bone",
			"tender bone"),
		SaysStitch:   list("stitch", "under|below rib|ribs", "side ache"),
		SaysUnstable: list("gave|gives|giving|give|gone way|out but up half all", "buckl* but belt", "lock|locked|locks|locking up|solid|tight|straight", "knee|ankle|joint lock|locked|locks|locking|catches|unstable|wobbly", "unstable"),
		SaysStrength: list("strength|gym|weights|squat*|lunge*|lifting|deadlift*|plyo*", "leg day"),
	}
}

// unable reads phrases of what the runner cannot do.
func unable(what ...string) []phrase {
	var all []phrase
	for _, w := range what {
		all = append(all, list("can't|cannot|couldn't|unable "+w, "can|could not "+w)...)
	}
	return all
}

// medicines are painkillers by the names that runners know them by.
const medicines = "ibuprofen~|ibuprofin|ibuprophen|ibu|paracetamol|painkiller|painkillers|acetaminophen|naproxen|aspirin|advil|aleve|tylenol|diclofenac|nsaid|nsaids|nurofen|neurofen|novalgin|tramadol|codeine|codamol|voltaren|motrin|panadol|inflammatories"

// list reads phrases: words with a space between them, "|" between those to choose
// from, and the words that must not stand near after "but".
func list(texts ...string) []phrase {
	all := make([]phrase, len(texts))
	for i, text := range texts {
		text, but, _ := strings.Cut(text, " but ")
		all[i].but = strings.Fields(but)
		for w := range strings.FieldsSeq(text) {
			all[i].words = append(all[i].words, strings.Split(w, "|"))
		}
	}
	return all
}
