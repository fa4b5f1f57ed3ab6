package pdf

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// A tree is the structure of a document as the rules are held against it.
type tree struct {
	*doc
	pages   []point
	numbers map[int]any    // the parent tree
	pieces  map[string]int // "page/piece": how often an element claims it
	kinds   map[string]int
	links   map[int]point     // by number of a link annotation, its element
	said    map[string]string // by "page/piece", once it was read
}

// checkRules holds a file against what PDF/UA and PDF/A ask and a program can see.
func checkRules(t testing.TB, data []byte) *tree {
	t.Helper()
	d := open(t, data)
	catalog := d.dict(d.trailer["Root"])
	tr := &tree{doc: d, numbers: map[int]any{}, pieces: map[string]int{}, kinds: map[string]int{}, links: map[int]point{}, said: map[string]string{}}
	if d.dict(catalog["MarkInfo"])["Marked"] != "true" || catalog["Lang"] == "" || d.dict(catalog["ViewerPreferences"])["DisplayDocTitle"] != "true" {
		t.Errorf("the catalog: %v", catalog)
	}
	structure := d.dict(catalog["StructTreeRoot"])
	nums := d.array(d.dict(structure["ParentTree"])["Nums"])
	for i := 0; i < len(nums); i += 2 {
		if nums[i] != float64(i/2) {
			t.Fatalf("the parent tree is out of order at %d", i)
		}
		tr.numbers[i/2] = nums[i+1]
	}
	for _, k := range d.array(d.dict(catalog["Pages"])["Kids"]) {
		tr.pages = append(tr.pages, k.(point))
	}
	tr.element(structure["K"].(point), catalog["StructTreeRoot"].(point))
	for i, p := range tr.pages {
		tr.page(i, d.dict(p))
	}
	tr.metadata(catalog)
	return tr
}

// element checks an element and those in it.
func (t *tree) element(at, parent point) {
	e := t.dict(at)
	kind := string(e["S"].(pdfName))
	t.kinds[kind]++
	if e["P"] != parent {
		t.t.Errorf("%s %d names another parent", kind, at)
	}
	attr := t.dict(e["A"])
	switch {
	case kind == "TH" && attr["Scope"] == nil:
		t.t.Errorf("a heading of a table without scope")
	case kind == "Figure" && (e["Alt"] == nil || e["Alt"] == "" || len(t.array(attr["BBox"])) != 4):
		t.t.Errorf("a figure says nothing: %v", e)
	case kind == "TR" || kind == "TOC" || kind == "L" || kind == "LI":
		if len(t.array(e["K"])) == 0 {
			t.t.Errorf("an empty %s", kind)
		}
	}
	for _, k := range t.array(e["K"]) {
		switch k := k.(type) {
		case point:
			t.element(k, at)
		case float64:
			t.claim(at, e["Pg"].(point), int(k))
		case dict:
			if k["Type"] == pdfName("OBJR") {
				t.links[int(k["Obj"].(point))] = at
			} else {
				t.claim(at, k["Pg"].(point), int(k["MCID"].(float64)))
			}
		}
	}
}

// claim notes that an element has a piece, and checks that the piece knows it.
func (t *tree) claim(at, page point, piece int) {
	t.pieces[fmt.Sprint(page, "/", piece)]++
	key := int(t.dict(page)["StructParents"].(float64))
	if owners := t.array(t.numbers[key]); piece >= len(owners) || owners[piece] != at {
		t.t.Errorf("piece %d of page %d is not known to be of %d", piece, page, at)
	}
}

// page checks what is drawn on a page: nothing outside marked content, every
// piece of an element exactly once, every link described.
func (t *tree) page(i int, p dict) {
	depth, pieces := 0, 0
	for line := range bytes.Lines(t.streams[int(p["Contents"].(point))]) {
		s := string(line)
		switch {
		case strings.HasSuffix(s, "BDC\n"), strings.HasSuffix(s, "BMC\n"):
			if _, mcid, ok := strings.Cut(s, "/MCID "); ok {
				if n, _ := strconv.Atoi(mcid[:strings.IndexAny(mcid, " >")]); n != pieces {
					t.t.Errorf("piece %d of page %d after %d", n, i, pieces)
				}
				pieces++
			}
			if depth++; depth > 1 {
				t.t.Errorf("pieces in one another: %s", s)
			}
		case s == "EMC\n":
			depth--
		case depth == 0 && s != "Q\n":
			t.t.Errorf("page %d draws outside of everything: %s", i, s)
		}
	}
	owners := t.array(t.numbers[i])
	if depth != 0 || len(owners) != pieces {
		t.t.Errorf("page %d: depth %d, %d pieces of %d", i, depth, pieces, len(owners))
	}
	for n := range pieces {
		if c := t.pieces[fmt.Sprint(t.pages[i], "/", n)]; c != 1 {
			t.t.Errorf("piece %d of page %d is in %d elements", n, i, c)
		}
	}
	for _, a := range t.array(p["Annots"]) {
		note := t.dict(a)
		key, ok := note["StructParent"].(float64)
		if !ok || note["Contents"] == nil || note["Contents"] == "" || t.numbers[int(key)] != t.links[int(a.(point))] || t.links[int(a.(point))] == 0 {
			t.t.Errorf("a link nobody can tell: %v", note)
		}
	}
	t.fonts(t.dict(t.dict(p["Resources"])["Font"]))
}

func (t *tree) fonts(fonts dict) {
	for key, f := range fonts {
		font := t.dict(f)
		descriptor := t.dict(t.dict(t.array(font["DescendantFonts"])[0])["FontDescriptor"])
		if font["ToUnicode"] == nil || descriptor["FontFile2"] == nil {
			t.t.Errorf("font %s is not embedded", key)
		}
	}
}

func (t *tree) metadata(catalog dict) {
	meta := string(t.streams[int(catalog["Metadata"].(point))])
	for _, want := range []string{"<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "<dc:title>", "<dc:language>"} {
		if !strings.Contains(meta, want) {
			t.t.Errorf("the metadata do not say %s", want)
		}
	}
	profile := t.streams[int(t.dict(t.array(catalog["OutputIntents"])[0])["DestOutputProfile"].(point))]
	if u32(profile, 0) != len(profile) || string(profile[36:40]) != "acsp" {
		t.t.Errorf("the profile is %d bytes long and says %d", len(profile), u32(profile, 0))
	}
}
