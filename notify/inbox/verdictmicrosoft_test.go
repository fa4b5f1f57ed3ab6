package inbox

import "testing"

// Microsoft 365 signs its results with no name. They count where a mailbox
// there is trusted, and only above what came from outside.
func TestVerdictOfMicrosoft365(t *testing.T) {
	const (
		inner = "Received: from AS8PR01.eurprd01.prod.outlook.com (2603:10a6:20b::21) by VI1PR01.eurprd01.prod.outlook.com with HTTPS; Tue, 5 Jan 2026 09:00:02 +0000\n"
		edge  = "Received: from mail.charita.cz (192.0.2.7) by DB5EUR01FT001.mail.protection.outlook.com (10.152.4.10) with Microsoft SMTP Server id 15; Tue, 5 Jan 2026 09:00:00 +0000\n"
		pass  = "Authentication-Results: spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=charita.cz; dkim=pass (signature was verified) header.d=charita.cz;dmarc=pass action=none header.from=charita.cz;compauth=pass reason=100\n"
		fail  = "Authentication-Results: spf=fail (sender IP is 203.0.113.9) smtp.mailfrom=charita.cz; dkim=none (message not signed) header.d=none;dmarc=fail action=quarantine header.from=charita.cz;compauth=fail reason=000\n"
		none  = "Authentication-Results: spf=none (sender IP is 203.0.113.9) smtp.mailfrom=utok.org; dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=charita.cz;compauth=none reason=405\n"
		from  = "From: info@charita.cz\n"
	)
	for _, tt := range []struct{ name, relay, header, want string }{
		{"passed", Microsoft365, inner + pass + edge, verified},
		{"refused", Microsoft365, inner + fail + edge, forged},
		{"says nothing", Microsoft365, inner + none + edge, neither},
		{"a claim below the edge", Microsoft365, inner + edge + pass, neither},
		{"through their front door", Microsoft365, inner + "Received: from AM7EUR03FT033.eop-EUR03.prod.protection.outlook.com (2603:10a6::1) by AS9PR04CA0036.outlook.office365.com (2603:10a6::2) with Microsoft SMTP Server; x\n" + pass + edge, verified},
		{"a host that ends alike", Microsoft365, "Received: from a.outlook.com by b.xoutlook.com with SMTP id 1\n" + pass, neither},
		{"a claim below a stranger", Microsoft365, inner + none + edge + "Received: from x by mx.utok.org with SMTP id 1\n" + pass, neither},
		{"a claim below theirs", Microsoft365, inner + none + pass + edge, neither},
		{"their edge forged below a stranger", Microsoft365, "Received: from x by mx.utok.org with SMTP id 1\n" + pass + edge, neither},
		{"not trusted", relay, inner + pass + edge, neither},
		{"another server's results", Microsoft365, inner + "Authentication-Results: mx.utok.org; dmarc=pass header.from=charita.cz\n" + edge, neither},
		{"the name itself written by a sender", Microsoft365, "Received: from x by mx.utok.org with SMTP id 1\nAuthentication-Results: microsoft365; dmarc=pass header.from=charita.cz\n", neither},
	} {
		if got := verdictOf(t, &Reader{Relays: []string{tt.relay}}, tt.header, from); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
