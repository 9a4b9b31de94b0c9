package gait

import (
	"strings"
	"testing"
)

func TestValidatePain(t *testing.T) {
	n := func(v int) Score { return exactly(t, v) }
	for name, c := range map[string]struct {
		pain  Pain
		fault string // part of the message; empty: sound
	}{
		"a painful run":        {Pain{Run: "r", Site: Knee, Side: Left, Worst: n(4), Start: n(2), End: n(4)}, ""},
		"no pain":              {Pain{Run: "r", Worst: n(0)}, ""},
		"a number not known":   {Pain{Run: "r", Site: Knee, Limping: Yes}, ""},
		"a morning worse":      {Pain{Run: "r", Site: Knee, Worst: n(2), Morning: n(5)}, ""},
		"a rest day":           {Pain{Site: Shin, Worst: n(3), Night: Yes}, ""},
		"unknown site":         {Pain{Run: "r", Site: "elbow", Worst: n(4)}, `site "elbow"`},
		"unknown kind":         {Pain{Run: "r", Site: Knee, Worst: n(4), Kind: "odd"}, `kind "odd"`},
		"pain without a site":  {Pain{Run: "r", Worst: n(4)}, "where does it hurt"},
		"a side alone":         {Pain{Run: "r", Worst: n(0), Side: Left}, "side without a site"},
		"a site alone":         {Pain{Run: "r", Site: Knee}, "nothing is said"},
		"start above worst":    {Pain{Run: "r", Site: Knee, Worst: n(2), Start: n(3)}, "start 3"},
		"end above worst":      {Pain{Run: "r", Site: Knee, Worst: n(2), End: n(3)}, "end 3"},
		"0, but sharp":         {Pain{Run: "r", Site: Knee, Worst: n(0), Kind: Sharp}, ""},
		"0, but numb":          {Pain{Run: "r", Site: Foot, Worst: n(0), Numb: Yes}, ""},
		"0, with a pill":       {Pain{Run: "r", Worst: n(0), Medication: Yes}, ""},
		"a chest has no site":  {Pain{Run: "r", Worst: n(5), Chest: Yes}, ""},
		"a stitch has no site": {Pain{Run: "r", Worst: n(5), Kind: Stitch}, ""},
		"worsening that fell":  {Pain{Run: "r", Site: Knee, Worst: n(5), Start: n(5), End: n(2), Worsening: Yes}, "contradict"},
		"start on a rest day":  {Pain{Site: Knee, Worst: n(2), Start: n(1)}, "belong to a run"},
	} {
		err := c.pain.Validate()
		switch {
		case c.fault == "" && err != nil:
			t.Errorf("%s: refused: %v", name, err)
		case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%s: got %v, want a fault with %q", name, err, c.fault)
		}
	}
}

func TestValidateNamesEveryFault(t *testing.T) {
	err := Pain{Run: "r", Site: "elbow", Kind: "odd", Worst: exactly(t, 1), End: exactly(t, 2)}.Validate()
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("want three faults, got %v", err)
	}
}

func TestWhatSaysMoreOfTheSameRunOutweighs(t *testing.T) {
	n := func(v int) Score { return exactly(t, v) }
	knee := Pain{ID: 1, Run: "r", Site: Knee, Side: Left, Worst: n(4)}
	for name, c := range map[string]struct {
		noted, before Pain
		want          bool
	}{
		"no pain beside a pain":          {Pain{Run: "r", Worst: n(0)}, knee, true},
		"beside a limp without a number": {Pain{Run: "r", Worst: n(0)}, Pain{ID: 1, Run: "r", Site: Shin, Limping: Yes}, true},
		"beside the last steps":          {Pain{Run: "r", Worst: n(0)}, Pain{ID: 1, Run: "r", Site: Shin, Start: n(0), End: n(2)}, true},
		"beside a morning alone":         {Pain{Run: "r", Worst: n(0)}, Pain{ID: 1, Run: "r", Site: Shin, Morning: n(2)}, false},
		"beside no pain":                 {Pain{Run: "r", Worst: n(0)}, Pain{ID: 1, Run: "r", Worst: n(0)}, false},
		"beside another run's pain":      {Pain{Run: "s", Worst: n(0)}, knee, false},
		"less at the same place":         {Pain{Run: "r", Site: Knee, Side: Left, Worst: n(2)}, knee, true},
		"more at the same place":         {Pain{Run: "r", Site: Knee, Side: Left, Worst: n(6)}, knee, false},
		"less at another place":          {Pain{Run: "r", Site: Knee, Side: Right, Worst: n(2)}, knee, false},
		"a morning at the same place":    {Pain{Run: "r", Site: Knee, Side: Left, Morning: n(1)}, knee, false},
		"itself":                         {knee, knee, false},
		"a rest day":                     {Pain{Worst: n(0)}, Pain{ID: 1, Site: Knee, Worst: n(4)}, false},
	} {
		if got := len(c.noted.Outweighed([]Pain{c.before})) > 0; got != c.want {
			t.Errorf("%s: outweighed %v", name, got)
		}
	}
}

func TestNothingHurtIsAnAnswer(t *testing.T) {
	p := NothingHurt("r")
	if !p.NoPain() || p.RestDay() || p.Validate() != nil || p.Worst.Typed() != "0" || (Score{}).Typed() != "" {
		t.Errorf("%+v", p)
	}
}

func TestSitesGoByOtherNames(t *testing.T) {
	for name, want := range map[string]Site{
		"knee": Knee, "Knees": Knee, "quad": Thigh, "glutes": Buttock, "plantar": Heel, "arch": Foot, "ball": Foot, "ITB": Knee,
		"outer knee": Knee, "outer-knee": Knee, "kneecap": Knee, "Lower_Back": Back, "SI": Sacrum, "elbow": NoSite, "": NoSite,
	} {
		if got, ok := ParseSite(name); got != want || ok != (want != NoSite) {
			t.Errorf("%q is %q (%v), want %q", name, got, ok, want)
		}
	}
	var p Pain
	if err := p.SetSite("Chest"); err != nil || p.Chest != Yes || p.Site != NoSite {
		t.Errorf("a chest makes %+v, %v", p, err)
	}
	if err := p.SetSite("elbow"); err == nil || !strings.Contains(err.Error(), "achilles") {
		t.Errorf("an elbow: %v, want an error that names the sites", err)
	}
	if zero := (Pain{Run: "r", Worst: exactly(t, 0), Numb: Yes}); zero.NoPain() || !zero.Hurts() {
		t.Error("0 but numb is taken for no pain")
	}
}
