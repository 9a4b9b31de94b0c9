package web

import (
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// question is one field of the form, answered by one of its choices.
type question struct {
	Field, Legend, Hint string
	Class               string
	Choices             []choice
	Faults              []string
}

// choice is one answer; the empty value says nothing.
type choice struct {
	Value, Label string
	Chosen       bool
}

// unsaid is the answer that stands until another is chosen.
const unsaid = "not said"

// ask builds a question with what was typed chosen.
func (p painPage) ask(field, class, legend, hint string, choices ...choice) question {
	q := question{field, legend, hint, class, append([]choice{{Label: unsaid}}, choices...), p.Faults[field]}
	for i := range q.Choices {
		q.Choices[i].Chosen = q.Choices[i].Value == p.Typed[field]
	}
	return q
}

func (p painPage) Worst() question {
	q := p.scale("worst", words.OfTen)
	if p.Run == nil {
		q.Legend += ", in walking and daily life"
	}
	return q
}

// Scores are the further questions that a number answers.
func (p painPage) Scores() []question {
	if p.Run == nil {
		q := p.scale("morning", "")
		q.Legend = "In the morning"
		return []question{q}
	}
	return []question{p.scale("start", ""), p.scale("end", ""), p.scale("morning", words.AddTomorrow)}
}

func (p painPage) scale(field, hint string) question {
	var steps []choice
	for n := range gait.MaxScore + 1 {
		step, _ := gait.Exactly(n) // n is on the scale
		steps = append(steps, choice{Value: step.Typed(), Label: step.String()})
	}
	if typed := p.Typed[field]; len(typed) > 1 && typed[len(typed)-1] == '+' {
		steps = append(steps, choice{Value: typed, Label: typed[:len(typed)-1] + " or more"})
	}
	return p.ask(field, "scale", words.ScoreName(field), hint, steps...)
}

func (p painPage) Kind() question {
	var kinds []choice
	for _, k := range gait.PainKinds() {
		kinds = append(kinds, choice{Value: string(k), Label: words.KindName(k)})
	}
	return p.ask("kind", "kinds", words.FeelsLike, "", kinds...)
}

// Flags are the questions that yes or no answers.
func (p painPage) Flags() []question {
	flags := []question{p.yesNo("focal"), p.yesNo("front_of_hip")}
	if p.Run != nil {
		flags = append(flags, p.yesNo("worsening"))
	}
	return append(flags,
		p.yesNo("limping"),
		p.yesNo("night"),
		p.yesNo("medication"),
		p.yesNo("daily_life"),
		p.yesNo("mood"))
}

func (p painPage) yesNo(field string) question {
	return p.ask(field, "flags", words.FlagQuestion(field), "", choice{Value: "yes", Label: "yes"}, choice{Value: "no", Label: "no"})
}

// RedFlags are the signs that a doctor should see today, to be ticked.
func (p painPage) RedFlags() []choice {
	var signs []choice
	for _, f := range new(gait.Pain).Flags() {
		if f.Red {
			signs = append(signs, choice{Value: f.Name, Label: words.FlagName(f.Name, gait.Yes), Chosen: p.Typed[f.Name] == "yes"})
		}
	}
	return signs
}
