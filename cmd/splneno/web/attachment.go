package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"splneno/engine"
	"splneno/engine/czech"
)

// filePolicy is the policy of what a stranger sent: it is taken away, never
// shown, and should a browser show it all the same, nothing in it works.
const filePolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"

// inboundFile hands out an attachment of a mail.
func (s *site) inboundFile(v visit) error {
	id, err := mailID(v)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(v.r.PathValue("n"))
	if err != nil {
		return engine.Errorf(engine.NotFound, "a mail has no such attachment")
	}
	f, data, err := v.office.Evidence(v.r.Context(), id, n)
	if f.Problem == engine.FileInfected {
		return s.refuse(v)
	}
	if err != nil {
		return err
	}
	return handOut(v, f.Name, data)
}

// inboundOriginal hands out a mail as it came, its attachments in it.
func (s *site) inboundOriginal(v visit) error {
	in, err := inbound(v)
	if err != nil {
		return err
	}
	if in.Mail.Infected() {
		return s.refuse(v)
	}
	return handOut(v, "zprava.eml", in.Raw)
}

func (s *site) refuse(v visit) error {
	return s.show(v.w, v.r, http.StatusForbidden, "trouble", trouble{Code: string(engine.FileInfected), Status: http.StatusForbidden})
}

// handOut sends a file to be saved. Whatever it says it is, the browser is told
// nothing of it.
func handOut(v visit, name string, data []byte) error {
	h := v.w.Header()
	h.Set("Content-Security-Policy", filePolicy)
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", disposition(name))
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_, err := v.w.Write(data)
	return err
}

// A fileList is attachments with the mail they came in.
type fileList struct {
	Mail  string
	Files []engine.File
}

// maxFileName is how long the name of a file handed out may be, in characters.
const maxFileName = 150

// disposition names a file to be saved (RFC 6266): in plain ASCII for old
// programs, and as it is. The name is a stranger's: no folder, no quote and no
// line end of it gets into the header.
func disposition(name string) string {
	name = strings.NewReplacer("/", "_", `\`, "_").Replace(printable(name))
	if r := []rune(name); len(r) > maxFileName {
		name = string(r[len(r)-maxFileName:]) // the end tells what it is
	}
	if name = strings.Trim(name, ". "); name == "" {
		name = "priloha"
	}
	plain := strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".-_", r)) {
			return r
		}
		return '_'
	}, czech.Fold(name))
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
