package realruns

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"gaitkeeper/gait"
)

// Walks returns the walks of a real person, as a phone measured them, on days that
// count from the beginning of 2020; none where they are not there.
func Walks(person string) ([]gait.Walk, error) {
	rows, err := readRows(Folder("walk", "walking_asymmetry_"+person+"_samples.csv"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read real walks: %w", err)
	}
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	var walks []gait.Walk
	for i, r := range rows {
		at := start.AddDate(0, 0, int(r.number("day_index"))).Add(time.Duration(r.number("hour")) * time.Hour)
		walks = append(walks, gait.Walk{
			Start:  at.Add(time.Duration(i%3600) * time.Second),
			Length: time.Duration(r.number("duration_s")) * time.Second, Share: r.number("value_fraction"),
		})
	}
	return walks, nil
}
