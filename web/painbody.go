package web

import (
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// bodyPicture is the picture of the body to choose a place in.
type bodyPicture struct {
	// Chosen is the value of the place that is chosen, or empty.
	Chosen string
	// Send sends the form as soon as a place is chosen.
	Send bool
}

// Figures returns the front and the back view.
func (bodyPicture) Figures() []bodyFigure { return bodyFigures() }

// Unlisted returns the chosen place where no row of the list is that place: a
// site whose side nobody said.
func (b bodyPicture) Unlisted() string {
	for _, f := range b.Figures() {
		for _, site := range f.Sites {
			for _, p := range site.Picks {
				if p.Value == b.Chosen {
					return ""
				}
			}
		}
	}
	return b.Chosen
}

// Outline returns the path of the body's half on the viewer's left.
func (bodyPicture) Outline() string { return bodyOutline }

// bodyFigure is one view of the body with its sites, from the top down.
type bodyFigure struct {
	Name string
	// LeftMark and RightMark name the sides as the viewer sees them.
	LeftMark, RightMark string
	Sites               []bodySite
}

// bodySite is one row of the list, and its zones in the picture.
type bodySite struct {
	Name  string
	Picks []bodyPick
}

// bodyPick is one thing to choose: a site with its side.
type bodyPick struct {
	// ID is the control's; Value what the field site is sent as: "knee left".
	ID, Value string
	// Label is what stands on it, beside its site; Name says both.
	Site, Label, Name string
	// Zone is the outline of its place in the picture, or empty.
	Zone string
	// Mirrored turns the zone round: it lies on the viewer's right.
	Mirrored bool
}

// bodyOutline is the half of the body on the viewer's left. Zones are drawn for
// that half too, larger than the body, cut to its outline, and turned round for
// the other.
const bodyOutline = "M80 0H52C50 18 48 32 43 50C36 70 31 90 31 114C32 146 37 168 41 190C43 204 42 214 42 226" +
	"C38 246 41 276 48 306C50 318 50 328 48 340C42 354 34 368 31 384C30 396 36 400 46 400H60C69 400 71 392 70 384" +
	"C69 364 67 350 67 336C69 312 76 274 76 244C74 228 76 214 76 204C78 172 79 146 80 122"

// bodyFigures returns the front and the back view.
func bodyFigures() []bodyFigure {
	return []bodyFigure{
		{"Front", "right", "left", []bodySite{
			pairOf(gait.Hip, gait.Right, "M20 58Q42 54 58 66L54 106Q38 112 20 108Z"),
			pairOf(gait.Groin, gait.Right, "M58 66Q70 74 80 76V130Q66 122 54 106Z"),
			pairOf(gait.Thigh, gait.Right, "M20 108Q38 112 54 106Q66 122 80 130V190Q58 200 20 190Z"),
			pairOf(gait.Knee, gait.Right, "M20 190Q58 200 80 190V230Q58 240 20 230Z"),
			pairOf(gait.Shin, gait.Right, "M20 230Q58 240 80 230V304Q58 310 20 304Z"),
			pairOf(gait.Ankle, gait.Right, "M20 304Q58 310 80 304V338Q58 344 20 338Z"),
			pairOf(gait.Foot, gait.Right, "M20 338Q58 344 80 338V370Q52 362 20 376Z"),
			pairOf(gait.Toes, gait.Right, "M20 376Q52 362 80 370V400H20Z"),
		}},
		{"Back", "left", "right", []bodySite{
			middleOf(gait.Back, "M20 0H80V50Q58 46 20 52Z", ""),
			middleOf(gait.Sacrum, "", "M62 47H98L88 88Q80 94 72 88Z"),
			pairOf(gait.Buttock, gait.Left, "M20 52Q44 47 62 47L72 88Q76 92 80 92V122Q52 132 20 122Z"),
			pairOf(gait.Hamstring, gait.Left, "M20 122Q52 132 80 122V208Q58 214 20 208Z"),
			pairOf(gait.Calf, gait.Left, "M20 208Q58 214 80 208V288Q58 300 20 288Z"),
			pairOf(gait.Achilles, gait.Left, "M20 288Q58 300 80 288V348Q58 340 20 348Z"),
			pairOf(gait.Heel, gait.Left, "M20 348Q58 340 80 348V400H20Z"),
			middleOf(gait.OtherSite, "", ""),
		}},
	}
}

// pairOf is a site that each leg has. first is the side on the viewer's left.
func pairOf(site gait.Site, first gait.Side, zone string) bodySite {
	a, both, b := pick(site, first), pick(site, gait.Both), pick(site, first.Opposite())
	a.Zone, b.Zone, b.Mirrored = zone, zone, true
	return bodySite{siteName(site), []bodyPick{a, both, b}}
}

// middleOf is a site that the body has once, seen from behind: it hurts left,
// right, or in the middle.
func middleOf(site gait.Site, sides, middle string) bodySite {
	a, m, b := pick(site, gait.Left), pick(site, gait.NoSide), pick(site, gait.Right)
	a.Zone, b.Zone, b.Mirrored, m.Zone = sides, sides, true, middle
	return bodySite{siteName(site), []bodyPick{a, m, b}}
}

// siteName names a site at the head of its row.
func siteName(site gait.Site) string {
	if site == gait.OtherSite {
		return "elsewhere"
	}
	return words.Place(gait.NoSide, site)
}

func pick(site gait.Site, side gait.Side) bodyPick {
	p := bodyPick{ID: "site-" + string(site), Value: string(site), Site: siteName(site), Label: string(side)}
	if side == gait.NoSide {
		p.Label = "middle"
	}
	p.Name = p.Site + ", " + p.Label
	if side == gait.NoSide {
		return p
	}
	p.ID += "-" + string(side)
	p.Value += " " + string(side)
	return p
}
