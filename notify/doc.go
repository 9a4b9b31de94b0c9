// Package notify decides what the runner is told and when, writes it, and
// carries it through the channels.
//
// [Decide], [Morning], [Digest] and [Compose] are pure: they read no clock, and
// what was told before is given to them as the recorded notices. A decision is
// the difference between what should have been said by now and what was, so
// that taking it twice, or after the history has changed, says nothing twice.
//
// A message is delivered at least once: the [Worker] takes it from the outbox,
// tries each channel by itself with growing pauses, and gives it the same
// Message-ID or deduplication key on every attempt.
package notify
