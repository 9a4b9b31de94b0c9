package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"gaitkeeper/api"
	"gaitkeeper/daemon"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

type painCmd struct {
	Add    painAddCmd    `cmd:"" help:"Add an entry about a run or a rest day: a pain, or no pain."`
	List   painListCmd   `cmd:"" help:"List the entries, oldest first."`
	Remove painRemoveCmd `cmd:"" help:"Remove an entry."`
}

type painAddCmd struct {
	At  string `placeholder:"TIME" xor:"when" help:"When, for a rest day. --worst is then the worst in walking and daily life."`
	Ref string `name:"run" placeholder:"RUN" xor:"when" help:"The run: its ID, the first digits of it, or latest."`

	Site string `placeholder:"SITE" help:"Where: foot toes heel ankle achilles shin calf knee thigh hamstring groin hip buttock sacrum back other; also quad, glute, plantar, arch, ITB, kneecap, SI and the like."`
	Side string `placeholder:"SIDE" help:"left, right or both."`
	Kind string `placeholder:"KIND" help:"What it feels like: ache tight burning sharp twinge bone sore cramp stitch skin."`

	Worst   *int `placeholder:"0-10" help:"The worst. 0 without --site means no pain."`
	Start   *int `placeholder:"0-10" help:"At the first steps."`
	End     *int `placeholder:"0-10" help:"At the last steps."`
	Morning *int `placeholder:"0-10" help:"The next morning."`

	Focal      *bool `negatable:"" help:"One deep spot that hurts when you press it with a fingertip."`
	FrontOfHip *bool `negatable:"" help:"It is at the front of the hip."`
	Worsening  *bool `negatable:"" help:"It got worse while running."`
	Limping    *bool `negatable:"" help:"You limped or changed your stride."`
	Night      *bool `negatable:"" help:"It disturbed your sleep."`
	Medication *bool `negatable:"" help:"You took painkillers."`
	DailyLife  *bool `negatable:"" help:"It affects daily life."`
	Mood       *bool `negatable:"" help:"It affects mood or confidence."`

	CannotBearWeight *bool `negatable:"" help:"You cannot put weight on it."`
	Pop              *bool `negatable:"" help:"You felt a pop or a snap."`
	Swelling         *bool `negatable:"" help:"It is swollen."`
	Hot              *bool `negatable:"" help:"It is warm or hot to the touch."`
	Numb             *bool `negatable:"" help:"It is numb, or tingles."`
	Twisted          *bool `negatable:"" help:"You twisted it, or fell."`
	Chest            *bool `negatable:"" help:"Chest pain or pressure, also in an arm or the jaw. Needs no site."`

	Note string `help:"Your own words."`
	JSON bool   `help:"Print the stored entry as one JSON object."`
}

func (c *painAddCmd) Run(p *program) error {
	entry, err := c.entry()
	if err != nil {
		return gait.Refuse(err)
	}
	return p.with(func(app *daemon.App) error {
		if c.At != "" {
			if entry.At, err = gait.ParseTime(c.At, app.Now(), app.Zone()); err != nil {
				return err
			}
		}
		stored, standing, err := app.AddPain(p.ctx, c.Ref, entry)
		if err != nil {
			return err
		}
		if c.JSON {
			return api.NewEncoder(p.stdout).Encode(stored)
		}
		p.printf("noted as entry %d: %s\n", stored.ID, describe(stored, app.Zone()))
		if err := p.printOutweighed(app, stored); err != nil {
			return err
		}
		p.printStanding(app.Words().Standing(standing))
		if standing.Verdict != finding.VerdictStop && grave(stored) {
			p.printf("\n%s\n", words.NotMedical)
		}
		return nil
	})
}

// grave reports whether an entry is bad enough to say when a doctor is due.
func grave(e gait.Pain) bool {
	red := slices.ContainsFunc(e.Flags(), func(f gait.Flag) bool { return f.Red && *f.Answer == gait.Yes })
	return red || e.Worst.Worse(e.Start).Worse(e.End).Worse(e.Morning).AtLeast(severe)
}

// severe is the pain, of 10, from which the reply says when a doctor is due.
const severe = 5

// printOutweighed tells which entries say more than the one just noted.
func (p *program) printOutweighed(app *daemon.App, noted gait.Pain) error {
	diary, err := app.ListPain(p.ctx)
	for _, graver := range noted.Outweighed(diary) {
		p.printf("%s\n", words.Outweighed(graver))
	}
	return err
}

// Validate refuses a flag that is both set and negated.
func (*painAddCmd) Validate(line *kong.Context) error {
	for _, arg := range line.Args {
		if name, denied := strings.CutPrefix(arg, "--no-"); denied && slices.Contains(line.Args, "--"+name) {
			return fmt.Errorf("--%[1]s and --no-%[1]s contradict each other", name)
		}
	}
	return nil
}

