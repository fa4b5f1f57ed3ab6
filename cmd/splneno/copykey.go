package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"splneno/engine"
	"splneno/notify/link"
)

// copyKey copies a key file for its owner alone.
func copyKey(from, to string) error {
	text, err := readSmall(from)
	if err != nil {
		return engine.Errorf(engine.Invalid, "key file %s cannot be read: %w", from, err)
	}
	if err := os.WriteFile(to, text, 0o600); err != nil {
		return engine.Errorf(engine.Invalid, "the key cannot be written to %s: %w", to, err)
	}
	return os.Chmod(to, 0o600)
}

// bringKey sees to it that the key a database was used with is where the
// program will look for it, or says what to do. It never writes over a key.
func bringKey(w *world, from, to, fingerprint string) error {
	if fingerprint == "" {
		return nil
	}
	there, err := fingerprintOf(to)
	switch {
	case err == nil && there == fingerprint:
		return nil
	case err == nil:
		fmt.Fprintf(w.out, "The key in %s is not the one links were signed with (%s): put the right one in its place before you serve.\n", to, fingerprint)
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if beside, err := fingerprintOf(from); err != nil || beside != fingerprint {
		fmt.Fprintf(w.out, "Put the key that signs links (%s) into %s before you serve: without it no link that was sent opens.\n", fingerprint, to)
		return nil
	}
	if err := copyKey(from, to); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "The key that signs links was copied to %s.\n", to)
	return nil
}

// fingerprintOf reads a key file and says which key it is.
func fingerprintOf(file string) (string, error) {
	text, err := readSmall(file)
	if err != nil {
		return "", err
	}
	key, err := link.ParseKey(strings.TrimSpace(string(text)))
	if err != nil {
		return "", engine.Errorf(engine.Invalid, "key file %s: %w", file, err)
	}
	signer, err := link.New(key, "http://localhost")
	if err != nil {
		return "", err
	}
	return signer.Fingerprint(), nil
}
