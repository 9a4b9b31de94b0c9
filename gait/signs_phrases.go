package gait

import (
	"slices"
	"strings"
)

// phrases are the words of each sign: those that runners wrote, and the ones that
// say the same.
func phrases() vocabulary {
	return vocabulary{
		SaysChest: slices.Concat(
			list("chest but raw chafed rubbed", "breastbone|sternum|angina|palpitation*|jaw",
				"left arm hurt*|ach*|pain*|numb|heavy", "pain*|down|into left arm", "heart rac*|flutter* stopped|rest|resting|nothing|reason", "heart hurt*|ach*|pain*|flutter*|stutter*|skip*|attack", "irregular heart*|pulse"),
			list("short|shortness breath beyond|far|unusual*|strange*|rest|reason|sudden*", "breathless|gasping beyond|unusual*|strange*|rest|reason|sudden*",
				"pass|passed|passing|blacked|blacking out but me him her them water bottles cups packs medals numbers bibs flyers", "fainted|fainting", "felt|feel|feeling|nearly|almost faint but pain ache", "collapsed but arch arches sofa couch bed chair"),
			unable("breathe but nose", "get|catch breath easy|rest|walking|minutes|min|hours|afterwards"),
		),
		SaysPop: list("felt|feel|heard|hear|audible pop but ears ear music song always usual", "calf|hamstring|hammy|achilles|knee|kneecap|patella|ankle|quad|groin|hip|shin|foot|heel|muscle|tendon|joint popped|snapped but pain ache niggle soreness , so and then sleeves blister blisters photo picture selfie clicks clicking usual always back to", "knee|kneecap|patella|ankle|joint pops|pop out but pain ache niggle soreness", "pop but to into by over round up gel corn music song always usual clicks", "popped|popping but in into by over round to up out corn ear ears blister blisters champagne cork gel gels always usual clicks clicking "+strings.ReplaceAll(medicines, "|", " ")+" pill pills", "snapped but photo photos picture pictures selfie laces lace",
			"heard|felt|hear tear|rip|crack|snap|twang|ping|tore|ripped|cracked|snapped", "heard|felt something give|go|gave|went", "something went|gave hamstring|hammy|calf|achilles|quad|groin|knee|ankle|thigh", "hamstring|hammy|calf|achilles|quad|groin just|suddenly went|gave but tight hard stiff numb dead to", "felt it go|went|give but away numb dead up down off", "twanged", "went|goes twang|pop|snap|ping|bang", "something|muscle|ligament ripped|tore|snapped|popped but bag shorts", "tore|ripped something|muscle|ligament but bag shorts", "tore my but shirt shorts shoe bib tights jacket",
			"been shot|kicked", "was kicked", "like shot|kicked but from start", "like kick back|calf|achilles|leg"),
		SaysSwelling: list("swollen~|swollon|swelling~|swelled|swell|swells|puffy|puffed|ballooned|oedema|edema but fingers finger hands face eye eyes lip lips glands",
			"ankle|knee|foot|calf|heel|achilles|toe|toes|leg|shin|hamstring|it blew|blown|blows up", "calf|ankle|knee|leg|foot bigger|larger|fatter but muscles stronger", "came|come up golf|egg|ball|balloon|plum|melon|tennis", "egg on ankle|shin|knee|foot|heel", "ankle|knee|foot|calf huge|enormous|massive", "like|size balloon|egg|melon|golf|tennis|plum|orange|grapefruit|potato", "twice size"),
		SaysHot: list("hot|warm|burning|red"),
		SaysNumb: slices.Concat(list("numb~|numbness~|tingl* but hands hand fingers thumbs cheeks face cold freezing frozen boredom", "pins needles", "electric shock*", "went|goes|gone|go|going to sleep but i we bed early late", "fell|fallen|falls|fall|gone|goes|went|go asleep|dead but legs sofa couch bed early kids baby train",
			"no|lost feeling but pain bad weird strange odd good"), unable("feel foot|feet|toes|leg|heel but cold minus freezing frozen snow ice", "feel legs but cold minus freezing frozen snow ice rain end finish hill hills session sprint race wall")),
		SaysNoWeight: slices.Concat(list("no weight on but mind problem problems issue issues trouble", "needed|need|on|borrowed crutches|crutch"), unable("put|bear|take weight"), list("barely|hardly|struggl* put|bear|take weight", "won't|wouldn't take|bear weight", "too painful|sore walk|stand|step but downhill downstairs stairs", "hurt|hurts|painful too much walk|stand|step"), unable("stand|step on", "stand up but straight"), unable("weight bear"), unable("put foot|heel down"),
			list("be|been|was|got carried off|home|back|out|down"), unable("walk but laughing uphill downhill downstairs stairs breaks off properly normally right straight fast quickly past")),
		SaysTwisted: list("twisted|twist|rolled|sprained|fell|tripped|stumbled|crashed|fall|inverted", "went over", "turned ankle|foot|knee"),
		SaysWeak:    slices.Concat(list("weak|weakness|buckl*", "no|lost strength|power", "gave|gives|giving way but to", "leg|knee|ankle|hip gave|gives|giving out", "foot drop|drops|dropped|dropping|slaps"), unable("lift foot|toes|leg")),
		SaysBladder: slices.Concat(list("bladder|bowel|bowels|incontinen*", "trouble|problem*|difficult*|hard|struggle* pee|peeing|urinat*|weeing", "wet|peed myself but laughing"), unable("control|hold bladder|bowel|bowels"), unable("pee|urinate|wee", "feel need pee|wee|urinate|go")),
		SaysFever:   list("fever|feverish but hay cabin saturday dream pitch outside heat sun weather humid", "had|have|with|running temp but degrees weather heat outside sun", "running|high temperature but degrees weather heat outside sun", "have|had|with temperature but high low degrees weather heat outside sun", "chills but spine crowd start freezing cold wind weather"),
		SaysLimp: slices.Concat(list("limp|limped~|limping~|limps|hobbl*|hobbled~|favoring|favouring|favored|favoured|compensat*|overcompensat*", "barely|hardly walk", "favour|favor left|right|other|one|bad|good leg|foot|side", "hop|hopped|hopping home|back|along but drills", "hop|hopped|hopping one leg home|back", "pulled|came up lame", "try|trying|tried limp", "protect|protecting|sparing|guarding leg|foot|knee|calf|heel|ankle|achilles|hip|shin",
			"changed|altered|changing|altering my stride|gait", "run|ran|running lopsided|crooked|wonky", "running|ran|walking funny", "landing differently|funny"),
			unable("walk properly|normally|right|straight", "run|walk|jog without limp*")),
		SaysNight: slices.Concat(list("woke|wakes|woken|waking me but alarm", "woken by but alarm baby kids dog", "woke|wake|wakes|woken night|because but alarm baby kids dog toilet loo pee noise", "lay|lie|lying|laying awake but baby kids", "tossing|tossed turning|turned but baby kids", "kept|keeps|keeping me awake|up", "didn't sleep but late baby kids nerves noise", "did not sleep but late baby kids nerves noise", "slept badly|poorly|little because but late baby kids nerves noise", "night pain",
			"hurt*|ach*|throb*|pain*|toothache|bone|sore|worse at|during|all night", "hurt*|ach*|throb*|pain* in bed", "in bed hurt*|ach*|throb*"), unable("sleep but late baby kids nerves nervous excited before heat jetlag coffee noise", "lie|lay on side")),
		SaysMedication: list("need|needed|took|take|taking tablets|pills|meds but salt iron electrolyte electrolytes vitamin thyroid hay allergy", medicines+" before|beforehand|during|through|round|finish but bed sleep dinner breakfast", medicines+" but after afterwards afterward evening later tonight headache cold gel cream off"),
		SaysOneSpot: list("pinpoint", "exactly|just|only one spot|place|point", "shin|tibia|bone|foot|heel|hip one|single|exact spot|place", "one|single|exact spot|place shin|tibia|bone|foot|heel|metatarsal|hip|sacrum hurts|tender|sore|painful|press*", "tender|sore|painful|hurts one|single|exactly spot|place|point", "fingertip|thumb|thumbnail|coin|penny|dime|pea size|sized", "point with|one finger", "size pea|coin|penny|dime|thumb|fingertip but blister blisters bruise corn graze hole", "one|single|exact spot|place|point hurts|tender|sore", "tender|sore|hurts|painful press* bone", "point tender", "one|single|exact tender|sore|painful spot", "one|exact spot bone", "finger on spot", "tender spot bone", "tender to touch bone", "touch on|right bone",
			"tender bone"),
		SaysStitch:   list("stitch", "under|below rib|ribs", "side ache"),
		SaysUnstable: list("gave|gives|giving|give way|out but up half all to", "buckl* but belt", "lock|locked|locks|locking up|solid|tight|straight", "knee|ankle|joint lock|locked|locks|locking|catches|unstable|wobbly", "unstable"),
		SaysStrength: list("strength|gym|weights|squat*|lunge*|lifting|deadlift*|plyo*", "leg day"),
	}
}

// unable reads phrases of what the runner cannot do.
func unable(what ...string) []phrase {
	var all []phrase
	for _, w := range what {
		all = append(all, list("can't|cannot|couldn't|unable "+w, "can|could not "+w, "wasn't|isn't|not|no able "+w)...)
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
