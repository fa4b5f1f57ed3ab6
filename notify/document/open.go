package document

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"

	"splneno/engine"
	"splneno/notify/paper"
	"splneno/notify/paper/docx"
	"splneno/notify/paper/html"
	"splneno/notify/paper/pdf"
)

// maxFile is the largest file that is opened.
const maxFile = 128 << 20

// A Found is a document of ours that was opened again: what it is, and what of
// it still fits.
type Found struct {
	Name       string
	Kind       string            // docx, pdf, html, xlsx, csv, json
	Evaluation engine.Evaluation // of a CSV its state, number and hash alone
	Digest     string            // of what the file says; "" of a CSV
	Seal       *engine.Seal      // on the evaluation, nil for none
	Faults     []Fault           // what does not fit, none for nothing
	Changes    []Change          // what was changed by hand where people read it
	Compared   bool              // what people read was compared with what it was made of

	table []byte // a CSV, to be held against an evaluation beside it
	claim string // digest of the evaluation it says it is of
}

// A Fault is something about a document that does not fit.
type Fault string

// The faults.
const (
	FaultDigest  Fault = "digest"  // what the file carries is not what was put into it
	FaultHash    Fault = "hash"    // what it carries is not what was approved
	FaultSeal    Fault = "seal"    // the seal is not of this evaluation
	FaultNoSeal  Fault = "no_seal" // approved, and nobody vouches for it
	FaultFile    Fault = "file"    // the file was changed after it was made
	FaultChanged Fault = "changed" // somebody changed what people read
	FaultAlone   Fault = "alone"   // a CSV without the evaluation it is of
	FaultVersion Fault = "version" // a workbook whose cells this program cannot compare
)

// A Change is something people read that was changed by hand.
type Change struct {
	Where         string // a cell; "" in a text
	Before, After string
}

// State says how far the evaluation of the file is: draft, approved or public.
func (f Found) State() string {
	if f.Evaluation.Publicized {
		return "public"
	}
	return string(f.Evaluation.State)
}

func (f *Found) fault(fault Fault) { f.Faults = append(f.Faults, fault) }

// Open recognises a file of ours by what is in it. It needs nothing but the
// file, and believes nothing in it. Its error is Invalid for any other file.
func (m *Maker) Open(name string, data []byte) (Found, error) {
	f := Found{Name: name}
	if len(data) > maxFile {
		return f, engine.Errorf(engine.Invalid, "%s has %d MB; documents of ours have %d at most", filepath.Base(name), len(data)>>20, maxFile>>20)
	}
	var err error
	switch f.Kind = kindOf(data); f.Kind {
	case "pdf":
		var c paper.Carried
		if c, err = pdf.Read(data); err == nil {
			err = f.carriedBy(c)
		}
	case "html":
		var c paper.Carried
		if c, err = html.Read(data); err == nil {
			err = f.carriedBy(c)
		}
	case "docx":
		var c docx.Content
		if c, err = docx.Read(data); err == nil {
			err = f.carriedBy(c.Carried)
			f.text(c)
		}
	case "xlsx":
		err = m.openBook(&f, data)
	case "json":
		err = f.take(data)
	case "csv":
		err = m.openTable(&f, data)
	default:
		err = engine.Errorf(engine.Invalid, "it is no document of ours; they are docx, pdf, html, xlsx, csv or json")
	}
	return f, err
}

// kindOf tells kinds of file apart by their content.
func kindOf(data []byte) string {
	start := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 4096)], []byte("\ufeff")), " \r\n\t")
	switch {
	case bytes.HasPrefix(start, []byte("%PDF-")):
		return "pdf"
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return kindOfZip(data)
	case bytes.HasPrefix(start, []byte("{")):
		return "json"
	case bytes.HasPrefix(start, []byte("<")):
		return "html"
	case bytes.ContainsAny(start, ",;") && bytes.IndexByte(start, 0) < 0:
		return "csv"
	}
	return ""
}

func kindOfZip(data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ""
	}
	for _, part := range z.File {
		switch {
		case strings.HasPrefix(part.Name, "word/"):
			return "docx"
		case strings.HasPrefix(part.Name, "xl/"):
			return "xlsx"
		}
	}
	return ""
}

// take reads the evaluation and says whether digest, hash and seal fit it.
func (f *Found) take(data []byte) error {
	j, err := readJSON(data)
	if err != nil {
		return err
	}
	e := j.value()
	if f.Digest, err = e.Digest(); err != nil {
		return err
	}
	f.Evaluation, f.Seal = e, j.Seal
	if j.Digest != "" && j.Digest != f.Digest || j.Frozen != nil && j.Frozen.Number != j.Number || !e.WordsFit() {
		f.fault(FaultDigest)
	}
	approved := e.State == engine.EvaluationApproved
	if approved && !e.Publicized && e.Hash != f.Digest {
		f.fault(FaultHash)
	}
	switch {
	case f.Seal == nil && approved:
		f.fault(FaultNoSeal)
	case f.Seal != nil && f.Seal.Check(statement(e, f.Digest)) != nil:
		f.fault(FaultSeal)
	}
	return nil
}

// carriedBy takes what a document carries, and holds the seal of the file
// against it: it must be of the same key as that of the evaluation.
func (f *Found) carriedBy(c paper.Carried) error {
	if err := f.take(c.Data); err != nil {
		return err
	}
	if f.Seal == nil {
		return nil // a draft; or said already
	}
	var seal engine.Seal
	if json.Unmarshal(c.Seal, &seal) != nil || seal.Key != f.Seal.Key || seal.Check(c.Message) != nil {
		f.fault(FaultFile)
	}
	return nil
}

// text says which paragraphs of a Word document are not as we wrote them.
func (f *Found) text(c docx.Content) {
	f.Compared = true
	written, now := squeezed(c.Written), squeezed(c.Now)
	for _, p := range align(texts(written), texts(now)) {
		if !p.same {
			f.Changes = append(f.Changes, Change{Before: at(written, p.a), After: at(now, p.b)})
		}
	}
	for _, text := range c.Beside {
		f.Changes = append(f.Changes, Change{After: text})
	}
	if len(f.Changes) > 0 && f.Evaluation.State == engine.EvaluationApproved {
		f.fault(FaultChanged)
	}
}
