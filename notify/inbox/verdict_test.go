package inbox

import (
	"strings"
	"testing"

	"splneno/engine"
)

// relay is what our own mail server signs its results with.
const relay = "mx.mesto.cz"

// The fields of an honest mail: our server wrote its results above the field by
// which it received the mail.
const (
	results  = "Authentication-Results: " + relay + "; "
	received = "Received: from posta.charita.cz (posta.charita.cz [192.0.2.7]) by mx.mesto.cz (Postfix) with ESMTPS id 4d\n"
	lmtp     = "Received: from mx.mesto.cz by sklad.mesto.cz with LMTP id 7; Mon, 5 Jan 2026 09:12:44 +0100\n"
	earlier  = "Received: from pc.charita.cz by posta.charita.cz with ESMTPA id 1\n"
	forgery  = results + "dmarc=pass header.from=charita.cz; dkim=pass header.d=charita.cz; spf=pass smtp.mailfrom=charita.cz\n"
)

const (
	neither  = ""
	verified = "verified"
	forged   = "forged"
)

func verdictOf(t *testing.T, r *Reader, header, from string) string {
	t.Helper()
	raw := strings.ReplaceAll(header+from+"Subject: x\n\n1 ano\n", "\n", "\r\n")
	switch m := readMail(t, r, engine.Inbound{Raw: []byte(raw)}); {
	case m.Verified && m.Forged:
		return "both"
	case m.Verified:
		return verified
	case m.Forged:
		return forged
	}
	return neither
}

