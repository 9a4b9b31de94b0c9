package gait

import "slices"

// TextName names one of the texts of a run that are read for pain.
type TextName string

// The texts.
const (
	TextTitle       TextName = "title"
	TextDescription TextName = "description"
	TextPrivateNote TextName = "private note"
)

// TextSource is the text that an entry of the diary was read from: a tag such as
// "#pain 4 left achilles".
type TextSource struct {
	// Source and Key are of the place that has the text, as in [Origin].
	Source SourceName `json:"source"`
	Key    string     `json:"key"`
	Text   TextName   `json:"text"`
}

// UnreadTag is a tag about pain that could not be understood, and was
// therefore not taken for anything.
type UnreadTag struct {
	Run    RunID      `json:"run"`
	Source TextSource `json:"told"`
	// Tag is as the runner wrote it; of a private note no more than the word
	// that begins it.
	Tag string `json:"tag"`
	// Fault says in one line what is wrong with it, with the remedy.
	Fault string `json:"fault"`
}

// Diary leaves out of all entries what was read from a text and is better said
// elsewhere: what the runner entered by hand about the same place stands, and
// of several texts the one that tells of more pain. "No pain" in a text gives
// way to any other entry about the run. It keeps the order, and the slice.
func Diary(entries []Pain) []Pain {
	of := map[RunID][]Pain{}
	for _, p := range entries {
		of[p.Run] = append(of[p.Run], p)
	}
	return slices.DeleteFunc(entries, func(p Pain) bool {
		return p.isFromText() && slices.ContainsFunc(of[p.Run], func(q Pain) bool { return q.ID != p.ID && goesBefore(q, p) })
	})
}

func (p Pain) isFromText() bool { return p.FromText != (TextSource{}) }

// Overheard reports whether the entry is no word to gaitkeeper, but was read in
// a text without a tag.
func (p Pain) Overheard() bool { return p.isFromText() && !p.Worst.Known() }

// goesBefore reports whether entry q makes p, which was read from a text,
// superfluous.
func goesBefore(q, p Pain) bool {
	byHand := !q.isFromText()
	if p.NoPain() {
		return byHand || !q.NoPain() || q.ID < p.ID
	}
	switch {
	case q.Site != p.Site:
		return false
	case byHand && ReadSigns(p.Note).Danger() && q.Swelling == Unsaid && q.Chest == Unsaid: // which says nothing of the signs
		return false
	case byHand:
		return q.Side == p.Side || q.Side == NoSide || p.Side == NoSide
	case q.Side == p.Side:
		return q.Worst.Low() > p.Worst.Low() || q.Worst.Low() == p.Worst.Low() && q.ID < p.ID
	default: // the one that knows the side says more
		return p.Side == NoSide && q.Worst.Low() >= p.Worst.Low()
	}
}
