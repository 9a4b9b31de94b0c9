package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
)

// Under testdata/upgrade lies one database for each schema there ever was, as a
// gaitkeeper of its time left it. They are never written anew: what a runner's
// disk holds does not change either. A new schema gets its own with
//
//	go test ./store -run TestUpgrade -update
//
// and what it holds beyond the one before stands in the script of its number.
var update = flag.Bool("update", false, "write the databases of schemas that have none yet")

const upgrades = "testdata/upgrade"

// The run of the databases.
const oldRun gait.RunID = "7d2f90b1c3e4"

func oldDatabase(version int) string {
	return filepath.Join(upgrades, fmt.Sprintf("v%04d.db.gz", version))
}

func TestUpgrade(t *testing.T) {
	steps, err := steps()
	check(t, err)
	for version := 1; version <= len(steps); version++ {
		t.Run(strconv.Itoa(version), func(t *testing.T) {
			if _, err := os.Stat(oldDatabase(version)); *update && errors.Is(err, fs.ErrNotExist) {
				writeOld(t, steps, version)
			}
			path, before := unpackOld(t, version), unpackOld(t, version)
			s, err := Open(t.Context(), path)
			check(t, err)
			readsEverything(t, s)
			goesOn(t, s)
			check(t, s.Close())
			upgraded, copied := path, path+".before-v"+strconv.Itoa(len(steps))
			if got, want := ask(t, upgraded, `PRAGMA user_version`), strconv.Itoa(len(steps)); got != want {
				t.Errorf("the schema is %s, want %s", got, want)
			}
			whole(t, upgraded)
			holdsAll(t, upgraded, before)
			if version == len(steps) {
				if exists(t, copied) {
					t.Error("a copy without an upgrade")
				}
				return
			}
			whole(t, copied)
			holdsAll(t, copied, before)
			if got := ask(t, copied, `PRAGMA user_version`); got != strconv.Itoa(version) {
				t.Errorf("the copy that was kept has schema %s", got)
			}
		})
	}
}

// A copy that an older gaitkeeper made is restored and upgraded.
func TestRestoreOfEverySchema(t *testing.T) {
	steps, err := steps()
	check(t, err)
	for version := 1; version <= len(steps); version++ {
		target := filepath.Join(t.TempDir(), "g.db")
		_, err := Restore(t.Context(), unpackOld(t, version), target, day(0))
		check(t, err)
		readsEverything(t, openAt(t, target))
	}
}

// writeOld makes the database of a schema from the migrations up to it.
func writeOld(t *testing.T, steps []string, version int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "old.db")
	_, err := touch(path)
	check(t, err)
	db, err := sql.Open("sqlite3", dsn(path, busyTimeout, ""))
	check(t, err)
	s := &Store{path: path, writer: db, reader: db}
	check(t, s.migrateTo(t.Context(), steps[:version]))
	for n := 1; n <= version; n++ {
		script, err := os.ReadFile(filepath.Join(upgrades, fmt.Sprintf("%04d.sql", n)))
		if errors.Is(err, fs.ErrNotExist) {
			continue // this step has nothing of its own to show
		}
		check(t, err)
		_, err = db.Exec(string(script))
		check(t, err)
	}
	samples, err := s.codec.packSamples(newSamples(200))
	check(t, err)
	measures, err := s.codec.packMeasures(newMeasures(oldRun, day(0)))
	check(t, err)
	_, err = db.Exec(`INSERT INTO samples (run, data) VALUES (?, ?)`, oldRun, samples)
	check(t, err)
	_, err = db.Exec(`INSERT INTO measures (run, method, data) VALUES (?, 3, ?)`, oldRun, measures)
	check(t, err)
	_, err = db.Exec(`VACUUM`)
	check(t, err)
	check(t, db.Close())
	whole, err := os.ReadFile(path)
	check(t, err)
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	check(t, err)
	_, err = z.Write(whole)
	check(t, errors.Join(err, z.Close()))
	check(t, os.WriteFile(oldDatabase(version), packed.Bytes(), 0o600))
}

// asStored returns the figures that were stored. Those of the older layout come
// back without what it did not hold.
func asStored(got gait.Measures) gait.Measures {
	want := newMeasures(oldRun, day(0))
	if gait.Known(got.WarmUp.HeartRate) {
		return want
	}
	for _, b := range append([]*gait.Block{&want.WarmUp}, pointers(want.Blocks)...) {
		b.VerticalOscillation, b.HeartRate = gait.Unknown[gait.Millimetres](), gait.Unknown[gait.BeatsPerMinute]()
	}
	return want
}

func pointers(blocks []gait.Block) []*gait.Block {
	all := make([]*gait.Block, len(blocks))
	for i := range blocks {
		all[i] = &blocks[i]
	}
	return all
}

// unpackOld puts the database of a schema into a folder of its own.
func unpackOld(t *testing.T, version int) string {
	t.Helper()
	f, err := os.Open(oldDatabase(version))
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("schema %d has no database: go test ./store -run TestUpgrade -update makes one, it is kept for good", version)
	}
	check(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	check(t, err)
	path := filepath.Join(t.TempDir(), "gaitkeeper.db")
	to, err := os.Create(path)
	check(t, err)
	_, err = io.Copy(to, z)
	check(t, errors.Join(err, to.Close()))
	return path
}

