package web

import (
	"net/http"
	"net/netip"
	"testing"
)

// Whoever is not our proxy may say of itself what it likes.
func TestWhereARequestComesFrom(t *testing.T) {
	s := &site{Server: &Server{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}}}
	for _, c := range []struct{ peer, said, want string }{
		{"192.0.2.7:5000", "", "192.0.2.7"},
		{"192.0.2.7:5000", "198.51.100.1", "192.0.2.7"},
		{"127.0.0.1:5000", "", "127.0.0.1"},
		{"127.0.0.1:5000", "198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:5000", "203.0.113.9, 198.51.100.1", "198.51.100.1"}, // what stands before the last the client may have written
		{"[::1]:5000", "2001:db8::1", "2001:db8::1"},
		{"10.0.0.5:5000", "198.51.100.1", "198.51.100.1"},
		{"10.0.1.5:5000", "198.51.100.1", "10.0.1.5"},
		{"10.0.0.5:5000", "nonsense", "10.0.0.5"},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{}}
		if c.said != "" {
			r.Header.Set("X-Forwarded-For", c.said)
		}
		if got := s.address(r); got.String() != c.want {
			t.Errorf("%s saying %q is %s, want %s", c.peer, c.said, got, c.want)
		}
	}
}

func TestBrowsersInAFewWords(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0": "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1":             "Safari, iPhone",
		"Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0":                                                "Firefox, Linux",
		"curl/8 <script>": "", "": "",
	} {
		if got := agentOf(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}
