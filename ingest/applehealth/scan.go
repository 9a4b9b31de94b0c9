package applehealth

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// An export is gigabytes of XML of which a few in a thousand elements matter, and
// reading it as XML takes minutes. So it is read as bytes in which the few names
// that matter are looked for; only what is around them is read closely. That also
// passes over what breaks a reader of XML: a damaged description of the document at
// its beginning, control characters.
const (
	blockSize = 1 << 20
	// maxElement is the size of an element with all in it beyond which it is none.
	maxElement = 8 << 20
)

// starts are what the elements that may matter begin with.
var (
	recordStart  = []byte("<Record ")
	workoutStart = []byte("<Workout ")
)

// exportEnd is what a whole export ends with.
var exportEnd = []byte("</HealthData>")

// scan reads an export to its end and hands each element that may matter to take,
// with what stands in it. The bytes are good until take returns. read is called
// after each block with the number of bytes read so far; its error, or that of
// take, ends the scan.
func scan(ctx context.Context, r io.Reader, take func(element []byte) error, read func(n int64) error) error {
	buf := make([]byte, 0, 2*blockSize)
	total := int64(0)
	for {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if cap(buf)-len(buf) < blockSize {
			grown := make([]byte, len(buf), 2*cap(buf))
			copy(grown, buf)
			buf = grown
		}
		n, err := fill(r, buf[len(buf):cap(buf)])
		buf, total = buf[:len(buf)+n], total+int64(n)
		ended := err != nil
		cut := len(buf)
		if !ended {
			cut = lastStart(buf)
		}
		if err := elements(buf[:cut], take); err != nil {
			return err
		}
		if err := read(total); err != nil {
			return err
		}
		switch {
		case errors.Is(err, io.EOF) && !bytes.Contains(buf, exportEnd):
			return io.ErrUnexpectedEOF // a download that broke off
		case errors.Is(err, io.EOF):
			return nil
		case ended: // what was good before it was taken
			return err
		}
		if len(buf)-cut > maxElement {
			cut = len(buf) - len(exportEnd) // no element is so long: it is passed over
		}
		if rest := copy(buf[:cap(buf)], buf[cut:]); cap(buf) > 4*blockSize && rest < blockSize {
			buf = append(make([]byte, 0, 2*blockSize), buf[:rest]...)
		} else {
			buf = buf[:rest]
		}
	}
}

// fill reads until b is full, or to the end: unlike [io.ReadFull] it tells a file
// that has ended from one that is broken off.
func fill(r io.Reader, b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var m int
		m, err = r.Read(b[n:])
		n += m
	}
	return n, err
}

// lastStart is where the last element begins, which may not have ended yet; what
// is before it is whole.
func lastStart(b []byte) int {
	// A name may be cut in two at the end, as well.
	return max(bytes.LastIndex(b, recordStart), bytes.LastIndex(b, workoutStart), 0)
}

// elements hands on those in b that may matter.
func elements(b []byte, take func(element []byte) error) error {
	for _, name := range wanted {
		for from := 0; ; {
			i := bytes.Index(b[from:], name)
			if i < 0 {
				break
			}
			at := from + i
			element := around(b, at)
			from = at + len(name)
			if element == nil {
				continue
			}
			if err := take(element); err != nil {
				return err
			}
		}
	}
	return nil
}

// wanted are the names that are looked for: a type of a record, with the quote
// that ends it so that no longer name is meant, and the beginning of a workout.
var wanted = [][]byte{
	[]byte(walkingAsymmetry + `"`),
	[]byte(runningContact + `"`), []byte(runningStride + `"`), []byte(runningSpeed + `"`), []byte(runningOscillation + `"`),
	workoutStart,
}

// around is the element that the name at the given place stands in, from its own
// tag to what closes it; nil where it stands in none.
func around(b []byte, at int) []byte {
	begin, name := at, "Workout"
	if !bytes.HasPrefix(b[at:], workoutStart) {
		if begin = bytes.LastIndexByte(b[:at], '<'); begin < 0 || !bytes.HasPrefix(b[begin:], recordStart) {
			return nil
		}
		name = "Record"
	}
	tag := tagEnd(b[begin:])
	if tag < 0 {
		return nil
	}
	if b[begin+tag-1] == '/' {
		return b[begin : begin+tag+1]
	}
	end := bytes.Index(b[begin+tag:], []byte("</"+name+">"))
	if end < 0 {
		return b[begin : begin+tag+1]
	}
	return b[begin : begin+tag+end]
}

// tagEnd is where the tag at the beginning of b ends; -1 where it does not. An
// attribute may hold what looks like its end.
func tagEnd(b []byte) int {
	quote := byte(0)
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"', c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}

// attribute is the value of an attribute in the tag at the beginning of an
// element, as it is written there; nil where there is none.
func attribute(tag []byte, name string) []byte {
	for {
		key, rest, ok := bytes.Cut(tag, []byte("="))
		if !ok {
			return nil
		}
		tag = rest
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			continue
		}
		// The value is passed over whole: it may hold what looks like an attribute.
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if before, found := bytes.CutSuffix(key, []byte(name)); found && len(before) > 0 && space(before[len(before)-1]) {
			return rest[1 : 1+end]
		}
		tag = rest[end+2:]
	}
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c < 0x20 }
