package intervals

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"gaitkeeper/ingest"
	"gaitkeeper/ingest/fitfile"
)

// The service's limits are not written anywhere; these numbers are ours. Its
// own wait counts where it names one.
const (
	// Pace is the time between two requests in the long run.
	Pace    = 300 * time.Millisecond
	burst   = 5
	timeout = time.Minute

	defaultWait = 15 * time.Minute // after a refusal that names no time
	longestWait = 24 * time.Hour

	maxList = 128 << 20 // bytes
)

// Config is what a [Source] needs of the world around it.
type Config struct {
	// BaseURL is the address of the service, Athlete the ID there: "0" is the
	// owner of the key.
	BaseURL, Athlete string
	// Key returns the API key; KeyFile is its file, to name in errors.
	Key     func() (string, error)
	KeyFile string
	// Zone is the runner's.
	Zone *time.Location
	// UserAgent is what gaitkeeper calls itself.
	UserAgent string
	// Pace is the time between two requests in the long run; 0 is no time.
	Pace time.Duration
	// Fields are developer fields with a balance that the runner named.
	Fields fitfile.Fields
	// Limits bound a download; zero is [fitfile.DefaultLimits].
	Limits fitfile.Limits
	// Transport carries the requests; nil is the usual one.
	Transport http.RoundTripper
	Now       func() time.Time
}

// client speaks to the service, slowly enough. It is used from several
// goroutines.
type client struct {
	Config
	http *http.Client
	pace *rate.Limiter

	mu   sync.Mutex
	wait ingest.Wait // after a refusal; over once its time has come
}

func newClient(c Config) *client {
	limit := rate.Inf
	if c.Pace > 0 {
		limit = rate.Every(c.Pace)
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	return &client{Config: c, http: &http.Client{Timeout: timeout, Transport: c.Transport}, pace: rate.NewLimiter(limit, burst)}
}

// list returns the activities between two days, both included.
func (c *client) list(ctx context.Context, oldest, newest time.Time) ([]row, error) {
	query := url.Values{
		"oldest": {oldest.Format(time.DateOnly)}, "newest": {newest.Format(time.DateOnly)}, "fields": {fields()},
	}
	resp, err := c.get(ctx, "/api/v1/athlete/"+url.PathEscape(c.Athlete)+"/activities?"+query.Encode())
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		if c.Athlete == owner {
			return nil, fmt.Errorf("intervals.icu has no activities under this address (404 Not Found): %s", c.addressAdvice())
		}
		return nil, fmt.Errorf(`intervals.icu knows no athlete %q: set [sources.intervals] athlete_id to "0", the owner of the key`, c.Athlete)
	default:
		return nil, c.refused(resp)
	}
	var all []json.RawMessage
	err = json.NewDecoder(io.LimitReader(resp.Body, maxList)).Decode(&all)
	if err == nil && all == nil {
		err = errors.New("null") // which is not the same as an account without activities
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, troublef("what intervals.icu answered is no list of activities (%w): %s", err, c.addressAdvice())
	}
	rows := make([]row, len(all))
	for i, raw := range all {
		rows[i] = readRow(raw, c.Zone)
	}
	return rows, nil
}

// file asks for the original of an activity; the error [withheld] tells that there
// is none for us. The caller closes the body.
func (c *client) file(ctx context.Context, id string) (io.ReadCloser, error) {
	resp, err := c.get(ctx, "/api/v1/activity/"+url.PathEscape(id)+"/file")
	if err != nil {
		return nil, err
	}
	switch resp.StatusCode {
	case http.StatusOK:
		return resp.Body, nil
	case http.StatusNotFound, http.StatusGone, http.StatusUnprocessableEntity:
		resp.Body.Close()
		return nil, withheld{status: resp.StatusCode}
	case http.StatusUnauthorized, http.StatusTooManyRequests:
		defer resp.Body.Close()
		return nil, c.refused(resp)
	default:
		defer resp.Body.Close()
		if resp.StatusCode >= http.StatusInternalServerError {
			return nil, c.refused(resp)
		}
		return nil, withheld{resp.StatusCode, c.refused(resp)}
	}
}

