package gait

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Site is a part of the body. Together with a [Side] it is the place a pain is
// followed at from run to run.
type Site string

// The sites of the diary. NoSite stands in an entry that says "no pain".
const (
	NoSite    Site = ""
	Foot      Site = "foot"
	Toes      Site = "toes"
	Heel      Site = "heel"
	Ankle     Site = "ankle"
	Achilles  Site = "achilles"
	Shin      Site = "shin"
	Calf      Site = "calf"
	Knee      Site = "knee"
	Thigh     Site = "thigh"
	Hamstring Site = "hamstring"
	Groin     Site = "groin"
	Hip       Site = "hip"
	Buttock   Site = "buttock"
	Sacrum    Site = "sacrum"
	Back      Site = "back"
	OtherSite Site = "other"
)

// Sites returns every site from the foot upwards.
func Sites() []Site {
	return []Site{
		Foot, Toes, Heel, Ankle, Achilles, Shin, Calf, Knee, Thigh, Hamstring,
		Groin, Hip, Buttock, Sacrum, Back, OtherSite,
	}
}

// Leg reports whether the site lies between foot and hip, where a pain can
// shorten the stance of its side.
func (s Site) Leg() bool {
	return slices.Contains([]Site{
		Foot, Toes, Heel, Ankle, Achilles, Shin, Calf, Knee, Thigh, Hamstring, Groin, Hip, Buttock,
	}, s)
}

// ParseSite reads a site by its name or by another that runners use for what
// lies there: "quads", "outer knee", "SI". Case, hyphens and underscores do not
// matter.
func ParseSite(s string) (Site, bool) {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) })
	if site, ok := siteNamed(strings.Join(words, " ")); ok {
		return site, true
	}
	words = slices.DeleteFunc(words, func(w string) bool { // "outside of the knee", "heel bone"
		return slices.Contains([]string{
			"of", "the", "my", "bone", "bones", "muscle", "muscles", "joint", "joints", "tendon", "tendons", "cap",
			"outside", "outer", "inside", "inner", "front", "back", "behind", "top", "side", "lower", "upper", "high", "little", "insertion", "pad",
		}, w)
	})
	return siteNamed(strings.Join(words, " "))
}

func siteNamed(name string) (Site, bool) {
	for _, site := range Sites() {
		if slices.Contains(site.names(), name) {
			return site, true
		}
	}
	return NoSite, false
}

// nearestSite returns the site that is probably meant by what names none: the one of a
// word in it, or of a name that is spelled much like it.
func nearestSite(said string) Site {
	for word := range strings.FieldsSeq(said) {
		if site, ok := ParseSite(word); ok {
			return site
		}
	}
	var names []string
	for _, site := range Sites() {
		names = append(names, site.names()...)
	}
	site, _ := siteNamed(Nearest(strings.ToLower(said), names))
	return site
}

// names returns what runners call the site and what lies there.
func (s Site) names() []string {
	return append([]string{string(s), string(s) + "s"}, s.otherNames()...)
}

func (s Site) otherNames() []string {
	switch s {
	case Foot:
		return []string{"feet", "arch", "arches", "sole", "soles", "arch foot", "ball", "ball foot", "forefoot", "midfoot", "metatarsal", "metatarsals", "instep", "bunion", "sesamoid", "sesamoids", "neuroma", "morton's neuroma"}
	case Toes:
		return []string{"toe", "big toe", "pinky", "pinky toe"}
	case Heel:
		return []string{"plantar", "plantar fascia", "plantar fasciitis", "pf"}
	case Achilles:
		return []string{"achilles heel"}
	case Ankle:
		return []string{"post tib", "tib post", "posterior tibial", "tibialis posterior"}
	case Shin:
		return []string{"tibia", "tibias", "tibialis", "tibialis anterior", "tib ant", "fibula", "shinbone", "shin splint", "shin splints"}
	case Calf:
		return []string{"calves", "calfs", "soleus", "gastroc", "peroneal", "peroneals"}
	case Knee:
		return []string{"kneecap", "kneecaps", "patella", "patellar", "itb", "itbs", "it band", "runner's knee", "runners knee", "jumper's knee", "jumpers knee", "meniscus", "mcl", "lcl", "acl"}
	case Hip:
		return []string{"hip flexor", "hip flexors", "psoas", "tfl", "trochanter", "greater trochanter"}
	case Thigh:
		return []string{"quad", "quads", "quadriceps", "femur"}
	case Hamstring:
		return []string{"hammy", "hammies", "hammie", "back of the thigh", "back of thigh"}
	case Groin:
		return []string{"adductor", "adductors", "inner thigh", "inner thighs", "pubic", "pubis"}
	case Buttock:
		return []string{"glute", "glutes", "gluteus", "butt", "bum", "backside", "butt cheek", "glute med", "gluteus medius", "piriformis", "sit bone", "sits bone", "sitz bone"}
	case Sacrum:
		return []string{"si", "si joint", "sacroiliac", "tailbone", "tail bone", "coccyx"}
	case Back:
		return []string{"lower back", "low back", "lumbar"}
	default:
		return nil
	}
}

