package gait

import (
	"encoding/json"
	"testing"
)

func exactly(t *testing.T, n int) Score {
	t.Helper()
	s, err := Exactly(n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnUnknownScoreIsNeitherHighNorLow(t *testing.T) {
	var s Score
	for n := 1; n <= MaxScore; n++ {
		if s.AtLeast(n) {
			t.Errorf("unknown is at least %d", n)
		}
	}
	for n := range MaxScore + 1 {
		if s.AtMost(n) {
			t.Errorf("unknown is at most %d", n)
		}
	}
	if s.AtLeast(0) || s.Known() {
		t.Error("unknown passes for an answer")
	}
}

func TestItHurtsIsThreeOrMore(t *testing.T) {
	s, err := AtLeastScore(3)
	if err != nil {
		t.Fatal(err)
	}
	if !s.AtLeast(3) || s.AtLeast(4) || s.AtMost(9) || !s.AtMost(10) {
		t.Errorf("%v: wrong bounds", s)
	}
	if _, exact := s.Number(); exact {
		t.Error("a lower end passes for a number")
	}
	if got := s.Typed(); got != "3+" {
		t.Errorf("typed it is %q", got)
	}
	if got := s.String(); got != "3 or more" {
		t.Errorf("prints %q", got)
	}
}

func TestScoresOutsideTheScaleAreRefused(t *testing.T) {
	for _, n := range []int{-1, 11} {
		if _, err := Exactly(n); err == nil {
			t.Errorf("%d was taken", n)
		}
	}
}

func TestWorseKeepsTheGraver(t *testing.T) {
	three, five := exactly(t, 3), exactly(t, 5)
	open, err := AtLeastScore(3)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ a, b, want Score }{
		{three, five, five},
		{five, three, five},
		{three, Score{}, three},
		{Score{}, three, three},
		{three, open, open},
		{open, three, open},
	} {
		if got := c.a.Worse(c.b); got != c.want {
			t.Errorf("worse of %v and %v is %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestScoreJSON(t *testing.T) {
	for _, c := range []struct {
		score Score
		want  string
	}{{exactly(t, 0), "0"}, {exactly(t, 7), "7"}, {Score{}, "null"}} {
		b, err := json.Marshal(c.score)
		if err != nil || string(b) != c.want {
			t.Errorf("%v: got %s, %v", c.score, b, err)
		}
		var back Score
		if err := json.Unmarshal(b, &back); err != nil || back != c.score {
			t.Errorf("%s reads back as %v, %v", b, back, err)
		}
	}
	var s Score
	if err := json.Unmarshal([]byte("11"), &s); err == nil {
		t.Error("11 was taken")
	}
}
