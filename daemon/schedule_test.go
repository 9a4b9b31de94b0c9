package daemon

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gaitkeeper/config"
)

// A year goes by in the bubble's own time, over both changes of the clock.
func TestTheScheduleMissesNothingInAYear(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		done := map[task][]time.Time{}
		schedule, err := newSchedule(config.Schedule{Sync: "*/15 * * * *", Morning: "30 7 * * *", Digest: "0 18 * * SUN"}, zone,
			func(what task) {
				mu.Lock()
				defer mu.Unlock()
				done[what] = append(done[what], time.Now().In(zone))
			})
		if err != nil {
			t.Fatal(err)
		}
		schedule.Start()
		time.Sleep(366 * 24 * time.Hour) // 2000 is a leap year
		<-schedule.Stop().Done()
		synctest.Wait()
		if n := len(done[taskSync]); n != 366*24*4 {
			t.Errorf("%d syncs in a year of quarters of an hour", n)
		}
		if n := len(done[taskMorning]); n != 366 {
			t.Errorf("%d mornings", n)
		}
		for _, at := range done[taskMorning] {
			if at.Format("15:04") != "07:30" {
				t.Errorf("a morning at %v", at)
			}
		}
		if n := len(done[taskDigest]); n != 53 {
			t.Errorf("%d digests", n)
		}
		for _, at := range done[taskDigest] {
			if at.Weekday() != time.Sunday || at.Hour() != 18 {
				t.Errorf("a digest at %v", at)
			}
		}
	})
}

func TestAnEmptyScheduleIsOff(t *testing.T) {
	schedule, err := newSchedule(config.Schedule{Sync: "*/15 * * * *"}, time.UTC, func(task) {})
	if err != nil || len(schedule.Entries()) != 1 {
		t.Errorf("%d entries, %v", len(schedule.Entries()), err)
	}
}

func TestTasksWaitOnceAndInTurn(t *testing.T) {
	q := newTaskQueue()
	for _, what := range []task{taskSync, taskMorning, taskSync, taskSync} {
		q.add(what)
	}
	for _, want := range []task{taskSync, taskMorning} {
		<-q.ready
		if got := q.next(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := q.next(); got != "" {
		t.Errorf("%q is still there", got)
	}
	q.add(taskSync)
	<-q.ready
	if got := q.next(); got != taskSync {
		t.Errorf("a task that was done cannot come again: %q", got)
	}
}

func TestALaterTaskComesOnceAndLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, begin := newTaskQueue(), time.Now()
		q.addAfter(taskSync, time.Minute)
		q.addAfter(taskSync, 3*time.Minute) // the file was still growing
		<-q.ready
		if got := time.Since(begin); got != 3*time.Minute {
			t.Errorf("it came after %v", got)
		}
		if q.next() != taskSync || q.next() != "" {
			t.Error("it did not come once")
		}
	})
}
