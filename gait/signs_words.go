package gait

import "strings"

// states are words that say how something is, and so begin a thought of their own
// after a comma.
func states() []string {
	return []string{"swollen", "numb", "puffy", "weak", "feverish", "hot", "warm", "popped", "snapped", "limped", "hobbled", "limping", "hobbling"}
}

// phrases are the words of each sign: those that runners wrote, and the ones that
// say the same.
func phrases() vocabulary {
	return vocabulary{
		SaysChest: join(
			list("chest but strap belt monitor hr band infection cold press freezer workout deep", "breastbone|sternum|angina|palpitation*|jaw",
				"left arm hurt*|ach*|pain*|numb|heavy", "pain* left arm", "heart hurt*|ach*|pain*|flutter*|stutter*|attack"),
			list("short|shortness breath beyond|far|unusual*|strange*|rest|reason|sudden*", "breathless|gasping beyond|unusual*|strange*|rest|reason|sudden*",
				"passed|passing|blacked|blacking out but me him her them", "faint|fainted|fainting", "collapsed but arch arches"),
			unable("breathe but nose"),
		),
		SaysPop: list("pop|popped|popping but in into by over round to up out gel corn music song", "snapped but photo photos picture pictures selfie laces lace",
			"heard|felt|hear tear|rip|crack|snap|twang|ping|tore|ripped|cracked|snapped", "heard|felt something give|go|gave|went", "tore my but shirt shorts shoe bib tights jacket",
			"been shot|kicked", "was kicked", "like shot|kicked"),
		SaysSwelling: list("swollen|swelling|swelled|swells|puffy|puffed|ballooned|oedema|edema but river rivers creek creeks stream streams", "blew|blown up", "like balloon|egg|melon", "size egg|golf|tennis|plum", "twice size"),
		SaysHot:      list("hot|warm|burning|red"),
		SaysNumb: join(list("numb|numbness|tingl* but hands hand fingers thumbs cheeks face", "pins needles", "fell|fallen|falls|fall|gone|goes|went|go asleep|dead but legs",
			"no|lost feeling but pain"), unable("feel foot|feet|toes|leg|heel")),
		SaysNoWeight: join(list("no weight on", "needed crutches|crutch"), unable("put|bear|take weight"), unable("stand|step on|up"), unable("walk but uphill downhill breaks")),
		SaysTwisted:  list("twisted|twist|rolled|sprained|fell|tripped|stumbled|crashed|fall|inverted", "went over", "turned ankle|foot|knee"),
		SaysWeak:     join(list("weak|weakness|buckl*", "no|lost strength|power", "gave|gives|giving way", "foot drop|drops|dropped|dropping|slaps"), unable("lift foot|toes|leg")),
		SaysBladder:  join(list("bladder|bowel|bowels|incontinen*", "trouble|problem*|difficult*|hard|struggle* pee*|urinat*|weeing", "wet myself"), unable("pee|urinate|wee")),
		SaysFever:    list("fever|feverish but hay", "running|high temperature but degrees weather heat outside sun", "have|had|with temperature but high low degrees weather heat outside sun", "chills"),
		SaysLimp: list("limp|limped|limping|limps|hobbl*|favoring|favouring|favored|favoured|compensat*", "barely|hardly walk|walked",
			"changed|altered my stride|gait"),
		SaysNight: join(list("woke|wakes|woken|waking me but alarm", "woken up by", "kept|keeps|keeping me awake|up", "didn't sleep but late", "night pain",
			"hurt*|ach*|throb*|pain* at night", "hurt*|ach*|throb*|pain* during night"), unable("sleep but late")),
		SaysMedication: list(medicines + " but after afterwards afterward evening later tonight headache cold gel cream"),
		SaysOneSpot: list("pinpoint", "point tender", "one|single|exact tender|sore|painful spot", "one|exact spot bone", "finger on spot", "tender spot bone", "tender to touch bone",
			"tender bone"),
		SaysStitch:   list("stitch", "under|below rib|ribs", "side ache"),
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
const medicines = "ibuprofen|paracetamol|painkiller|painkillers|acetaminophen|naproxen|aspirin|advil|aleve|tylenol|diclofenac|nsaid|nsaids|nurofen|novalgin|tramadol|codeine|voltaren"

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

func join(lists ...[]phrase) []phrase {
	var all []phrase
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}
