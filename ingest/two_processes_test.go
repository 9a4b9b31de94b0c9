package ingest_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/store"
)

// overtaken is a store in which another process saves something just before.
type overtaken struct {
	*store.Store
	other func()
}

func (o overtaken) Save(ctx context.Context, do func(ingest.Transaction) error) error {
	o.other()
	return o.Store.Save(ctx, do)
}

// What another process saved is seen, however late it came: no lock but the
// transaction's is needed for that.
func TestTwoProcessesMakeOneRun(t *testing.T) {
	for name, twin := range map[string]gait.Run{
		"of two devices": ran(1, 29, fromStrava), "begun in one second": ran(0, 30, fromStrava), "from one place": ran(0, 30),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "g.db")
			one, other := openStore(t, path), openStore(t, path)
			late := offers{activity(twin)}
			overtake := sync.OnceFunc(func() {
				if r, err := (&ingest.Syncer{Store: other, Measure: measure}).Sync(t.Context(), late); err != nil || r.New != 1 {
					t.Fatal(r, err)
				}
			})
			s := &ingest.Syncer{Store: overtaken{one, overtake}, Measure: measure}
			r, err := s.Sync(t.Context(), offers{activity(ran(0, 30))})
			if err != nil || r.New != 0 || r.Better+r.Same != 1 {
				t.Errorf("%+v, %v", r, err)
			}
			runs, err := one.Runs(t.Context())
			if err != nil || len(runs) != 1 {
				t.Errorf("%d runs, %v", len(runs), err)
			}
		})
	}
}

func openStore(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
