package main

import (
	"fmt"
	"maps"
	"slices"

	"splneno/notify/check"
	"splneno/store"
)

// A room is what a disk has for us, in bytes and in files.
type room struct {
	disk             any // the same for two folders on one disk
	total, free      uint64
	files, freeFiles uint64 // 0 where files are not counted
}

// The bounds of what is too little. A year of a town is some tens of megabytes;
// a copy needs as much again.
const (
	roomNeeded = 1 << 30
	roomPlenty = 10 << 30 // enough, however large the disk is
	roomLast   = 100 << 20
)

// disks looks at the disks under the folders we write to.
func (e *examination) disks() (out []check.Finding) {
	folders, seen := e.folders(), []any{}
	for _, dir := range slices.Sorted(maps.Keys(folders)) {
		name := "disk of " + folders[dir]
		r, known := roomOn(dir)
		if !known {
			out = append(out, finding(name, check.Warn, "see yourselves that there is room, and that the folder is there", "not looked at: %s does not tell", dir))
			continue
		}
		if !slices.Contains(seen, r.disk) {
			seen = append(seen, r.disk)
			out = append(out, r.judge(name))
		}
	}
	if file := e.databaseFile(); file != "" {
		if kind := store.NetworkDrive(file); kind != "" {
			out = append(out, finding("file system", check.Fail, "move the database to a disk of this computer, or use PostgreSQL", "the database lies on a network drive (%s), on which SQLite loses data", kind))
		}
	}
	return out
}

// judge says whether the room is enough.
func (r room) judge(name string) check.Finding {
	const todo = "make room: old copies and logs first"
	text := fmt.Sprintf("%s free of %s", bytesOf(r.free), bytesOf(r.total))
	switch {
	case r.free < roomLast:
		return finding(name, check.Fail, todo, "%s: the database will soon take nothing more", text)
	case r.files > 0 && r.freeFiles < 100:
		return finding(name, check.Fail, "delete small files: the disk has no entries left for new ones", "room for %d more files only", r.freeFiles)
	case r.free < roomNeeded || r.free < min(r.total/10, roomPlenty):
		return finding(name, check.Warn, todo, "%s", text)
	case r.files > 0 && r.freeFiles < r.files/20:
		return finding(name, check.Warn, "delete small files: the disk has few entries left for new ones", "%s, and room for %d more files only", text, r.freeFiles)
	}
	return finding(name, check.OK, "", "%s", text)
}

// bytesOf says a size for people.
func bytesOf(n uint64) string {
	switch {
	case n >= 10<<30:
		return fmt.Sprintf("%d GB", n>>30)
	case n >= 1<<20:
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d KB", n>>10)
}
