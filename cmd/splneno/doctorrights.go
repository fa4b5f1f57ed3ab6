package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"splneno/notify/check"
	"splneno/notify/link"
)

// rights looks at who may read and write what is ours.
func (e *examination) rights() (out []check.Finding) {
	const name = "rights"
	if os.Geteuid() == 0 {
		out = append(out, finding(name, check.Warn, "run it as a user of its own, as the unit of systemd does", "the program runs as root"))
	}
	files := []string{e.c.keyFile(), e.Ways.SMTPKey}
	if file := e.databaseFile(); file != "" {
		files = append(files, file, file+"-wal")
	}
	for _, file := range files {
		if file != "" && readableByOthers(file) {
			out = append(out, finding(name, check.Warn, "chmod 600 "+file, "others can read %s", file))
		}
	}
	if file := e.databaseFile(); file != "" {
		probe, err := os.CreateTemp(filepath.Dir(file), ".splneno-doctor-*")
		if err == nil {
			err = errors.Join(probe.Close(), os.Remove(probe.Name()))
		}
		if err != nil {
			out = append(out, finding(name, check.Fail, "give the folder to the user of serve: SQLite needs more files beside the database", "the folder %s cannot be written to", filepath.Dir(file)))
		}
	}
	return faulty(out, finding(name, check.OK, "", "nobody else can read the database and the key"))
}

// key looks whether the signing key is there and is the one of this database.
func (e *examination) key(ctx context.Context) []check.Finding {
	const name = "signing key"
	file := e.c.keyFile()
	stored := ""
	if e.db != nil {
		stored, _ = e.db.Setting(ctx, "key", "") // a schema that has none was told of
	}
	text, err := readSmall(file)
	if _, gone := os.Stat(file); errors.Is(gone, fs.ErrNotExist) {
		if stored == "" {
			return []check.Finding{finding(name, check.OK, "", "none yet: the first start makes it")}
		}
		return []check.Finding{finding(name, check.Fail, "put the key back from its copy, or name it with --key", "there is no key file %s", file)}
	}
	var signer *link.Signer
	if err == nil {
		var key []byte
		if key, err = link.ParseKey(strings.TrimSpace(string(text))); err == nil {
			signer, err = link.New(key, "http://localhost")
		}
	}
	switch {
	case err != nil:
		return []check.Finding{finding(name, check.Fail, "put the key back from its copy, or name it with --key", "%s cannot be used: %s", file, err)}
	case stored != "" && stored != signer.Fingerprint():
		return []check.Finding{finding(name, check.Fail, "put the right key file in its place, or name it with --key", "%s is not the key this database was used with", file)}
	case stored == "":
		return []check.Finding{finding(name, check.OK, "", "there, and not used yet")}
	}
	return []check.Finding{finding(name, check.OK, "", "the one this database was used with; keep a copy of it apart from those of the database")}
}
