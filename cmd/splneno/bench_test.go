package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkStart times the built program: from the call of serve to its first
// answered page on an existing database, and the memory it then rests at. The
// baseline is the same program printing its version.
//
//	go test -run - -bench Start ./cmd/splneno
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	bin := filepath.Join(dir, "splneno")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	db := "--db=sqlite:" + filepath.Join(dir, "plan.db")
	setUp := exec.Command(bin, "municipality", db, "--name", "Město Žďár", "--coordinator", "kpss@zdar.example", "--sender", "plan@zdar.example")
	if out, err := setUp.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	b.Run("version", func(b *testing.B) {
		for b.Loop() {
			if err := exec.Command(bin, "version").Run(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("serve", func(b *testing.B) {
		var resident float64
		for b.Loop() {
			resident += startOnce(b, bin, db)
		}
		b.ReportMetric(resident/float64(b.N), "MB-idle")
	})
}

// startOnce starts serve, waits for a page, and gives its resident memory in MB.
// Stopping it is not timed.
func startOnce(b *testing.B, bin, db string) float64 {
	addr := freeAddress(b)
	cmd := exec.Command(bin, "serve", db, "--listen", addr)
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	for tries := 0; ; tries++ {
		res, err := http.Get("http://" + addr + "/healthz")
		if err == nil {
			_ = res.Body.Close()
			break
		}
		if tries > 5000 {
			b.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
	b.StopTimer()
	defer b.StartTimer()
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}()
	time.Sleep(200 * time.Millisecond) // let it come to rest; only the memory is read after
	return residentMB(b, cmd.Process.Pid)
}

func freeAddress(b *testing.B) string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

func residentMB(b *testing.B, pid int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("memory is read from /proc")
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kb float64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		b.Fatal(err)
	}
	return kb / 1024
}