// withheld is the refusal of one file: it may be about the file alone, or about
// all of them.
type withheld struct {
	status int
	all    error // what it means where every file is refused; nil where that is about the one alone
}

// Error is a sentence for the runner about the one file.
func (w withheld) Error() string {
	return fmt.Sprintf("intervals.icu does not hand out its file (%d %s): only its summary was taken", w.status, http.StatusText(w.status))
}

// owner is the athlete that the key belongs to, as the service calls it.
const owner = "0"

// address is where the service is.
const address = "https://intervals.icu"

// addressAdvice is what to do about an answer that is not that of the service's
// API.
func (c *client) addressAdvice() string {
	if c.BaseURL == address {
		return "if it stays so, look for a newer gaitkeeper."
	}
	return "is [sources.intervals] base_url right? Usually it is " + address + "."
}

// get sends one request, unless the service asked for a pause.
func (c *client) get(ctx context.Context, path string) (*http.Response, error) {
	if err := c.waiting(); err != nil {
		return nil, err
	}
	if err := c.pace.Wait(ctx); err != nil {
		return nil, err
	}
	if err := c.waiting(); err != nil { // another goroutine was refused meanwhile
		return nil, err
	}
	key, err := c.Key()
	if err != nil {
		return nil, fmt.Errorf("the key of intervals.icu: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.BaseURL+path, nil)
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth("API_KEY", key)
	req.Header.Set("User-Agent", c.UserAgent)
	resp, err := c.http.Do(req)
	if err != nil {
		ended, fault := ingest.RequestFault(ctx, err)
		if ended {
			return nil, fault
		}
		return nil, troublef("intervals.icu cannot be reached (%w): is this server on the network?", fault)
	}
	return resp, nil
}

// trouble is a failure that may pass by itself.
type trouble struct{ error }

func troublef(format string, args ...any) trouble {
	return trouble{fmt.Errorf(format+" Nothing is lost, the next sync tries again.", args...)}
}

// refused says what a status means and what to do, and begins a wait where the
// service asks for one.
func (c *client) refused(resp *http.Response) error {
	switch code := resp.StatusCode; {
	case code == http.StatusUnauthorized:
		return fmt.Errorf("intervals.icu does not accept the key: make a new one there (Settings, Developer Settings, API Key) and write it into %s", c.KeyFile)
	case code == http.StatusForbidden:
		if c.Athlete == owner {
			return fmt.Errorf("the key is not allowed to read its owner's activities at intervals.icu: make a new one there (Settings, Developer Settings, API Key) and write it into %s", c.KeyFile)
		}
		return fmt.Errorf(`the key is not allowed to read athlete %q at intervals.icu: set [sources.intervals] athlete_id to "0", or make a key with that athlete's account`, c.Athlete)
	case code == http.StatusTooManyRequests:
		return c.rest(resp.Header.Get("Retry-After"))
	case code >= http.StatusInternalServerError:
		return troublef("intervals.icu has trouble of its own (%d %s).", code, http.StatusText(code))
	default:
		return fmt.Errorf("intervals.icu answered %d %s to %s: %s", code, http.StatusText(code), resp.Request.URL.Path, c.addressAdvice())
	}
}

// rest begins a wait of as long as the service asks for, in seconds or until a
// date.
func (c *client) rest(after string) error {
	wait := defaultWait
	if seconds, err := strconv.Atoi(after); err == nil && seconds > 0 {
		wait = time.Duration(min(seconds, int(longestWait.Seconds()))) * time.Second
	} else if at, err := http.ParseTime(after); err == nil {
		wait = max(at.Sub(c.Now()), time.Second)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wait = ingest.Wait{
		Until: c.Now().Add(min(wait, longestWait)),
		Why:   "intervals.icu asks for a pause, after many requests. gaitkeeper goes on by itself where it stopped",
	}
	return c.wait
}

// waiting is the wait that the service asked for, as long as it lasts.
func (c *client) waiting() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.Now().Before(c.wait.Until) {
		return c.wait
	}
	return nil
}
