package main

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/workflows"
)

// BenchmarkReplies takes replies from raw bytes to stored proposals on SQLite,
// with the receipts that answer them: 2 mails of each of 5,000 organisations,
// read while they come in. Beside it, in the same run, the same mails only read,
// and only stored.
//
//	go test -run - -bench Replies -benchtime 1x ./cmd/splneno
func BenchmarkReplies(b *testing.B) {
	ctx := context.Background()
	b.Run("read", func(b *testing.B) {
		in, _, mails := replies(b)
		b.ResetTimer()
		for b.Loop() {
			for _, raw := range mails {
				if _, err := in.reader.Read(ctx, engine.Inbound{Raw: raw}); err != nil {
					b.Fatal(err)
				}
			}
		}
		perSecond(b, len(mails))
	})
	b.Run("store", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			_, o, mails := replies(b)
			b.StartTimer()
			bringAll(b, ctx, o, mails)
		}
		perSecond(b, 10_000)
	})
	b.Run("proposal", func(b *testing.B) {
		var peak uint64
		for b.Loop() {
			b.StopTimer()
			_, o, mails := replies(b)
			b.StartTimer()
			done := make(chan struct{})
			go func() { // as serve does: reading goes on while mail comes in
				defer close(done)
				bringAll(b, ctx, o, mails)
			}()
			for ended := false; !ended; {
				select {
				case <-done:
					ended = true
				default:
				}
				if err := o.Understand(ctx); err != nil {
					b.Fatal(err)
				}
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
			b.StopTimer()
			checkAnswered(b, ctx, o)
			b.StartTimer()
		}
		perSecond(b, 10_000)
		b.ReportMetric(float64(peak)/(1<<20), "MB-heap")
	})
}

func perSecond(b *testing.B, mails int) {
	b.ReportMetric(float64(mails*b.N)/b.Elapsed().Seconds(), "mails/s")
}

func bringAll(b *testing.B, ctx context.Context, o *workflows.Office, mails [][]byte) {
	for _, raw := range mails {
		if err := o.Receive(ctx, engine.Arrival{Raw: raw, Via: "lmtp", From: "organizace@zdar.example"}); err != nil {
			b.Error(err)
			return
		}
	}
}

func checkAnswered(b *testing.B, ctx context.Context, o *workflows.Office) {
	all, err := o.Records.Inbox(ctx, 0, engine.InboundAnswer)
	if err != nil || len(all) != 10_000 {
		rest, _ := o.Records.Inbox(ctx, 1, engine.InboundStates()...)
		b.Fatalf("%d mails became answers: %v; the newest is %s %s", len(all), err, rest[0].State, rest[0].Note)
	}
}

// replies gives an installation whose 5,000 organisations were asked, and what
// they write.
func replies(b *testing.B) (*installation, *workflows.Office, [][]byte) {
	b.Helper()
	ctx := context.Background()
	now := time.Date(2024, 1, 11, 9, 0, 0, 0, time.UTC)
	c := command{DB: "sqlite:" + filepath.Join(b.TempDir(), "plan.db"), URL: "https://plan.example.cz", Tenant: "zdar"}
	in, err := c.open(ctx, func() time.Time { return now })
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = in.db.Close() })
	o := in.office(c.Tenant)
	who := engine.Actor{Kind: engine.ActorCoordinator, Name: "K"}
	_, err = o.SetUp(ctx, who, func(m *engine.Municipality) {
		m.Name, m.Sender, m.ReplyTo = "Město Žďár", "plan@zdar.example", "odpovedi+{token}@zdar.example"
		m.Coordinator = engine.Contact{Email: "kpss@zdar.example"}
	})
	if err == nil {
		err = o.Import(ctx, crowd(5000), who)
	}
	if err == nil {
		err = o.OpenSeason(ctx, "p", engine.Year(2023), who)
	}
	if err != nil {
		b.Fatal(err)
	}
	requests, err := o.Records.Requests(ctx, "p", "2023")
	if err != nil {
		b.Fatal(err)
	}
	letter := strings.Repeat("Rozšíření pečovatelské služby v odpoledních a večerních hodinách včetně víkendů.\n", 40)
	var mails [][]byte
	for n := range 2 {
		for _, r := range requests {
			token := in.signer.ReplyToken(c.Tenant, r)
			raw, err := example.Reply{Program: "outlook", Writer: "Vedení", Address: r.Organisation + "@zdar.example", At: now.Add(time.Duration(n) * time.Second),
				Text: fmt.Sprintf("1 splněno, proběhlo %d besed\n2 částečně – chybí peníze (%d tis.)", 2+n, 10+n)}.Mail(example.Letter{
				ReplyTo: "odpovedi+" + token + "@zdar.example", Subject: "jak se plní plán", MessageID: "<x." + token + "@zdar.example>", Text: letter})
			if err != nil {
				b.Fatal(err)
			}
			mails = append(mails, raw)
		}
	}
	return in, o, mails
}

// crowd is a plan of n organisations with two activities each.
func crowd(n int) engine.PlanDraft {
	d := engine.PlanDraft{Plan: engine.Plan{ID: "p", Title: "Akční plán", Kind: engine.ActionPlan, Areas: []engine.Area{{Code: "1", Title: "Oblast"}},
		Measures: []engine.Measure{{Code: "1.1", Title: "Opatření", Area: "1"}}}}
	for i := range n {
		id := fmt.Sprintf("organizace-%d", i)
		d.Organisations = append(d.Organisations, engine.Organisation{ID: id, Name: fmt.Sprintf("Organizace %d", i), Kind: engine.KindOrganisation,
			Contacts: []engine.Contact{{Email: id + "@zdar.example"}}})
		for k := range 2 {
			d.Activities = append(d.Activities, engine.ActivityDraft{Status: engine.Planned, Activity: engine.Activity{Plan: "p", ID: fmt.Sprintf("1.1/%d", 2*i+k+1),
				Area: "1", Measure: "1.1", Title: fmt.Sprintf("Činnost %d", 2*i+k+1), Position: 2*i + k,
				Responsible: []engine.Party{{Name: d.Organisations[i].Name, Kind: engine.KindOrganisation, Organisation: id}}}})
		}
	}
	return d
}
