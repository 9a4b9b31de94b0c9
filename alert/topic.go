package alert

// Topic is what a message is about for the runner who chooses its channels.
type Topic string

// The topics.
const (
	TopicWarning  Topic = "warning"
	TopicQuestion Topic = "question"
	TopicMorning  Topic = "morning"
	TopicFollowUp Topic = "follow_up"
	TopicResolved Topic = "resolved"
	TopicDigest   Topic = "digest"
	TopicHealth   Topic = "health"
)

// Topics returns all topics.
func Topics() []Topic {
	return []Topic{TopicWarning, TopicQuestion, TopicMorning, TopicFollowUp, TopicResolved, TopicDigest, TopicHealth}
}
