package docx

import (
	"archive/zip"
	"io"
	"strconv"
	"time"
)

// stamp is the time every part of a package bears: the same paper gives the
// same bytes.
var stamp = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// A pack is the package being written.
type pack struct {
	zip   *zip.Writer
	types []contentType
}

// A contentType says of what kind one part is.
type contentType struct{ part, kind string }

// part begins a part; whatever is written until the next one belongs to it.
func (p *pack) part(name string) (io.Writer, error) {
	return p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: stamp})
}

// put writes a part whole.
func (p *pack) put(name, text string) error {
	w, err := p.part(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

// A relation is one thing a part refers to.
type relation struct {
	id, kind, target string
	outside          bool // target is an address
}

// relations are what one part refers to.
type relations struct {
	list  []relation
	taken map[string]bool   // ids that are in use already
	known map[string]string // id of an address
}

const (
	relOffice  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relPackage = "http://schemas.openxmlformats.org/package/2006/relationships"
	relCore    = relPackage + "/metadata/core-properties"
	typeCore   = "application/vnd.openxmlformats-package.core-properties+xml"
	typeWord   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// add gives the id of a new relation.
func (r *relations) add(kind, target string, outside bool) string {
	for n := len(r.list) + 1; ; n++ {
		id := "rId" + strconv.Itoa(n)
		if !r.taken[id] {
			if r.taken == nil {
				r.taken = map[string]bool{}
			}
			r.taken[id] = true
			r.list = append(r.list, relation{id, kind, target, outside})
			return id
		}
	}
}

// address gives the id of the relation to an address.
func (r *relations) address(target string) string {
	if r.known[target] == "" {
		if r.known == nil {
			r.known = map[string]string{}
		}
		r.known[target] = r.add(relOffice+"hyperlink", target, true)
	}
	return r.known[target]
}

// elements gives the relations as they stand in their part.
func (r *relations) elements() string {
	s := ""
	for _, l := range r.list {
		s += `<Relationship Id="` + escaped(l.id) + `" Type="` + escaped(l.kind) + `" Target="` + escaped(l.target) + `"`
		if l.outside {
			s += ` TargetMode="External"`
		}
		s += `/>`
	}
	return s
}

func relationsPart(elements string) string {
	return xmlHead + `<Relationships xmlns="` + relPackage + `">` + elements + `</Relationships>`
}

// overrides gives the content types as they stand in their part.
func overrides(types []contentType) string {
	s := ""
	for _, t := range types {
		s += `<Override PartName="/` + t.part + `" ContentType="` + t.kind + `"/>`
	}
	return s
}
