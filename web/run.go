package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// answerGroup is a row of buttons.
type answerGroup struct {
	Title string
	// Open shows it at once; else it is folded up.
	Open    bool
	Answers []button
}

// button sends one word.
type button struct {
	Kind  finding.ReplyKind
	Words string
}

func buttons[K ~string](kinds ...K) []button {
	var list []button
	for _, k := range kinds {
		list = append(list, button{finding.ReplyKind(k), words.Button(finding.ReplyKind(k))})
	}
	return list
}

// answerGroups are the answers that can be given on the page of a run; those
// about the stride are folded up where nothing is odd about it. Pain with more
// to it is left to the form.
func answerGroups(odd bool) []answerGroup {
	return []answerGroup{
		{"Did anything hurt?", true, buttons(gait.AnswerNoPain, gait.AnswerALittle, gait.AnswerHurts)},
		{words.WhyDifferent, odd, strideAnswers()},
		{"Something else", false, buttons(gait.AnswerWalkingFine, gait.AnswerStillHurts, gait.AnswerIll,
			gait.AnswerSeenProfessional, gait.AnswerCleared, gait.AnswerOwnPlan)},
		{words.WhyLess, false, buttons(gait.AnswerCutBack, gait.AnswerOtherReason)},
	}
}

// strideAnswers are the reasons for an odd stride.
func strideAnswers() []button {
	return append(buttons(gait.AnswerNewStrap, gait.AnswerNewShoes, gait.AnswerOnPurpose,
		gait.AnswerNotALimp, gait.AnswerLimp), button{finding.ReplyKind(gait.AnswerUnsure), "I am not sure"})
}

// answerRun records an answer and leads back to the run it is about, or to the
// first page.
func (s *Server) answerRun(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	kind, err := gait.ParseAnswer(r.PostFormValue("kind"))
	if err != nil {
		return gait.Refuse(err)
	}
	if _, _, err := s.app.Answer(r.Context(), id, kind); err != nil {
		return err
	}
	if id == latest {
		return s.done(w, r, "/", "noted")
	}
	return s.done(w, r, "/runs/"+id, "noted")
}

// latest names the run that the open episode is about, else the newest.
const latest = "latest"

func (s *Server) excludeRun(w http.ResponseWriter, r *http.Request) error {
	id, out := r.PathValue("id"), r.PostFormValue("undo") == ""
	if _, _, err := s.app.ExcludeRun(r.Context(), id, out); err != nil {
		return err
	}
	word := "excluded"
	if !out {
		word = "included"
	}
	return s.done(w, r, "/runs/"+id, word)
}

// Onset is when a change inside the run began: "25:20", or empty.
func (p runPage) Onset() string {
	if p.Asymmetry.OnsetS == 0 {
		return ""
	}
	return minutes(p.Asymmetry.OnsetS)
}

// Unasked are the questions that the sentence does not ask.
func (p runPage) Unasked() []string {
	asked := strings.ToLower(p.Sentence)
	return slices.DeleteFunc(slices.Clone(p.Questions), func(q string) bool { return strings.Contains(asked, strings.ToLower(q)) })
}

// Further is what stands behind the verdict except for what the sentence says.
func (p runPage) Further() api.Standing {
	return api.Standing{Reasons: p.Reasons[min(1, len(p.Reasons)):], Advice: p.Advice}
}

// minutes writes seconds as minutes and seconds, and hours where there are any.
func minutes(s int) string {
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
