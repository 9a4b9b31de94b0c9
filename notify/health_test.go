package notify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"

	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// hears asks what should be said of gaitkeeper itself, and records it: the
// reason and the subject of each message.
func (st *story) hears(want ...string) {
	st.t.Helper()
	decisions := notify.Health(st.s, st.v)
	var got []string
	for _, d := range decisions {
		got = append(got, strings.TrimSpace(string(d.Why)+" "+d.Note.Subject))
		if _, err := notify.Compose(notify.Content{Decision: d, Zone: time.UTC}, nil); err != nil {
			st.t.Error(err)
		}
		st.record(d)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		st.t.Errorf("%s: hears %q, want %q", st.s.Now.Format("Mon 2 Jan 15:04"), got, want)
	}
}

// strava is a source that has failed since a day of the story; below 0 it is
// well.
func (st *story) strava(since float64, fault string) *story {
	v := notify.SourceHealth{Name: gait.SourceStrava, NextDue: st.s.Now.Add(time.Hour), Error: fault}
	if fault != "" {
		v.FailingSince = day(since)
	}
	st.v.Sources = []notify.SourceHealth{v}
	return st
}

func (st *story) watching(d float64) *story {
	st.v.FirstSync = day(d)
	return st
}

func (st *story) channels(c ...notify.ChannelHealth) *story {
	st.v.Channels = c
	return st
}

func (st *story) folders(f ...notify.FolderHealth) *story {
	st.v.Folders = f
	return st
}

// ran adds runs on the given days, with left and right or without.
func (st *story) ran(sided bool, days ...float64) *story {
	for _, d := range days {
		st.v.Runs = append(st.v.Runs, notify.RunHealth{End: day(d), Sided: sided})
	}
	return st
}

func TestIllnessIsToldOnceAfterADayAndOnceWhenItIsOver(t *testing.T) {
	stories := map[string]func(*story){
		"a source that fails": func(s *story) {
			s.at(0.9).strava(0, "the log-in was taken back").hears()
			s.at(1).strava(0, "the log-in was taken back").hears("source_failing strava")
			for d := 1.1; d < 40; d += 0.7 {
				s.at(d).strava(0, "the log-in was taken back").hears()
			}
			s.at(40).strava(0, "").hears("well_again strava")
			s.at(41).strava(0, "").hears()
		},
		"a second stretch is told again": func(s *story) {
			s.at(1).strava(0, "x").hears("source_failing strava")
			s.at(2).strava(0, "").hears("well_again strava")
			s.at(3.5).strava(3, "x").hears()
			s.at(4).strava(3, "x").hears("source_failing strava")
			s.at(5).strava(0, "").hears("well_again strava")
		},
		"what worked for a moment while nobody looked is the same trouble": func(s *story) {
			s.at(1).strava(0, "x").hears("source_failing strava")
			s.at(4).strava(2, "x").hears()
			s.at(5).strava(0, "").hears("well_again strava")
		},
		"a short failure is nobody's business": func(s *story) {
			s.at(0.5).strava(0, "x").hears()
			s.at(0.6).strava(0, "").hears()
		},
		"a wait is no illness, however long": func(s *story) {
			s.at(9).strava(0, "")
			s.v.Sources[0].WaitingUntil = day(10)
			s.hears()
		},
		"a pause silences; after it, what still stands is told": func(s *story) {
			s.pausedUntil(3).at(2).strava(0, "x").hears()
			s.at(3).strava(0, "x").hears("source_failing strava")
		},
		"quiet hours change no decision": func(s *story) {
			s.at(1.5).strava(0, "x").hears("source_failing strava") // midnight
		},
		"a channel through which nothing gets": func(s *story) {
			mail := notify.ChannelHealth{Name: "email", FailingSince: day(0), Error: "email: refused", Owed: 2}
			s.at(0.9).channels(mail).hears()
			s.at(1).channels(mail).hears("channel_failing email")
			s.at(2).channels(notify.ChannelHealth{Name: "email"}).hears("well_again email")
		},
		"a folder that never held a file": func(s *story) {
			s.at(1).folders(notify.FolderHealth{Dir: "/a:b/ä", Since: day(0)}).hears("folder_empty /a:b/ä")
			s.at(3).folders(notify.FolderHealth{Dir: "/a:b/ä", Since: day(0)}).hears()
			s.at(4).folders().hears("well_again /a:b/ä")
		},
		"a folder that somebody tidied": func(s *story) {
			s.at(9).folders(notify.FolderHealth{Dir: "/a", Since: day(0), Held: true}).hears()
		},
		"a daemon that does not get to syncing": func(s *story) {
			s.v.Awake = day(-9)
			s.strava(0, "")
			s.v.Sources[0].NextDue = day(0)
			s.at(0.9).hears()
			s.at(1).hears("no_sync")
			s.at(2).hears()
			s.at(3).strava(0, "").hears("well_again")
		},
		"a machine that slept is given time": func(s *story) {
			s.strava(0, "")
			s.v.Sources[0].NextDue = day(0)
			s.v.Awake = day(5)
			s.at(5.1).hears()
		},
	}
	for name, tell := range stories {
		t.Run(name, func(t *testing.T) { tell(newStory(t)) })
	}
}

