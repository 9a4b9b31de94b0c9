package store

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// told is an entry that a text of a place makes.
func told(source gait.SourceName, key string, worst int, side gait.Side, site gait.Site) gait.Pain {
	return gait.Pain{At: day(0), Recorded: day(0), Site: site, Side: side, Worst: exactly(worst), FromText: gait.TextSource{Source: source, Key: key, Text: gait.TextDescription}}
}

// says saves that a place of the run of day 0 has a text which makes entries.
func says(t *testing.T, s *Store, source gait.SourceName, key string, entries ...gait.Pain) {
	t.Helper()
	r := newRun(0)
	r.Origins = []gait.Origin{{Source: source, Key: key, Name: string(source) + key}}
	r.Samples, r.Title, r.Gear = nil, key, ""
	check(t, save(t.Context(), s, ingest.Import{Runs: []ingest.ImportedRun{{Run: r, Same: r.ID, Described: entries}}}))
}

// diaryOf returns the diary in short, with the numbers of the entries.
func diaryOf(t *testing.T, s *Store) string {
	t.Helper()
	diary, err := s.ListPain(t.Context())
	check(t, err)
	h, err := s.History(t.Context())
	check(t, err)
	same(t, "the history's diary", h.Pain, diary)
	var lines []string
	for _, p := range diary {
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf("%d: %v %s %s", p.ID, p.Worst, p.Side, p.Site)), " "))
	}
	return strings.Join(lines, ", ")
}

func TestEntriesFollowTheirText(t *testing.T) {
	s, ctx := open(t), t.Context()
	saved(t, s, 0)
	expect := func(what, want string) {
		t.Helper()
		if got := diaryOf(t, s); got != want {
			t.Errorf("%s: the diary is %q, want %q", what, got, want)
		}
	}
	knee, calf := told("strava", "1", 4, "left", "knee"), told("strava", "1", 2, "right", "calf")
	says(t, s, "strava", "1", knee, calf)
	expect("read", "1: 4 left knee, 2: 2 right calf")
	says(t, s, "strava", "1", calf, knee)
	expect("read again", "1: 4 left knee, 2: 2 right calf")
	knee.Worst = exactly(5)
	says(t, s, "strava", "1", knee, calf)
	expect("edited", "2: 2 right calf, 3: 5 left knee")
	check(t, s.RemovePain(ctx, 3))
	says(t, s, "strava", "1", knee, calf)
	expect("removed in the diary", "2: 2 right calf")
	refuses(t, s.RemovePain(ctx, 3), ErrNoPain.Error())
	knee.Worst = exactly(6)
	says(t, s, "strava", "1", knee)
	expect("edited once more", "4: 6 left knee")
	says(t, s, "intervals", "i1", told("intervals", "i1", 3, "left", "shin"))
	says(t, s, "strava", "1")
	expect("deleted", "5: 3 left shin")
}

// TestTheHandStandsBeforeATag: a tag about the same place is out of the diary as
// long as the hand's entry is in it.
func TestTheHandStandsBeforeATag(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	says(t, s, "strava", "1", told("strava", "1", 6, "left", "knee"))
	hand, err := s.AddPain(ctx, gait.Pain{Run: run.ID, Site: gait.Knee, Worst: exactly(2)})
	check(t, err)
	if got, want := diaryOf(t, s), "2: 2 knee"; got != want {
		t.Errorf("the diary is %q, want %q", got, want)
	}
	check(t, s.RemovePain(ctx, hand.ID))
	if got, want := diaryOf(t, s), "1: 6 left knee"; got != want {
		t.Errorf("without the hand's entry the diary is %q, want %q", got, want)
	}
}

// TestAPlaceThatIsGone: its words and entries go, what the hand entered stays;
// a run without any place is out of everything, and back with the next one.
func TestAPlaceThatIsGone(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	says(t, s, "strava", "1", told("strava", "1", 4, "left", "knee"))
	check(t, s.Save(ctx, func(tx ingest.Transaction) error {
		holder, found, err := tx.Holder(ctx, gait.Origin{Source: "strava", Key: "1"})
		if !found || holder.ID != run.ID || holder.Title != "1" {
			t.Errorf("holder %+v", holder)
		}
		return err
	}))
	leave := func(o gait.Origin) { t.Helper(); check(t, save(ctx, s, ingest.Import{Gone: &o})) }
	leave(gait.Origin{Source: "strava", Key: "1"})
	leave(gait.Origin{Source: "strava", Key: "nobody's"})
	got, err := newest(t, s)
	check(t, err)
	if got.Title != "Round the lake" || len(got.Origins) != 1 || got.Gone || diaryOf(t, s) != "" {
		t.Errorf("%+v, diary %s", got, diaryOf(t, s))
	}
	leave(run.Origins[0])
	runs, err := s.Runs(ctx)
	check(t, err)
	h, err := s.History(ctx)
	check(t, err)
	if _, err := newest(t, s); len(runs)+len(h.Runs) != 0 || err == nil {
		t.Errorf("it is still there: %v, %v", runs, err)
	}
	got, err = s.Run(ctx, string(run.ID))
	check(t, err)
	near, err := nearby(ctx, s, day(0), day(0))
	check(t, err)
	if !got.Gone || !got.Excluded || len(near) != 1 || got.Title != "Round the lake" {
		t.Errorf("nothing of it is left to come back: %+v", got)
	}

	_, err = s.AddPain(ctx, gait.Pain{Run: run.ID, Site: gait.Knee, Worst: exactly(3)})
	check(t, err)
	runs, err = s.Runs(ctx)
	check(t, err)
	h, err = s.History(ctx)
	check(t, err)
	if len(runs) != 1 || len(h.Runs) != 1 || !h.Excluded[run.ID] {
		t.Errorf("what the diary speaks of is gone: %v", runs)
	}

	says(t, s, "strava", "2")
	got, err = newest(t, s)
	check(t, err)
	h, err = s.History(ctx)
	check(t, err)
	if got.Gone || got.Excluded || len(h.Excluded) != 0 || got.Title != "2" {
		t.Errorf("it is not back: %+v", got)
	}
}

