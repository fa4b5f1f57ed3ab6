//go:build unix

package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"syscall"
)

// fileID gives what a file has on this computer and a copy of it has not; it
// stays when the file is renamed. The number of the computer itself is not to
// be read from it.
func fileID(file string) string {
	st, err := os.Stat(file)
	if err != nil {
		return ""
	}
	sys, ok := st.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	machine, _ := os.ReadFile("/etc/machine-id") // none is as good as an empty one
	sum := sha256.Sum256(fmt.Appendf(nil, "splneno place %s %d", bytes.TrimSpace(machine), sys.Ino))
	return hex.EncodeToString(sum[:8])
}
