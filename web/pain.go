package web

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Diary is what the page needs of the pain diary.
type Diary interface {
	// ListPain returns every entry, oldest first.
	ListPain(ctx context.Context) ([]gait.Pain, error)
	// NotePain stores an entry and returns it with its number; what is there
	// already is returned as it is. A run or a corrected entry that does not
	// exist is [gait.ErrNotFound], an entry that cannot be is a [gait.Refused].
	NotePain(ctx context.Context, n PainNote) (gait.Pain, error)
	// RemovePain removes an entry, or is [gait.ErrNotFound].
	RemovePain(ctx context.Context, id int64) (finding.Standing, error)
	// RunsBetween returns the runs that began from..to, to left out, oldest
	// first.
	RunsBetween(ctx context.Context, from, to time.Time) ([]api.Run, error)
	// RunNamed returns the run with an id, a prefix of one, or the latest; or
	// [gait.ErrNotFound].
	RunNamed(ctx context.Context, ref string) (api.Run, error)
}

// painNew shows the form of one entry: empty, or with an entry to correct
// (?entry=ID). Where the number is chosen already (?run=ID&worst=4) it asks for
// the place only, and where the place is (?run=ID&site=knee&side=left) for the
// number; choosing it stores.
func (s *Server) painNew(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	form := painForm{Typed: map[string]string{}}
	for _, field := range []string{"run", "worst", "site", "side"} {
		form.Typed[field] = query.Get(field)
	}
	if id := query.Get("entry"); id != "" {
		entry, err := s.entry(r.Context(), id)
		if err != nil {
			return err
		}
		form = typedPain(entry, s.zone)
	}
	form.Typed["mark"] = newFormToken()
	page, err := s.painPage(r, form)
	if err != nil {
		return err
	}
	name := "painnew.html"
	switch {
	case form.Typed["corrects"] != "":
	case form.Typed["site"] != "" && form.Typed["worst"] == "":
		name = "painhow.html"
	case slices.Contains(painNumbers(), form.Typed["worst"]) && form.Typed["site"] == "":
		name, page.Body.Send = "painwhere.html", true
	}
	return s.render(w, r, http.StatusOK, name, frame{Title: page.Title(), Nav: "/pain", Data: page})
}

// painAdd stores what the form says and leads on to the entry with the verdict.
// A faulty form comes back as it was, with its faults.
func (s *Server) painAdd(w http.ResponseWriter, r *http.Request) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "" && kind != "application/x-www-form-urlencoded" {
		return refusal{http.StatusUnsupportedMediaType, words.NotAForm}
	}
	if err := r.ParseForm(); err != nil {
		return gait.Refusef("the form did not arrive whole: go back and send it again")
	}
	note, form := readPain(r.PostForm, s.now(), s.zone)
	if len(form.Faults) == 0 {
		stored, err := s.app.NotePain(r.Context(), note)
		var refused gait.Refused
		switch {
		case err == nil:
			return s.stored(w, r, stored)
		case errors.Is(err, gait.ErrNotFound):
			form.fault("", "the run or the entry this is about is not there, or there are several")
		case errors.As(err, &refused):
			for _, sentence := range strings.Split(refused.Error(), "\n") {
				form.fault("", "%s", sentence)
			}
		default:
			return err
		}
	}
	page, err := s.painPage(r, form)
	if errors.Is(err, gait.ErrNotFound) {
		form.Typed["run"] = ""
		page, err = s.painPage(r, form)
	}
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusUnprocessableEntity, "painnew.html", frame{Title: page.Title(), Nav: "/pain", Data: page})
}

// stored leads on to the entry with the verdict; after "no pain", which nothing
// outweighs, to the first page.
func (s *Server) stored(w http.ResponseWriter, r *http.Request, entry gait.Pain) error {
	if entry.NoPain() {
		graver, err := s.outweighed(r.Context(), entry)
		if err != nil {
			return err
		}
		if len(graver) == 0 {
			return s.done(w, r, "/", "nopain")
		}
	}
	return s.done(w, r, "/pain/"+strconv.FormatInt(entry.ID, 10), "noted")
}

func (s *Server) painEntry(w http.ResponseWriter, r *http.Request) error {
	return s.showEntry(w, r, "painentry.html")
}

func (s *Server) painAsk(w http.ResponseWriter, r *http.Request) error {
	return s.showEntry(w, r, "painremove.html")
}

