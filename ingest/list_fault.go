package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
)

// ListFault says what is wrong with an activity in a server's list, by the error
// of reading its JSON; empty for none.
func ListFault(err error) string {
	var odd *json.UnmarshalTypeError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &odd) && odd.Field == "":
		return "it is no activity but a JSON " + odd.Value
	case errors.As(err, &odd):
		return fmt.Sprintf("its %s has the wrong type, %s", odd.Field, odd.Value)
	default:
		return err.Error()
	}
}
