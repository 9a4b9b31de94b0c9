package gait

import (
	"strings"
	"testing"
)

func TestReadSigns(t *testing.T) {
	for note, want := range map[string]string{
		"":                                    "",
		"chest and left arm":                  "chest pain",
		"pressure behind the breastbone":      "chest pain",
		"couldn't breathe, nearly passed out": "chest pain",
		"short of breath on the hills, out of form":      "",
		"short of breath for no reason":                  "chest pain",
		"new chest strap chafed":                         "",
		"no chest pain":                                  "",
		"calf popped":                                    "a pop",
		"heard a loud crack and went down":               "a pop",
		"like I had been shot in the calf":               "a pop",
		"popped into the shop":                           "",
		"calf popped, had to walk home":                  "a pop",
		"calf popped coming out of the bend":             "a pop",
		"achilles snapped, took a photo of the dent":     "a pop",
		"ankle swollen, hands full so no ice":            "swollen",
		"felt faint, no pain":                            "chest pain",
		"calf popped when I sped up":                     "a pop",
		"knee swollen, up early to ice it":               "swollen",
		"did not pop":                                    "",
		"blew up like a balloon":                         "swollen",
		"swollen to the size of an egg, went over on it": "swollen, twisted",
		"calf puffy and hot to the touch":                "swollen, hot",
		"hot day, twisted trail":                         "",
		"pins and needles in the toes":                   "numb",
		"no pain, toes numb":                             "numb",
		"no swelling, numbness or fever":                 "",
		"no swelling but it went numb":                   "numb",
		"couldn't feel my foot":                          "numb",
		"did not feel my knee":                           "",
		"hands numb from the cold":                       "",
		"can’t put any weight on it":                     "cannot put weight on it",
		"could not stand on it afterwards":               "cannot put weight on it",
		"unable to walk":                                 "cannot put weight on it",
		"did not walk at all":                            "",
		"put on some weight, no wonder":                  "",
		"numb, and the foot drops":                       "numb, weak",
		"cannot pee since this morning":                  "bladder",
		"wet myself":                                     "bladder",
		"running a temperature":                          "fever",
		"high temperature outside, 30 degrees":           "",
		"hobbled home":                                   "limping",
		"my favourite loop, no limp":                     "",
		"had to favour, could hardly walk":               "limping",

		"swolen ankle, limpign by the end":                 "swollen, limping",
		"stolen bike, lumping it home":                     "",
		"the swelling has gone down completely":            "",
		"swelling went down with ice, back after the run":  "swollen",
		"swelling: none":                                   "",
		"ears popped on the climb, popped a blister":       "",
		"audible pop in the knee":                          "a pop",
		"rolled it on a root, blew up like a golf ball":    "swollen, twisted",
		"blew up on the last hill":                         "",
		"cant put weight on it":                            "cannot put weight on it",
		"wasnt limping, didnt swell":                       "",
		"can barely put any weight on my foot":             "cannot put weight on it",
		"cant feel when i need to pee":                     "bladder",
		"no problem putting weight on it":                  "",
		"a faint ache in the shin":                         "",
		"cabin fever, a cold on my chest, coughing":        "",
		"fever last week, back now":                        "",
		"fever since last week":                            "fever",
		"swollen? no":                                      "",
		"neither swollen nor numb":                         "",
		"not only swollen, it is hot too":                  "swollen, hot",
		"the numbness never came back":                     "",
		"chest pain, gone after I stopped":                 "chest pain",
		"limped last year with the same thing, not now":    "",
		"same as last year, the foot is numb again":        "numb",
		"used to swell after runs":                         "",
		"popped last night on the stairs":                  "a pop",
		"if it swells I'll rest":                           "",
		"if I run downhill the knee swells":                "swollen",
		"worried about a pop":                              "",
		"worried because the calf popped":                  "a pop",
		"my wife's knee popped, mine is fine":              "",
		"my wife says I was limping":                       "limping",
		"with my daughter, she twisted her ankle, swollen": "",
		"with my brother, my ankle swelled up":             "swollen",
		"physio pressed, it's swollen":                     "swollen",
		"popped two paracetamol":                           "",
		"joint popping as always":                          "",
		"something went twang in the hamstring":            "a pop",
		"felt it go in the calf":                           "a pop",
		"blew up at 30k":                                   "",
		"ankle blew up after the fell race":                "swollen",
		"swollen fingers in the heat":                      "",
		"chest day at the gym":                             "",
		"the heart rate strap slipped down my chest":       "",
		"strap sat low, chest hurts":                       "chest pain",
		"my foot went to sleep":                            "numb",
		"I went to sleep early":                            "",
		"couldn't feel my toes, minus 10 outside":          "",
		"can't weight bear":                                "cannot put weight on it",
		"couldn't put my foot down":                        "cannot put weight on it",
		"had to be carried off the trail":                  "cannot put weight on it",
		"can't walk downstairs after squats":               "",
		"couldn't walk it off":                             "",
		"bowels again, runner's trots":                     "",
		"lost control of my bowels":                        "bladder",
		"temperature of 38.5 and achy":                     "fever",
		"ran in a heat wave, 38 in the shade":              "",
		"fever gone, first run back":                       "",
		"trying not to limp":                               "limping",
		"couldn't believe it popped":                       "a pop",
		"can't stop limping":                               "limping",
		"nothing helps the swelling":                       "swollen",
		"the swelling hasn't gone down":                    "swollen",
		"might have popped something":                      "a pop",
		"no longer able to bear weight, not able to walk":  "cannot put weight on it",
		"coach says I favour my left leg":                  "limping",
		"I think I tore something":                         "a pop",
		"on crutches since yesterday":                      "cannot put weight on it",
		"barely walked yesterday, could step it up today":  "",
		"cant step it up, cant walk for laughing":          "",
		"like a shot from the start, numb with boredom":    "",
		"felt like a kick in the back of my leg":           "a pop",
		"couldn't run without limping":                     "limping",
		"wasn't limping until the last km":                 "limping",
		"stopped limping after a mile":                     "",
		"stopped with a numb foot":                         "numb",
		"running funny to spare it":                        "limping",
		"running differently in the new shoes":             "",
		"couldn't walk properly for two days":              "limping",
		"too painful to walk on":                           "cannot put weight on it",
		"mum asked if I was limping":                       "",
		"limpped home, hobbeld to the car":                 "limping",
		"calf looks bigger than the other one":             "swollen",
		"swelling is down now, the numbness went":          "",
		"my calf just went":                                "a pop",
		"the calf just went tight":                         "",
		"can't control my bowels":                          "bladder",
		"couldn't get my breath back for minutes":          "chest pain",
		"chest felt fine this time":                        "",
		"chest hurts, the rest is fine":                    "chest pain",
		"overcompensating with the other leg":              "limping",
		"ankle swollen, seeing the doctor tomorrow":        "swollen",
		"can't put weight on it, race tomorrow":            "cannot put weight on it",
		"knee is swollen and I race tomorrow":              "swollen",
		"won't be able to walk tomorrow":                   "",
		"dropped a plate on it, gym, can't bear weight":    "cannot put weight on it",
		"calf went during squats, can't walk":              "cannot put weight on it",
		"limping on the left since the gym":                "limping",
		"DOMS, limping about, went to the gym yesterday":   "",
		"passed out at the finish, fine now":               "chest pain",
		"short of breath beyond the effort, legs fine":     "chest pain",
		"fainted, the strap showed 210":                    "chest pain",
		"felt a pop over the heel":                         "a pop",
		"kneecap popped out":                               "a pop",
		"calf popped and I took an aspirin":                "a pop",
		"popped two ibuprofen before the start":            "",
		"foot numb and both hands fine":                    "numb",
		"no bad feeling in the knee":                       "",
		"swelling went down but came back":                 "swollen",
		"swelling gone but my back hurts":                  "",
		"couldn't walk fast today":                         "",
		"calf popped in the last km":                       "a pop",
		"felt no pop, heard no loud crack":                 "",
		"not good, can't put weight on it":                 "cannot put weight on it",
		"no ankle pain, chest tight":                       "chest pain",
		"no pain, can't walk or stand on it":               "cannot put weight on it",
		"no swelling, fever, numbness or pop":              "",
		"no limp, pop, swelling":                           "",
		"not good, swelling":                               "swollen",
		"calf popped in km 3, walked home":                 "a pop",
		"calf sore, popped two paracetamol":                "",
		"knee sore so popped out for ice":                  "",
		"achilles popped up the hill":                      "a pop",
		"knee fine, popped out for a beer":                 "",
		"foot blister popped in the sock":                  "",
		"ankle swollen after crossing the river":           "swollen",
		"the river was swollen":                            "",
		"can't walk or climb stairs":                       "cannot put weight on it",
		"chest pain, cold morning":                         "chest pain",
		"chest tight in the cold":                          "chest pain",
		"deep chest pain during the workout":               "chest pain",
		"pain under the chest strap on the climb":          "chest pain",
		"hr 190 and chest pain":                            "chest pain",
		"a chest cold, chest workout, chest-deep in snow":  "",
		"passed out race packs":                            "",
		"couldn't feel my legs after the hill session":     "",
		"back pain and cannot feel my legs":                "numb",
		"thought I would pass out":                         "chest pain",
		"nearly had to pass out water bottles":             "",
		"felt as if I was going to pass out":               "chest pain",
		"can't walk after deadlifts, back locked":          "cannot put weight on it",
		"something went in my calf":                        "a pop",
		"something went wrong with the watch":              "",
	} {
		if got := ReadSigns(note).String(); got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
	}
	for note, want := range map[string]Signs{
		"woke me up twice": SaysNight, "slept well, night run": 0, "aches at night": SaysNight,
		"took two ibuprofen to get through": SaysMedication, "no ibuprofen needed": 0, "ibuprofen afterwards": 0, "ibuprofen before and after": SaysMedication,
		"refused painkillers": 0, "needed tablets to get round": SaysMedication, "salt tablets taken": 0, "throbbing all night": SaysNight,
		"woke at night because of it": SaysNight, "woken by the baby": 0, "one spot on the shin hurts when I press it": SaysOneSpot,
		"I can put my finger on the spot": SaysOneSpot, "tender all along, not one sore spot": 0, "couldn't sleep, the baby was up": 0, "couldn't sleep for the pain": SaysNight,
		"fell asleep on the sofa": 0, "lying in bed it throbs": SaysNight, "tender when I press the bone": SaysOneSpot, "size of a pea": SaysOneSpot, "blister the size of a coin": 0, "inside of my shin, one spot": SaysOneSpot, "sprained it in May, swells after long runs": SaysSwelling, "calf popped in May": 0, "sore, not one spot": 0,
		"can point to it with one finger": SaysOneSpot, "toothache in the bone, worse at night": SaysNight, "ibuprofin before the start": SaysMedication,
		"sore during the night race": 0, "woke me before the alarm": SaysNight, "couldn't sleep, excited for the race": 0, "couldn't sleep after the race": SaysNight, "couldn't sleep the night before": 0, "did not sleep well because of the pain": SaysNight, "did not sleep much, the baby": 0, "hurts at night after a run": SaysNight, "woke at night and needed the toilet": 0, "at one point it hurts on the shin": 0,
		"gone out too fast, had to give way to cyclists": 0, "knee gave way on the stairs": SaysWeak | SaysUnstable,
		"stab under the ribs": SaysStitch, "old stitches": 0, "squats yesterday": SaysStrength,
	} {
		if got := ReadSigns(note); got != want {
			t.Errorf("%q: %b, want %b", note, got, want)
		}
	}
}