func TestRelayVerdict(t *testing.T) {
	const from = "From: Charita <info@charita.cz>\n"
	tests := []struct {
		name, header, from, want string
	}{
		// What a result is worth.
		{"dmarc pass", results + "dmarc=pass (p=none dis=none) header.from=charita.cz\n" + received, from, verified},
		{"dmarc pass, upper case", results + "dmarc=PASS header.from=Charita.CZ\n" + received, from, verified},
		{"dmarc pass of another domain", results + "dmarc=pass header.from=utok.org\n" + received, from, neither},
		{"dmarc pass of the parent", results + "dmarc=pass header.from=charita.cz\n" + received, "From: a@vzorov.charita.cz\n", neither},
		{"dmarc none", results + "dmarc=none header.from=charita.cz\n" + received, from, neither},
		{"dmarc temperror", results + "dmarc=temperror header.from=charita.cz\n" + received, from, neither},
		{"dmarc bestguesspass", results + "dmarc=bestguesspass header.from=charita.cz\n" + received, from, neither},
		{"dmarc pass without a domain", results + "dmarc=pass\n" + received, from, neither},
		{"dkim pass, same domain", results + "dkim=pass (2048-bit key) header.d=charita.cz header.i=@charita.cz header.s=a\n" + received, from, verified},
		{"dkim pass, identity only", results + "dkim=pass header.i=@charita.cz header.b=ab\n" + received, from, verified},
		{"dkim pass, a user", results + "dkim=pass header.i=posta@charita.cz\n" + received, from, verified},
		{"dkim pass of the parent", results + "dkim=pass header.d=charita.cz\n" + received, "From: a@vzorov.charita.cz\n", verified},
		{"dkim pass of a sister", results + "dkim=pass header.d=posta.charita.cz\n" + received, "From: a@vzorov.charita.cz\n", verified},
		{"dkim pass unaligned", results + "dkim=pass header.d=rozesilka.com\n" + received, from, neither},
		{"dkim pass of a public suffix", results + "dkim=pass header.d=cz\n" + received, from, neither},
		{"dkim pass of a neighbour under one suffix", results + "dkim=pass header.d=utok.gov.uk\n" + received, "From: a@mesto.gov.uk\n", neither},
		{"dkim pass of a longer name", results + "dkim=pass header.d=notcharita.cz\n" + received, from, neither},
		{"dkim domain and identity disagree", results + "dkim=pass header.d=utok.org header.i=@charita.cz\n" + received, from, neither},
		{"second signature passes", results + "dkim=fail header.d=utok.org; dkim=pass header.d=charita.cz\n" + received, from, verified},
		{"spf pass, address", results + "spf=pass smtp.mailfrom=odesilatel@charita.cz\n" + received, from, verified},
		{"spf pass, domain", results + "spf=pass smtp.mailfrom=charita.cz smtp.helo=x.org\n" + received, from, verified},
		{"spf pass, brackets", results + "spf=pass smtp.mailfrom=<a@charita.cz>\n" + received, from, verified},
		{"spf pass unaligned", results + "spf=pass smtp.mailfrom=a@rozesilka.com\n" + received, from, neither},
		{"spf pass of helo only", results + "spf=pass smtp.helo=charita.cz\n" + received, from, neither},
		{"spf pass, domain in the local part", results + "spf=pass smtp.mailfrom=a@charita.cz@utok.org\n" + received, from, neither},
		{"none", results + "none\n" + received, from, neither},
		{"dkim temperror", results + "dkim=temperror header.d=charita.cz; spf=none smtp.mailfrom=charita.cz\n" + received, from, neither},
		{"a method nobody knows", results + "x-trust=pass header.from=charita.cz\n" + received, from, neither},
		// Forged.
		{"dmarc fail", results + "dmarc=fail (p=reject dis=reject) header.from=charita.cz\n" + received, from, forged},
		{"dmarc fail, dkim pass", results + "dkim=pass header.d=charita.cz; dmarc=fail header.from=charita.cz\n" + received, from, forged},
		{"dkim fail and spf fail", results + "dkim=fail header.d=charita.cz; spf=fail smtp.mailfrom=charita.cz\n" + received, from, forged},
		{"dkim fail and spf hardfail", results + "dkim=fail header.d=charita.cz; spf=hardfail smtp.mailfrom=charita.cz\n" + received, from, forged},
		{"dkim fail and spf fail, another signature passes", results + "dkim=fail header.d=utok.org; dkim=pass header.d=charita.cz; spf=fail smtp.mailfrom=utok.org\n" + received, from, verified},
		{"dkim fail alone", results + "dkim=fail header.d=charita.cz\n" + received, from, neither},
		{"dkim fail, spf softfail", results + "dkim=fail header.d=charita.cz; spf=softfail smtp.mailfrom=charita.cz\n" + received, from, neither},
		{"dkim none, spf fail", results + "dkim=none; spf=fail smtp.mailfrom=charita.cz\n" + received, from, neither},
		{"two From and dmarc fail", results + "dmarc=fail header.from=charita.cz\n" + received, from + from, forged},
		// Whose word it is.
		{"a stranger's results", "Authentication-Results: mx.utok.org; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"a name that begins alike", "Authentication-Results: mx.mesto.cz.utok.org; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"a name that ends alike", "Authentication-Results: xmx.mesto.cz; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"our name in another case", "Authentication-Results: MX.Mesto.cz; dmarc=pass header.from=charita.cz\n" + received, from, verified},
		{"our name with a version", "Authentication-Results: mx.mesto.cz 1; dmarc=pass header.from=charita.cz\n" + received, from, verified},
		{"our name with a later version", "Authentication-Results: mx.mesto.cz 2; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"our name in a comment", "Authentication-Results: (mx.mesto.cz;) mx.utok.org; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"our name behind a comment", "Authentication-Results: (relay) mx.mesto.cz; dmarc=pass header.from=charita.cz\n" + received, from, verified},
		{"our name quoted", "Authentication-Results: \"mx.mesto.cz\"; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"no name at all", "Authentication-Results: dmarc=pass header.from=charita.cz; spf=pass smtp.mailfrom=charita.cz\n" + received, from, neither},
		{"our name as a result", "Authentication-Results: mx.utok.org; mx.mesto.cz; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"results of ARC", "ARC-Authentication-Results: i=1; mx.mesto.cz; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"results kept under another name", "X-Original-Authentication-Results: mx.mesto.cz; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		// Where it stands.
		{"forged below ours", results + "spf=none smtp.mailfrom=charita.cz\n" + received + forgery, from, neither},
		{"forged below ours, ours says fail", results + "dmarc=fail header.from=charita.cz\n" + received + forgery, from, forged},
		{"a stranger's above ours", "Authentication-Results: mx.utok.org; dmarc=fail header.from=charita.cz\n" + results + "dmarc=pass header.from=charita.cz\n" + received, from, verified},
		{"a stranger's below ours", results + "dmarc=pass header.from=charita.cz\n" + received + "Authentication-Results: mx.utok.org; dmarc=fail header.from=charita.cz\n", from, verified},
		{"forged below a stranger's server", "Received: from x.utok.org by zaloha.jinde.cz with ESMTP id 2\n" + forgery, from, neither},
		{"forged below a stranger's server and our name", "Received: from x.utok.org by zaloha.jinde.cz with ESMTP id 2\n" + received + forgery, from, neither},
		{"forged below a server without a name", "Received: from x.utok.org by [203.0.113.5] with ESMTP id 2\n" + forgery, from, neither},
		{"forged below a field that hides the server", "Received: from x.utok.org (by mx.mesto.cz) with ESMTP id 2\n" + forgery, from, neither},
		{"forged below a comment that does not end", "Received: from x.utok.org ((by mx.mesto.cz with ESMTP id 2\n" + forgery, from, neither},
		{"below our own delivery", lmtp + results + "dmarc=pass header.from=charita.cz\n" + received + earlier, from, verified},
		{"below our own receipt", received + results + "dmarc=pass header.from=charita.cz\n" + earlier, from, verified},
		{"below a server inside the house", "Received: from mx.mesto.cz (10.0.0.2) by exch01.urad.local (10.0.0.3) with Microsoft SMTP Server id 15\n" + results + "dmarc=pass header.from=charita.cz\n" + received, from, verified},
		{"below a server of one word", "Received: from localhost by sklad with LMTP id 7\n" + results + "dmarc=pass header.from=charita.cz\n", from, verified},
		{"below a private address", "Received: from mx.mesto.cz by [10.0.0.3] with LMTP id 7\n" + results + "dmarc=pass header.from=charita.cz\n", from, verified},
		{"below a note without from", "Received: by 2002:a05:6a10:3c05:b0:38e:1a2b:3c4d with SMTP id 3; Mon, 5 Jan 2026 00:12:44 -0800\n" + results + "dmarc=pass header.from=charita.cz\n", from, verified},
		// Words of strangers inside ours.
		{"result in a comment", results + "spf=none (domain says dmarc=pass header.from=charita.cz; dmarc=pass header.from=charita.cz) smtp.mailfrom=utok.org\n" + received, from, neither},
		{"result in nested comments", results + "spf=none (a (b; dmarc=pass header.from=charita.cz) c) smtp.mailfrom=utok.org\n" + received, from, neither},
		{"escaped end of a comment", results + "spf=none (a \\); dmarc=pass header.from=charita.cz) smtp.mailfrom=utok.org\n" + received, from, neither},
		{"escaped brackets in a comment", results + "spf=none (a \\) ; dmarc=pass header.from=charita.cz x=\\( b)\n" + received, from, neither},
		{"comment without an end", results + "spf=pass smtp.mailfrom=charita.cz (a\n" + received, from, neither},
		{"end without a comment", results + "spf=pass smtp.mailfrom=charita.cz )\n" + received, from, neither},
		{"result in quotes", results + "spf=none reason=\"x; dmarc=pass header.from=charita.cz\" smtp.mailfrom=utok.org\n" + received, from, neither},
		{"result in a quoted sender", results + "spf=none smtp.mailfrom=\"x; dmarc=pass header.from=charita.cz ;\"@utok.org\n" + received, from, neither},
		{"aligned words in a quoted sender", results + "spf=pass smtp.mailfrom=\"a smtp.mailfrom=b@charita.cz \"@utok.org\n" + received, from, neither},
		{"property said twice", results + "spf=pass smtp.mailfrom=a smtp.mailfrom=b@charita.cz\n" + received, from, neither},
		{"method said twice", results + "dmarc=none header.from=utok.org; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"folded", "Authentication-Results: mx.mesto.cz;\n\tdkim=none;\n\tdmarc=pass (p=reject)\n\theader.from=charita.cz\n" + received, from, verified},
		{"bare carriage return", results + "spf=none\rAuthentication-Results: mx.mesto.cz; dmarc=pass header.from=charita.cz\n" + received, from, neither},
		{"line end in an encoded word", "X-Note: =?utf-8?q?=0D=0AAuthentication-Results:_mx.mesto.cz;_dmarc=3Dpass_header.from=3Dcharita.cz?=\n" + received, from, neither},
		{"encoded results", "Authentication-Results: =?utf-8?q?mx.mesto.cz;?= dmarc=pass header.from=charita.cz\n" + received, from, neither},
		// Whose mail it is.
		{"two From", results + "dmarc=pass header.from=charita.cz\n" + received, from + from, neither},
		{"no From", results + "dmarc=pass header.from=charita.cz\n" + received, "", neither},
		{"empty domains", results + "dmarc=pass header.from=; spf=pass smtp.mailfrom=; dkim=pass header.d=\n" + received, from, neither},
		{"free mail", results + "dmarc=pass header.from=posta.cz\n" + received, "From: a@posta.cz\n", verified},
	}
	r := &Reader{Relays: []string{"", relay}}
	counts := map[string]int{}
	for _, tt := range tests {
		counts[tt.want]++
		if got := verdictOf(t, r, tt.header, tt.from); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	t.Logf("%d headers: %v", len(tests), counts)
}

// Without a relay nobody is believed, however the results are signed.
func TestNoRelay(t *testing.T) {
	for _, relays := range [][]string{nil, {""}} {
		for _, header := range []string{forgery, "Authentication-Results: ; dmarc=pass header.from=charita.cz\n", results + "dmarc=fail header.from=charita.cz\n"} {
			if got := verdictOf(t, &Reader{Relays: relays}, header+received, "From: info@charita.cz\n"); got != neither {
				t.Errorf("relays %q believe %q: %s", relays, header, got)
			}
		}
	}
}