func TestUnreadTagsFollowTheirText(t *testing.T) {
	s, ctx := open(t), t.Context()
	saved(t, s, 0, 1)
	tag := func(n int, source gait.SourceName) gait.UnreadTag {
		return gait.UnreadTag{Run: newRun(n).ID, Source: gait.TextSource{Source: source, Key: "1", Text: gait.TextPrivateNote}, Tag: "#pain", Fault: "the number is missing"}
	}
	put := func(n int, source gait.SourceName, tags ...gait.UnreadTag) {
		r := newRun(n)
		r.Origins = []gait.Origin{{Source: source, Key: "1"}}
		check(t, save(ctx, s, ingest.Import{Runs: []ingest.ImportedRun{{Run: r, Same: r.ID, Unread: tags}}}))
	}
	for range 2 {
		put(0, "strava", tag(0, "strava"))
		put(1, "intervals", tag(1, "intervals"))
	}
	tags, err := s.UnreadTags(ctx)
	check(t, err)
	same(t, "tags, the newest run first", tags, []gait.UnreadTag{tag(1, "intervals"), tag(0, "strava")})
	complete(t, tags[0])
	put(0, "strava")
	check(t, save(ctx, s, ingest.Import{Gone: &gait.Origin{Source: "intervals", Key: "1"}}))
	tags, err = s.UnreadTags(ctx)
	check(t, err)
	same(t, "tags that were corrected", tags, []gait.UnreadTag(nil))
}

// TestAFileWrittenAnewIsOnePlace: the old bytes under the same path are none. What
// the runner took out of the diary stays out.
func TestAFileWrittenAnewIsOnePlace(t *testing.T) {
	s, ctx := open(t), t.Context()
	first := newImport(0)
	run := stored(first.Runs[0].Run)
	knee := told("fit", run.Origins[0].Key, 4, "left", "knee")
	calf := told("fit", run.Origins[0].Key, 2, "right", "calf")
	first.Runs[0].Described = []gait.Pain{knee, calf}
	check(t, save(ctx, s, first))
	check(t, s.RemovePain(ctx, 1))
	again := newImport(0).Runs[0]
	again.Run.Origins[0].Key = "other bytes:0"
	knee.FromText.Key, calf.FromText.Key = "other bytes:0", "other bytes:0"
	again.Described = []gait.Pain{knee, calf}
	again.Same, again.Better, again.Superseded = run.ID, true, run.Origins
	check(t, save(ctx, s, ingest.Import{Runs: []ingest.ImportedRun{again}}))
	got, err := newest(t, s)
	check(t, err)
	same(t, "places", got.Origins, again.Run.Origins)
	if got, want := diaryOf(t, s), "2: 2 right calf"; got != want {
		t.Errorf("the diary is %q, want %q", got, want)
	}
}

// TestOldPlacesKeepTheirWords: in a database of before, the first place of a run
// has its recording and its words.
func TestOldPlacesKeepTheirWords(t *testing.T) {
	all, err := steps()
	check(t, err)
	const before = 5 // the schema without words of places
	path := filepath.Join(t.TempDir(), "old.db")
	db, err := sql.Open("sqlite3", path)
	check(t, err)
	for _, step := range all[:before] {
		_, err := db.ExecContext(t.Context(), step)
		check(t, err)
	}
	_, err = db.ExecContext(t.Context(), `INSERT INTO runs (id, start, duration, elapsed, context, title, description, signals,
			sensor_manufacturer, sensor_product, sensor_serial, truncated)
		VALUES ('a', 0, 60000, 60000, 'road', 'Hills', 'cold', 1, '', 0, 0, 0);
		INSERT INTO origins (source, key, run, name) VALUES ('fit', 'x:0', 'a', '/x.fit'), ('fit', 'y:0', 'a', '/y.fit');
		PRAGMA application_id = 0x67616974; PRAGMA user_version = 5`)
	check(t, err)
	check(t, db.Close())
	s := openAt(t, path)
	check(t, save(t.Context(), s, ingest.Import{Gone: &gait.Origin{Source: "fit", Key: "y:0"}}))
	r, err := s.Run(t.Context(), "a")
	check(t, err)
	if r.Title != "Hills" || r.Description != "cold" || len(r.Origins) != 1 || !r.Origins[0].Recording || r.Gone {
		t.Errorf("%+v", r)
	}
}
