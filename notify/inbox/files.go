package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"splneno/engine"
)

// maxFile is the largest attachment that may serve as evidence.
const maxFile = 15 << 20

// maxLogo is the largest picture inside a text that is taken for decoration.
const maxLogo = 20_000

// files says of every attachment whether it may serve as evidence.
func (r *Reader) files(ctx context.Context, msg message) (out []engine.File) {
	html := slices.ContainsFunc(msg.parts, func(p part) bool { return p.kind == "text/html" && p.name == "" })
	for i, p := range msg.parts {
		if p.name == "" || html && decoration(p) {
			continue
		}
		hash := sha256.Sum256(p.data)
		out = append(out, engine.File{
			Part: i, Name: p.name, Type: p.kind, Size: len(p.data), Hash: hex.EncodeToString(hash[:]), Problem: r.problem(ctx, p),
		})
	}
	return out
}

// File gives the bytes of an attachment, by its place among the parts. It is
// NotFound when there is none. The bytes are those of a stranger.
func (r *Reader) File(in engine.Inbound, n int) (data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = engine.Errorf(engine.Invalid, "the attachments of this mail cannot be read; download the whole mail")
		}
	}()
	parts := takeApart(in.Raw).parts
	if n < 0 || n >= len(parts) || parts[n].name == "" {
		return nil, engine.Errorf(engine.NotFound, "this mail has no attachment %d", n)
	}
	return parts[n].data, nil
}

// decoration reports whether a part is a picture of the text itself, such as
// the logo in a signature.
func decoration(p part) bool {
	disposition, _ := parameters(first(p.fields, "Content-Disposition").raw)
	return strings.HasPrefix(p.kind, "image/") && len(p.data) < maxLogo && disposition != "attachment" && first(p.fields, "Content-Id").raw != ""
}

// problem says why an attachment may not serve as evidence, "" when it may.
func (r *Reader) problem(ctx context.Context, p part) engine.FileProblem {
	switch {
	case p.kind == "application/ms-tnef" || p.kind == "application/vnd.ms-tnef" || strings.EqualFold(p.name, "winmail.dat"):
		return engine.FileWinmail
	case len(p.data) > maxFile:
		return engine.FileSize
	case !evidence(p.name) || runs(p.data):
		return engine.FileType
	case r.Scan == nil:
		return ""
	}
	switch malware, err := r.Scan(ctx, p.data); {
	case err != nil:
		return engine.FileUnchecked
	case malware != "":
		return engine.FileInfected
	}
	return ""
}
