package document

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"splneno/engine"
)

//go:embed templates/catalogue.jsonld
var catalogueText string

// catalogueRecord is the record of a set of data as the Czech national catalogue
// reads it (DCAT-AP-CZ): its names are the ones of that norm.
var catalogueRecord = template.Must(template.New("catalogue.jsonld").Funcs(template.FuncMap{
	"json": func(v any) (string, error) {
		b, err := json.Marshal(v)
		return string(b), err
	},
}).Parse(catalogueText))

// A record is what the catalogue is told.
type record struct {
	IRI, Address, Title, Description, Municipality, Territory, Version string
	Start, End, Issued                                                 engine.Date
	Keywords                                                           []string
	Personal                                                           bool // somebody is named
	Files                                                              []recordFile
}

type recordFile struct{ IRI, URL, Title, Media, Format, Schema string }

// catalogue writes the record of what is published. Without an address there is
// nothing to point at: that is Invalid.
func (m *Maker) catalogue(p engine.Print) ([]byte, error) {
	e := p.Evaluation
	if p.Address == "" {
		return nil, engine.Errorf(engine.Invalid, "an evaluation that is not published anywhere has no record in a catalogue")
	}
	base := p.Address + fileName(e)
	r := record{IRI: base + endCatalogue, Address: p.Address, Municipality: e.Municipality, Territory: e.Territory, Version: strconv.Itoa(e.Number),
		Title:       fmt.Sprintf(m.words["catalogue.title"], e.PlanTitle, e.Period.ID),
		Description: fmt.Sprintf(m.words["catalogue.description"], e.Period.ID, e.PlanTitle, e.Municipality, e.Number),
		Start:       e.Period.Start, End: e.Period.End, Issued: m.dayOf(e.FrozenAt), Keywords: strings.Split(m.words["catalogue.keywords"], "; "),
		Personal: slices.ContainsFunc(e.Rows(), func(r engine.ActivityResult) bool { return r.ApprovedBy != "" })}
	schema := p.Address
	if i := strings.LastIndex(schema, "/obec/"); i >= 0 { // the pages of towns; the schema stands beside them
		schema = schema[:i]
	}
	schema = strings.TrimSuffix(schema, "/") + "/schema/evaluation.json"
	for _, f := range []struct{ end, format, media, schema string }{
		{".csv", "CSV", "text/csv", ""}, {".json", "JSON", "application/json", schema}, {".xlsx", "XLSX", typeXLSX, ""},
	} {
		r.Files = append(r.Files, recordFile{IRI: r.IRI + "#" + strings.ToLower(f.format), URL: base + f.end, Title: f.format,
			Media: "http://www.iana.org/assignments/media-types/" + f.media, Format: "http://publications.europa.eu/resource/authority/file-type/" + f.format, Schema: f.schema})
	}
	var b bytes.Buffer
	err := catalogueRecord.Execute(&b, r)
	return b.Bytes(), err
}
