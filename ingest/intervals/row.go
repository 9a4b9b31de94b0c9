package intervals

import (
	"encoding/json"
	"time"

	"gaitkeeper/ingest"
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
	r.fault = ingest.ListFault(json.Unmarshal(raw, &r.activity))
	switch {
	case r.fault != "":
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
