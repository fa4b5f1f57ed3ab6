package web

import (
	"context"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/notify/document"
)

// publicBytes is how many bytes of made documents are kept, for all towns.
const publicBytes = 32 << 20

// A publicPaper is a document as it is handed out, with the tag of its bytes: to
// work that out for each of a crowd would cost more than to send it.
type publicPaper struct {
	engine.Attachment
	tag string
}

// publicFile gives out one document of what is published. It is made once for
// all who ask.
func (s *site) publicFile(v publicVisit, pub publication, name string) error {
	known := v.office.Documents.Names(pub.Head)
	if !slices.ContainsFunc(known, func(a engine.Attachment) bool { return a.Name == name && paperOf(a).Group != "council" }) {
		return errUnpublished
	}
	if asked := v.r.URL.Query().Get("cislo"); asked != "" && asked != strconv.Itoa(pub.Head.Number) {
		return errUnpublished // an older number is not for everybody any more
	}
	d, err := s.papers.get(v.r.Context(), pub.key+" "+name, v.office.Now(), func(ctx context.Context) (publicPaper, error) {
		e, err := publishedWhole(ctx, v.office, pub)
		if err != nil {
			return publicPaper{}, err
		}
		print, err := v.office.PublicPrint(ctx, e)
		if err != nil {
			return publicPaper{}, err
		}
		d, err := v.office.Documents.Document(print, name)
		return publicPaper{d, tagOf(d.Data)}, err
	})
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Security-Policy", paperPolicy)
	if !shownInside(d.Attachment) {
		v.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
	}
	return handTagged(v, d.Type, d.tag, pub.Season.PublishedAt, d.Data)
}

// shownInside reports whether a browser shows the document itself: pages, and
// data that other programs read at its address.
func shownInside(d engine.Attachment) bool {
	return isHTML(d) || strings.HasSuffix(d.Name, ".json") || strings.HasSuffix(d.Name, ".jsonld")
}

// publicSchema gives the description of the open data, which their own files
// name.
func (s *site) publicSchema(w http.ResponseWriter, r *http.Request) error {
	if r.PathValue("name") != "evaluation.json" {
		return engine.Errorf(engine.NotFound, "there is no such schema")
	}
	w.Header().Set("Content-Type", "application/schema+json")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	_, err := w.Write(document.Schema())
	return err
}
