package main

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"path"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
	"splneno/notify/check"
)

// program says which program this is.
func (e *examination) program() []check.Finding {
	built := time.Time{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.time" {
				built, _ = time.Parse(time.RFC3339, s.Value) // the zero time when it is none
			}
		}
	}
	return []check.Finding{judgeProgram(built, e.w.now())}
}

// judgeProgram says how old a build is: whether a newer one is out, nobody here
// can know.
func judgeProgram(built, now time.Time) check.Finding {
	const name = "version"
	text := fmt.Sprintf("splneno %s, %s, %s/%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	switch {
	case built.IsZero():
		return finding(name, check.OK, "", "%s", text)
	case now.Sub(built) > 365*24*time.Hour:
		return finding(name, check.Warn, "look for a newer version: what it is built of has been mended since", "%s, of %s: more than a year old", text, built.Format(time.DateOnly))
	}
	return finding(name, check.OK, "", "%s, of %s", text, built.Format(time.DateOnly))
}

// service says what systemd expects of us, where it started us.
func (e *examination) service() []check.Finding {
	const name = "systemd"
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		return []check.Finding{finding(name, check.Warn, "see that the unit has NotifyAccess=main, and that a container passes the socket on", "it cannot be told that we run: %s", socket)}
	}
	_ = conn.Close()
	watch := "no watchdog"
	if us, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64); err == nil {
		watch = "a sign of life is expected every " + (time.Duration(us) * time.Microsecond).String()
	}
	return []check.Finding{finding(name, check.OK, "", "it is told that we run; %s", watch)}
}

// memory looks at how much of the computer we may use.
func (e *examination) memory() []check.Finding {
	return []check.Finding{judgeMemory(memoryOf(os.DirFS("/")))}
}

// judgeMemory judges what is free and the limit of our group, in bytes; 0 means
// not known, or no limit.
func judgeMemory(free, limit uint64) check.Finding {
	const name, needed = "memory", 256 << 20
	text := engine.CountOf(runtime.GOMAXPROCS(0), "processor", "processors")
	if limit > 0 {
		text += ", at most " + bytesOf(limit)
	}
	if free > 0 {
		text += ", " + bytesOf(free) + " free"
	}
	switch {
	case limit > 0 && limit < needed:
		return finding(name, check.Warn, "allow at least 256 MB (MemoryMax= of the unit, the limit of the container)", "%s", text)
	case free > 0 && free < needed/4:
		return finding(name, check.Warn, "see what uses it up", "%s", text)
	}
	return finding(name, check.OK, "", "%s", text)
}

// memoryOf reads what Linux says: what is free, and the limit of our control
// group or of one above it.
func memoryOf(root fs.FS) (free, limit uint64) {
	text, _ := fs.ReadFile(root, "proc/meminfo") // elsewhere there is none
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "MemAvailable:"); ok {
			kb, _ := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			free = kb << 10
		}
	}
	text, _ = fs.ReadFile(root, "proc/self/cgroup")
	_, group, _ := strings.Cut(strings.TrimSpace(string(text)), "::")
	for dir := path.Join("sys/fs/cgroup", group); strings.HasPrefix(dir, "sys/fs/cgroup"); dir = path.Dir(dir) {
		text, err := fs.ReadFile(root, path.Join(dir, "memory.max"))
		if n, bad := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64); err == nil && bad == nil && (limit == 0 || n < limit) {
			limit = n
		}
	}
	return free, limit
}

// descriptors looks at how many files and connections we may have open.
func (e *examination) descriptors() []check.Finding {
	n, known := openFiles()
	if !known {
		return nil
	}
	return []check.Finding{judgeDescriptors(n)}
}

func judgeDescriptors(n uint64) check.Finding {
	const name = "open files"
	if n < 1024 {
		return finding(name, check.Warn, "raise it: LimitNOFILE=65536 of the unit, or ulimit -n", "at most %d, connections among them", n)
	}
	return finding(name, check.OK, "", "at most %d", n)
}
