package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"splneno/engine"
	"splneno/store"
)

// openDatabase opens a database that is to be worked in. Root is refused where
// the folder is another user's: what root makes there, a new database, its log
// or a key, the server of that user could not open.
func openDatabase(ctx context.Context, dsn string) (*store.DB, error) {
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok && os.Geteuid() == 0 {
		dir := filepath.Dir(file)
		if owner := ownerOf(dir); owner != "" && owner != "root" {
			return nil, engine.Errorf(engine.Forbidden, "the folder %s belongs to %s, and what root makes in it %s could not open; do it as that user: sudo -u %s splneno …", dir, owner, owner, owner)
		}
	}
	return store.Open(ctx, dsn)
}
