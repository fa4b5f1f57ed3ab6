package main

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/country"
	"splneno/engine"
	"splneno/notify/link"
	"splneno/store/pgtest"
)

// BenchmarkCountryPages compares what one town does alone with the same town in
// a country of its likes: every page of the desk a coordinator comes to from the
// first one, a round at rest, and a day of its calendar with its letters. Aim:
// no more than half as long again. The largest ratio comes first.
//
//	SPLNENO_TOWNS=206 SPLNENO_YEARS=10 go test -run none -bench CountryPages -benchtime 10x -timeout 60m ./cmd/splneno
func BenchmarkCountryPages(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			g := countrySize(b)
			towns := g.Towns
			g.Towns = 1
			alone, all := twoDatabases(b, kind, g)
			multiply(b, all.DB, country.New(g.Seed, 0).ID, towns)
			pair := [2]*oneOfMany{openOne(b, alone, g), openOne(b, all, g)}
			tasks := pair[0].tasks(b)
			pair[1].tasks(b) // it has been asked for everything once, too
			spent := map[string]*[2][]time.Duration{}
			for b.Loop() {
				for _, task := range tasks {
					if spent[task] == nil {
						spent[task] = &[2][]time.Duration{}
					}
					for i, o := range pair {
						began := time.Now()
						o.does(b, task)
						spent[task][i] = append(spent[task][i], time.Since(began))
					}
				}
			}
			reportRatios(b, spent)
		})
	}
}

// reportRatios prints what took longer in the country than alone, by the fastest
// quarter of each: the machine has other work to do.
func reportRatios(b *testing.B, spent map[string]*[2][]time.Duration) {
	type line struct {
		task        string
		alone, many time.Duration
		ratio       float64
	}
	var lines []line
	typical := func(all []time.Duration) time.Duration { slices.Sort(all); return all[len(all)/4] }
	var sums [2]time.Duration
	for task, s := range spent {
		l := line{task: task, alone: typical(s[0]), many: typical(s[1])}
		l.ratio = float64(l.many) / float64(l.alone)
		lines = append(lines, l)
		if task != taskRound { // which is about all towns
			sums[0], sums[1] = sums[0]+l.alone, sums[1]+l.many
		}
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Compare(b.ratio, a.ratio) })
	over := 0
	for _, l := range lines {
		if l.task != taskRound && l.ratio > 1.5 && l.many-l.alone > time.Millisecond {
			over++
		}
		fmt.Printf("%6.2f %9.2f ms alone %9.2f ms in the country  %s\n", l.ratio, ms(l.alone), ms(l.many), l.task)
	}
	b.ReportMetric(float64(sums[1])/float64(sums[0]), "ratio")
	b.ReportMetric(float64(over), "over-1.5")
	b.ReportMetric(0, "ns/op")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// twoDatabases makes the same town twice.
func twoDatabases(b *testing.B, kind string, g generateCommand) (one, other command) {
	b.Helper()
	if kind == "postgres" {
		one = generated(b, g, pgtest.NewDSN(b))
		other = one
		other.DB = pgtest.NewCopy(b, one.DB)
		return one, other
	}
	dir := b.TempDir()
	one = generated(b, g, "sqlite:"+filepath.Join(dir, "alone.db"))
	other = one
	other.DB = "sqlite:" + filepath.Join(dir, "country.db")
	raw, _ := rawDB(b, one.DB)
	if _, err := raw.Exec("VACUUM INTO '" + filepath.Join(dir, "country.db") + "'"); err != nil {
		b.Fatal(err)
	}
	return one, other
}

// multiply makes a country of a town: all that belongs to it is copied in the
// name of others, with other links.
func multiply(b *testing.B, dsn, town string, towns int) {
	b.Helper()
	db, tables := rawDB(b, dsn)
	for _, table := range tables {
		columns := columnsOf(b, db, table)
		if !slices.Contains(columns, "tenant") {
			continue
		}
		for n := 1; n < towns; n++ {
			id := fmt.Sprintf("%s-%d", town, n)
			picked := slices.Clone(columns)
			for i, c := range picked {
				switch c {
				case "tenant":
					picked[i] = "'" + id + "'"
				case "link_hash", "reply_hash", "invite_hash":
					picked[i] = fmt.Sprintf("CASE WHEN %s = '' THEN '' ELSE %s || '-%d' END", c, c, n)
				}
			}
			_, err := db.ExecContext(b.Context(), "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") SELECT "+strings.Join(picked, ", ")+" FROM "+table+" WHERE tenant = '"+town+"'")
			if err != nil {
				b.Fatalf("%s: %v", table, err)
			}
		}
	}
	if _, err := db.ExecContext(b.Context(), "ANALYZE"); err != nil && strings.HasPrefix(dsn, "postgres") {
		b.Fatal(err)
	}
}

