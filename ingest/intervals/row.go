package intervals

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// row is an activity of the list, or one that cannot be read.
type row struct {
	activity
	// fault says what is wrong with the row; empty where nothing is. The ID is
	// still set where it could be read.
	fault string
	// hash stands for what a faulty row says.
	hash string
}

func readRow(raw json.RawMessage, zone *time.Location) row {
	var r row
	var odd *json.UnmarshalTypeError
	err := json.Unmarshal(raw, &r.activity)
	switch {
	case errors.As(err, &odd) && odd.Field == "":
		r.fault = "it is no activity but a JSON " + odd.Value
	case errors.As(err, &odd):
		r.fault = fmt.Sprintf("its %s has the wrong type, %s", odd.Field, odd.Value)
	case err != nil:
		r.fault = err.Error()
	case r.ID == "":
		r.fault = "it has no number"
	case r.start(zone).IsZero():
		r.fault = "it has no start"
	}
	if r.fault != "" {
		var only struct {
			ID text `json:"id"`
		}
		_ = json.Unmarshal(raw, &only) // a number that cannot be read is none
		r.activity, r.hash = activity{ID: only.ID}, changeHash(string(raw))
	}
	return r
}
