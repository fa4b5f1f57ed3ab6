package main

import (
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// roomOn says how much room the disk under a folder has for us.
func roomOn(dir string) (room, bool) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return room{}, false
	}
	block := uint64(st.Bsize) //nolint:gosec // G115: the size of a block is positive
	return room{disk: st.Fsid, total: st.Blocks * block, free: st.Bavail * block, files: st.Files, freeFiles: st.Ffree}, true
}

// synchronised says whether the system's clock is kept by a time server.
func synchronised() (yes, known bool) {
	var t unix.Timex
	state, err := unix.Adjtimex(&t)
	return state != unix.TIME_ERROR && t.Status&unix.STA_UNSYNC == 0, err == nil
}

// sinceBoot gives the time on a clock that nobody sets and that goes on in sleep.
func sinceBoot() (time.Duration, bool) {
	var t unix.Timespec
	err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t)
	return time.Duration(t.Nano()), err == nil
}

// openFiles says how many files the program may have open.
func openFiles() (uint64, bool) {
	var l unix.Rlimit
	err := unix.Getrlimit(unix.RLIMIT_NOFILE, &l)
	return l.Cur, err == nil
}

// ownerOf gives the name of a folder's owner, its number when it has no name, ""
// when there is no such folder.
func ownerOf(dir string) string {
	var st unix.Stat_t
	if err := unix.Stat(dir, &st); err != nil {
		return ""
	}
	number := strconv.FormatUint(uint64(st.Uid), 10)
	if u, err := user.LookupId(number); err == nil {
		return u.Username
	}
	return number
}

// groupMay gives what the group of a file may do without being others: to read
// it, when root keeps it for the group we run as, as the package does.
func groupMay(st fs.FileInfo) fs.FileMode {
	if sys, ok := st.Sys().(*syscall.Stat_t); ok && sys.Uid == 0 && sys.Gid != 0 && int(sys.Gid) == os.Getegid() {
		return 0o040
	}
	return 0
}
