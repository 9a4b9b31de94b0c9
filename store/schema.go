package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// sameSchema refuses a database that has anything beside or instead of what the
// steps make: a trigger would act at every later write, and a view or a column
// would show what is not there. What SQLite itself keeps is left out.
func sameSchema(ctx context.Context, tx *sql.Tx, steps []string) error {
	want, err := schemaOf(ctx, steps)
	if err != nil {
		return err
	}
	got, err := schema(ctx, tx)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		switch sql, ours := want[name]; {
		case !ours:
			return fmt.Errorf("it has a %s that gaitkeeper does not make: use a copy that nothing else has changed", name)
		case sql != got[name]:
			return fmt.Errorf("its %s is not as gaitkeeper makes it: use a copy that nothing else has changed", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, there := got[name]; !there {
			return fmt.Errorf("its %s is missing: use a copy that nothing else has changed", name)
		}
	}
	return nil
}

// schemaOf returns the schema that the steps make.
func schemaOf(ctx context.Context, steps []string) (made map[string]string, err error) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each has a memory of its own
	tx, err := db.BeginTx(ctx, nil)
	err = finish(tx, err, func(tx *sql.Tx) error {
		if err := apply(ctx, tx, steps, 0); err != nil {
			return err
		}
		made, err = schema(ctx, tx)
		return err
	})
	return made, errors.Join(err, db.Close())
}

// schema returns how everything in a database was made, without blanks that say
// nothing, by kind and name.
func schema(ctx context.Context, tx *sql.Tx) (map[string]string, error) {
	made := map[string]string{}
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var kind, name, table, script string
		if err := rows.Scan(&kind, &name, &table, &script); err != nil {
			return err
		}
		made[fmt.Sprintf("%s %q", kind, name)] = table + ": " + strings.Join(strings.Fields(script), " ")
		return nil
	}, `SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema
		WHERE NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))`)
	return made, err
}
