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
		"a painful run":          {Pain{Run: "r", Site: Knee, Side: Left, Worst: n(4), Start: n(2), End: n(4)}, ""},
		"no pain":                {Pain{Run: "r", Worst: n(0)}, ""},
		"a number not known":     {Pain{Run: "r", Site: Knee, Limping: Yes}, ""},
		"a morning worse":        {Pain{Run: "r", Site: Knee, Worst: n(2), Morning: n(5)}, ""},
		"a rest day":             {Pain{Site: Shin, Worst: n(3), Night: Yes}, ""},
		"unknown site":           {Pain{Run: "r", Site: "elbow", Worst: n(4)}, `site "elbow"`},
		"unknown kind":           {Pain{Run: "r", Site: Knee, Worst: n(4), Kind: "odd"}, `kind "odd"`},
		"pain without a site":    {Pain{Run: "r", Worst: n(4)}, "where does it hurt"},
		"a side alone":           {Pain{Run: "r", Worst: n(0), Side: Left}, "side without a site"},
		"a site alone":           {Pain{Run: "r", Site: Knee}, "nothing is said"},
		"start above worst":      {Pain{Run: "r", Site: Knee, Worst: n(2), Start: n(3)}, "start 3"},
		"end above worst":        {Pain{Run: "r", Site: Knee, Worst: n(2), End: n(3)}, "end 3"},
		"sharp and nothing":      {Pain{Run: "r", Site: Knee, Worst: n(0), Kind: Sharp}, "contradict"},
		"worsening from nothing": {Pain{Run: "r", Site: Knee, Worst: n(0), Worsening: Yes}, "contradict"},
		"worsening that fell":    {Pain{Run: "r", Site: Knee, Worst: n(5), Start: n(5), End: n(2), Worsening: Yes}, "contradict"},
		"start on a rest day":    {Pain{Site: Knee, Worst: n(2), Start: n(1)}, "belong to a run"},
		"no pain but limping":    {Pain{Run: "r", Worst: n(0), Limping: Yes}, "contradict"},
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