func TestWhatIsWorthALineIsSaidOnceAtMost(t *testing.T) {
	stories := map[string]func(*story){
		"a runner who runs three times a week stops coming": func(s *story) {
			s.ran(true, 0, 2, 4, 7, 9).at(22.9).strava(0, "").hears()
			s.at(23).strava(0, "").hears("no_runs")
			s.at(60).strava(0, "").hears()
			s.ran(true, 61).at(62).strava(0, "").hears() // no news that he runs again
		},
		"a season from before gaitkeeper's time": func(s *story) {
			s.watching(20).ran(true, 0, 2, 4).ran(false, 7, 9, 11, 13).at(33).strava(0, "").hears()
		},
		"a runner who runs now and then": func(s *story) {
			s.ran(true, 0, 20, 40, 60).at(90).strava(0, "").hears()
		},
		"a runner of three runs": func(s *story) {
			s.ran(true, 0, 2, 4).at(30).strava(0, "").hears()
		},
		"a strap that stayed away long ago": func(s *story) {
			s.ran(true, 0, 2, 4).ran(false, 6, 8, 10).at(38.1).strava(0, "").hears("no_runs")
		},
		"a runner who was told to stop": func(s *story) {
			s.ran(true, 0, 2, 4, 7, 9).at(30).strava(0, "")
			s.s.Standing.Verdict = finding.VerdictStop
			s.hears()
		},
		"a runner who said why": func(s *story) {
			s.ran(true, 0, 2, 4, 7, 9).at(30).strava(0, "")
			s.s.Pain = []gait.Pain{{At: day(12), Recorded: day(12)}}
			s.hears()
		},
		"a source that fails explains it": func(s *story) {
			s.ran(true, 0, 2, 4, 7, 9).at(30).strava(28, "x").hears("source_failing strava")
		},
		"the strap stays away": func(s *story) {
			s.ran(true, 0, 2, 4).ran(false, 6, 8).at(8.1).strava(0, "").hears()
			s.ran(false, 10).at(10.1).strava(0, "").hears("no_strap")
			s.ran(false, 12).at(12.1).strava(0, "").hears()
			s.ran(true, 14).at(14.1).strava(0, "").hears()
		},
		"a runner without a strap": func(s *story) {
			s.ran(false, 0, 2, 4, 6, 8).at(8.1).strava(0, "").hears()
		},
		"runs that come as summaries say nothing of the strap": func(s *story) {
			s.ran(true, 0, 2, 4).ran(false, 6, 8, 10).at(10.1).strava(0, "")
			for i := 3; i < 6; i++ {
				s.v.Runs[i].Summary = true
			}
			s.hears()
		},
	}
	for name, tell := range stories {
		t.Run(name, func(t *testing.T) { tell(newStory(t).watching(-1)) })
	}
}

