package gait

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestTheRunnersOwnEntryStands: what was entered by hand about the same place
// goes before a tag, and of several tags the one that says more.
func TestTheRunnersOwnEntryStands(t *testing.T) {
	hand := func(worst int, side Side, site Site) Pain {
		return Pain{Run: "r", Site: site, Side: side, Worst: exactly(t, worst)}
	}
	tag := func(worst int, side Side, site Site) Pain {
		p := hand(worst, side, site)
		p.FromText = TextSource{Source: SourceStrava, Key: "1", Text: TextDescription}
		return p
	}
	elsewhere := hand(2, Left, Knee)
	elsewhere.Run = "another"
	restDay := hand(2, Left, Knee)
	restDay.Run = ""
	for name, tt := range map[string]struct {
		entries []Pain
		want    string
	}{
		"the same place":          {[]Pain{tag(6, Left, Knee), hand(2, Left, Knee)}, "2 left knee"},
		"by hand at first":        {[]Pain{hand(2, Left, Knee), tag(6, Left, Knee)}, "2 left knee"},
		"no side by hand":         {[]Pain{tag(6, Left, Knee), hand(2, NoSide, Knee)}, "2 knee"},
		"no side in the text":     {[]Pain{tag(6, NoSide, Knee), hand(2, Left, Knee)}, "2 left knee"},
		"the other side":          {[]Pain{tag(6, Left, Knee), hand(2, Right, Knee)}, "6 left knee, 2 right knee"},
		"another place":           {[]Pain{tag(6, Left, Knee), hand(2, Left, Calf)}, "6 left knee, 2 left calf"},
		"another run":             {[]Pain{elsewhere, tag(6, Left, Knee)}, "2 left knee, 6 left knee"},
		"a rest day":              {[]Pain{tag(6, Left, Knee), restDay}, "6 left knee, 2 left knee"},
		"twice by hand":           {[]Pain{hand(2, Left, Knee), hand(3, Left, Knee)}, "2 left knee, 3 left knee"},
		"no pain in the text":     {[]Pain{tag(0, NoSide, NoSite), hand(2, NoSide, Calf)}, "2 calf"},
		"no pain by hand":         {[]Pain{tag(6, Left, Knee), hand(0, NoSide, NoSite)}, "6 left knee, 0"},
		"no pain in both":         {[]Pain{tag(0, NoSide, NoSite), hand(0, NoSide, NoSite)}, "0"},
		"two texts":               {[]Pain{tag(3, Left, Knee), tag(5, Left, Knee)}, "5 left knee"},
		"two texts alike":         {[]Pain{tag(3, Left, Knee), tag(3, Left, Knee)}, "3 left knee"},
		"two texts, one side":     {[]Pain{tag(3, NoSide, Knee), tag(3, Left, Knee)}, "3 left knee"},
		"two texts, side unclear": {[]Pain{tag(4, NoSide, Knee), tag(3, Left, Knee)}, "4 knee, 3 left knee"},
		"two texts, two sides":    {[]Pain{tag(4, Right, Knee), tag(3, Left, Knee)}, "4 right knee, 3 left knee"},
		"two say no pain":         {[]Pain{tag(0, NoSide, NoSite), tag(0, NoSide, NoSite)}, "0"},
		"one says no pain":        {[]Pain{tag(0, NoSide, NoSite), tag(3, NoSide, Knee)}, "3 knee"},
	} {
		for i := range tt.entries {
			tt.entries[i].ID = int64(i + 1)
		}
		var diary []string
		for _, p := range Diary(slices.Clone(tt.entries)) {
			diary = append(diary, strings.Join(strings.Fields(fmt.Sprintf("%v %s %s", p.Worst, p.Side, p.Site)), " "))
		}
		if got := strings.Join(diary, ", "); got != tt.want {
			t.Errorf("%s: the diary is %q, want %q", name, got, tt.want)
		}
	}
}
