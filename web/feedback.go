package web

import (
	"context"
	"net/http"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Feedback takes what the runner says of a run's question or warning.
type Feedback interface {
	// Answer records it and returns the run and the standing it leads to. The ref
	// "latest" means the run that the open episode is about, where one is open.
	Answer(ctx context.Context, ref string, kind gait.AnswerKind) (gait.Run, finding.Standing, error)
	// ExcludeRun takes a run out of everything, or back in.
	ExcludeRun(ctx context.Context, ref string, out bool) (gait.Run, finding.Standing, error)
}

// answerGroup is a row of buttons.
type answerGroup struct {
	Title string
	// Open shows it at once; else it is folded up.
	Open    bool
	Answers []answerButton
}

type answerButton struct {
	Kind  gait.AnswerKind
	Words string
}

// answerGroups are the answers that can be given on the page of a run; those
// about the stride are folded up where nothing is odd about it. Pain with more
// to it is left to the form.
func answerGroups(odd bool) []answerGroup {
	return []answerGroup{
		{"Did anything hurt?", true, answerButtons(gait.AnswerNoPain, gait.AnswerALittle, gait.AnswerHurts)},
		{words.WhyDifferent, odd, strideAnswers()},
		{"Something else", false, answerButtons(gait.AnswerWalkingFine, gait.AnswerStillHurts, gait.AnswerIll,
			gait.AnswerSeenProfessional, gait.AnswerCleared, gait.AnswerOwnPlan)},
	}
}

// strideAnswers say what lies behind an odd stride.
func strideAnswers() []answerButton {
	return append(answerButtons(gait.AnswerNewStrap, gait.AnswerNewShoes, gait.AnswerOnPurpose,
		gait.AnswerNotALimp, gait.AnswerLimp), answerButton{gait.AnswerUnsure, "I am not sure"})
}

func answerButtons(kinds ...gait.AnswerKind) []answerButton {
	buttons := make([]answerButton, len(kinds))
	for i, k := range kinds {
		buttons[i] = answerButton{k, words.Button(finding.ReplyKind(k))}
	}
	return buttons
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

// excludeRun takes a run out of everything, or back in.
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
