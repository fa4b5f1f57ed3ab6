package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	_ "image/jpeg" // the two kinds of picture a logo may be
	_ "image/png"
	"io"
	"net/http"
	"slices"
	"strings"

	"splneno/engine"
)

// maxSide is how many pixels a logo may have on a side: a browser needs memory
// for all of them.
const maxSide = 2000

// pictureType gives the media type of a picture that may be a logo, else "".
// What the browser says of a file is not asked.
func pictureType(b []byte) string {
	c, kind, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width > maxSide || c.Height > maxSide {
		return ""
	}
	return "image/" + kind
}

// uploaded gives the bytes of a file field, none when the field was left empty.
func uploaded(r *http.Request, field string) ([]byte, error) {
	return uploadedWithin(r, field, maxUpload)
}

func uploadedWithin(r *http.Request, field string, most int64) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return nil, nil
	}
	if err := r.ParseMultipartForm(most); err != nil { // all of it in memory: nothing is left behind in files
		return nil, badForm(err)
	}
	f, _, err := r.FormFile(field)
	if err != nil {
		return nil, nil
	}
	b, err := io.ReadAll(f)
	return b, errors.Join(err, f.Close())
}

// logoPath gives the address of a municipality's logo, "" where there is none.
// It holds the hash of the picture, so a browser may keep it.
func logoPath(tenant string, m engine.Municipality) string {
	if len(m.Settings.Logo) == 0 {
		return ""
	}
	return "/logo/" + tenant + "/" + logoName(m)
}

func logoName(m engine.Municipality) string {
	sum := sha256.Sum256(m.Settings.Logo)
	return hex.EncodeToString(sum[:8])
}

// logo hands a logo out to everybody: it stands on pages nobody signs in for.
func (s *site) logo(w http.ResponseWriter, r *http.Request) error {
	town := r.PathValue("tenant")
	towns, err := s.Tenants(r.Context())
	if err != nil {
		return err
	}
	if !slices.Contains(towns, town) {
		return engine.Errorf(engine.NotFound, "there is no such logo")
	}
	m, err := s.Office(town).Records.Municipality(r.Context())
	if err != nil {
		return err
	}
	if len(m.Settings.Logo) == 0 || r.PathValue("name") != logoName(m) {
		return engine.Errorf(engine.NotFound, "there is no such logo")
	}
	w.Header().Set("Content-Type", m.Settings.LogoType)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, err = w.Write(m.Settings.Logo)
	return err
}
