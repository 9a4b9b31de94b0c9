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
	poster
	config NtfyConfig
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
	return &Ntfy{p, c}, nil
}

// Check asks the server whose token this is, which proves address and token
// without sending anything. Whether it may write to the topic, only writing can
// tell.
func (n *Ntfy) Check(ctx context.Context) (found string, err error) {
	known, err := n.request(ctx, http.MethodGet, "/v1/account", nil)
	found = "reached, nothing sent"
	if known {
		found += "; it knows who writes"
	}
	return found + "; whether one may write to the topic shows only in `gaitkeeper notify test " + n.Name() + "`", err
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
	_, err = n.request(ctx, http.MethodPost, "", b)
	return err
}

// request makes a request of ntfy. It answers in JSON: a web page, be it with a status
// of success, comes from somebody else.
func (n *Ntfy) request(ctx context.Context, method, path string, body []byte) (known bool, err error) {
	h := http.Header{"Content-Type": {"application/json"}}
	token, err := n.config.Token.read()
	switch {
	case err != nil:
		return false, err
	case token == "":
	case n.config.Username != "":
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(n.config.Username+":"+token)))
	default:
		h.Set("Authorization", "Bearer "+token)
	}
	a, err := n.send(ctx, request{method, n.config.Server + path, h, body}, func(status int) string { return n.remedy(status, token != "") })
	if err == nil && a.page {
		err = fmt.Errorf("%s: %s answered with a web page, so nothing was sent: this is no ntfy server, or a log-in stands before it: check server", n.Name(), n.server)
	}
	return token != "", err
}

// remedy says what to do about a status; known reports whether there is a token or
// a password.
func (n *Ntfy) remedy(status int, known bool) string {
	named := n.config.Username != ""
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

// brief returns the short form of a message, or the beginning of the long one: what is
// longer than a service takes would never arrive.
func brief(m alert.Message) string {
	text := cmp.Or(m.Short, m.Text)
	if r := []rune(text); len(r) > maxBrief {
		return string(r[:maxBrief]) + "…"
	}
	return text
}
