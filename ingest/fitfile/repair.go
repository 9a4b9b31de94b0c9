package fitfile

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"

	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/factory"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/profile/untyped/fieldnum"
	"github.com/muktihari/fit/profile/untyped/mesgnum"
	"github.com/muktihari/fit/proto"
)

// The libraries refuse a whole file for one wrong byte. What follows goes over the messages of a FIT file by their
// sizes alone, and corrects, in a copy, what can only mean one thing: the size of the data in the header of a recorder
// that died, a base type without its flag or none at all (where a developer field is described, too), an architecture
// that is neither of the two, a number of more bytes than the profile gives it, bytes between the messages
// that are none ([messages.rejoin]). Nothing that was measured is touched.

// The first byte of a message, and where things stand in a definition.
const (
	compressedTime = 0x80
	definesMessage = 0x40
	definesOwn     = 0x20 // developer fields, too
	localMask      = 0x0F

	architectureAt = 2
	numberAt       = 3
	countAt        = 5
	fieldsAt       = 6
	fieldSize      = 3
	sizeInField    = 1
	typeInField    = 2
	timeSize       = 4

	bigEndian       = 1
	headerChecksum  = 12      // where it stands in the long header; 0 is "none"
	mostNumbers     = 1 << 10 // the profile's messages have smaller numbers
	manufacturersOf = 0xFF00  // those of manufacturers have larger ones
	unfinishedSize  = math.MaxUint32
)

// messages goes over the messages of one FIT file.
type messages struct {
	data  []byte
	pos   int
	sizes [localMask + 1]int // of a data message with its first byte; 0: not defined
	types [localMask + 1]int // where in it a developer field's base type stands; 0: nowhere
	wide  [localMask + 1][]wideNumber
	order byte               // the architecture of the last definition
	mend  bool               // put right what is wrong, in a copy
	ours  bool               // data is that copy
	clock [localMask + 1]int // where its time stands; 0: nowhere
	since uint32             // the first time of a message
	gaps  int                // left out by rejoin
	cut   bool               // the message behind the last whole one is known, and cut off
}

// wideNumber is one of a big-endian message, in size bytes at so many behind its begin,
// of which the profile knows the last few alone: the library would read the first.
type wideNumber struct{ at, size, profile int }

// messagesOf goes over the messages behind the header of data, which may be cut
// off in it.
func messagesOf(data []byte) messages {
	return messages{data: data, pos: min(int(data[0]), len(data))}
}

// next steps over a message; false at the end, before a message that is cut
// off, and where no message can be.
func (m *messages) next() bool {
	rest := m.data[m.pos:]
	if len(rest) == 0 {
		return false
	}
	local, described := rest[0]&localMask, 0
	var wide []wideNumber
	if rest[0]&compressedTime != 0 {
		local = rest[0] >> 5 & 3
	}
	size := m.sizes[local]
	if defines := rest[0]&(compressedTime|definesMessage) == definesMessage; defines {
		size = m.definition(rest)
		m.cut = size == 0
	} else {
		described, wide = m.types[local], m.wide[local]
		m.cut = size > len(rest)
	}
	if m.cut || size == 0 {
		return false
	}
	if described > 0 && !basetype.BaseType(rest[described]).Valid() {
		m.put(described, meant(rest[described]))
	}
	for _, n := range wide {
		for i := range n.profile {
			m.put(n.at+i, rest[n.at+n.size-n.profile+i])
		}
	}
	if t := m.time(m.pos); m.since == 0 && t != noTime {
		m.since = t
	}
	m.pos += size
	return true
}

// definition notes how long the messages are that a definition announces, and
// returns its own length; 0 where it is cut off.
func (m *messages) definition(b []byte) int {
	if len(b) < fieldsAt {
		return 0
	}
	size, of, described := fieldsAt+fieldSize*int(b[countAt]), 1, 0
	if len(b) < size {
		return 0
	}
	if b[architectureAt] > bigEndian {
		m.put(architectureAt, m.likely(b))
	}
	m.order = m.data[m.pos+architectureAt]
	var wide []wideNumber
	clock := 0
	for at := fieldsAt; at < size; at += fieldSize {
		if b[at] == proto.FieldNumTimestamp && b[at+sizeInField] == timeSize {
			clock = of
		}
		if n := m.wider(b, b[at:at+fieldSize]); n > 0 {
			wide = append(wide, wideNumber{of, int(b[at+sizeInField]), n})
		}
		if b[at] == fieldnum.FieldDescriptionFitBaseTypeId && b[at+sizeInField] == 1 && holdsByte(b[at+typeInField]) {
			described = of
		}
		of += int(b[at+sizeInField])
		if t := b[at+typeInField]; !basetype.BaseType(t).Valid() {
			m.put(at+typeInField, meant(t))
		}
	}
	if b[0]&definesOwn != 0 {
		if len(b) <= size {
			return 0
		}
		fields := size + 1
		size = fields + fieldSize*int(b[size])
		if len(b) < size {
			return 0
		}
		for at := fields; at < size; at += fieldSize {
			of += int(b[at+sizeInField])
		}
	}
	switch describes := m.number(b) == uint16(mesgnum.FieldDescription); {
	case !describes:
		described = 0
	case described == 0: // without a type it describes nothing: no message has this number
		m.put(numberAt, 0xFE)
		m.put(numberAt+1, 0xFE)
	}
	local := b[0] & localMask
	m.sizes[local], m.types[local], m.wide[local], m.clock[local] = of, described, wide, clock
	return size
}