// Bony reports whether bone stress injuries are typical of the site.
func (s Site) Bony() bool {
	return slices.Contains([]Site{Shin, Foot, Toes, Heel, Thigh, Hip, Groin, Sacrum}, s)
}

// PainKind is how a pain feels.
type PainKind string

// The kinds of the diary.
const (
	NoKind  PainKind = ""
	Ache    PainKind = "ache"
	Tight   PainKind = "tight"
	Burning PainKind = "burning"
	Sharp   PainKind = "sharp"
	Twinge  PainKind = "twinge"
	Bone    PainKind = "bone"
	Sore    PainKind = "sore"
	Cramp   PainKind = "cramp"
	Stitch  PainKind = "stitch" // a side stitch
	Skin    PainKind = "skin"
)

// PainKinds returns every kind.
func PainKinds() []PainKind {
	return []PainKind{Ache, Tight, Burning, Sharp, Twinge, Bone, Sore, Cramp, Stitch, Skin}
}

// Pain is one entry of the diary: about a run where Run is set, about a rest
// day otherwise. What was not entered is unknown.
type Pain struct {
	ID int64 `json:"id"`
	// Run is the run the entry is about; empty for a rest day.
	Run RunID `json:"run"`
	// At is the moment the entry is about: the run's end, or the rest day's.
	At time.Time `json:"at"`
	// Recorded is when the runner entered it.
	Recorded time.Time `json:"recorded"`
	Site     Site      `json:"site"`
	Side     Side      `json:"side"`
	// Worst is the worst in the run; on a rest day the worst in walking and
	// daily life.
	Worst Score `json:"worst"`
	// Start and End are the pain at the run's first and last steps.
	Start Score `json:"start"`
	End   Score `json:"end"`
	// Morning is the pain on the next morning.
	Morning Score    `json:"morning"`
	Kind    PainKind `json:"kind"`
	// Focal: one deep spot, tender to a fingertip.
	Focal YesNo `json:"focal"`
	// FrontOfHip: it is at the front of the hip, where a finger cannot reach the bone.
	FrontOfHip YesNo `json:"front_of_hip"`
	// Worsening: it grew while running.
	Worsening YesNo `json:"worsening"`
	// Limping: the runner limped or changed the stride.
	Limping YesNo `json:"limping"`
	// Night: it interfered with sleep.
	Night YesNo `json:"night"`
	// Medication: pain relievers were taken.
	Medication YesNo `json:"medication"`
	// DailyLife and Mood: it affects daily life; mood or confidence.
	DailyLife YesNo `json:"daily_life"`
	Mood      YesNo `json:"mood"`
	// The red flags: signs that a doctor should see today.
	CannotBearWeight YesNo  `json:"cannot_bear_weight"`
	Pop              YesNo  `json:"pop"`
	Swelling         YesNo  `json:"swelling"`
	Hot              YesNo  `json:"hot"`
	Numb             YesNo  `json:"numb"`
	Twisted          YesNo  `json:"twisted"`
	Chest            YesNo  `json:"chest"`
	Note             string `json:"note"`
	// FromText is the text the entry was read from; zero where the runner entered
	// it in the diary.
	FromText TextSource `json:"told"`
}

// Spot is where the pain is.
func (p Pain) Spot() Spot { return Spot{p.Site, p.Side} }

// RestDay reports whether the entry is about a day and not about a run.
func (p Pain) RestDay() bool { return p.Run == "" }

// NoPain reports whether the entry is the answer "nothing hurt". A 0 with a kind
// or a flag, such as a painkiller, says more than that.
func (p Pain) NoPain() bool {
	return p.Site == NoSite && p.Worst.AtMost(0) && p.Kind == NoKind && !p.Flagged()
}

// SetSite sets the site by any name that [ParseSite] reads; an empty one is
// none. A chest is no site but a red flag.
func (p *Pain) SetSite(name string) error {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "":
		p.Site = NoSite
		return nil
	case "chest", "heart", "breastbone", "sternum":
		p.Site, p.Chest = NoSite, Yes
		return nil
	}
	site, ok := ParseSite(name)
	if !ok {
		const other = "say other, and name the place in the note"
		if near := nearestSite(name); near != NoSite {
			return fmt.Errorf("no site is called %.40q: did you mean %s? Otherwise %s", name, near, other)
		}
		return fmt.Errorf("no site is called %.40q: %s, or take the nearest of %s", name, other, listed(Sites()[:len(Sites())-1]))
	}
	p.Site = site
	return nil
}

