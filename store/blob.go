package store

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// A packed blob is one byte with the version of its layout and a zstd frame
// with a checksum. Inside the frame stand rows as columns: all seconds, then
// all distances, and so on, each value as its difference from the one before.

// maxUnpacked bounds what a damaged blob can make us allocate. A day of
// seconds with every figure takes a tenth of it.
const maxUnpacked = 64 << 20

var errDamaged = errors.New("the packed data are damaged")

// codec compresses and decompresses. It keeps its tables and room between calls
// and lets them go when idle. The zero value is ready.
type codec struct {
	packers, decoders sync.Pool
}

// packer is what it takes to pack one blob.
type packer struct {
	encoder         *zstd.Encoder
	payload, sealed []byte
}

// pack compresses the payload that fill appends into a blob.
func (c *codec) pack(version byte, fill func([]byte) []byte) ([]byte, error) {
	p, ok := c.packers.Get().(*packer)
	if !ok {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true),
			zstd.WithWindowSize(256<<10), zstd.WithEncoderLevel(zstd.SpeedFastest))
		if err != nil {
			return nil, err
		}
		p = &packer{encoder: e}
	}
	defer c.packers.Put(p)
	p.payload = fill(p.payload[:0])
	if len(p.payload) > maxUnpacked {
		return nil, fmt.Errorf("%d bytes are too many for one run", len(p.payload))
	}
	p.sealed = p.encoder.EncodeAll(p.payload, append(p.sealed[:0], version))
	return bytes.Clone(p.sealed), nil
}

// open checks a blob and appends its payload to dst.
func (c *codec) open(version byte, blob, dst []byte) ([]byte, error) {
	if len(blob) == 0 {
		return dst, errDamaged
	}
	if blob[0] != version {
		return dst, fmt.Errorf("%w: layout %d is unknown", errDamaged, blob[0])
	}
	d, ok := c.decoders.Get().(*zstd.Decoder)
	if !ok {
		var err error
		if d, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxMemory(maxUnpacked)); err != nil {
			return dst, err
		}
	}
	defer c.decoders.Put(d)
	payload, err := d.DecodeAll(blob[1:], dst)
	if err != nil {
		return dst, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return payload, nil
}
