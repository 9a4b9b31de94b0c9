// Command serve plays intervals.icu by hand: an account with a made-up season
// in it, and a limp at its end.
//
//	go run ./internal/intervalsfake/serve
//
// prints the lines for gaitkeeper's config.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/intervalsfake"
	"gaitkeeper/internal/simulate"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8190", "`address` to listen on")
	flag.Parse()
	if err := run(*listen); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func run(listen string) error {
	const runs, limpFrom, seed = 34, 30, 7
	server := intervalsfake.New()
	yesterday := time.Now().UTC().Truncate(24 * time.Hour).Add(-18 * time.Hour)
	for i, r := range simulate.LimpSeasonUntil(seed, yesterday, runs, limpFrom, 2, gait.Left) {
		var fit bytes.Buffer
		if err := simulate.WriteFIT(&fit, r); err != nil {
			return err
		}
		a := intervalsfake.Activity{
			Start: r.Start, Type: "Run", Name: fmt.Sprintf("Run %d", i+1), Source: "GARMIN_CONNECT",
			Metres: float64(r.Distance), Moving: r.Duration, Elapsed: r.Elapsed, Feel: 2, RPE: 4, File: fit.Bytes(),
		}
		if i == runs-1 {
			a.Description = "Stiff from the start. #pain 3 left achilles"
		}
		server.Add(a)
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	key := filepath.Join(os.TempDir(), "intervalsfake.key")
	if err := os.WriteFile(key, []byte(intervalsfake.Key+"\n"), 0o600); err != nil {
		return err
	}
	fmt.Printf("# Playing intervals.icu until Ctrl-C. The config to try it with:\n\n[storage]\npath = %q\n\n"+
		"[sources.intervals]\nenabled = true\napi_key_file = %q\nbase_url = \"http://%s\"\n\n"+
		"# gaitkeeper --config FILE sync\n# gaitkeeper --config FILE explain latest\n",
		filepath.Join(os.TempDir(), "try-intervals.db"), key, l.Addr())
	return (&http.Server{Handler: server, ReadHeaderTimeout: time.Minute}).Serve(l)
}
