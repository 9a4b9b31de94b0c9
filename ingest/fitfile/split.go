package fitfile

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// The header of a FIT file: its own size, versions, the size of the data, and
// the letters .FIT; then a checksum in the longer form.
const (
	shortHeader = 12
	longHeader  = 14
	dataSizeAt  = 4
	lettersAt   = 8
	crcSize     = 2
)

// maxParts bounds how many FIT files may be chained in one.
const maxParts = 100

// isFIT reports whether the bytes begin like a FIT file.
func isFIT(data []byte) bool {
	return len(data) >= shortHeader && string(data[lettersAt:shortHeader]) == ".FIT"
}

// headed returns data with the size of its header right, which some recorders
// do not write: the first message, which is a definition, tells where it ends.
func headed(data []byte) []byte {
	if data[0] == shortHeader || data[0] == longHeader {
		return data
	}
	data = bytes.Clone(data)
	data[0] = longHeader
	if len(data) > longHeader+1 && !defines(data[longHeader:]) && defines(data[shortHeader:]) {
		data[0] = shortHeader
	}
	return data
}

// defines reports whether b begins like a definition: its second byte is
// reserved.
func defines(b []byte) bool {
	return b[0]&(compressedTime|definesMessage) == definesMessage && b[1] == 0
}

// mostPadding is how many equal bytes may end a FIT file; more are the room that
// a recorder had taken on the disk and did not come to fill.
const mostPadding = 64

// unpadded returns data without such room behind it.
func unpadded(data []byte) []byte {
	for _, filler := range []string{"\x00", "\xff"} {
		n := len(bytes.TrimRight(data, filler))
		if len(data)-n <= mostPadding {
			continue
		}
		if said := partSize(data); said > int64(n) && said < int64(len(data)) && checksum(data[:said]) == 0 {
			n = int(said) // the checksum ends in such bytes as well
		}
		return data[:n]
	}
	return data
}

// notFIT says why bytes do not begin like a FIT file; empty if they do.
func notFIT(data []byte) string {
	switch {
	case len(data) == 0:
		return "it is empty"
	case !isFIT(data):
		return "it is not a FIT file"
	default:
		return ""
	}
}

// chunk is the bytes of one FIT file.
type chunk struct {
	data []byte
	// unfinished means that its recorder died before it wrote into the header how
	// long it is, or the checksum behind it: there is none.
	unfinished bool
}

// split cuts chained FIT files apart by the sizes in their headers, or by their
// messages where a header was never finished. The last part may be shorter than its
// header says. What is no FIT file ends the chain and is named, except for padding.
func split(data []byte) (parts []chunk, broken []string) {
	if fault := notFIT(data); fault != "" {
		return nil, []string{fault}
	}
	for rest := unpadded(data); len(rest) > 0; {
		switch {
		case len(parts) == maxParts:
			return parts, []string{fmt.Sprintf("more than %d FIT files are chained in it", maxParts)}
		case !isFIT(rest) && len(bytes.Trim(rest, "\x00\xff\r\n")) == 0:
			return parts, nil
		case !isFIT(rest):
			return parts, []string{fmt.Sprintf("what follows part %d is not a FIT file", len(parts))}
		}
		rest = headed(rest)
		if n := unfinishedLength(rest); n > 0 {
			parts, rest = append(parts, chunk{rest[:n], true}), following(rest[n:])
			continue
		}
		n := int(min(partSize(rest), int64(len(rest))))
		parts, rest = append(parts, chunk{rest[:n], false}), rest[n:]
	}
	return parts, nil
}

// following is the FIT file behind one that was not finished: behind its
// checksum, if it has one. What is left of a message that was cut off is none.
func following(rest []byte) []byte {
	switch {
	case isFIT(rest):
		return rest
	case len(rest) > crcSize && isFIT(rest[crcSize:]):
		return rest[crcSize:]
	default:
		return nil
	}
}

// partSize is how long the FIT file at the start of data is by its header.
func partSize(data []byte) int64 {
	return int64(data[0]) + int64(binary.LittleEndian.Uint32(data[dataSizeAt:])) + crcSize
}
