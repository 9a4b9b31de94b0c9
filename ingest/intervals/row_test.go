package intervals_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestAnOddRowStopsNobody: it is named once, and everything else goes in; what
// was taken of it before stays, and once it is in order it is taken, too.
func TestAnOddRowStopsNobody(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(row map[string]any)
		says  string
	}{
		"no number":        {func(r map[string]any) { r["id"] = nil }, "it has no number"},
		"a list as number": {func(r map[string]any) { r["id"] = []int{1} }, "its id is neither a text nor a number"},
		"a text as length": {func(r map[string]any) { r["distance"] = "far" }, "its distance has the wrong type, string"},
		"no start":         {func(r map[string]any) { r["start_date"], r["start_date_local"] = nil, nil }, "it has no start"},
		"a name in pieces": {func(r map[string]any) { r["name"] = []string{"a"} }, "its name has the wrong type, array"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAccount(t)
			a.add(20)
			bad := a.add(21)
			a.add(22)
			odd := true
			a.rows = func(listed *[]map[string]any) {
				rows := *listed
				for _, r := range rows {
					if odd && r["id"] == bad {
						tt.spoil(r)
					}
				}
			}
			if r, _ := a.sync(); r.New != 2 || len(r.Failed) != 1 || !strings.Contains(r.Failed[0].Reason, tt.says) {
				t.Fatalf("report %+v", r)
			}
			a.now = a.now.Add(time.Hour)
			if r, n := a.sync(); r.New != 0 || len(r.Failed) != 0 || n != 1 {
				t.Errorf("named again: %+v, %d requests", r, n)
			}
			odd = false
			if r, _ := a.sync(); r.New != 1 || len(r.Failed) != 0 {
				t.Errorf("once it is in order: %+v", r)
			}
			odd = true
			if r, _ := a.sync(); r.Gone != 0 || len(a.runs()) != 3 {
				t.Errorf("odd again, the run that was taken: %+v, %d runs", r, len(a.runs()))
			}
		})
	}
}

// TestAFileThatIsNeverHandedOut: the run comes as the list tells it, that is
// said once, and everything else goes in. Should it be handed out after all, the
// week's whole list finds it.
func TestAFileThatIsNeverHandedOut(t *testing.T) {
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotAcceptable} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			a := newAccount(t)
			bad := map[string]bool{}
			for day := range 9 {
				if id := a.add(20 + day); day%2 == 1 {
					bad["/api/v1/activity/"+id+"/file"] = true
				}
			}
			a.Trouble(func(r *http.Request) int {
				if bad[r.URL.Path] {
					return status
				}
				return 0
			})
			r, _ := a.sync()
			if r.New != 9 || len(r.Failed) != 4 || !strings.Contains(r.Failed[0].String(), "does not hand out its file") {
				t.Errorf("report %+v", r)
			}
			if r, n := a.sync(); len(r.Failed) != 0 || n != 1 {
				t.Errorf("named again: %+v, %d requests", r, n)
			}
			a.now = a.now.Add(8 * 24 * time.Hour)
			if r, n := a.sync(); len(r.Failed) != 0 || n != 5 {
				t.Errorf("a week later: %+v, %d requests", r, n)
			}
			a.Trouble(nil)
			a.now = a.now.Add(8 * 24 * time.Hour)
			if r, _ := a.sync(); r.Better != 4 || len(r.Failed) != 0 {
				t.Errorf("once it is handed out: %+v", r)
			}
		})
	}
}

// TestAnActivityAheadOfItsTimeIsTaken: a recorder whose clock is wrong is no
// reason to lose what it recorded.
func TestAnActivityAheadOfItsTimeIsTaken(t *testing.T) {
	a := newAccount(t)
	a.add(20)
	a.add(400)
	if r, _ := a.sync(); r.New != 2 || len(r.Misdated) != 1 {
		t.Errorf("report %+v", r)
	}
}
