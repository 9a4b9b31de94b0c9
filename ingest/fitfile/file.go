package fitfile

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// form is what bytes are, by how they begin.
type form int

const (
	formOther form = iota // FIT, or nothing gaitkeeper knows
	formZip
	formGzip
)

// headSize is how many bytes tell the form.
const headSize = 4

func formOf(head []byte) form {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return formZip
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return formGzip
	default:
		return formOther
	}
}

func sniff(r io.Reader) (form, error) {
	var head [headSize]byte
	n, err := io.ReadFull(r, head[:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return formOther, err
	}
	return formOf(head[:n]), nil
}

// read reads the one FIT file in a place, which may be packed by gzip. Where the
// runner wrote about it, it is read also if its bytes were read before.
func (s *Source) read(at place, w exportText, known func(string) (bool, error)) (ingest.Content, error) {
	r, err := at.open()
	if err != nil {
		return ingest.Content{Broken: at.why(err), Transient: at.in == nil}, nil
	}
	defer r.Close()
	buf := s.buffer()
	defer func() { s.giveBack(buf) }()
	broken := "" // its packing: what could be unpacked is read
	fault, err := s.fill(buf, r, at.size)
	switch {
	case err != nil && at.in == nil:
		return ingest.Content{Broken: plain(err), Transient: true}, nil
	case err != nil:
		broken = "its packing in the archive is broken"
	}
	for depth := 1; fault == "" && formOf(buf.Bytes()) == formGzip; depth++ {
		if depth > s.limits.Depth {
			return ingest.Content{Broken: tooDeep(s.limits)}, nil
		}
		next := s.buffer()
		fault, err = s.gunzip(next, buf, at.budget)
		s.giveBack(buf)
		if buf = next; err != nil {
			broken = "its gzip packing is broken or breaks off"
		}
	}
	if fault != "" {
		return ingest.Content{Broken: cmp.Or(broken, fault)}, nil
	}
	hash := Hash(buf.Bytes())
	if w == (exportText{}) && !s.again() {
		if ok, err := known(hash); err != nil || ok {
			return ingest.Content{SHA256: hash, Known: ok}, err
		}
	}
	c := s.reader.Read(buf.Bytes(), hash, gait.SourceFIT, at.Path)
	w.put(&c)
	c.Broken = cmp.Or(broken, c.Broken)
	return c, nil
}

// fill reads r to its end if it begins like a FIT file or like gzip; fault says why
// that cannot be taken. err is that of r, behind what was read.
func (s *Source) fill(buf *bytes.Buffer, r io.Reader, size int64) (fault string, err error) {
	buf.Grow(int(min(size, s.limits.File)) + bytes.MinRead) // to grow step by step takes up to three times as much
	_, err = io.CopyN(buf, r, longHeader)
	if err == nil || errors.Is(err, io.EOF) {
		if fault := notFIT(buf.Bytes()); fault != "" && formOf(buf.Bytes()) != formGzip {
			return fault, nil
		}
		_, err = buf.ReadFrom(io.LimitReader(r, s.limits.File+1-int64(buf.Len())))
	}
	switch {
	case errors.Is(err, errTooMuch):
		return err.Error(), nil
	case int64(buf.Len()) > s.limits.File:
		return fmt.Sprintf("it is larger than %s", megabytes(s.limits.File)), err
	default:
		return "", err
	}
}

func (s *Source) gunzip(to, from *bytes.Buffer, b *budget) (fault string, err error) {
	size := unpackedSize(from.Bytes())
	z, err := gzip.NewReader(from)
	if err != nil {
		return "", err
	}
	return s.fill(to, b.reader(padded{z}), size)
}

// padded reads what gzip packed up to the padding behind it, which tapes and
// some uploads leave.
type padded struct{ *gzip.Reader }

func (p padded) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	if errors.Is(err, gzip.ErrHeader) { // the first header was good: this is behind something whole
		err = io.EOF
	}
	return n, err
}

// bestPacking is how many times larger than packed bytes can be: deflate makes
// at most 258 bytes of two bits (RFC 1951).
const bestPacking = 1032

// unpackedSize is what a gzip file says at its end of its unpacked size, if that
// can be.
func unpackedSize(packed []byte) int64 {
	n := len(packed)
	if n < 4 {
		return 0
	}
	return min(int64(binary.LittleEndian.Uint32(packed[n-4:])), bestPacking*int64(n))
}

func tooDeep(l Limits) string {
	return fmt.Sprintf("more than %d archives lie inside each other", l.Depth)
}
