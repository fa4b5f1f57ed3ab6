package document

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
)

// bundleFormat names the files a town delivers to its region.
const bundleFormat = "splneno bundle 1"

// bundleFile is such a file.
type bundleFile struct {
	Format     string            `json:"format"`
	Name       string            `json:"name"`
	District   string            `json:"district"`
	Region     string            `json:"region"`
	Seal       engine.Seal       `json:"seal"`
	Evaluation engine.Evaluation `json:"evaluation"`
}

// WriteBundle makes the file a town delivers to its region.
func (*Maker) WriteBundle(b engine.Bundle) (engine.Attachment, error) {
	name := "bundle-" + czech.Slug(b.Name) + "-" + czech.Slug(b.Evaluation.Period.ID)
	if b.Evaluation.Number > 1 {
		name += "-" + strconv.Itoa(b.Evaluation.Number)
	}
	data, err := json.Marshal(bundleFile{bundleFormat, b.Name, b.District, b.Region, b.Seal, b.Evaluation.Told()})
	return engine.Attachment{Name: name + ".json", Type: "application/json", Data: append(data, '\n')}, err
}

var errNoBundle = engine.Errorf(engine.Invalid, "this is no file a town delivers to its region; those are made by: splneno bundle make")

// ReadBundle reads such a file. Its error is Invalid for any other file; whether
// the seal fits is not asked.
func (*Maker) ReadBundle(data []byte) (engine.Bundle, error) {
	var f bundleFile
	if !bytes.Contains(data[:min(len(data), 100)], []byte(bundleFormat)) {
		return engine.Bundle{}, errNoBundle
	}
	if err := checkBounds(data); err != nil {
		return engine.Bundle{}, err
	}
	if err := json.Unmarshal(data, &f); err != nil || f.Format != bundleFormat {
		return engine.Bundle{}, errNoBundle
	}
	f.Evaluation.MadeAt, f.Evaluation.Version = time.Time{}, 0                                                                     // no seal covers them
	return engine.Bundle{Name: f.Name, District: f.District, Region: f.Region, Seal: f.Seal, Evaluation: f.Evaluation.Told()}, nil // words beside a hash nobody sealed
}
