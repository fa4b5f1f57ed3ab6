//go:build unix

package pgtest

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"syscall"
)

// findBin gives the folder with initdb and postgres. Wrappers in PATH are
// links into it; distributions keep it out of PATH, one folder per version.
func findBin() (string, error) {
	candidates := []string{os.Getenv("PGTEST_BINDIR")}
	if p, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(p); err == nil {
			candidates = append(candidates, filepath.Dir(real))
		}
	}
	installed, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(installed, func(a, b string) int { return cmp.Compare(version(b), version(a)) })
	for _, dir := range append(candidates, installed...) {
		if executable(dir, "initdb") && executable(dir, "postgres") {
			return dir, nil
		}
	}
	return "", errors.New("pgtest: no initdb and postgres found in PGTEST_BINDIR, PATH or /usr/lib/postgresql; install PostgreSQL, or set SPLNENO_TEST_POSTGRES")
}

var digits = regexp.MustCompile(`\d+`)

func version(path string) int {
	n, _ := strconv.Atoi(digits.FindString(path))
	return n
}

func executable(dir, name string) bool {
	st, err := os.Stat(filepath.Join(dir, name))
	return dir != "" && err == nil && st.Mode()&0o111 != 0
}

// otherThanRoot picks whom the server runs as, nil for ourselves: PostgreSQL
// refuses to run as root.
func otherThanRoot() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.ParseUint(u.Uid, 10, 32)
		gid, _ := strconv.ParseUint(u.Gid, 10, 32)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("pgtest: running as root, and there is neither a user postgres nor nobody to run the server as")
}
