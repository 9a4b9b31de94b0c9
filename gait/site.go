package gait

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
