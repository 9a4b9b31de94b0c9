package notify

import (
	"context"
	"net"
	"net/http"
	"net/url"
)

// OwnName is for the tests: the real name of the machine they run on is anything.
var OwnName = ownName

// DialWith makes a channel speak over connections of the test's own.
func (e *Email) DialWith(dial func() net.Conn) {
	e.dial = func(context.Context, string, string) (net.Conn, error) { return dial(), nil }
}

// ProxyThrough makes a channel speak through a proxy, as HTTPS_PROXY does.
func (n *Ntfy) ProxyThrough(proxy *url.URL) {
	n.post.client.Transport = &http.Transport{Proxy: http.ProxyURL(proxy)}
}
