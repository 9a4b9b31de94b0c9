package rules

import (
	"slices"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// hear takes from the notes what the flags do not say: the signs of danger, a
// limp, a bad night, painkillers, one tender spot, a side stitch. A flag that was
// answered stands, in whichever entry: "no" takes back what a note seems to say.
func (r *Report) hear() {
	flag := func(said *gait.YesNo, signs gait.Signs) {
		if *said == gait.Unsaid && r.heard.Has(signs) {
			*said, r.noted = gait.Yes, r.noted|signs
		}
	}
	denied := r.deniesSigns()
	flag(&r.Chest, gait.SaysChest)
	flag(&r.Pop, gait.SaysPop)
	flag(&r.Swelling, gait.SaysSwelling)
	flag(&r.Numb, gait.SaysNumb)
	flag(&r.CannotBearWeight, gait.SaysNoWeight)
	if r.Swelling == gait.Yes {
		flag(&r.Hot, gait.SaysHot)
		flag(&r.Twisted, gait.SaysTwisted)
	}
	flag(&r.Limping, gait.SaysLimp)
	flag(&r.Night, gait.SaysNight)
	flag(&r.Medication, gait.SaysMedication)
	if r.Site.Bony() && !r.Is(gait.Skin) {
		flag(&r.Focal, gait.SaysOneSpot)
	}
	if denied {
		return
	}
	r.weak, r.bladder, r.fever = r.heard.Has(gait.SaysWeak), r.heard.Has(gait.SaysBladder), r.heard.Has(gait.SaysFever)
	r.noted |= r.heard & (gait.SaysBladder | gait.SaysFever | gait.SaysWeak | gait.SaysUnstable)
	r.unstable, r.strength = r.heard.Has(gait.SaysUnstable), r.heard.Has(gait.SaysStrength)
	trunk := r.Site == gait.NoSite || r.Site == gait.OtherSite || r.Site == gait.Back
	if r.heard.Has(gait.SaysStitch) && trunk && r.Chest != gait.Yes && !r.Is(gait.Cramp) && !r.Is(gait.Stitch) {
		r.called(gait.Stitch)
	}
}

// deniesSigns reports whether the runner has said no to every sign of danger that
// a flag asks for.
func (r *Report) deniesSigns() bool {
	return !slices.ContainsFunc(r.Flags(), func(f gait.Flag) bool { return f.Red && *f.Answer != gait.No })
}

// asking adds the question whether what was read is so, where a rule rests on
// words of a note alone.
func (s siteReport) asking(m match, signs gait.Signs) match {
	if s.noted.Has(signs) {
		return m.asking(finding.AskRedFlag)
	}
	return m
}
