package alert

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Each kind of message belongs to a topic that a channel can choose, but a test.
func TestTopicOfAMessage(t *testing.T) {
	known := map[Topic]bool{}
	for _, topic := range Topics() {
		known[topic] = true
	}
	for _, kind := range []MessageKind{
		MessageAlert, MessageEscalate, MessageReminder, MessageFollowUp, MessageResolved, MessageMorning, MessageDigest, MessageHealth, MessageTest,
	} {
		if topic := (Message{Kind: kind}).Topic(); !known[topic] && kind != MessageTest {
			t.Errorf("%s: no topic %q", kind, topic)
		}
	}
	for _, c := range []struct {
		m    Message
		want Topic
	}{
		{Message{Kind: MessageAlert, Level: gait.LevelAsk, Verdict: finding.VerdictAsk}, TopicQuestion},
		{Message{Kind: MessageEscalate, Level: gait.LevelAsk, Verdict: finding.VerdictStop}, TopicWarning},
		{Message{Kind: MessageAlert, Level: gait.LevelAsk, Verdict: finding.VerdictModify}, TopicWarning},
		{Message{Kind: MessageReminder, Level: gait.LevelWarn, Verdict: finding.VerdictModify}, TopicWarning},
		{Message{Kind: MessageTest, Level: gait.LevelWarn}, ""},
	} {
		if got := c.m.Topic(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.m, got, c.want)
		}
	}
}
