// Package intervalsfake plays intervals.icu: the list of activities and the
// download of their original files, behind an API key. It remembers what it is
// told: an activity can be uploaded late, edited or deleted, requests are
// counted and can be limited, and anything can be made to fail. It is for tests
// and for trying gaitkeeper without an account.
package intervalsfake