func (s *Server) showEntry(w http.ResponseWriter, r *http.Request, name string) error {
	entry, err := s.entry(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	standing, errStanding := s.app.Standing(r.Context())
	graver, errGraver := s.outweighed(r.Context(), entry)
	if err := errors.Join(errStanding, errGraver); err != nil {
		return err
	}
	data := struct {
		api.Standing
		Entry  diaryEntry
		Graver []gait.Pain
	}{s.words().Standing(standing), newDiaryEntry(entry, s.localeOf(r)), graver}
	return s.render(w, r, http.StatusOK, name, frame{Title: data.Entry.Place, Nav: "/pain", Data: data})
}

func (s *Server) painRemove(w http.ResponseWriter, r *http.Request) error {
	id, err := entryNumber(r.PathValue("id"))
	if err == nil {
		_, err = s.app.RemovePain(r.Context(), id)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/pain", "removed")
}

// entry returns the entry with a number, or [gait.ErrNotFound].
func (s *Server) entry(ctx context.Context, number string) (gait.Pain, error) {
	id, err := entryNumber(number)
	if err != nil {
		return gait.Pain{}, err
	}
	diary, err := s.app.ListPain(ctx)
	if err != nil {
		return gait.Pain{}, err
	}
	i := slices.IndexFunc(diary, func(p gait.Pain) bool { return p.ID == id })
	if i < 0 {
		return gait.Pain{}, gait.ErrNotFound
	}
	return diary[i], nil
}

// outweighed returns the entries that say more of the entry's run than it does.
func (s *Server) outweighed(ctx context.Context, entry gait.Pain) ([]gait.Pain, error) {
	diary, err := s.app.ListPain(ctx)
	return entry.Outweighed(diary), err
}

func entryNumber(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, gait.ErrNotFound
	}
	return id, nil
}

// painPage is what the form shows.
type painPage struct {
	painForm
	// Run is the run it is about; nil on a rest day.
	Run *api.Run
	// AnyRun means that there is a run it could be about.
	AnyRun bool
	// About says which run or day that is.
	About string
	Body  bodyPicture
	// Again are the places that hurt last, the newest first.
	Again []bodyPick
}

// Elsewhere reports whether a place is chosen that did not hurt lately.
func (p painPage) Elsewhere() bool {
	return p.Body.Chosen != "" && !slices.ContainsFunc(p.Again, func(pick bodyPick) bool { return pick.Value == p.Body.Chosen })
}

// More reports whether something is said, or at fault, beyond the place and how bad it
// was.
func (p painPage) More() bool {
	for _, field := range slices.Concat([]string{"at", "kind", "note"}, painScores(), gait.FlagNames()) {
		typed := p.Typed[field] != "" && field != "at" && field != "worst" && !slices.ContainsFunc(p.RedFlags(), func(c choice) bool { return c.Value == field })
		if typed || field != "worst" && len(p.Faults[field]) > 0 {
			return true
		}
	}
	return false
}

// maxAgain is how many places that hurt lately are offered first.
const maxAgain = 3

// again returns the places that hurt last, to choose from.
func again(diary []gait.Pain) []bodyPick {
	var picks []bodyPick
	for _, e := range slices.Backward(diary) {
		if e.Site == gait.NoSite || !e.Worst.AtLeast(1) && !e.Morning.AtLeast(1) {
			continue
		}
		one := pick(e.Site, e.Side)
		one.Name = words.Place(e.Side, e.Site)
		if !slices.ContainsFunc(picks, func(p bodyPick) bool { return p.Value == one.Value }) {
			picks = append(picks, one)
		}
		if len(picks) == maxAgain {
			break
		}
	}
	return picks
}

// painPage fills the form's page. A run that does not exist is [gait.ErrNotFound].
func (s *Server) painPage(r *http.Request, f painForm) (painPage, error) {
	page := painPage{painForm: f, About: "A day without a run"}
	place := page.spot()
	page.Body.Chosen = strings.TrimSpace(string(place.Site) + " " + string(place.Side))
	diary, err := s.app.ListPain(r.Context())
	if err != nil {
		return page, err
	}
	page.Again = again(diary)
	ref := f.Typed["run"]
	if ref == "" {
		if f.Typed["at"] == "" {
			f.Typed["at"] = typedTime(s.now().Truncate(time.Minute), s.zone)
		}
		page.AnyRun, err = s.anyRun(r.Context())
		return page, err
	}
	run, err := s.app.RunNamed(r.Context(), ref)
	if err != nil {
		return page, err
	}
	l := s.localeOf(r)
	page.Run, page.About = &run, "Your run of "+l.When(run.Start)+", "+l.Distance(run.DistanceM)
	f.Typed["run"] = string(run.ID)
	return page, nil
}

// anyRun reports whether there is a run to note something about.
func (s *Server) anyRun(ctx context.Context) (bool, error) {
	_, err := s.app.RunNamed(ctx, latest)
	if errors.Is(err, gait.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func (p painPage) Title() string {
	switch {
	case p.Typed["corrects"] != "":
		return "Add to an entry, or correct it"
	case p.Run == nil:
		return words.HowDoesItFeel
	default:
		return "Did anything hurt?"
	}
}

// Place is the chosen place in words: "left knee".
func (p painPage) Place() string { return placeWords(p.spot()) }

func (p painPage) spot() (e gait.Pain) {
	painForm{Typed: p.Typed, Faults: map[string][]string{}}.place(&e)
	return e
}

// Faulty are the faults with the fields they belong to, for the list at the top.
func (p painPage) Faulty() []painFault {
	var faults []painFault
	for _, field := range append([]string{""}, painFields()...) {
		for _, text := range p.Faults[field] {
			faults = append(faults, painFault{field, text})
		}
	}
	return faults
}

type painFault struct{ Field, Text string }

func painNumbers() []string {
	var numbers []string
	for n := 1; n <= gait.MaxScore; n++ {
		numbers = append(numbers, strconv.Itoa(n))
	}
	return numbers
}
