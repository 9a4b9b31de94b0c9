package intervals_test

import (
	"context"
	"iter"

	"gaitkeeper/gait"
)

// one is a source of one content.
type one struct{ content gait.Content }

func (one) Name() gait.SourceName { return gait.SourceFIT }

func (o one) Offers(context.Context, gait.Remembered) iter.Seq2[gait.Item, error] {
	return func(yield func(gait.Item, error) bool) {
		yield(gait.Item{Name: "a.fit", Read: func(context.Context, func(string) (bool, error)) (gait.Content, error) { return o.content, nil }}, nil)
	}
}
