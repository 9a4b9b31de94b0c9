package gait

import "strings"

// Place names a site with its side as a runner says it: "left Achilles tendon",
// "both knees", "shin". Without a site it is the side alone, without both empty.
func Place(side Side, site Site) string {
	return strings.TrimSpace(string(side) + " " + site.Words(side == Both))
}

// Words names the site as a runner says it, one or both of them: "Achilles
// tendon", "calves". It is empty for [NoSite].
func (s Site) Words(both bool) string {
	one, two := string(s), string(s)+"s"
	switch s {
	case NoSite:
		return ""
	case Foot:
		two = "feet"
	case Toes:
		two = "toes"
	case Achilles:
		one, two = "Achilles tendon", "Achilles tendons"
	case Calf:
		two = "calves"
	case Groin:
		two = "sides of the groin"
	case Sacrum:
		two = "sides of the sacrum"
	case Back:
		two = "sides of the back"
	case OtherSite:
		one, two = "sore spot", "sore spots"
	}
	if both {
		return two
	}
	return one
}
