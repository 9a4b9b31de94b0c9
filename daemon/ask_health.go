package daemon

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/internal/plainfile"
	"gaitkeeper/store"
)

// healthWithin is how long the daemon may take to say how it is.
const healthWithin = 5 * time.Second

// AskHealth asks the daemon of the config's database whether it is alive and well.
// It opens nothing: the daemon has written its page's address into its lock's file.
// The error says why nobody answered.
func AskHealth(ctx context.Context, cfg config.Config) (api.Health, error) {
	var h api.Health
	database, err := store.Locate(cfg.Storage.Path)
	if err != nil {
		return h, err
	}
	text, err := plainfile.ReadFile(database + serveLock)
	address := strings.TrimSpace(string(text))
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && address == "":
		return h, fmt.Errorf("no gaitkeeper serve runs on %s: start it", database)
	case err != nil:
		return h, err
	}
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/healthz", nil)
	if err != nil {
		return h, fmt.Errorf("%s holds no address: %w", database+serveLock, err)
	}
	answer, err := (&http.Client{Transport: &http.Transport{}}).Do(request) // no proxy: it is this machine
	if err != nil {
		return h, fmt.Errorf("no gaitkeeper serve answers for %s: %w", database, err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&h); err != nil {
		return h, fmt.Errorf("what answers at %s is not gaitkeeper: %w", address, err)
	}
	return h, nil
}

// leaveAddress writes where the page is into the lock's file, for [AskHealth].
func (a *App) leaveAddress(at net.Addr) error {
	address := at.String()
	if ap, err := netip.ParseAddrPort(address); err == nil && ap.Addr().IsUnspecified() {
		address = net.JoinHostPort("localhost", fmt.Sprint(ap.Port()))
	}
	if err := os.WriteFile(a.store.Path()+serveLock, []byte(address+"\n"), 0o600); err != nil {
		return fmt.Errorf("note the page's address: %w", err)
	}
	return nil
}