func columnsOf(b *testing.B, db *sql.DB, table string) []string {
	b.Helper()
	rows, err := db.QueryContext(b.Context(), "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	return slices.Clone(names) // pgdriver fills the list anew for the next query
}

// oneOfMany is a town of an installation, with its coordinator at her desk.
type oneOfMany struct {
	*installation
	town  string
	clock *virtualClock
	day   time.Time // of its calendar, which goes on while the clock of the pages stands
	pages http.Handler
}

var benchSession = link.NewSecret()

func openOne(b *testing.B, c command, g generateCommand) *oneOfMany {
	b.Helper()
	o := &oneOfMany{town: country.New(g.Seed, 0).ID, clock: &virtualClock{}}
	o.clock.Set(time.Date(g.Until+1, 3, 4, 10, 0, 0, 0, time.UTC))
	var err error
	if o.installation, err = c.open(b.Context(), o.clock.Now); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = o.db.Close() })
	o.sender = posted{}
	o.day = o.clock.Now()
	now, records := o.clock.Now(), o.db.Tenant(o.town)
	a := engine.Account{ID: "mereni", Name: "Hana", Email: "hana@mesto.example", Role: engine.RoleCoordinator}
	err = records.Commit(b.Context(), engine.Change{At: now, Actor: engine.Actor{Kind: engine.ActorSystem}, Event: "added", Subject: "accounts", Accounts: []engine.Account{a}})
	if err == nil {
		err = records.AddSession(b.Context(), engine.Session{Hash: link.SecretHash(benchSession), Account: a.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.AddDate(1, 0, 0), Strong: true})
	}
	if err != nil {
		b.Fatal(err)
	}
	o.pages = o.installation.pages(o.town, slog.New(slog.NewTextHandler(io.Discard, nil))).Handler()
	return o
}

// tasks are the pages that can be come to from the desk, one of each form, and
// what is done without anybody.
func (o *oneOfMany) tasks(b *testing.B) []string {
	b.Helper()
	seen, found := map[string]bool{}, []string(nil)
	for next := []string{"/stul", "/stul?hledat=sluzba", "/stul/organizace?hledat=charita", "/obec/" + o.town}; len(next) > 0 && len(found) < 100; next = next[1:] {
		status, body := o.get(next[0])
		if status != http.StatusOK {
			continue
		}
		found = append(found, next[0])
		for _, m := range hrefs.FindAllStringSubmatch(body, -1) {
			path := strings.ReplaceAll(m[1], "&amp;", "&")
			shape := digits.ReplaceAllString(lastPart.ReplaceAllString(path, "/x"), "9")
			if !seen[shape] && !aFile.MatchString(path) {
				seen[shape] = true
				next = append(next, path)
			}
		}
	}
	if len(found) < 20 {
		b.Fatalf("only %d pages are found: %v", len(found), found)
	}
	return append(found, taskRound, taskDay)
}

const (
	taskRound = "round at rest, over all towns"
	taskDay   = "a day of the calendar, with letters"
)

var (
	hrefs    = regexp.MustCompile(`href="(/(?:stul|obec)[^"#]*)"`)
	digits   = regexp.MustCompile(`\d+`)
	aFile    = regexp.MustCompile(`/soubor/|jazyk=|vyhodnoceni\.`) // made, not shown
	lastPart = regexp.MustCompile(`/[^/?]*\d[^/?]*$|/organizace/[^/?]+`)
)

// does does one of the tasks.
func (o *oneOfMany) does(b *testing.B, task string) {
	ctx := context.Background()
	switch task {
	case taskRound:
		if _, err := o.db.AcrossTenants().Agenda(ctx); err != nil {
			b.Fatal(err)
		}
	case taskDay:
		o.day = o.day.AddDate(0, 0, 1)
		office := o.office(o.town)
		office.Now = func() time.Time { return o.day }
		if err := office.Tick(ctx); err != nil {
			b.Fatal(err)
		}
	default:
		if status, _ := o.get(task); status != http.StatusOK {
			b.Fatalf("%s says %d", task, status)
		}
	}
}

func (o *oneOfMany) get(path string) (status int, body string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.AddCookie(&http.Cookie{Name: "stul", Value: benchSession})
	w := httptest.NewRecorder()
	o.pages.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}
