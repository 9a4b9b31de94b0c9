//go:build !race

package daemon

import (
	"strings"
	"testing"
)

// TestAFingerOnThePictureInABrowser: a tap on a run in the season names it and
// leads to it; each span is a link of its own.
func TestAFingerOnThePictureInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	s := newSite(t, "")
	b := newTab(ctx, t, s.url, phone)
	b.open("/")
	const tap = `(async () => {
		const img = document.querySelector(".chartbox img"), area = img.getBoundingClientRect();
		const svg = new DOMParser().parseFromString(await (await fetch(img.currentSrc)).text(), "image/svg+xml").documentElement;
		const run = [...svg.querySelectorAll("circle[data-run]")].pop(), scale = area.width / svg.getAttribute("viewBox").split(" ")[2];
		img.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: area.left + run.getAttribute("cx") * scale, clientY: area.top + run.getAttribute("cy") * scale }));
		return true;
	})()`
	evaluate[bool](b, tap)
	b.until(`document.querySelector(".chartbox a.tip") !== null`)
	if words := evaluate[string](b, `document.querySelector(".tip").textContent`); !strings.Contains(words, "warning") || !strings.Contains(words, "km") {
		t.Errorf("it is named %q", words)
	}
	b.tap(`a.tip`)
	if got := b.path(); got != "/runs/"+string(s.runs[len(s.runs)-1].ID) {
		t.Errorf("it leads to %s", got)
	}
	b.open("/")
	b.tap(`.spans a[href*="range=all"]`)
	if said := b.complaints(); len(said) > 0 || !strings.Contains(b.path(), "range=all") {
		t.Errorf("the span led to %s, and the console says %v", b.path(), said)
	}
}
