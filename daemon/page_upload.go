package daemon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gaitkeeper/web"
)

// uploadDirs match the folders beside the database in which files wait while they
// arrive. A complete one is renamed before it is imported: what is left when the
// program ends is imported at the next start.
const (
	arrivingDirs = "arriving-*"
	uploadDirs   = "upload-*"
)

func (p page) Receive(ctx context.Context, next func() (string, io.Reader, error)) (got web.Received, err error) {
	dir, files, err := p.arrive(next)
	if err != nil {
		return got, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if len(files) == 0 {
		return got, nil
	}
	for i, file := range files {
		files[i] = filepath.Join(dir, file)
	}
	// A browser that goes away does not stop what has arrived.
	r, err := p.Import(context.WithoutCancel(ctx), files, nil)
	if err != nil {
		return got, err
	}
	return p.received(ctx, r)
}

// arrive writes the files into a folder of their own, synced, and returns it with
// their names in it; none is left where one does not arrive whole.
func (p page) arrive(next func() (string, io.Reader, error)) (dir string, files []string, err error) {
	arriving, err := os.MkdirTemp(filepath.Dir(p.store.Path()), arrivingDirs)
	if err != nil {
		return "", nil, fmt.Errorf("keep uploaded files: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(arriving))
		}
	}()
	for i := 1; ; i++ {
		name, content, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", nil, err
		}
		name = shortened(name)
		// Each in a folder of its own: two may have one name.
		sub := fmt.Sprintf("%04d", i)
		if err := os.Mkdir(filepath.Join(arriving, sub), 0o700); err != nil {
			return "", nil, fmt.Errorf("keep uploaded files: %w", err)
		}
		files = append(files, filepath.Join(sub, name))
		if err := writeSynced(filepath.Join(arriving, sub, name), content); err != nil {
			return "", nil, fmt.Errorf("keep uploaded file %s: %w", name, err)
		}
	}
	dir = filepath.Join(filepath.Dir(arriving), "upload-"+strings.TrimPrefix(filepath.Base(arriving), "arriving-"))
	if err := os.Rename(arriving, dir); err != nil {
		return "", nil, fmt.Errorf("keep uploaded files: %w", err)
	}
	return dir, files, nil
}

// shortened is the end of a name that is too long for a file: how a file is read
// depends on its ending.
func shortened(name string) string {
	const most = 100
	return strings.ToValidUTF8(name[max(0, len(name)-most):], "")
}

func writeSynced(path string, content io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Sync(), f.Close())
}

func (p page) received(ctx context.Context, r ImportReport) (web.Received, error) {
	got := web.Received{New: r.New, Better: r.Better, Known: r.Known + r.Same, Walks: r.Walks}
	for _, kind := range slices.Sorted(maps.Keys(r.Skipped)) {
		got.Skipped = append(got.Skipped, fmt.Sprintf("%d %s", r.Skipped[kind], kind))
	}
	for _, f := range r.Failed {
		got.Failed = append(got.Failed, web.Failure{Name: filepath.Base(f.Path), Reason: f.Reason})
	}
	if r.New+r.Better == 0 {
		return got, nil
	}
	runs, err := p.Runs(ctx, time.Time{}, 1)
	if len(runs) > 0 {
		got.Newest = runs[0].ID
	}
	return got, err
}

// takeUploads imports what an earlier end of the program left of uploads, and
// removes what had not arrived whole.
func (a *App) takeUploads(ctx context.Context) error {
	beside := filepath.Dir(a.store.Path())
	halves, err := filepath.Glob(filepath.Join(beside, arrivingDirs))
	if err != nil {
		return err
	}
	for _, dir := range halves {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	whole, globErr := filepath.Glob(filepath.Join(beside, uploadDirs))
	if err = errors.Join(err, globErr); len(whole) == 0 {
		return err
	}
	r, importErr := a.Import(ctx, whole, nil)
	a.logReports(ctx, []ImportReport{r})
	if importErr != nil {
		return errors.Join(err, importErr)
	}
	for _, dir := range whole {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return err
}
