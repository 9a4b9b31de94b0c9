package fitfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"gaitkeeper/ingest"

	"github.com/muktihari/fit/decoder"
	"github.com/tormoder/fit"
)

// The kinds that matter, and that of an activity in which nothing happened.
const (
	kindActivity  = "activity"
	emptyActivity = "empty activity"
)

// gate asks tormoder/fit what one FIT file is, as a kind in plain words (empty
// when it cannot tell, or the recorder did not say), and says what is wrong with
// it as a whole. mended are its bytes as they will be read.
func gate(c chunk, mended []byte) (kind, fault string) {
	var what fit.FileIdMsg
	err := guard(func() error {
		_, id, err := fit.DecodeHeaderAndFileID(bytes.NewReader(mended))
		what = id
		return err
	})
	if err == nil && says(what.Type) {
		kind = ingest.PlainName(what.Type.String())
		if strings.HasPrefix(kind, "monitoring") { // there are three sorts of it
			kind = "monitoring"
		}
	}
	if c.unfinished { // it never had a checksum
		return kind, ""
	}
	data := c.data
	err = guard(func() error { return fit.CheckIntegrity(bytes.NewReader(data), true) })
	switch {
	case err != nil && data[1]>>4 <= newestProtocol: // of a newer one it knows nothing
		fault = reason(err)
	case int64(len(data)) < partSize(data):
		fault = "the file breaks off"
	case checksum(data) != 0 && !unsummed(data):
		fault = changed
	}
	return kind, fault
}

// newestProtocol is the major version of FIT that the libraries know.
const newestProtocol = 2

// unsummed reports whether the recorder left the checksum at 0 behind messages
// that are whole.
func unsummed(data []byte) bool {
	end := len(data) - crcSize
	return data[end] == 0 && data[end+1] == 0 && reach(data) == end
}

// says reports whether the type of a file says what it is: 0 was never filled
// in, and those that a manufacturer chose may hold anything.
func says(t fit.FileType) bool { return t != 0 && t < fit.FileTypeMfgRangeMin }

// guard runs read and turns a panic of a library into an error.
func guard(read func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errMangled, p)
		}
	}()
	return read()
}

// changed is what is wrong with a file whose checksum, or that of its header,
// does not hold.
const changed = "its checksum is wrong: bytes were changed on the way"

// What can be wrong with a file beyond what the libraries say.
var (
	errMangled  = errors.New("the file is mangled")
	errOverfull = errors.New("there is more in it than a watch can write")
)

// reason says in plain words what a library found wrong.
func reason(err error) string {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "EOF"):
		return "the file breaks off"
	case strings.Contains(err.Error(), "header checksum"):
		return changed
	case errors.Is(err, decoder.ErrNotFITFile), strings.Contains(err.Error(), "header"):
		return "it is not a FIT file"
	case errors.Is(err, errMangled):
		return errMangled.Error()
	case errors.Is(err, errOverfull):
		return errOverfull.Error()
	default:
		return "a part of it is not FIT: " + strings.Join(strings.Fields(err.Error()), " ")
	}
}

// checksum is FIT's, a CRC-16, over a file that ends with its own: 0 where it is
// whole. It goes by bytes, where the libraries go by half bytes.
func checksum(data []byte) (sum uint16) {
	for _, b := range data {
		sum = sum>>8 ^ checksums[byte(sum)^b]
	}
	return sum
}

// checksums are those of each byte.
var checksums = func() (of [256]uint16) {
	for b := range of {
		sum := uint16(b)
		for range 8 {
			odd := sum & 1
			sum = sum>>1 ^ odd*0xA001
		}
		of[b] = sum
	}
	return of
}()
