package gait

// TextName names one of the texts of a run that are read for pain.
type TextName string

// The texts.
const (
	TextDescription TextName = "description"
	TextPrivateNote TextName = "private note"
)

// Told is the text that an entry of the diary was read from: a tag such as
// "#pain 4 left achilles".
type Told struct {
	// Source and Key are of the place that has the text, as in [Origin].
	Source SourceName `json:"source"`
	Key    string     `json:"key"`
	Text   TextName   `json:"text"`
}

// UnreadTag is a tag about pain that could not be understood, and was
// therefore not taken for anything.
type UnreadTag struct {
	Run  RunID `json:"run"`
	Told Told  `json:"told"`
	// Tag is as the runner wrote it; of a private note no more than the word
	// that begins it.
	Tag string `json:"tag"`
	// Fault says in one line what is wrong with it, with the remedy.
	Fault string `json:"fault"`
}
