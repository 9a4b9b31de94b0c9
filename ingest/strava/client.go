package strava

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxAnswer bounds what one answer may hold in bytes: the streams of a run of a
// day are a tenth of it.
const maxAnswer = 64 << 20

// perPage is the most activities that Strava puts on one page.
const perPage = 200

// get asks for a path of the API and reads the answer into to. A 401 gets one
// renewal of the tokens and one more try.
func (c *Client) get(ctx context.Context, path string, query url.Values, to any) error {
	token, err := c.access(ctx)
	if err != nil {
		return err
	}
	err = c.ask(ctx, token, path, query, to)
	if KindOf(err) != LoginLost {
		return err
	}
	if token, err = c.renew(ctx, token); err != nil {
		return err
	}
	return c.ask(ctx, token, path, query, to)
}

// ask makes one request with the given access token.
func (c *Client) ask(ctx context.Context, token, path string, query url.Values, to any) error {
	if err := c.pace.ask(c.Now()); err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.api+path+"?"+query.Encode(), nil)
	if err != nil {
		return fmt.Errorf("ask Strava: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return unreached(ctx, err)
	}
	defer resp.Body.Close()
	c.pace.heed(resp.Header, c.Now())
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	switch {
	case err != nil:
		return unreached(ctx, err)
	case resp.StatusCode == http.StatusTooManyRequests:
		if w := usedUp(resp.Header); w != noWindow {
			return limited{w}
		}
		return limited{unsaid}
	case resp.StatusCode != http.StatusOK:
		return refusal(resp.StatusCode, bytes.ReplaceAll(body, []byte(token), []byte("…")))
	}
	if err := json.Unmarshal(body, to); err != nil {
		return &Fault{Kind: Strange, Detail: "it is no JSON of the documented form", err: err}
	}
	return nil
}

// Check asks for the athlete, to see that the login is good.
func (c *Client) Check(ctx context.Context) error {
	var a athlete
	err := c.get(ctx, "/athlete", nil, &a)
	if isLimit(err) {
		return nil // it knows us; only a limit is reached
	}
	return err
}

func isLimit(err error) bool {
	var l limited
	return errors.As(err, &l)
}

// page returns the rows of one page of the activities that began after or before
// a moment; a zero one is left out. With after alone Strava lists the oldest
// first, else the newest.
func (c *Client) page(ctx context.Context, after, before time.Time, number int) ([]row, error) {
	query := url.Values{"page": {strconv.Itoa(number)}, "per_page": {strconv.Itoa(perPage)}}
	if !after.IsZero() {
		query.Set("after", strconv.FormatInt(after.Unix(), 10))
	}
	if !before.IsZero() {
		query.Set("before", strconv.FormatInt(before.Unix(), 10))
	}
	var list []json.RawMessage
	err := c.get(ctx, "/athlete/activities", query, &list)
	rows := make([]row, len(list))
	for i, raw := range list {
		rows[i] = readRow(raw)
	}
	return rows, err
}

// activity returns the own page of an activity.
func (c *Client) activity(ctx context.Context, id int64) (activity, error) {
	var a activity
	err := c.get(ctx, "/activities/"+strconv.FormatInt(id, 10), url.Values{"include_all_efforts": {"false"}}, &a)
	switch {
	case err != nil:
	case a.ID != id:
		err = &Fault{Kind: Strange, Detail: fmt.Sprintf("asked for activity %d, got %d", id, a.ID)}
	case a.Start.IsZero():
		err = &Fault{Kind: Strange, Detail: fmt.Sprintf("activity %d has no start", id)}
	}
	return a, err
}

// streamKeys are the streams that are asked for. Where the run took place is
// not one of them.
func streamKeys() string {
	return strings.Join([]string{"time", "distance", "altitude", "velocity_smooth", "heartrate", "cadence", "watts"}, ",")
}

// streams returns the seconds of an activity; none where it was entered by
// hand.
func (c *Client) streams(ctx context.Context, id int64) (streams, error) {
	var s streams
	err := c.get(ctx, "/activities/"+strconv.FormatInt(id, 10)+"/streams", url.Values{"keys": {streamKeys()}, "key_by_type": {"true"}}, &s)
	if KindOf(err) == NotFound {
		return streams{}, nil
	}
	return s, err
}