func whole(t *testing.T, path string) {
	t.Helper()
	for query, want := range map[string]string{
		`PRAGMA integrity_check`: "ok", `SELECT count(*) FROM pragma_foreign_key_check`: "0",
	} {
		if got := ask(t, path, query); got != want {
			t.Errorf("%s of %s: %s", query, filepath.Base(path), got)
		}
	}
}

// holdsAll wants every row of an older database in a newer one, with the same
// values in the columns it had.
func holdsAll(t *testing.T, path, older string) {
	t.Helper()
	db, err := sql.Open("sqlite3", dsn(path, busyTimeout, ""))
	check(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, err = db.Exec(`ATTACH ? AS older`, older)
	check(t, err)
	for _, table := range rowsOf(t, db, `SELECT name FROM older.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`) {
		if table == "revision" {
			continue // counts changes, an upgrade's own among them
		}
		columns := strings.Join(rowsOf(t, db, `SELECT '"' || name || '"' FROM pragma_table_info('`+table+`', 'older')`), ", ")
		lost := rowsOf(t, db, fmt.Sprintf(`SELECT count(*) FROM (SELECT %s FROM older.%s EXCEPT SELECT %s FROM main.%s)`, columns, table, columns, table))
		fewer := rowsOf(t, db, fmt.Sprintf(`SELECT (SELECT count(*) FROM older.%s) > (SELECT count(*) FROM main.%s)`, table, table))
		if lost[0] != "0" || fewer[0] != "0" {
			t.Errorf("%s: %s rows are not as they were", table, lost[0])
		}
	}
}

func rowsOf(t *testing.T, db *sql.DB, query string) (values []string) {
	t.Helper()
	rows, err := db.Query(query)
	check(t, err)
	defer rows.Close()
	for rows.Next() {
		var v string
		check(t, rows.Scan(&v))
		values = append(values, v)
	}
	check(t, rows.Err())
	return values
}

// readsEverything reads all that the old databases hold the way the program does.
func readsEverything(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	run, err := s.Run(ctx, string(oldRun))
	check(t, err)
	if run.Title != "Round the lake" || len(run.Origins) != 2 || run.Distance != 8120.43 || !run.Truncated {
		t.Errorf("the run is %+v", run)
	}
	samples, err := s.Samples(ctx, oldRun)
	check(t, err)
	for i, want := range newSamples(200) { // other figures come back at their resolution
		if got := samples[i]; got.Second != want.Second || gait.Known(want.Cadence) && (got.Cadence != want.Cadence || got.HeartRate != want.HeartRate) {
			t.Fatalf("second %d is %+v, was %+v", i, got, want)
		}
	}
	h, err := s.History(ctx)
	check(t, err)
	if len(h.Runs) != 1 || len(h.Pain) != 2 || len(h.Answers) != 1 {
		t.Fatalf("history: %d runs, %d pains, %d answers", len(h.Runs), len(h.Pain), len(h.Answers))
	}
	same(t, "figures", h.Runs[0], asStored(h.Runs[0]))
	if p := h.Pain[0]; p.Site != gait.Achilles || p.Worst != atLeast(3) || p.Start != exactly(0) || p.Worsening != gait.Yes || p.Focal != gait.No || p.Limping != 0 {
		t.Errorf("the entry is %+v", p)
	}
	owed, err := s.Due(ctx, "email", day(100), false)
	check(t, err)
	if len(owed) != 1 || owed[0].Message.Title != "Your left foot" || len(owed[0].Message.Pictures) != 1 || len(owed[0].Message.Actions) != 1 || owed[0].Attempts != 3 {
		t.Errorf("owed: %+v", owed)
	}
	waiting, err := s.Undelivered(ctx)
	check(t, err)
	notices, err := s.Notices(ctx)
	check(t, err)
	files, err := s.Files(ctx)
	check(t, err)
	sources, err := s.Sources(ctx)
	check(t, err)
	first, err := s.Setting(ctx, "first_sync")
	check(t, err)
	got := []any{len(waiting), len(notices), len(files), len(sources), files["/fit/broken.fit"].Reason, first}
	if diff := cmp.Diff([]any{1, 1, 2, 1, "it is no FIT file", "2026-05-01T06:00:00Z"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, read := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := s.UnreadTags(ctx); return err },
		func(ctx context.Context) error { _, _, err := s.StravaLogin(ctx); return err },
		func(ctx context.Context) error { _, err := s.StravaState(ctx); return err },
		func(ctx context.Context) error { _, err := s.StravaActivities(ctx); return err },
		func(ctx context.Context) error { _, err := s.LinkUsed(ctx, "sha-of-a-token"); return err },
	} {
		check(t, read(ctx))
	}
}

// goesOn lets life go on in an upgraded database, and nothing be told again.
func goesOn(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	check(t, s.Commit(ctx, Decided{alert.Notice{Key: "alert:e1:warn"}, alert.Message{Key: "alert:e1:warn"}, []string{"email"}}))
	owed, err := s.Undelivered(ctx)
	check(t, err)
	if len(owed) != 1 {
		t.Errorf("%d messages are owed: what was told is told again", len(owed))
	}
	check(t, save(ctx, s, newImport(3)))
	_, err = s.AddPain(ctx, fullPain(newImport(3).Runs[0].Run.ID))
	check(t, err)
}
