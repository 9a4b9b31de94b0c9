package store

import (
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// letter returns a decision and its message, every field of both set.
func letter(key string) (alert.Notice, alert.Message) {
	n := alert.Notice{
		Key: key, Kind: alert.MessageAlert, Episode: "e1", Run: "r1", Level: gait.LevelWarn, Verdict: finding.VerdictStop,
		SeeProfessional: true, At: day(0).Add(5 * time.Millisecond),
	}
	m := alert.Message{
		Key: key, Thread: "t1", Kind: alert.MessageAlert, Level: gait.LevelWarn, Verdict: finding.VerdictStop, Run: "r1",
		Created: day(0), Title: "Your left foot", Short: "short", Text: "text\r\n\x00ü", HTML: "<p>html", Click: "http://x/runs/r1",
		Pictures: []alert.Picture{
			{ID: "season", MIME: "image/png", Alt: "a chart", Data: []byte{0x89, 0, 1}},
			{ID: "run", MIME: "image/png", Alt: "another", Data: []byte{1}},
		},
		Actions: []alert.Action{{Label: "No pain", URL: "http://x/answer/1", Post: true}, {Label: "It hurts", URL: "http://x/answer/2", Post: true}},
	}
	return n, m
}

func commit(t *testing.T, s *Store, key string, channels ...string) (alert.Notice, alert.Message) {
	t.Helper()
	n, m := letter(key)
	check(t, s.Commit(t.Context(), Decided{n, m, channels}))
	return n, m
}

func due(t *testing.T, s *Store, channel string, now time.Time, all bool) []alert.Delivery {
	t.Helper()
	d, err := s.Due(t.Context(), channel, now, all)
	check(t, err)
	return d
}

func TestCommitOwesTheMessageToEveryChannel(t *testing.T) {
	s := open(t)
	n, m := commit(t, s, "k1", "email", "ntfy")
	complete(t, n)
	complete(t, m)
	notices, err := s.Notices(t.Context())
	check(t, err)
	same(t, "notices", notices, []alert.Notice{n})
	want := []alert.Delivery{{ID: 1, Channel: "email", Message: m}, {ID: 2, Channel: "ntfy", Message: m}}
	same(t, "due by mail", due(t, s, "email", day(0), false), want[:1])
	same(t, "due by push", due(t, s, "ntfy", day(0), false), want[1:])
	owed, err := s.Undelivered(t.Context())
	check(t, err)
	for i := range want {
		want[i].Message.Pictures = nil
	}
	same(t, "undelivered", owed, want)
}

func TestOneDecisionIsToldOnce(t *testing.T) {
	s := open(t)
	commit(t, s, "k1", "email")
	n, m := letter("k1")
	m.Title = "something else"
	n2, m2 := letter("k2")
	email := []string{"email"}
	check(t, s.Commit(t.Context(), Decided{n, m, email}, Decided{n2, m2, email}, Decided{n2, m2, email}))
	d := due(t, s, "email", day(0), true)
	if len(d) != 2 || d[0].Message.Title != "Your left foot" || d[1].Message.Key != "k2" {
		t.Errorf("due is %+v", d)
	}
	notices, err := s.Notices(t.Context())
	check(t, err)
	if len(notices) != 2 {
		t.Errorf("%d notices, want 2", len(notices))
	}
}

func TestCommitIsAllOrNothing(t *testing.T) {
	s := open(t)
	n, m := letter("k1")
	other, _ := letter("k2")
	email := []string{"email"}
	if err := s.Commit(t.Context(), Decided{n, m, email}, Decided{other, m, email}); err == nil {
		t.Error("one message for two notices: no error")
	}
	if err := s.Commit(t.Context(), Decided{n, m, []string{"email", "email"}}); err == nil {
		t.Error("one channel twice: no error")
	}
	for _, table := range []string{"notices", "messages", "pictures", "deliveries"} {
		if got := count(t, s, table); got != 0 {
			t.Errorf("%d rows of %s are left", got, table)
		}
	}
	commit(t, s, "k1", "email") // and the decision can still be told
}

func TestNoticeWithoutMessage(t *testing.T) {
	s := open(t)
	n, m := letter("k1")
	check(t, s.Commit(t.Context(), Decided{n, m, nil}))
	if d := due(t, s, "email", day(9), true); len(d) != 0 {
		t.Errorf("due is %+v", d)
	}
}

func TestFailedDeliveryWaitsForItsTurn(t *testing.T) {
	s, ctx := open(t), t.Context()
	commit(t, s, "k1", "email", "ntfy")
	commit(t, s, "k2", "email")
	soon := day(0).Add(time.Hour)
	id := due(t, s, "email", day(0), false)[0].ID
	check(t, s.Failed(ctx, id, day(0), soon.Add(-time.Minute), "the server is down", nil))
	check(t, s.Failed(ctx, id, day(0), soon, "the server is still down", nil))

	ids := func(d []alert.Delivery) (ids []int64) {
		for _, one := range d {
			ids = append(ids, one.ID)
		}
		return ids
	}
	same(t, "before the time", ids(due(t, s, "email", soon.Add(-time.Millisecond), false)), []int64{3})
	same(t, "all at once", ids(due(t, s, "email", day(0), true)), []int64{1, 3})
	d := due(t, s, "email", soon, false)
	same(t, "at the time", ids(d), []int64{1, 3})
	if d[0].Attempts != 2 || d[0].LastError != "the server is still down" || !d[0].NextTry.Equal(soon) {
		t.Errorf("the delivery is %+v", d[0])
	}
}

// A clock that was years ahead for a moment holds no message back for years, and
// neither does a version that waited a day.
func TestANextTryOfAWrongClockIsDue(t *testing.T) {
	s, ctx := open(t), t.Context()
	check(t, s.Commit(ctx, Decided{alert.Notice{Key: "k"}, alert.Message{Key: "k"}, []string{"email"}}))
	check(t, s.Failed(ctx, 1, day(4000), day(4000).Add(time.Hour), "no route", nil))
	for now, want := range map[time.Time]int{day(0): 1, day(3999): 1, day(4000).Add(-time.Second): 1, day(4000): 0, day(4000).Add(time.Hour): 1} {
		due, err := s.Due(ctx, "email", now, false)
		check(t, err)
		if len(due) != want {
			t.Errorf("as of %v %d are due, want %d", now, len(due), want)
		}
	}
}

// What gets through shows that the way is open: everything that waits is due,
// through every channel.
func TestWhatGetsThroughHastensTheRest(t *testing.T) {
	s, ctx := open(t), t.Context()
	commit(t, s, "k1", "email", "ntfy")
	commit(t, s, "k2", "email")
	soon := day(0).Add(time.Hour)
	waiting := func() int {
		return 3 - len(due(t, s, "email", day(0), false)) - len(due(t, s, "ntfy", day(0), false))
	}
	for id := range int64(3) {
		check(t, s.Failed(ctx, id+1, day(0), soon, "no route", nil))
	}
	same(t, "waiting", waiting(), 3)
	check(t, s.Delivered(ctx, 1, day(0), nil))
	same(t, "waiting or delivered", waiting(), 1)
	for id := range int64(3) {
		check(t, s.Failed(ctx, id+1, day(0), soon, "no route", nil))
	}
	check(t, s.Hasten(ctx))
	same(t, "waiting or delivered", waiting(), 1)
}

// Who has the message, or will never take it, is remembered over attempts and
// processes, and as long as the message is.
func TestReceipts(t *testing.T) {
	s, ctx := open(t), t.Context()
	commit(t, s, "k1", "email")
	ada := alert.Receipt{Address: "ada@example.org", At: day(0)}
	coach := alert.Receipt{Address: "coach@example.org", At: day(0), Refused: "no such user"}
	check(t, s.Failed(ctx, 1, day(0), day(0).Add(time.Minute), "come back later", []alert.Receipt{ada}))
	same(t, "after the first attempt", due(t, openAt(t, s.Path()), "email", day(0), true)[0].Receipts, []alert.Receipt{ada})
	check(t, s.Delivered(ctx, 1, day(0), []alert.Receipt{coach}))
	got, err := s.Receipts(ctx, "email")
	check(t, err)
	same(t, "receipts", got, []alert.Receipt{ada, coach})
	other, err := s.Receipts(ctx, "ntfy")
	check(t, err)
	same(t, "of another channel", len(other), 0)
	check(t, s.Delivered(ctx, 99, day(0), []alert.Receipt{ada})) // it was withdrawn on its way
	check(t, s.Prune(ctx, day(40)))
	same(t, "rows left", count(t, s, "receipts"), 0)
}

func TestDeliveredIsNotOwed(t *testing.T) {
	s, ctx := open(t), t.Context()
	_, m := commit(t, s, "k1", "email", "gone")
	for range 2 { // noted twice does no harm
		check(t, s.Delivered(ctx, 1, day(0), nil))
	}
	left := []alert.Delivery{{ID: 2, Channel: "gone", Message: m}}
	if d := due(t, s, "email", day(1), true); len(d) != 0 {
		t.Errorf("due by mail is %+v", d)
	}
	same(t, "due elsewhere", due(t, s, "gone", day(1), true), left)
}

// TestADeliveryWithdrawnOnItsWay: the runner answered while the mail was sent.
func TestADeliveryWithdrawnOnItsWay(t *testing.T) {
	s, ctx := open(t), t.Context()
	commit(t, s, "k1", "email", "ntfy")
	check(t, s.Withdraw(ctx, "k1"))
	check(t, s.Delivered(ctx, 1, day(0), nil))
	check(t, s.Failed(ctx, 2, day(0), day(1), "down", nil))
	if d := due(t, s, "ntfy", day(2), true); len(d) != 0 {
		t.Errorf("due is %+v", d)
	}
}

func TestOutboxSurvivesTheProcess(t *testing.T) {
	s, ctx := open(t), t.Context()
	_, m := commit(t, s, "k1", "email")
	check(t, s.Failed(ctx, 1, day(0), day(1), "down", nil))
	other := openAt(t, s.Path())
	want := []alert.Delivery{{ID: 1, Channel: "email", Message: m, Attempts: 1, NextTry: day(1), LastError: "down"}}
	same(t, "due", due(t, other, "email", day(1), false), want)
}

func TestPrune(t *testing.T) {
	s, ctx := open(t), t.Context()
	commit(t, s, "done", "email", "ntfy")
	commit(t, s, "half", "email", "ntfy")
	commit(t, s, "late", "email")
	for id, at := range map[int64]time.Time{1: day(1), 2: day(2), 3: day(1), 5: day(40)} {
		check(t, s.Delivered(ctx, id, at, nil))
	}
	left := func(want ...string) {
		t.Helper()
		var keys []string
		rows, err := s.reader.QueryContext(ctx, `SELECT key FROM messages ORDER BY rowid`)
		check(t, err)
		defer rows.Close()
		for rows.Next() {
			var key string
			check(t, rows.Scan(&key))
			keys = append(keys, key)
		}
		check(t, rows.Err())
		same(t, "messages", keys, want)
	}
	check(t, s.Prune(ctx, day(2)))
	left("done", "half", "late")
	check(t, s.Prune(ctx, day(3)))
	left("half", "late")
	if n := count(t, s, "pictures"); n != 4 {
		t.Errorf("%d pictures, want those of two messages", n)
	}
	if n := count(t, s, "deliveries"); n != 3 {
		t.Errorf("%d deliveries, want those of two messages", n)
	}
	check(t, s.Prune(ctx, day(41)))
	left("half")
	commit(t, s, "done", "email") // is not told again
	left("half")
}

func TestWhatIsWithdrawnIsNotOwedAnyMore(t *testing.T) {
	s := open(t)
	commit(t, s, "k1", "email", "ntfy")
	commit(t, s, "k2", "email")
	check(t, s.Delivered(t.Context(), 2, day(0), nil))
	check(t, s.Withdraw(t.Context(), "k1"))
	owed, err := s.Undelivered(t.Context())
	check(t, err)
	if len(owed) != 1 || owed[0].Message.Key != "k2" {
		t.Errorf("still owed: %+v", owed)
	}
	if n := count(t, s, "deliveries"); n != 2 {
		t.Errorf("%d deliveries: what was delivered is forgotten", n)
	}
}
