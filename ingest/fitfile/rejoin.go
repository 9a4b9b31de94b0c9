package fitfile

import (
	"encoding/binary"
	"slices"
)

// How far rejoin looks, how often it is done in one file, and how many messages must
// follow each other to be believed. The numbers are ours.
const (
	furthest = 1 << 16
	mostGaps = 20
	inStep   = 8
)

// rejoin leaves out what stands before the next messages that follow each other, where
// bytes were lost or put in, as by a block of a disk; false where there are none.
func (m *messages) rejoin() bool {
	for at := m.pos + 1; m.gaps < mostGaps && at < min(len(m.data), m.pos+furthest); at++ {
		if !m.steady(at) {
			continue
		}
		m.own()
		m.gaps++
		size := binary.LittleEndian.Uint32(m.data[dataSizeAt:])
		binary.LittleEndian.PutUint32(m.data[dataSizeAt:], size-min(size, uint32(at-m.pos))) // #nosec G115 -- at most furthest
		if m.data[0] == longHeader {
			binary.LittleEndian.PutUint16(m.data[headerChecksum:], 0)
		}
		m.data = slices.Delete(m.data, m.pos, at)
		return true
	}
	return false
}

// steady reports whether messages of about the time of the first one follow each other:
// by their sizes alone any byte that is the same in all of them may begin one.
func (m *messages) steady(at int) bool {
	for range inStep {
		if at >= len(m.data) || m.data[at]&(compressedTime|definesMessage) != 0 || m.sizes[m.data[at]&localMask] == 0 {
			return false
		}
		if t := m.time(at); t == noTime || t < m.since || int64(t) > int64(m.since)+nearby {
			return false
		}
		at += m.sizes[m.data[at]&localMask]
	}
	return at <= len(m.data)
}

// time is that of the message at a place, noTime where it has none.
func (m *messages) time(at int) uint32 {
	clock := m.clock[m.data[at]&localMask]
	switch {
	case m.data[at]&(compressedTime|definesMessage) != 0 || clock == 0 || at+clock+timeSize > len(m.data):
		return noTime
	case m.order == bigEndian:
		return binary.BigEndian.Uint32(m.data[at+clock:])
	default:
		return binary.LittleEndian.Uint32(m.data[at+clock:])
	}
}
