package notify

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// NtfyConfig is a topic on an ntfy server.
type NtfyConfig struct {
	Name   string // of the channel; empty is "ntfy"
	Server string // https://ntfy.sh
	Topic  string
	// Token reads an access token, or the password of Username; nil: there is none.
	Token    Secret
	Username string
	// UserAgent is what gaitkeeper calls itself.
	UserAgent string
}

// Ntfy sends push messages through an ntfy server.
type Ntfy struct {
	config NtfyConfig
	post   poster
}

// NewNtfy returns the channel. A faulty address or topic is an error.
func NewNtfy(c NtfyConfig) (*Ntfy, error) {
	p, err := newPoster(cmp.Or(c.Name, "ntfy"), c.Server, "server", c.UserAgent)
	if err != nil {
		return nil, err
	}
	if !regexp.MustCompile(`^[-_A-Za-z0-9]{1,64}$`).MatchString(c.Topic) {
		return nil, fmt.Errorf("ntfy: the topic must be 1 to 64 letters, digits, - or _")
	}
	c.Server = strings.TrimRight(c.Server, "/")
	return &Ntfy{c, p}, nil
}

// Name returns "ntfy", or the name of a further one.
func (n *Ntfy) Name() string { return cmp.Or(n.config.Name, "ntfy") }

// Check asks the server whose token this is, which proves address and token
// without sending anything. Whether one may write to the topic, ntfy tells
// nobody who does not write.
func (n *Ntfy) Check(ctx context.Context) (found string, err error) {
	h, token, err := n.header()
	if err != nil {
		return "", err
	}
	found = "reached, nothing sent"
	if token != "" {
		found += "; it knows who writes"
	}
	found += "; whether one may write to the topic shows only in `gaitkeeper notify test " + n.Name() + "`"
	return found, n.send(ctx, request{http.MethodGet, n.config.Server + "/v1/account", h, nil}, token != "")
}

// ntfyMessage is ntfy's form of publishing as JSON, in which titles may hold
// any character. A server that knows sequence_id (2.16 and later) shows a message
// that comes twice once.
type ntfyMessage struct {
	Topic      string       `json:"topic"`
	Title      string       `json:"title"`
	Message    string       `json:"message"`
	Priority   int          `json:"priority"`
	Tags       []string     `json:"tags,omitempty"`
	Click      string       `json:"click,omitempty"`
	Actions    []ntfyAction `json:"actions,omitempty"`
	SequenceID string       `json:"sequence_id"`
}

type ntfyAction struct {
	Action string `json:"action"`
	Label  string `json:"label"`
	URL    string `json:"url"`
	Method string `json:"method,omitempty"`
	Clear  bool   `json:"clear"`
}

// maxNtfyActions is the number of buttons ntfy shows.
const maxNtfyActions = 3

// Send publishes the short form of the message.
func (n *Ntfy) Send(ctx context.Context, m alert.Message) error {
	m = m.Sanitized()
	priority, tags := urgency(m)
	body := ntfyMessage{
		Topic: n.config.Topic, Title: m.Title, Message: brief(m), Priority: priority, Tags: tags,
		Click: m.Click, SequenceID: identity(m.Key),
	}
	for _, a := range m.Actions[:min(len(m.Actions), maxNtfyActions)] {
		action := ntfyAction{Action: "view", Label: a.Label, URL: a.URL, Clear: true}
		if a.Post {
			action.Action, action.Method = "http", http.MethodPost
		}
		body.Actions = append(body.Actions, action)
	}
	b, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("ntfy: write message: %w", err)
	}
	h, token, err := n.header()
	if err != nil {
		return err
	}
	return n.send(ctx, request{http.MethodPost, n.config.Server, h, b}, token != "")
}

// send makes a request; known tells whether it says who we are. ntfy answers in
// JSON: a web page, be it with a status of success, comes from somebody else.
func (n *Ntfy) send(ctx context.Context, r request, known bool) error {
	a, err := n.post.send(ctx, r, ntfyRemedy(known, n.config.Username != ""))
	if err == nil && a.page {
		err = fmt.Errorf("%s: %s answered with a web page, so nothing was sent: this is no ntfy server, or a log-in stands before it: check server", n.Name(), n.post.server)
	}
	return err
}

func (n *Ntfy) header() (h http.Header, token string, err error) {
	h = http.Header{"Content-Type": {"application/json"}}
	token, err = n.config.Token.read()
	switch {
	case token == "":
	case n.config.Username != "":
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(n.config.Username+":"+token)))
	default:
		h.Set("Authorization", "Bearer "+token)
	}
	return h, token, err
}

// ntfyRemedy says what to do about a status; known tells whether there is a token,
// or, where named is set, a user's password.
func ntfyRemedy(known, named bool) func(status int) string {
	return func(status int) string {
		switch {
		case (status == http.StatusUnauthorized || status == http.StatusForbidden) && !known:
			return "it wants to know who writes to this topic: set token_file, or username and password_file, or name a topic that is open to all"
		case status == http.StatusUnauthorized && named:
			return "it does not know the user with this password: check username and the file that password_file names"
		case status == http.StatusForbidden && named:
			return "the user may not write to this topic: give them access there, or check topic"
		case status == http.StatusUnauthorized:
			return "it does not know the token (any more): make a new one there and write it into the file that token_file names"
		case status == http.StatusForbidden:
			return "the token does not allow this topic: give its user access there, or check topic and the file that token_file names"
		case status == http.StatusNotFound:
			return "this is not an ntfy server: check server"
		case status == http.StatusRequestEntityTooLarge:
			return "the message is too large for it"
		default:
			return commonRemedy(status)
		}
	}
}

// urgency returns ntfy's priority (1 to 5, 3 is normal) and the tags, which it
// shows as small pictures.
func urgency(m alert.Message) (priority int, tags []string) {
	switch {
	case m.Kind == alert.MessageResolved:
		return 2, []string{"white_check_mark"}
	case m.Kind == alert.MessageDigest:
		return 2, []string{"calendar"}
	case m.Kind == alert.MessageHealth:
		return 3, []string{"wrench"}
	case m.Kind == alert.MessageTest:
		return 3, []string{"runner"}
	case m.Kind == alert.MessageFollowUp || m.Kind == alert.MessageMorning:
		return 3, []string{"question"}
	case m.Verdict == finding.VerdictStop:
		return 5, []string{"octagonal_sign"}
	case m.Level == gait.LevelWarn:
		return 4, []string{"warning"}
	default:
		return 3, []string{"question"}
	}
}

// maxBrief is the length of a push message in characters: ntfy turns anything
// above 4,096 bytes into an attachment, and phones show a few lines.
const maxBrief = 900

// brief returns the short form of a message, or the beginning of the long one.
func brief(m alert.Message) string {
	if m.Short != "" {
		return m.Short
	}
	if r := []rune(m.Text); len(r) > maxBrief {
		return string(r[:maxBrief]) + "…"
	}
	return m.Text
}