func (c *painAddCmd) entry() (gait.Pain, error) {
	if c.At == "" && c.Ref == "" {
		return gait.Pain{}, gait.Refusef("say when: --run latest for the last run, or --at now for a rest day")
	}
	e := gait.Pain{
		Kind: gait.PainKind(c.Kind), Note: c.Note,
		Focal: yesNo(c.Focal), FrontOfHip: yesNo(c.FrontOfHip), Worsening: yesNo(c.Worsening), Limping: yesNo(c.Limping), Night: yesNo(c.Night),
		Medication: yesNo(c.Medication), DailyLife: yesNo(c.DailyLife), Mood: yesNo(c.Mood),
		CannotBearWeight: yesNo(c.CannotBearWeight), Pop: yesNo(c.Pop), Swelling: yesNo(c.Swelling), Hot: yesNo(c.Hot),
		Numb: yesNo(c.Numb), Twisted: yesNo(c.Twisted), Chest: yesNo(c.Chest),
	}
	if err := e.SetSite(c.Site); err != nil {
		return gait.Pain{}, err
	}
	var err error
	if c.Side != "" {
		if e.Side, err = gait.ParseSide(c.Side); err != nil {
			return gait.Pain{}, err
		}
	}
	for _, f := range []struct {
		name  string
		value *int
		to    *gait.Score
	}{{"worst", c.Worst, &e.Worst}, {"start", c.Start, &e.Start}, {"end", c.End, &e.End}, {"morning", c.Morning, &e.Morning}} {
		if f.value == nil {
			continue
		}
		if *f.to, err = gait.Exactly(*f.value); err != nil {
			return gait.Pain{}, gait.Refusef("--%s: %w", f.name, err)
		}
	}
	return e, nil
}

type painListCmd struct {
	JSON bool `help:"Print one JSON object per line."`
}

func (c *painListCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		entries, err := app.ListPain(p.ctx)
		if err != nil {
			return err
		}
		if len(entries) == 0 && !c.JSON {
			fmt.Fprintln(p.stderr, "no entries yet: gaitkeeper pain add --help shows how")
		}
		out := api.NewEncoder(p.stdout)
		for _, e := range entries {
			if !c.JSON {
				p.printf("%4d  %s\n", e.ID, describe(e, app.Zone()))
			} else if err := out.Encode(e); err != nil {
				return err
			}
		}
		return nil
	})
}

type painRemoveCmd struct {
	ID int64 `arg:"" help:"The entry's number, from gaitkeeper pain list."`
}

func (c *painRemoveCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		standing, err := app.RemovePain(p.ctx, c.ID)
		if err != nil {
			return err
		}
		p.printf("entry %d removed\n", c.ID)
		p.printStanding(app.Words().Standing(standing))
		return nil
	})
}

func yesNo(b *bool) gait.YesNo {
	switch {
	case b == nil:
		return gait.Unsaid
	case *b:
		return gait.Yes
	default:
		return gait.No
	}
}

func describe(e gait.Pain, zone *time.Location) string {
	about := "run " + string(e.Run)
	if e.RestDay() {
		about = "rest day"
	}
	line := e.At.In(zone).Format(gait.MinuteLayout) + " " + about + ": " + words.EntryFacts(e)
	if e.Note != "" {
		line += " " + strconv.Quote(e.Note)
	}
	return line
}

type answerCmd struct {
	Ref    string `arg:"" name:"run" help:"The run: its ID, the first digits of it, or latest (also: whatever gaitkeeper asks about now)."`
	Answer string `arg:"" enum:"no-pain,a-little,hurts,limp,not-a-limp,new-strap,new-shoes,on-purpose,unsure,ill,cleared,seen-professional,walking-fine,still-hurts,own-plan,cut-back,other-reason" help:"One of the answers above."`
}

// Help says what each answer means.
func (*answerCmd) Help() string {
	var help strings.Builder
	help.WriteString("The answers:\n\n")
	for _, k := range gait.AnswerKinds() {
		fmt.Fprintf(&help, "  %-18s %s\n", k, words.Meaning(k))
	}
	return help.String()
}

func (c *answerCmd) Run(p *program) error {
	kind := gait.AnswerKind(c.Answer) // one of the enum
	return p.with(func(app *daemon.App) error {
		before, err := app.Standing(p.ctx)
		if err != nil {
			return err
		}
		run, standing, err := app.Answer(p.ctx, c.Ref, kind)
		if err != nil {
			return err
		}
		day := ""
		if kind.OfTheDay() {
			day = "today, with "
		}
		p.printf("noted for %sthe run of %s (%s): %s\n", day, run.Start.In(app.Zone()).Format(gait.MinuteLayout), run.ID, words.Meaning(kind))
		p.printf("%s\n", app.Words().Did(finding.ReplyKind(kind), before, standing))
		if kind == gait.AnswerNoPain {
			if err := p.printOutweighed(app, gait.NothingHurt(run.ID)); err != nil {
				return err
			}
		}
		p.printStanding(app.Words().Standing(standing))
		return nil
	})
}