// Each of the ways in which no data come has a line of its own.
func TestNoDataHasAReason(t *testing.T) {
	rows := map[string]struct {
		begin func(*story)
		want  alert.NoteKind
		says  string
	}{
		"no run at all": {
			func(s *story) { s.ran(true, 0, 1, 2, 3).at(12).strava(0, "") },
			alert.NoteNoRuns, "No run has come for 9 days",
		},
		"no run, and the folder is empty now": {
			func(s *story) {
				s.ran(true, 0, 1, 2, 3).at(12).strava(0, "").folders(notify.FolderHealth{Dir: "/w", Since: day(5), Held: true})
			},
			alert.NoteNoRuns, "If a disk or a share belongs there, mount it",
		},
		"no run but one with a wrong clock": {
			func(s *story) {
				s.ran(true, 0, 1, 2, 3).at(12).strava(0, "")
				s.v.Misdated = []gait.Run{{ID: "ab12", Start: day(500), Clock: gait.ClockFuture, Oddities: []gait.Oddity{{Kind: gait.OddityBreaksOff}, {Kind: gait.OddityInWords, Text: "its clock is wrong: dated 13 September 2027."}}}}
			},
			alert.NoteNoRuns, "Run ab12: its clock is wrong: dated ",
		},
		"no strap": {
			func(s *story) { s.ran(true, 0, 1, 2).ran(false, 3, 4, 5).at(5.1).strava(0, "") },
			alert.NoteNoStrap, "last seen on Wednesday 6 May",
		},
		"a dead token": {
			func(s *story) { s.ran(true, 0, 1, 2).at(12).strava(2, "the log-in was taken back") },
			alert.NoteSourceFailing, "Strava has failed since Wednesday 6 May, 12:00: the log-in was taken back.",
		},
		"an empty folder": {
			func(s *story) { s.at(12).folders(notify.FolderHealth{Dir: "/w", Since: day(0)}) },
			alert.NoteFolderEmpty, "/w is there, but it holds no FIT file",
		},
		"a rate limit": {
			func(s *story) {
				s.at(12).strava(0, "")
				s.v.Sources[0].WaitingUntil, s.v.Sources[0].Note = day(12.5), "today's limit is used up."
			},
			alert.NoteSourceWaiting, "Strava waits until Sunday 17 May, 00:00: today's limit is used up.",
		},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			s := newStory(t)
			row.begin(s)
			for _, n := range notify.Notes(s.s, s.v) {
				if n.Kind == row.want && strings.Contains(n.Text+" "+n.Next, row.says) {
					return
				}
			}
			t.Errorf("no %s that says %q in %+v", row.want, row.says, notify.Notes(s.s, s.v))
		})
	}
}

func TestAllIsWell(t *testing.T) {
	s := newStory(t).ran(true, 0, 1, 2).at(3).strava(0, "").channels(notify.ChannelHealth{Name: "email", Owed: 1})
	if notes := notify.Notes(s.s, s.v); len(notes) != 0 {
		t.Errorf("notes %+v", notes)
	}
}

// Keys of the config that went are worth a line, and no message.
func TestAKeyThatWentIsALine(t *testing.T) {
	s := newStory(t).at(3)
	s.v.Gone = []string{"analysis.coverage: it went: delete the line"}
	notes := notify.Notes(s.s, s.v)
	if len(notes) != 1 || notes[0].Kind != alert.NoteConfigGone || notes[0].Unwell || !strings.Contains(notes[0].Next, "analysis.coverage") {
		t.Errorf("notes %+v", notes)
	}
	if said := notify.Health(s.s, s.v); len(said) > 0 {
		t.Errorf("said %+v", said)
	}
}

// A channel that fails need not carry the word that it fails; that it works
// again, it does.
func TestAFailingChannelIsToldThroughTheOthers(t *testing.T) {
	s := newStory(t).at(2).channels(notify.ChannelHealth{Name: "email", FailingSince: day(0), Error: "x"})
	ill := notify.Health(s.s, s.v)
	if len(ill) != 1 || !slices.Equal(ill[0].Without, []string{"email"}) {
		t.Fatalf("decisions %+v", ill)
	}
	s.record(ill[0])
	well := notify.Health(s.channels(notify.ChannelHealth{Name: "email"}).s, s.v)
	if len(well) != 1 || well[0].Without != nil || well[0].Thread != ill[0].Key {
		t.Errorf("decisions %+v", well)
	}
}

// The messages about gaitkeeper's own health, as text; their layout is that of all.
func TestHealthMessages(t *testing.T) {
	s := newStory(t).ran(true, -40, -38, -36).ran(false, -20, -19, -18).at(2).watching(-30)
	s.strava(0, "your Strava subscription has lapsed: renew it, or set [sources.strava] enabled to false")
	s.folders(notify.FolderHealth{Dir: "/srv/watch", Since: day(0)})
	s.channels(notify.ChannelHealth{Name: "email", FailingSince: day(0), Error: "email: mail.example.org:587 refused the connection", Owed: 2})
	s.v.Sources = append(s.v.Sources, notify.SourceHealth{
		Name: gait.SourceFIT, FailingSince: day(0.5), Error: "watched folder /mnt/watch: there is no such file or folder", NextDue: day(1),
	})
	var told strings.Builder
	write := func(decisions []alert.Decision) {
		for _, d := range decisions {
			m, err := notify.Compose(notify.Content{Decision: d, Runner: "Ada", Zone: time.UTC, PublicURL: "https://gait.example.org"}, nil)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&told, "Subject: %s\nPush: %s\nClick: %s\n\n%s\n\f\n", m.Title, m.Short, m.Click, m.Text)
			s.record(d)
		}
	}
	write(notify.Health(s.s, s.v))
	s.v = notify.HealthInput{}
	write(notify.Health(s.at(3).s, s.v))
	golden(t, "health.txt", told.String())
}