// Hurts reports whether the entry speaks of a pain while running, or on its day.
func (p Pain) Hurts() bool { return p.highest().AtLeast(1) || p.Kind != NoKind || p.Flagged() }

// highest is the worst, or the worse of start and end where it was not entered.
func (p Pain) highest() Score {
	if p.Worst.Known() {
		return p.Worst
	}
	return p.Start.Worse(p.End)
}

// Outweighed returns the entries of the diary beside which the entry makes its run
// no better: it says "no pain", or a lower number, of a run of which they say
// more. The more serious one counts, until they are corrected or removed.
func (p Pain) Outweighed(diary []Pain) []Pain {
	var graver []Pain
	for _, other := range diary {
		same := other.ID != p.ID && other.Run == p.Run && !p.RestDay() && (p.NoPain() || other.Site == p.Site && other.Side == p.Side)
		more := !p.Hurts() && other.Hurts() || exceeds(other.highest(), p.highest())
		if same && p.highest().Known() && more {
			graver = append(graver, other)
		}
	}
	return graver
}

// NothingHurt returns the entry that says so of a run.
func NothingHurt(run RunID) Pain { return Pain{Run: run, Worst: Score{said: true}} }

// PainFault is one fault of an entry, with the remedy.
type PainFault struct {
	// Field is the JSON name of the field that it is best shown beside.
	Field string
	Text  string
}

// Error returns the text.
func (f PainFault) Error() string { return f.Text }

// Validate returns every fault of the entry, joined, each with the remedy.
func (p Pain) Validate() error {
	var faults []error
	for _, f := range p.Faults() {
		faults = append(faults, f)
	}
	return errors.Join(faults...)
}

// Faults returns every fault of the entry, each with its field and the remedy.
func (p Pain) Faults() []PainFault {
	var faults []PainFault
	fault := func(bad bool, field, format string, args ...any) {
		if bad {
			faults = append(faults, PainFault{field, fmt.Sprintf(format, args...)})
		}
	}
	fault(p.Site != NoSite && !slices.Contains(Sites(), p.Site), "site", "site %q is not one of %s", p.Site, listed(Sites()))
	fault(p.Kind != NoKind && !slices.Contains(PainKinds(), p.Kind), "kind", "kind %q is not one of %s", p.Kind, listed(PainKinds()))
	fault(p.Site == NoSite && !p.Worst.AtMost(0) && !p.needsNoSite(), "site", "where does it hurt? Name the site, or say worst 0 for no pain")
	fault(p.Site == NoSite && p.Side != NoSide, "site", "a side without a site says too little: name the site")
	fault(p.Site != NoSite && p.silent(), "worst", "nothing is said about %s: add a number (worst 0 to 10) or a flag", p.Site)
	fault(exceeds(p.Start, p.Worst), "start", "start %v is more than worst %v", p.Start, p.Worst)
	fault(exceeds(p.End, p.Worst), "end", "end %v is more than worst %v", p.End, p.Worst)
	fault(p.Worsening == Yes && exceeds(p.Start, p.End), "worsening", "worsening contradicts start %v and end %v", p.Start, p.End)
	fault(p.RestDay() && p.Start.Known(), "start", "start and end belong to a run: name the run")
	fault(p.RestDay() && p.End.Known() && !p.Start.Known(), "end", "start and end belong to a run: name the run")
	fault(!p.Recorded.IsZero() && p.At.After(p.Recorded), "at", "%s is in the future: an entry is about what has happened", p.At.Format(MinuteLayout))
	return faults
}

func exceeds(a, b Score) bool {
	n, exact := a.Number()
	return exact && n > 0 && b.AtMost(n-1)
}

func (p Pain) silent() bool {
	answered := slices.ContainsFunc(p.Flags(), func(f Flag) bool { return *f.Answer != Unsaid })
	return !p.Worst.Known() && !p.Start.Known() && !p.End.Known() && !p.Morning.Known() && !answered && p.Kind == NoKind && !ReadSigns(p.Note).Danger()
}

// Flagged reports whether any flag was answered with yes.
func (p Pain) Flagged() bool {
	return slices.ContainsFunc(p.Flags(), func(f Flag) bool { return *f.Answer == Yes })
}

// needsNoSite reports whether the entry says enough without a site: a chest is
// none, a side stitch sits where everybody's does, a note may name a danger, and
// who says no to the signs takes something back.
func (p Pain) needsNoSite() bool {
	return p.Chest != Unsaid || p.Kind == Stitch || ReadSigns(p.Note).Danger()
}
