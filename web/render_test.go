package web

import "testing"

// Pages are parsed at their first use, so somebody must look at all of them.
func TestEveryPageParses(t *testing.T) {
	pages, err := (&Server{}).pageTemplates()
	if err != nil || len(pages) < 5 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for name, parse := range pages {
		if _, err := parse(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
