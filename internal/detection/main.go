package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"gaitkeeper/gait"
)

func main() {
	o := options{params: gait.DefaultParams()}
	flag.BoolVar(&o.quick, "quick", false, "few runners, and no other methods but in the other worlds")
	flag.BoolVar(&o.walking, "walking", false, "everyday walks only")
	flag.BoolVar(&o.pain, "pain", false, "pain beside stride only")
	flag.BoolVar(&o.form, "form", false, "runners without a balance only")
	flag.BoolVar(&o.tune, "tune", false, "the limits that give 4, 2, 1 and 0.2 events for 100 healthy runs, on the tuning seeds")
	flag.StringVar(&o.write, "write", "", "write the tables into the marked block of this `file`")
	flag.StringVar(&o.against, "against", "", "fail where the main table falls behind that of this `file`")
	flag.IntVar(&o.runners, "runners", 0, "made runners (default 200, 40 with -quick)")
	flag.IntVar(&o.worlds, "worlds", 6, "made runners of each world unlike the believed one")
	flag.Func("set", "set a parameter, as `key=value`", o.set)
	flag.Parse()
	if err := o.run(); err != nil {
		fmt.Fprintln(os.Stderr, "detection:", err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	params         gait.Params
	quick, tune    bool
	form, walking  bool
	pain           bool
	write, against string
	runners        int
	worlds         int // made runners of each world unlike the believed one
}

// shortWorlds are the runners of each world that the short form looks at.
const shortWorlds = 2

// set changes a parameter of the program for this run.
func (o *options) set(assignment string) error {
	key, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return fmt.Errorf("%q is no key=value", assignment)
	}
	q, known := o.params.Lookup(key)
	if !known {
		return fmt.Errorf("no parameter %s", key)
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fmt.Errorf("value of %s: %w", key, err)
	}
	return q.Set(v)
}

func (o *options) run() error {
	if o.walking {
		return reportWalking(o.write)
	}
	if o.pain {
		return reportPain(*o)
	}
	s := &study{
		params: o.params, methods: []method{gaitkeeper(o.params)}, cells: mainCells(),
		runners: o.runners, fitEvery: 25, progress: progress,
	}
	short := o.quick || o.against != ""
	switch {
	case s.runners == 0 && short:
		s.runners = 40
	case s.runners == 0:
		s.runners = 200
	}
	if o.tune {
		fmt.Print(tuning(s.tune(), o.params))
		return nil
	}
	if err := s.formReport(o); err != nil || o.form {
		return err
	}
	r := &report{study: s}
	ours := []method{gaitkeeper(s.params)}
	switch {
	case o.against != "":
		r.people = s.figures()
		r.abroad = s.goAbroad(shortWorlds, ours, unlikeCells()[:guardedCells])
		fmt.Printf("%s\n%s\n", r.mainTable(), r.abroad.summary())
		return r.compare(o.against)
	case o.quick:
		r.people = s.figures()
		r.abroad = s.goAbroad(shortWorlds, append(ours, lately(), twoOfTwo()), unlikeCells())
	default:
		if err := r.complete(*o); err != nil {
			return err
		}
	}
	fmt.Print(r)
	if o.write != "" {
		return writeBlock(o.write, blockBegins, blockEnds, r.String())
	}
	return nil
}

// complete takes every figure there is.
func (r *report) complete(o options) error {
	s := r.study
	s.methods, s.cells, r.rivals = append(s.methods, fromEven(), plainZ(),
		charts("three classic charts", false), charts("three classic charts and a scan inside the run", true)), allCells(), true
	s.match(s.tune())
	r.people = s.figures()
	r.abroad = s.goAbroad(o.worlds, []method{gaitkeeper(s.params), lately(), twoOfTwo()}, unlikeCells())
	r.announced, r.silent, r.unchanged = s.strapChanges(1, 0.7), s.strapChanges(0, 0.7), s.strapChanges(0, 0)
	r.contact = s.lostContact()
	r.pain, r.denied, r.diary, r.bare = s.painReported(), s.painDenied(), s.diaryKept(), s.withoutStrap()
	var err error
	if r.real, err = realSeasons(s.maker()); err != nil || len(r.real) == 0 {
		return err
	}
	r.injected = map[float64]injected{}
	for _, size := range []float64{1.5, 2, 3} {
		r.injected[size] = s.inject(r.real, size)
	}
	return nil
}

// progress says on a terminal how far the work has come.
func progress(done, of int) {
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		fmt.Fprintf(os.Stderr, "\r%d of %d ", done, of)
	}
}
