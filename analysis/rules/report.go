package rules

import (
	"slices"
	"time"

	"gaitkeeper/gait"
)

// Report is what the runner said of one spot in one run or on one rest day, all
// entries joined: its Pain is as one entry that says it all, recorded when the runner
// last spoke of it. Its ID is 0 where an answer said it.
type Report struct {
	gait.Pain
	// Kinds are all that the pain was called, Entered is when the runner first spoke
	// of it.
	Kinds   []gait.PainKind
	Entered time.Time
	// heard is what the notes name; weak, bladder, fever, an unstable joint and strength
	// work are in it; noted is what of it decides something that no flag says.
	heard, noted                             gait.Signs
	weak, bladder, fever, unstable, strength bool
	// overheard means that all of it was read in texts without a tag.
	overheard bool
}

// Join merges the entries about one run or one rest day by their spot, in the
// order in which spots are first named. The worst of several numbers counts;
// a start and an end are taken from the entry that named them last; a yes
// outweighs a no. Where no worst was named, the worst of start and end is.
func Join(entries []gait.Pain) []Report {
	var reports []Report
	for _, e := range entries {
		i := slices.IndexFunc(reports, func(r Report) bool { return r.Spot() == e.Spot() })
		if i < 0 {
			i = len(reports)
			reports = append(reports, Report{Entered: e.Recorded, overheard: true})
		}
		reports[i].add(e)
	}
	for i := range reports {
		r := &reports[i]
		r.hear()
		if !r.Worst.Known() {
			r.Worst = r.Start.Worse(r.End)
		}
	}
	return reports
}

func (r *Report) add(e gait.Pain) {
	before := r.Pain
	r.Pain = e
	r.Kind, r.Worst, r.Morning = before.Kind, before.Worst.Worse(e.Worst), before.Morning.Worse(e.Morning)
	if !e.Start.Known() {
		r.Start = before.Start
	}
	if !e.End.Known() {
		r.End = before.End
	}
	said := r.Flags()
	for i, f := range before.Flags() {
		*said[i].Answer = max(*said[i].Answer, *f.Answer)
	}
	r.heard |= gait.ReadSigns(e.Note)
	r.overheard = r.overheard && e.Overheard()
	if e.Kind != gait.NoKind && !r.Is(e.Kind) {
		r.called(e.Kind)
	}
}

func (r *Report) called(k gait.PainKind) { r.Kinds, r.Kind = append(r.Kinds, k), k }

// Is reports whether the pain was called so.
func (r Report) Is(k gait.PainKind) bool { return slices.Contains(r.Kinds, k) }

// only reports whether the pain was called so, and nothing else.
func (r Report) only(kinds ...gait.PainKind) bool {
	other := func(k gait.PainKind) bool { return !slices.Contains(kinds, k) }
	return len(r.Kinds) > 0 && !slices.ContainsFunc(r.Kinds, other)
}

// Hurts reports whether the report speaks of a pain at all.
func (r Report) Hurts() bool {
	return r.Worst.AtLeast(1) || len(r.Kinds) > 0 || r.Flagged()
}

// Says reports whether the report says how the run or day itself was, beyond the
// next morning.
func (r Report) Says() bool { return r.Worst.Known() || r.Hurts() }

// doesNotFade: start and end are both known, and the end is no better.
func (r Report) doesNotFade() bool {
	start, known := r.Start.Number()
	return known && r.End.AtLeast(start) && r.End.Known()
}

// fades: start and end are both known, the end is better, and no painkiller
// made it so.
func (r Report) fades() bool {
	end, known := r.End.Number()
	return known && r.Start.AtLeast(end+1) && r.Medication != gait.Yes
}

// rise returns by how much the pain surely grew from the first step to the
// last.
func (r Report) rise() int {
	start, known := r.Start.Number()
	if !known || !r.End.Known() {
		return 0
	}
	return r.End.Low() - start
}

// within reports whether the worst is surely from..to, or surely from or more
// and not surely more than to.
func (r Report) within(from, to int) bool {
	return r.Worst.AtLeast(from) && !r.Worst.AtLeast(to+1)
}

// offScale reports whether the kind of the pain has no place on the scale: a
// cramp, a stitch, a blister or a chest say nothing about what the tissue bears.
func (r Report) offScale() bool {
	return r.Is(gait.Cramp) || r.Is(gait.Stitch) || r.Is(gait.Skin) || r.Chest == gait.Yes
}

// Sided reports whether the pain can shorten the stance of one leg.
func (r Report) Sided() bool { return !r.offLeg() }

// offLeg reports whether the pain cannot shorten the stance of one leg.
func (r Report) offLeg() bool {
	return r.Side == gait.Both || r.Is(gait.Stitch) || r.Chest == gait.Yes || r.Site != gait.NoSite && !r.Site.Leg()
}

// calm reports whether the worst was surely no more than n, without painkillers
// and without any sign that outweighs a number.
func (r Report) calm(n int) bool { return r.Worst.AtMost(n) && !r.troubled() }

// troubled reports whether a sign outweighs any number: a limp, a bad night,
// painkillers.
func (r Report) troubled() bool {
	return r.Medication == gait.Yes || r.Limping == gait.Yes || r.Night == gait.Yes
}

// inexact reports whether something was said of the pain, but no number.
func inexact(s gait.Score) bool {
	_, exact := s.Number()
	return s.Known() && !exact
}
