package postgres_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"splneno/store/pgtest"
	"splneno/store/postgres"
)

// silentListener accepts connections and never answers.
func silentListener(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// certificate makes a self-signed one for localhost, and its file.
func certificate(t *testing.T) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<37, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}

// encrypting puts TLS before a server without it, as PostgreSQL negotiates it.
func encrypting(t *testing.T, l net.Listener, cert tls.Certificate, plain string) {
	for {
		outside, err := l.Accept()
		if err != nil {
			return
		}
		request := make([]byte, 8)
		if _, err := io.ReadFull(outside, request); err != nil {
			continue
		}
		_, _ = outside.Write([]byte("S"))
		client := tls.Server(outside, &tls.Config{Certificates: []tls.Certificate{cert}})
		inside, err := net.Dial("tcp", plain)
		if err != nil {
			t.Error(err)
			return
		}
		go func() { _, _ = io.Copy(inside, client); _ = inside.Close() }()
		go func() { _, _ = io.Copy(client, inside); _ = client.Close() }()
	}
}

func TestEncryptedConnectionIsVerified(t *testing.T) {
	u, err := url.Parse(pgtest.NewProxy(t, pgtest.NewDSN(t)).DSN)
	if err != nil {
		t.Fatal(err)
	}
	cert, file := certificate(t)
	l := silentListener(t)
	go encrypting(t, l, cert, u.Host)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	dsn := func(host, settings string) string {
		return fmt.Sprintf("postgres://postgres@%s:%s%s?sslmode=verify-full%s", host, port, u.Path, settings)
	}

	db := open(t, dsn("localhost", "&sslrootcert="+file), postgres.Limits{})
	for range 3 { // the connection survives the look at its socket
		if n := count(t, db, "SELECT 7"); n != 7 {
			t.Errorf("got %d", n)
		}
	}
	if n := db.Stats().OpenConnections; n != 1 {
		t.Errorf("%d connections are open, want the same one all the time", n)
	}
	for name, bad := range map[string]string{
		"authority unknown": dsn("localhost", ""),
		"another name":      dsn("127.0.0.1", "&sslrootcert="+file),
	} {
		if err := open(t, bad, postgres.Limits{}).PingContext(context.Background()); err == nil {
			t.Errorf("%s: connected", name)
		}
	}
}
