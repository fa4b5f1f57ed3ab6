package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mountinfo is where Linux says what is mounted where.
var mountinfo = "/proc/self/mountinfo"

// networkDrives are the file systems of other computers. What locks a file here
// does not lock it there, and SQLite loses data on them.
var networkDrives = []string{"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "lustre",
	"fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs", "fuse.davfs"}

// NetworkDrive gives the kind of the network drive a file or folder lies on, ""
// when it lies on none, or on a system that does not tell.
func NetworkDrive(file string) string {
	text, err := os.ReadFile(mountinfo)
	if err != nil {
		return ""
	}
	full, err := filepath.Abs(file)
	if err != nil {
		return ""
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(full)); err == nil {
		full = filepath.Join(dir, filepath.Base(full))
	}
	if target, err := filepath.EvalSymlinks(full); err == nil {
		full = target
	}
	if kind := fileSystem(string(text), full); slices.Contains(networkDrives, kind) {
		return kind
	}
	return ""
}

// fileSystem finds the kind of file system a path lies on: that of the longest
// mount point above it, the last one of those that cover each other.
func fileSystem(mounts, path string) (kind string) {
	longest := -1
	for line := range strings.Lines(mounts) {
		before, after, ok := strings.Cut(line, " - ")
		places, kinds := strings.Fields(before), strings.Fields(after)
		if !ok || len(places) < 5 || len(kinds) == 0 {
			continue
		}
		// Spaces and the like stand as octal numbers.
		place := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(places[4])
		above := place == "/" || path == place || strings.HasPrefix(path, place+"/")
		if above && len(place) >= longest {
			longest, kind = len(place), kinds[0]
		}
	}
	return kind
}
