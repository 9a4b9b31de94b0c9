//go:build !race

package daemon

// raced tells that the race detector watches.
const raced = false
