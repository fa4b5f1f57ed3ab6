package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"splneno/engine"
)

//go:embed static
var staticFiles embed.FS

// assets are the embedded files, by a name that holds the hash of the content:
// a browser may keep them for ever.
type assets struct {
	hashed  map[string]string // "style.css" → "style.0a1b2c3d.css"
	content map[string][]byte // by hashed name
}

func loadAssets() assets {
	a := assets{hashed: map[string]string{}, content: map[string][]byte{}}
	files, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		panic(err)
	}
	for _, f := range files {
		body, err := fs.ReadFile(staticFiles, "static/"+f.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(body)
		ext := path.Ext(f.Name())
		name := strings.TrimSuffix(f.Name(), ext) + "." + hex.EncodeToString(sum[:4]) + ext
		a.hashed[f.Name()], a.content[name] = name, body
	}
	return a
}

// href gives the address of an asset.
func (a assets) href(name string) (string, error) {
	hashed, ok := a.hashed[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return "/static/" + hashed, nil
}

var assetTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

func (s *site) asset(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	body, ok := s.assets.content[name]
	if !ok {
		return engine.Errorf(engine.NotFound, "there is no such file")
	}
	w.Header().Set("Content-Type", assetTypes[path.Ext(name)])
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, err := w.Write(body)
	return err
}
