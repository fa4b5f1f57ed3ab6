package door

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestPasswordRules(t *testing.T) {
	text, err := os.ReadFile("testdata/passwords.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		fault, password, _ := strings.Cut(strings.TrimRight(line, "\n"), "|")
		if got := CheckPassword(password, "Jana Koordin\u00e1torov\u00e1", "jana.koordinatorova@example.cz"); string(got) != fault {
			t.Errorf("%q: %q, want %q", password, got, fault)
		}
	}
	if got := CheckPassword(strings.Repeat("dlouha veta ", 30)); got != TooLong {
		t.Errorf("a page of text: %q", got)
	}
	if got := CheckPassword(strings.Repeat("z", 256)[:2*MinPassword]); got != Common {
		t.Errorf("one letter: %q", got)
	}
}

func TestEveryCommonPasswordIsRefused(t *testing.T) {
	n := 0
	for line := range strings.Lines(common) {
		if f := CheckPassword(strings.TrimSpace(line)); f != Common && f != TooShort {
			t.Errorf("%q is taken", line)
		}
		n++
	}
	if n < 50 {
		t.Errorf("only %d common passwords", n)
	}
}

func TestHash(t *testing.T) {
	ctx, h := context.Background(), NewHasher()
	stored, err := h.Hash(ctx, "k\u016f\u0148 a baterie")
	if err != nil || !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s %v", stored, err)
	}
	if again, _ := h.Hash(ctx, "k\u016f\u0148 a baterie"); again == stored {
		t.Error("two hashes of a password are the same")
	}
	for password, want := range map[string]bool{"k\u016f\u0148 a baterie": true, "ku\u030an\u030c a baterie": true, "kun a baterie": false, "": false} {
		if ok, stale, err := h.Verify(ctx, password, stored); ok != want || stale || err != nil {
			t.Errorf("%q: %v %v %v", password, ok, stale, err)
		}
	}
	if ok, _, err := h.Verify(ctx, "", ""); ok || err != nil {
		t.Errorf("nobody's password: %v %v", ok, err)
	}
	cheap := cost{memory: 64, passes: 1, lanes: 1}
	salt := random(saltLen)
	key, err := h.key(ctx, "drivejsi heslo", salt, cheap)
	if err != nil {
		t.Fatal(err)
	}
	if ok, stale, err := h.Verify(ctx, "drivejsi heslo", cheap.spell(salt, key)); !ok || !stale || err != nil {
		t.Errorf("hashed cheaply: %v %v %v", ok, stale, err)
	}
	if ok, stale, _ := h.Verify(ctx, "jine", cheap.spell(salt, key)); ok || stale {
		t.Error("a wrong password makes a hash stale")
	}
}

func TestDamagedHashesAreRefused(t *testing.T) {
	good := today.spell(random(saltLen), random(hashLen))
	for _, bad := range []string{"x", "$argon2i" + good[9:], strings.Replace(good, "v=19", "v=16", 1), strings.Replace(good, "m=19456", "m=99999999", 1),
		strings.Replace(good, "t=2", "t=0", 1), strings.Replace(good, "p=1", "p=0", 1), good[:len(good)-3], good + "$", strings.Replace(good, "$m", "$x", 1)} {
		if ok, _, err := NewHasher().Verify(context.Background(), "x", bad); ok || err == nil || strings.Contains(err.Error(), bad) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func FuzzReadHash(f *testing.F) {
	f.Add(today.spell(random(saltLen), random(hashLen)))
	f.Fuzz(func(t *testing.T, s string) {
		c, salt, key, err := read(s)
		if err == nil && (c.memory > 256<<10 || len(salt) < 8 || len(key) != hashLen) {
			t.Errorf("%q is read as %+v", s, c)
		}
	})
}

// Nobody may learn from the clock whether there is an account: the same
// function runs at the same cost. Means over several tries are compared, with
// room for a busy machine.
func TestUnknownAccountsTakeTheSameTime(t *testing.T) {
	ctx, h := context.Background(), NewHasher()
	stored, err := h.Hash(ctx, "k\u016f\u0148 a baterie")
	if err != nil {
		t.Fatal(err)
	}
	var spent [2]time.Duration
	for range 10 {
		for i, s := range []string{stored, ""} {
			began := time.Now()
			_, _, _ = h.Verify(ctx, "neco docela jineho", s)
			spent[i] += time.Since(began)
		}
	}
	if ratio := float64(spent[0]) / float64(spent[1]); ratio < 0.5 || ratio > 2 {
		t.Errorf("known %v, unknown %v", spent[0]/10, spent[1]/10)
	}
}

func TestOnlyTwoHashAtOnce(t *testing.T) {
	h := NewHasher()
	h.turns <- struct{}{}
	h.turns <- struct{}{}
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := h.Hash(ctx, "x"); err == nil {
				t.Error("a third one hashed")
			}
		})
	}
	cancel()
	all.Wait()
}
