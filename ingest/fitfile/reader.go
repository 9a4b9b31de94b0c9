package fitfile

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// Reader turns the bytes of FIT files into runs. The zero value is ready; it
// may be used from several goroutines, and keeps its memory for the next file.
type Reader struct {
	// Fields are developer fields with a balance that the runner named.
	Fields   Fields
	decoders sync.Pool
}

// Hash names the bytes of a file: their SHA-256 in hexadecimal.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Read reads one FIT file, or several chained in one. hash is that of the
// bytes; source and name say where they came from. What is wrong with them is
// said in Content.Broken, beside the runs that were good.
func (r *Reader) Read(data []byte, hash string, source gait.SourceName, name string) ingest.Content {
	d, _ := r.decoders.Get().(*partDecoder)
	if d == nil {
		d = newPartDecoder()
	}
	defer r.decoders.Put(d)
	d.part.apps.named = r.Fields

	content := ingest.Content{SHA256: hash}
	parts, broken := split(data)
	for i, p := range parts {
		runs, skipped, fault := readPart(d, p)
		content.Runs = append(content.Runs, runs...)
		content.Skipped = append(content.Skipped, skipped...)
		if fault != "" && len(parts) > 1 {
			fault = fmt.Sprintf("part %d of %d: %s", i+1, len(parts), fault)
		}
		if fault != "" {
			broken = append(broken, fault)
		}
	}
	content.Broken = strings.Join(broken, "; ")
	if len(content.Runs)+len(content.Skipped)+len(broken) == 0 {
		content.Skipped = []string{"no activity"}
	}
	for i := range content.Runs {
		content.Runs[i].Origins = []gait.Origin{{Source: source, Key: fmt.Sprintf("%s:%d", hash, i), Name: name}}
	}
	return content
}

// readPart reads one FIT file of a chain: its runs, the kinds of what is no
// run, and what is wrong with it.
func readPart(d *partDecoder, c chunk) (runs []gait.Run, skipped []string, fault string) {
	data := repaired(c.data, c.unfinished)
	kind, fault := gate(c, data)
	if kind != "" && kind != kindActivity {
		return nil, []string{kind}, fault
	}
	p, err := d.decode(data)
	if err != nil {
		fault = reason(err)
	}
	if fault != "" {
		p.sift()
	}
	runs, skipped = p.runs(err != nil)
	switch {
	case len(runs) > 0 || len(skipped) > 0:
	case fault == "" && p.moved() && p.ended():
		fault = "nothing in it says which sport it was"
	case fault == "" && p.moved():
		fault = "the recording broke off before the watch wrote which sport it was"
	case fault == "" && kind == kindActivity:
		skipped = []string{emptyActivity}
	case fault == "": // such as the heart rates that follow a swim
	case p.moved():
		fault += ", before the watch wrote which sport it was"
	default:
		fault += ", and no run could be read from it"
	}
	return runs, skipped, fault
}
