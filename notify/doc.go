// Package notify writes the messages that package alert has decided on, and
// carries them through the channels.
//
// [Compose] and [Health] are pure: they read no clock.
//
// A message is delivered at least once: the [Worker] takes it from the outbox,
// tries each channel by itself with growing pauses, and gives it the same
// Message-ID or deduplication key on every attempt.
package notify
