package web

import (
	"mime"
	"strings"
	"testing"
	"unicode"
)

func TestAttachmentsAreTakenAway(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	stray, answer, bad := h.receives("stray"), h.receives("reply"), h.receives("hostile")
	for path, name := range map[string]string{
		answer + "/priloha/1": "p\u0159ehled", answer + "/priloha/2": "faktura.exe", answer + "/original": "zprava.eml",
		stray + "/priloha/1": "katalog", bad + "/priloha/1": "_.._etc", bad + "/original": "zprava.eml",
	} {
		r := h.get("/stul/prichozi/" + path)
		r.want(t, 200)
		for header, want := range map[string]string{"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
			"Content-Security-Policy": filePolicy} {
			if got := r.head.Get(header); got != want {
				t.Errorf("%s: %s is %q", path, header, got)
			}
		}
		kind, p, err := mime.ParseMediaType(r.head.Get("Content-Disposition"))
		if err != nil || kind != "attachment" || strings.ContainsAny(p["filename"], "/\\\r\n\u202e") || !strings.HasPrefix(p["filename"], name) {
			t.Errorf("%s: %q %v", path, r.head.Get("Content-Disposition"), err)
		}
		if len(r.head.Values("Set-Cookie")) > 0 {
			t.Errorf("%s: a name became a header", path)
		}
	}
	if got := h.get("/stul/prichozi/" + answer + "/priloha/2").body; got != "MZ" {
		t.Errorf("handed out %q", got)
	}
	if got := h.get("/stul/prichozi/" + answer + "/original").body; got != string(h.inbound(answer).Raw) {
		t.Error("the original is not what came in")
	}
	for _, path := range []string{"/priloha/2", "/original"} {
		r := h.get("/stul/prichozi/" + stray + path)
		r.tells(t, 403, "Tento soubor se nevydava", "skodlivy program")
		if strings.Contains(r.body, "EICAR") || r.head.Get("Content-Disposition") != "" {
			t.Errorf("%s: malware was handed out", path)
		}
	}
	for _, n := range []string{"0", "9", "-1", "x", "1e1", "99999999999999999999"} {
		h.get("/stul/prichozi/"+stray+"/priloha/"+n).tells(t, 404)
	}
}

func TestNamesOfFiles(t *testing.T) {
	for name, want := range map[string]string{
		"plan.pdf":           `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`,
		"a b\u010d.pdf":      `attachment; filename="a_bc.pdf"; filename*=UTF-8''a%20b%C4%8D.pdf`,
		`"x";y=z.pdf`:        `attachment; filename="_x__y_z.pdf"; filename*=UTF-8''%22x%22%3By%3Dz.pdf`,
		"../../etc/passwd":   `attachment; filename="_.._etc_passwd"; filename*=UTF-8''_.._etc_passwd`,
		"a\r\nSet-Cookie: b": `attachment; filename="aset-cookie__b"; filename*=UTF-8''aSet-Cookie%3A%20b`,
		"\u202efdp.exe":      `attachment; filename="fdp.exe"; filename*=UTF-8''fdp.exe`,
		" .. ":               `attachment; filename="priloha"; filename*=UTF-8''priloha`,
		"\xff\x00":           `attachment; filename="priloha"; filename*=UTF-8''priloha`,
	} {
		if got := disposition(name); got != want {
			t.Errorf("%q gives %s", name, got)
		}
	}
}

// FuzzNamesOfFiles: whatever a file is called, the header stays one line that
// says attachment, and the name leads into no folder.
func FuzzNamesOfFiles(f *testing.F) {
	for _, name := range []string{"plan.pdf", hostile, "..\\..\\x", "\u0159\r\n\"", "%22%0d%0a", strings.Repeat("\u017e", 500)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		d := disposition(name)
		kind, p, err := mime.ParseMediaType(d)
		got := p["filename"]
		if err != nil || kind != "attachment" || got == "" || len(p) != 1 || strings.ContainsAny(got, "/\\") || strings.HasPrefix(got, ".") ||
			len([]rune(got)) > maxFileName || strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%q gives %s: %v", name, d, err)
		}
		if strings.ContainsFunc(d, func(r rune) bool { return r < ' ' || r > '~' }) || strings.Count(d, `"`) != 2 {
			t.Errorf("%q gives the header %q", name, d)
		}
	})
}
