package docx

import (
	"encoding/json"
	"encoding/xml"
	"path"
	"strings"

	"splneno/engine"
)

// Read reads a document that was made here, whoever has saved it since. Its
// error is Invalid for any other file.
func Read(data []byte) (Content, error) {
	var c Content
	o, err := open(data)
	if err != nil {
		return c, err
	}
	carried, err := o.carried()
	if err != nil {
		return c, err
	}
	if carried["data"] != "" {
		if c.Data, err = unpacked(carried["data"]); err != nil {
			return c, err
		}
	}
	written, err := unpacked(carried["text"])
	if err != nil {
		return c, err
	}
	if json.Unmarshal(written, &c.Written) != nil {
		return c, errCarried
	}
	if carried["seal"] != "" {
		if c.Seal, err = unpacked(carried["seal"]); err != nil {
			return c, err
		}
	}
	c.Message = message(c.Data, written)
	now, beside, err := o.paragraphs()
	if err != nil {
		return c, err
	}
	var known []string
	c.Written, known = apart(c.Written)
	c.Now, c.Beside = now, strangers(beside, known, c.Written)
	return c, nil
}

// mayCarry reports whether a part may be one a document carries things in.
func mayCarry(name string) bool {
	return strings.EqualFold(path.Dir(name), "customXml") && strings.HasSuffix(strings.ToLower(name), ".xml")
}

// carried finds what a document carries, by the names of its elements.
func (o opened) carried() (map[string]string, error) {
	for _, f := range o.files {
		if !mayCarry(f.Name) {
			continue
		}
		raw, err := o.read(f.Name)
		if err != nil {
			return nil, err
		}
		if found, err := elements(f.Name, raw); err == nil && found["text"] != "" {
			return found, nil
		}
	}
	return nil, engine.Errorf(engine.Invalid, "the Word document was not made here, or what it carried was taken out of it")
}

// elements joins the text of the elements of our namespace, by name.
func elements(part string, raw []byte) (map[string]string, error) {
	found, open := map[string]*strings.Builder{}, ""
	err := walk(part, raw, func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			if open = ""; t.Name.Space == nsOurs {
				open = t.Name.Local
			}
		case xml.EndElement:
			open = ""
		case xml.CharData:
			if open == "" {
				break
			}
			if found[open] == nil {
				found[open] = &strings.Builder{}
			}
			found[open].Write(t)
		}
	})
	out := map[string]string{}
	for name, b := range found {
		out[name] = b.String()
	}
	return out, err
}
