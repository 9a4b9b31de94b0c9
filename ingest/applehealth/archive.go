package applehealth

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/zip"

	"gaitkeeper/internal/plainfile"
)

// export is an opened export: the XML in an archive, or a file of its own.
type export struct {
	io.Reader
	close func() error
	size  int64 // unpacked, 0 where it is not known
}

// headSize is how much of a file is needed to tell whether it is an export: the
// description of the document may stand before it.
const headSize = 64 << 10

// isExport reports whether bytes are the beginning of an export.
func isExport(head []byte) bool {
	return bytes.Contains(head, []byte("<!DOCTYPE HealthData")) || bytes.Contains(head, []byte("<HealthData"))
}

// open opens the export in a file, which may be an archive; nil where there is
// none in it.
func open(file string) (*export, error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".zip":
		return openArchive(file)
	case ".xml":
		f, err := plainfile.Open(file)
		if err != nil {
			return nil, err
		}
		size := int64(0)
		if info, err := f.Stat(); err == nil {
			size = info.Size()
		}
		return confirmed(f, size, f.Close)
	default:
		return nil, nil
	}
}

// The most bytes and members of the directory of an export: a route is a member.
const (
	mostDirectory = 16 << 20
	mostMembers   = 100_000
)

// openArchive opens the largest XML file of an archive that may be the export: its
// name depends on the language of the phone.
func openArchive(file string) (*export, error) {
	f, err := plainfile.Open(file)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	z, err := plainfile.Zip(f, info.Size(), mostDirectory, mostMembers)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	var best *zip.File
	for _, m := range z.File {
		if mayBeExport(m.Name) && (best == nil || m.UncompressedSize64 > best.UncompressedSize64) {
			best = m
		}
	}
	if best == nil {
		return nil, f.Close()
	}
	r, err := best.Open()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return confirmed(r, int64(best.UncompressedSize64), func() error { //nolint:gosec // shown as a share only
		return errors.Join(r.Close(), f.Close())
	})
}

// mayBeExport reports whether a member of an archive may be the export by its
// name.
func mayBeExport(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	folders := strings.Split(path.Dir(name), "/")
	for _, other := range []string{"electrocardiograms", "clinical-records", "workout-routes", "__macosx"} {
		if slices.Contains(folders, other) {
			return false
		}
	}
	base := path.Base(name)
	return strings.HasSuffix(base, ".xml") && !strings.Contains(base, "cda") && !strings.HasPrefix(base, ".")
}

// confirmed looks at the beginning of r, and closes it where it is no export.
func confirmed(r io.Reader, size int64, closeAll func() error) (*export, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, errors.Join(err, closeAll())
	}
	if !isExport(head[:n]) {
		return nil, closeAll()
	}
	return &export{Reader: io.MultiReader(bytes.NewReader(head[:n]), r), close: closeAll, size: size}, nil
}

// Among parts the paths that a person named into exports of Apple Health and all
// others. A folder is both: either may lie in it.
func Among(paths []string) (exports, others []string) {
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil && info.IsDir() {
			if len(below(p)) > 0 {
				exports = append(exports, p)
			}
			others = append(others, p)
			continue
		}
		if holdsExport(p) {
			exports = append(exports, p)
		} else {
			others = append(others, p)
		}
	}
	return exports, others
}

// holdsExport reports whether a file is an export or an archive with one.
func holdsExport(file string) bool {
	e, err := open(file)
	if err != nil || e == nil {
		return false
	}
	_ = e.close() // only looked at
	return true
}

// below are the exports in a folder and in all below it.
func below(dir string) []string {
	var found []string
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") && holdsExport(p) {
			found = append(found, p)
		}
		return nil // what cannot be read is the import's of FIT files to report
	})
	return found
}