// What the signs are called is read as the same signs again.
func TestSignsAreReadAsTheyAreNamed(t *testing.T) {
	for sign := SaysChest; sign <= SaysLimp; sign <<= 1 {
		all := sign | SaysSwelling
		if got := ReadSigns(all.String()); got != all {
			t.Errorf("%q: %b, want %b", all.String(), got, all)
		}
	}
}

func TestOverhear(t *testing.T) {
	for text, want := range map[string]string{
		"Lovely day. My left calf popped at 5k, walked home.":     "left calf: my left calf popped at 5k, walked home",
		"Rolled my ankle; it is swollen now":                      "ankle: rolled my ankle; it is swollen now",
		"Rolled my ankle. Swollen now.":                           "ankle: rolled my ankle; swollen now",
		"Knee is fine. That climb took my breath, swollen rivers": "",
		"Rolled my right ankle, swollen now":                      "right ankle: rolled my right ankle, swollen now",
		"Chest pain on the hill!":                                 "chest pain on the hill",
		"Toes went numb after 10k":                                "toes: toes went numb after 10k",
		"Limped home with sore hamstring":                         "hamstring: limped home with sore hamstring",
		"Limped home, legs are gone":                              "",
		"The river was swollen. Popped a gel.":                    "",
		"Chest strap died, knee fine":                             "",
		"Treasure chest race, knee fine":                          "",
		"Numb toes from the cold":                                 "",
		"Popped a gel, hamstring tight":                           "",
		"Right hip clicking and popping":                          "",
		"Quads dead, hobbling down the stairs tomorrow":           "",
		"Couldn't walk yesterday after leg day":                   "",
		"Hamstring twanged in rep 4":                              "hamstring: hamstring twanged in rep 4",
		"No swelling in the knee any more":                        "",
	} {
		var got []string
		for _, h := range Overhear(text) {
			got = append(got, strings.TrimPrefix(strings.TrimSpace(string(h.Side)+" "+string(h.Site))+": "+h.Text, ": "))
		}
		if said := strings.Join(got, "; "); said != want {
			t.Errorf("%q: %q, want %q", text, said, want)
		}
	}
}

func TestSitesByOtherNames(t *testing.T) {
	for name, want := range map[string]Site{
		"shin bone": Shin, "heel bone": Heel, "hip bone": Hip, "calf muscle": Calf, "outside of the knee": Knee, "back of the knee": Knee,
		"back of the thigh": Hamstring, "front of the thigh": Thigh, "inner thigh": Groin, "hip flexor": Hip, "top of the foot": Foot,
		"instep": Foot, "little toe": Toes, "achilles heel": Achilles, "Achilles tendon": Achilles, "bum": Buttock, "pubic bone": Groin,
		"lower back": Back, "back": Back, "si joint": Sacrum, "behind the knee": Knee, "patellar tendon": Knee, "ITBS": Knee,
		"high hamstring": Hamstring, "achilles insertion": Achilles, "heel pad": Heel, "ball of the foot": Foot, "arch of foot": Foot,
		"sit bone": Buttock, "glute med": Buttock, "tail bone": Sacrum, "post tib": Ankle, "fibula": Shin,
	} {
		if got, ok := ParseSite(name); !ok || got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, name := range []string{"", "bone", "of the", "side", "elbow"} {
		if got, ok := ParseSite(name); ok {
			t.Errorf("%q is %s", name, got)
		}
	}
}
