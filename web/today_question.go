package web

import (
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// todayAsk is a question of the first page with the buttons that answer it.
type todayAsk struct {
	Text, Hint string
	Buttons    []askButton
	// Form adds the way to the form for a day without a run.
	Form bool
}

// askButton is a button that sends one word: an answer, or an entry of the diary.
type askButton struct {
	Action string
	Fields []askField
	Label  string
}

type askField struct{ Name, Value string }

// askToday returns the question of the standing that a button answers, or nil. A
// run of long ago is not asked about.
func (s *Server) askToday(standing finding.Standing, stale bool) *todayAsk {
	if standing.Verdict == finding.VerdictStop {
		ask := &todayAsk{Text: words.WalkingToday, Form: true}
		if finding.NeedsDoctor(standing.Reasons, standing.Advice) {
			ask.Text = words.HasSeen
		}
		if standing.Run != "" {
			ask.offer(finding.Question{}, standing.Run, append(finding.StopReplies(standing.Reasons, standing.Advice), finding.ReplyKind(gait.AnswerUnsure))...)
		}
		return ask
	}
	for _, q := range standing.Questions {
		replies := q.Replies()
		if len(replies) == 0 || standing.Run == "" || stale && q.Ask != finding.AskHowNow {
			continue
		}
		ask := &todayAsk{Text: s.words().Questions([]finding.Question{q})[0]}
		ask.offer(q, standing.Run, replies...)
		return ask
	}
	return nil
}

// offer adds the buttons of replies. Where a reply leaves a choice, that is offered
// at once; who has not felt for a spot is told how.
func (a *todayAsk) offer(q finding.Question, run gait.RunID, replies ...finding.ReplyKind) {
	for _, k := range replies {
		if k == finding.ReplyNotFelt {
			a.Hint = words.Feel
			continue
		}
		if choices := k.Choices(); len(choices) > 0 {
			a.offer(q, run, choices...)
			continue
		}
		b := askButton{Label: words.Button(k)}
		if entry, ok := (finding.Reply{Run: run, Kind: k, Site: q.Site, Side: q.Side}).Entry(); ok {
			b.Action = "/pain"
			b.Fields = []askField{{"run", string(run)}, {"site", string(entry.Site)}, {"side", string(entry.Side)}}
			if entry.Morning.Known() {
				b.Fields = append(b.Fields, askField{"morning", entry.Morning.Typed()})
			}
			for _, f := range entry.Flags() {
				if *f.Answer != gait.Unsaid {
					b.Fields = append(b.Fields, askField{f.Name, map[gait.YesNo]string{gait.Yes: "yes", gait.No: "no"}[*f.Answer]})
				}
			}
		} else {
			b.Action, b.Fields = "/runs/"+latest+"/answer", []askField{{"kind", string(k)}}
		}
		a.Buttons = append(a.Buttons, b)
	}
}
