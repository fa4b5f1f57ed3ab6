package inbox_test

import (
	"bytes"
	"encoding/base64"
	"mime/quotedprintable"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// A part is its header, an empty line, and its body.
type part string

func (p part) split() (head, body string) {
	h, b, _ := strings.Cut(string(p), "\n\n")
	return h + "\n", b
}

func leaf(c corpusClient, mediaType, text string) part {
	charset, encoded := encodeText(c.Charset, text)
	label := orElse(c.Label, charset)
	head := "Content-Type: " + mediaType + "; charset=\"" + label + "\"\n"
	if c.Kind == "flowed" {
		head = "Content-Type: text/plain; charset=" + label + "; format=flowed\n"
	}
	if label == "-" {
		return part("X-Note: unlabelled\n\n" + string(encoded))
	}
	return part(head + "Content-Transfer-Encoding: " + c.Encoding + "\n\n" + transfer(c.Encoding, encoded))
}

// encodeText writes a text in a charset, and in UTF-8 what the charset lacks.
func encodeText(charset, text string) (string, []byte) {
	var e encoding.Encoding
	switch charset {
	case "windows-1250":
		e = charmap.Windows1250
	case "iso-8859-2":
		e = charmap.ISO8859_2
		text = strings.NewReplacer("\u2013", "-", "\u201e", "\"", "\u201c", "\"", "\ufeff", "").Replace(text)
	default:
		return charset, []byte(text)
	}
	out, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		return "utf-8", []byte(text)
	}
	return charset, out
}

func transfer(how string, data []byte) string {
	var b bytes.Buffer
	switch how {
	case "base64":
		s := base64.StdEncoding.EncodeToString([]byte(crlf(string(data))))
		for len(s) > 76 {
			b.WriteString(s[:76] + "\n")
			s = s[76:]
		}
		b.WriteString(s + "\n")
	case "quoted-printable":
		w := quotedprintable.NewWriter(&b)
		_, _ = w.Write([]byte(crlf(string(data))))
		_ = w.Close()
		return strings.ReplaceAll(b.String(), "\r\n", "\n")
	default:
		b.Write(data)
	}
	return b.String()
}

func multipart(kind, boundary string, parts ...part) (head, body string) {
	boundary = "----=_" + boundary + "_0001"
	for _, p := range parts {
		body += "--" + boundary + "\n" + string(p) + "\n"
	}
	return "Content-Type: multipart/" + kind + "; boundary=\"" + boundary + "\"\n", "This is a multi-part message in MIME format.\n\n" + body + "--" + boundary + "--\n"
}

func crlf(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
}

// wrap puts the reply beside a file or under a signature.
func (d dresser) wrap(r corpusReply, head, body string) (string, string) {
	inner := part(head + "\n" + body)
	file := func(mediaType, name, data string) part {
		return part("Content-Type: " + mediaType + "; name=\"" + name + "\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"" + name + "\"\n\n" + transfer("base64", []byte(data)))
	}
	switch r.Options["wrap"] {
	case "winmail":
		return multipart("mixed", "mix", inner, file("application/ms-tnef", "winmail.dat", "\x78\x9f\x3e\x22\x00\x00"))
	case "smime":
		return multipart("signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256", "sig", inner, file("application/pkcs7-signature", "smime.p7s", "\x30\x80\x06\x09"))
	case "pgp":
		return multipart("signed; protocol=\"application/pgp-signature\"; micalg=pgp-sha256", "sig", inner, file("application/pgp-signature", "OpenPGP_signature.asc", "-----BEGIN PGP SIGNATURE-----\n\nwsB5\n-----END PGP SIGNATURE-----\n"))
	case "pdf":
		return multipart("mixed", "mix", inner, file("application/pdf", "odpoved.pdf", "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"))
	case "photo":
		return multipart("mixed", "mix", inner, file("image/jpeg", "IMG_0317.jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00"+strings.Repeat("\x01", 40000)+"\xff\xd9"))
	case "vcard":
		return multipart("mixed", "mix", inner, file("text/vcard", "sevcikova.vcf", "BEGIN:VCARD\nVERSION:3.0\nN:Sevcikova\nEND:VCARD\n"))
	case "logo":
		logo := part("Content-Type: image/png; name=\"image001.png\"\nContent-Transfer-Encoding: base64\nContent-ID: <image001.png@01DC>\nContent-Disposition: inline; filename=\"image001.png\"\n\n" + transfer("base64", []byte("\x89PNG\r\n\x1a\n")))
		return multipart("related", "rel", inner, logo)
	}
	return head, body
}
