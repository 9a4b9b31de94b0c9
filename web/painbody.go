package web

import "gaitkeeper/gait"

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

// bodyFigure is one view of the body with its sites, from the top down: a
// picture of 160 by 400 units and a list beside it.
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
// that half too, and turned round for the other.
const bodyOutline = "M80 0H47C46 25 43 35 38 55C33 75 31 95 33 120C35 150 38 172 41 195C42 205 40 215 40 228" +
	"C38 250 42 282 47 310C48 320 48 330 46 340C40 355 33 370 31 386C30 396 36 400 45 400H60C68 400 71 393 70 385" +
	"C69 365 68 350 69 335C71 310 76 270 75 240C74 225 75 215 75 205C77 170 79 140 80 112"

// bodyFigures returns the front and the back view.
func bodyFigures() []bodyFigure {
	return []bodyFigure{
		{"Front", "right", "left", []bodySite{
			pairOf(gait.Hip, gait.Right, "M37 58L59 62L56 102L33 106Z"),
			pairOf(gait.Groin, gait.Right, "M60 64L80 78V124L58 104Z"),
			pairOf(gait.Thigh, gait.Right, "M33 108L57 106L79 128L75 190H41Z"),
			pairOf(gait.Knee, gait.Right, "M41 192H75L74 230H40Z"),
			pairOf(gait.Shin, gait.Right, "M40 232H75L70 304L46 304Z"),
			pairOf(gait.Ankle, gait.Right, "M46 306H70L69 336H47Z"),
			pairOf(gait.Foot, gait.Right, "M46 338H69L70 366H38Z"),
			pairOf(gait.Toes, gait.Right, "M37 368H70L70 386Q70 400 60 400H44Q30 400 31 386Z"),
		}},
		{"Back", "left", "right", []bodySite{
			middleOf(gait.Back, "M46 4H80V46H41Z", ""),
			middleOf(gait.Sacrum, "", "M62 48H80V84H62Z"),
			pairOf(gait.Buttock, gait.Left, "M40 48H60V86H80V116L33 110Z"),
			pairOf(gait.Hamstring, gait.Left, "M33 112L80 118L75 206H41Z"),
			pairOf(gait.Calf, gait.Left, "M40 208H75L73 290L44 290Z"),
			pairOf(gait.Achilles, gait.Left, "M44 292H73L69 346H47Z"),
			pairOf(gait.Heel, gait.Left, "M46 348H70V386Q70 400 60 400H48Q36 398 40 380Z"),
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
	return site.Words(false)
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
