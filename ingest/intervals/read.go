package intervals

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/gzip"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// sessions is how many runs one activity may have.
const sessions = 3

// key names the n-th run of an activity.
func key(id string, n int) string {
	if n == 0 {
		return id
	}
	return fmt.Sprintf("%s:%d", id, n)
}

// read gets what is new of an activity: of one that was only edited the words,
// otherwise the original file. With the error [withheld] comes what the list
// tells.
func (p *listing) read(ctx context.Context, a activity, start time.Time, edited bool) (ingest.Content, error) {
	if kind := a.skipped(); kind != "" {
		return ingest.Content{Skipped: []string{kind}}, nil
	}
	name := p.path(a.ID)
	alone := ingest.Content{Runs: []gait.Run{a.summary(start, name)}}
	if alone.Runs[0].Duration == 0 {
		alone = ingest.Content{Skipped: []string{"empty activity"}}
	}
	if edited || !a.hasFile() {
		return alone, nil
	}
	if p.given != nil {
		return ingest.Content{}, p.given
	}
	data, fault, err := p.download(ctx, string(a.ID))
	var w withheld
	switch {
	case errors.As(err, &w) && w.all == nil && a.FileType == "": // typed in
		return alone, nil
	case errors.As(err, &w):
		return alone, err
	case err != nil:
		return p.endured(err)
	case fault != "":
		alone.Broken = fault
		return alone, nil
	}
	content := p.reader.Read(data, "", gait.SourceIntervals, name)
	if len(content.Runs) > sessions {
		content.Runs = content.Runs[:sessions]
	}
	for i := range content.Runs {
		r := &content.Runs[i]
		r.Origins[0].Key = key(string(a.ID), i)
		if i == 0 {
			a.say(r)
		}
	}
	if len(content.Runs) == 0 && content.Broken != "" {
		content.Runs = alone.Runs
	}
	return content, nil
}

// download returns the unpacked original, or what is wrong with one that cannot be
// used.
func (p *listing) download(ctx context.Context, id string) (data []byte, fault string, err error) {
	body, err := p.client.file(ctx, id)
	if err != nil {
		return nil, "", err
	}
	defer body.Close()
	data, err = io.ReadAll(io.LimitReader(body, p.limits.File+1))
	switch {
	case ctx.Err() != nil:
		return nil, "", context.Cause(ctx)
	case err != nil:
		_, fault := ingest.RequestFault(ctx, err)
		return nil, "", troublef("the download from intervals.icu broke off (%w).", fault)
	}
	p.troubles, p.refused, p.handed = 0, 0, true
	for depth := 0; bytes.HasPrefix(data, []byte{0x1f, 0x8b}) && depth < p.limits.Depth; depth++ {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err == nil {
			data, err = io.ReadAll(io.LimitReader(z, p.limits.File+1))
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, "the original at intervals.icu is badly packed: only its summary was taken", nil
		}
	}
	if int64(len(data)) > p.limits.File {
		return nil, fmt.Sprintf("the original at intervals.icu is larger than %d MB: only its summary was taken", p.limits.File>>20), nil
	}
	if len(data) == 0 {
		return nil, "the original at intervals.icu is empty: only its summary was taken", nil
	}
	return data, "", nil
}
