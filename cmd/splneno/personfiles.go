package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// writePerson writes what is stored about a person: into a file, or into a folder
// together with the bytes of the mails the person sent. Only the owner may read it.
func writePerson(ctx context.Context, o *workflows.Office, f engine.PersonFile, out string) error {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	body, err := workflows.PersonDocument(f, m.Name, o.Now().In(o.Zone))
	if err != nil {
		return err
	}
	if strings.HasSuffix(out, ".json") {
		return writeNew(out, body)
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return engine.Errorf(engine.Invalid, "the folder %s cannot be made: %w", out, err)
	}
	if err := writeNew(filepath.Join(out, "person.json"), body); err != nil {
		return err
	}
	n := 0
	for _, mail := range f.Mails {
		if !f.Who.Is(mail.Mail.From) {
			continue // somebody else's mail that speaks of the person is theirs
		}
		in, err := o.Records.Inbound(ctx, mail.ID)
		if err != nil {
			return err
		}
		if len(in.Raw) == 0 { // past its period
			continue
		}
		n++
		if err := writeNew(filepath.Join(out, fmt.Sprintf("mail-%03d.eml", n)), in.Raw); err != nil {
			return err
		}
	}
	return nil
}

// writeNew writes a file that was not there before.
func writeNew(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return engine.Errorf(engine.Invalid, "%s cannot be written; name one that is not there yet: %w", name, err)
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
