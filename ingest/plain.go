package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// ListFault says what is wrong with an activity in a server's list, by the error
// of reading its JSON; empty for none.
func ListFault(err error) string {
	var odd *json.UnmarshalTypeError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &odd) && odd.Field == "":
		return "it is not an activity but a JSON " + odd.Value
	case errors.As(err, &odd):
		return fmt.Sprintf("its %s has the wrong type, %s", odd.Field, odd.Value)
	default:
		return err.Error()
	}
}

// PlainName makes plain words of a name in code: "weight training" of
// WeightTraining.
func PlainName(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.ReplaceAll(b.String(), "_", " ")
}

// RequestFault is why a request got no answer: the end of ctx as it is, any other
// fault without the address.
func RequestFault(ctx context.Context, err error) (ended bool, fault error) {
	if ctx.Err() != nil {
		return true, context.Cause(ctx)
	}
	var address *url.Error
	if errors.As(err, &address) {
		return false, address.Err
	}
	return false, err
}

// Ready is the reading of what has been read already.
func Ready(c Content) Reading {
	return func(context.Context, func(string) (bool, error)) (Content, error) { return c, nil }
}