// wider is how many bytes the profile gives a number that has more of them in a
// big-endian message; 0 for any other field.
func (m *messages) wider(definition, field []byte) int {
	written, size := basetype.BaseType(field[typeInField]), field[sizeInField]
	if m.order != bigEndian || !m.mend || !written.Valid() || written.Size() != size {
		return 0
	}
	known := factory.StandardFactory().CreateField(typedef.MesgNum(m.number(definition)), field[0])
	if known.Name == factory.NameUnknown || known.BaseType == basetype.String || known.BaseType.Size() >= size {
		return 0
	}
	return int(known.BaseType.Size())
}

// holdsByte reports whether a base type holds the number of one.
func holdsByte(t byte) bool {
	b := basetype.BaseType(t)
	return b == basetype.Enum || b == basetype.Uint8 || b == basetype.Uint8z
}

// number is that of the message that a definition defines.
func (m *messages) number(b []byte) uint16 {
	if m.order == bigEndian {
		return binary.BigEndian.Uint16(b[numberAt:])
	}
	return binary.LittleEndian.Uint16(b[numberAt:])
}

// put writes a byte of the message at hand, in a copy.
func (m *messages) put(at int, v byte) {
	if !m.mend {
		return
	}
	m.own()
	m.data[m.pos+at] = v
}

func (m *messages) own() {
	if !m.ours {
		m.data, m.ours = bytes.Clone(m.data), true
	}
}

// meant is the base type of a byte that is none: the number in its lower bits
// tells which, and the flag for more than one byte follows from that.
func meant(t byte) byte {
	const number = basetype.BaseTypeNumMask
	known := basetype.List()
	if i := slices.IndexFunc(known, func(k basetype.BaseType) bool { return byte(k)&number == t&number }); i >= 0 {
		return byte(known[i])
	}
	return byte(basetype.Byte)
}

// likely is the architecture by which the number of the message is one that
// exists; that of the last definition where both are.
func (m *messages) likely(b []byte) byte {
	exists := func(n uint16) bool { return n < mostNumbers || n >= manufacturersOf }
	little, big := exists(binary.LittleEndian.Uint16(b[numberAt:])), exists(binary.BigEndian.Uint16(b[numberAt:]))
	switch {
	case little == big:
		return m.order & bigEndian
	case big:
		return bigEndian
	default:
		return 0
	}
}

// reach returns how far the messages of the FIT file at the start of data go,
// whatever its header says: to the end of data, except for a message cut off or
// a checksum, or to the header of the next file. It is 0 where something else
// stands among them.
func reach(data []byte) int {
	m := messagesOf(data)
	begin := m.pos
	for m.next() {
		if isFIT(data[m.pos:]) {
			return m.pos
		}
	}
	rest := data[m.pos:]
	if end := len(rest) <= crcSize || m.cut || isFIT(rest[crcSize:]); !end || m.pos == begin {
		return 0
	}
	return m.pos
}

// unfinishedLength is how long the FIT file at the start of data is where its
// recorder did not come to its end: the header says nothing, or less than lies
// behind it, or only the checksum is missing. It is 0 for any other.
func unfinishedLength(data []byte) int {
	size := binary.LittleEndian.Uint32(data[dataSizeAt:])
	said := partSize(data)
	switch {
	case size == 0 || size == unfinishedSize:
		if n := reach(data); n > 0 {
			return n
		}
		return len(data) // something else stands in it, and is read up to that
	case said == int64(len(data))+crcSize:
		if reach(data) == len(data) {
			return len(data)
		}
		return 0
	case said >= int64(len(data)), isFIT(data[said:]), checksum(data[:said]) == 0:
		return 0
	}
	if n := reach(data); int64(n) > said {
		return n
	}
	return 0
}

// repaired returns the bytes of one FIT file as the libraries take them.
// unfinished reports whether its header says nothing of its length.
func repaired(data []byte, unfinished bool) []byte {
	m := messagesOf(data)
	m.mend = true
	if unfinished {
		m.data, m.ours = append(bytes.Clone(data), make([]byte, crcSize)...), true
		binary.LittleEndian.PutUint32(m.data[dataSizeAt:], uint32(len(data)-int(data[0]))) // #nosec G115 -- at most the limit of a file
		if data[0] == longHeader {
			binary.LittleEndian.PutUint16(m.data[headerChecksum:], 0)
		}
	}
	for {
		if !m.next() && !m.rejoin() {
			return m.data
		}
	}
}
