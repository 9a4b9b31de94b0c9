package intervals_test

import (
	"context"
	"iter"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// one is a source of one content.
type one struct{ content ingest.Content }

func (one) Name() gait.SourceName { return gait.SourceFIT }

func (o one) Offers(context.Context, ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		yield(ingest.Item{Name: "a.fit", Read: func(context.Context, func(string) (bool, error)) (ingest.Content, error) { return o.content, nil }}, nil)
	}
}
