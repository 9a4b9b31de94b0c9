package notify

import (
	"context"
	"net"
	"net/http"
	"net/url"

	"gaitkeeper/alert"
)

// Explained is what a channel through the service at url says of an error.
func Explained(service, url string, err error) error {
	return target{"shoutrrr", service, url}.explain(err)
}

// WithLinks is the text of a message with the links that a service has room for.
func WithLinks(service string, m alert.Message) string {
	return withLinks(brief(m), m, longest(service))
}

// OwnName is for the tests: the real name of the machine they run on is anything.
var OwnName = ownName

// DialWith makes a channel speak over connections of the test's own.
func (e *Email) DialWith(dial func() net.Conn) {
	e.dial = func(context.Context, string, string) (net.Conn, error) { return dial(), nil }
}

// DialWith makes a channel speak over connections of the test's own.
func (w *Webhook) DialWith(dial func() net.Conn) {
	w.client.Transport = &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return dial(), nil }}
}

// ProxyThrough makes a channel speak through a proxy, as HTTPS_PROXY does.
func (n *Ntfy) ProxyThrough(proxy *url.URL) {
	n.client.Transport = &http.Transport{Proxy: http.ProxyURL(proxy)}
}
