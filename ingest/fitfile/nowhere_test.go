package fitfile

import (
	"context"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// nowhere is a store that keeps nothing, and its transaction.
type nowhere struct{}

func (nowhere) Files(context.Context) (map[string]ingest.File, error) { return nil, nil }

func (nowhere) Known(context.Context, string) (bool, error) { return false, nil }

func (nowhere) Setting(context.Context, string) (string, error)  { return "", nil }
func (nowhere) SetSetting(context.Context, string, string) error { return nil }

func (nowhere) Pack([]gait.Sample) ([]byte, error) { return nil, nil }

func (n nowhere) Save(_ context.Context, do func(ingest.Transaction) error) error { return do(n) }

func (nowhere) Nearby(context.Context, time.Time, time.Time) ([]gait.Run, error) { return nil, nil }

func (nowhere) Samples(context.Context, gait.RunID) ([]gait.Sample, error) { return nil, nil }

func (nowhere) ByID(context.Context, gait.RunID) (gait.Run, bool, error) {
	return gait.Run{}, false, nil
}
func (nowhere) Put(context.Context, ingest.Import) error { return nil }
func (nowhere) Holder(context.Context, gait.Origin) (gait.Run, bool, error) {
	return gait.Run{}, false, nil
}
