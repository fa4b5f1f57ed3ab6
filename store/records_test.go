package store

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// stored is what the reads give after everything(mark) was committed n times.
func sameStored(t *testing.T, tn *Tenant, c engine.Change, version int) {
	t.Helper()
	same := func(what string, got, want any) {
		t.Helper()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s came back different:\n%s", what, d)
		}
	}
	c.Plans[0].Version, c.Organisations[0].Version, c.Activities[0].Version, c.Seasons[0].Version = version, version, version, version
	c.Requests[0].Version, c.Entries[0].Version, c.Proposals[0].Version, c.Evaluations[0].Version = version, version, version, version
	c.Imported[0].Version = version
	c.Accounts[0].Version, c.Resolutions[0].Version = version, version
	c.Region.Version, c.Bundles[0].Version = version, version
	same("region", get[engine.Region](t)(tn.Region(ctx)), *c.Region)
	same("bundles", get[[]engine.Bundle](t)(tn.Bundles(ctx)), c.Bundles)
	head := c.Bundles[0].Head()
	same("heads of bundles", get[[]engine.Bundle](t)(tn.BundleHeads(ctx)), []engine.Bundle{head})
	c.Accounts[0].Version, c.Resolutions[0].Version, c.Meetings[0].Version = version, version, version
	if len(c.Amendments) > 0 {
		c.Amendments[0].Version = version
		same("amendments", get[[]engine.Amendment](t)(tn.Amendments(ctx, "kpss")), c.Amendments)
	}

	same("accounts", get[[]engine.Account](t)(tn.Accounts(ctx)), c.Accounts)
	same("account", get[engine.Account](t)(tn.Account(ctx, "a1")), c.Accounts[0])
	same("account by address", get[engine.Account](t)(tn.AccountByEmail(ctx, c.Accounts[0].Email)), c.Accounts[0])
	same("account by single sign-on", get[engine.Account](t)(tn.AccountBySubject(ctx, c.Accounts[0].Subject)), c.Accounts[0])
	same("account by invitation", get[engine.Account](t)(tn.AccountByInvite(ctx, c.Accounts[0].InviteHash)), c.Accounts[0])
	same("resolutions", get[[]engine.Resolution](t)(tn.Resolutions(ctx, "kpss", "2023")), c.Resolutions)
	c.Filed[0].Version = version
	same("filed", get[engine.Filed](t)(tn.Filed(ctx, engine.LayoutFile)), c.Filed[0])
	same("meetings", get[[]engine.Meeting](t)(tn.Meetings(ctx, "kpss", "2023")), c.Meetings)
	same("meetings due", get[[]engine.Meeting](t)(tn.MeetingsDue(ctx, "2024-03-08")), c.Meetings)
	same("meetings ahead", get[[]engine.Meeting](t)(tn.MeetingsFrom(ctx, "2024-03-15")), c.Meetings)
	same("plans", get[[]engine.Plan](t)(tn.Plans(ctx)), c.Plans)
	same("plan", get[engine.Plan](t)(tn.Plan(ctx, "kpss")), c.Plans[0])
	same("organisations", get[[]engine.Organisation](t)(tn.Organisations(ctx)), c.Organisations)
	same("organisation", get[[]engine.Organisation](t)(tn.Organisations(ctx, "charita", "nikdo")), c.Organisations)
	same("activities", get[[]engine.Activity](t)(tn.Activities(ctx, "kpss")), c.Activities)
	same("activity", get[[]engine.Activity](t)(tn.Activities(ctx, "kpss", "1.1/2")), c.Activities)
	same("imported", get[engine.Imported](t)(tn.Imported(ctx, "kpss")), c.Imported[0])
	same("seasons", get[[]engine.Season](t)(tn.Seasons(ctx)), c.Seasons)
	same("season", get[engine.Season](t)(tn.Season(ctx, "kpss", "2023")), c.Seasons[0])
	same("requests", get[[]engine.Request](t)(tn.Requests(ctx, "kpss", "2023")), c.Requests)
	same("request", get[engine.Request](t)(tn.Request(ctx, "kpss", "2023", "charita")), c.Requests[0])
	same("request by link", get[engine.Request](t)(tn.RequestByLink(ctx, c.Requests[0].LinkHash)), c.Requests[0])
	same("request by reply", get[engine.Request](t)(tn.RequestByReply(ctx, c.Requests[0].ReplyHash)), c.Requests[0])
	same("requests due", get[[]engine.Request](t)(tn.RequestsDue(ctx, c.Requests[0].NextOn, 10)), c.Requests)
	same("entries", get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023")), c.Entries)
	same("entry", get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023", "1.1/2")), c.Entries)
	same("proposals", get[[]engine.Proposal](t)(tn.Proposals(ctx, "kpss", "2023")), c.Proposals)
	same("proposals of an activity", get[[]engine.Proposal](t)(tn.Proposals(ctx, "kpss", "2023", "1.1/2")), c.Proposals)
	same("pending", get[[]engine.Proposal](t)(tn.PendingProposals(ctx)), c.Proposals)
	same("evaluations", get[[]engine.Evaluation](t)(tn.Evaluations(ctx, "kpss", "2023")), c.Evaluations)
}

func TestEveryFieldComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		first := everything("first")
		mustCommit(t, tn, first)
		sameStored(t, tn, first, 1)

		second := everything("second") // every field but the keys is another one
		second.Messages = nil
		for i := range 2 {
			setVersions(&second, i+1)
			mustCommit(t, tn, second)
			sameStored(t, tn, second, i+2)
		}
	})
}

// setVersions makes a Change of everything one that comes after it. Amendments
// are never changed.
func setVersions(c *engine.Change, v int) {
	c.Plans[0].Version, c.Organisations[0].Version, c.Activities[0].Version, c.Seasons[0].Version = v, v, v, v
	c.Requests[0].Version, c.Entries[0].Version, c.Proposals[0].Version, c.Evaluations[0].Version = v, v, v, v
	c.Imported[0].Version = v
	c.Accounts[0].Version, c.Resolutions[0].Version = v, v
	c.Filed[0].Version = v
	c.Region.Version, c.Bundles[0].Version = v, v
	c.Accounts[0].Version, c.Resolutions[0].Version, c.Meetings[0].Version = v, v, v
	c.Amendments = nil
}

func TestEmptyValuesComeBackEmpty(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("bare")
		key := engine.EntryKey{Plan: "kpss", Period: "2023", Activity: "1"}
		c.Plans = []engine.Plan{{ID: "kpss"}}
		c.Activities = []engine.Activity{{Plan: "kpss", ID: "1", Details: []string{}}} // empty is not absent
		c.Organisations = []engine.Organisation{{ID: "charita"}}
		c.Seasons = []engine.Season{{Plan: "kpss", Period: engine.Period{ID: "2023"}}}
		c.Requests = []engine.Request{{Plan: "kpss", Period: "2023", Organisation: "a"}, {Plan: "kpss", Period: "2023", Organisation: "b"}} // neither has a link
		c.Entries = []engine.Entry{{EntryKey: key}}
		c.Proposals = []engine.Proposal{{EntryKey: key, Organisation: "charita", Revision: 1}}
		c.Evaluations = []engine.Evaluation{{Plan: "kpss", Period: engine.Period{ID: "2023"}, Number: 1}}
		mustCommit(t, tn, c)

		if d := cmp.Diff([]engine.Entry{{EntryKey: key, Version: 1}}, get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023"))); d != "" {
			t.Error(d)
		}
		if got := get[[]engine.Activity](t)(tn.Activities(ctx, "kpss")); got[0].Details == nil || got[0].Tags != nil {
			t.Errorf("empty and absent lists are mixed up: %#v", got[0])
		}
		if got := get[[]engine.Request](t)(tn.RequestsDue(ctx, "9999-12-31", 10)); len(got) != 0 {
			t.Errorf("a request without a day is due: %v", got)
		}
		wantCode(t, second(tn.RequestByLink(ctx, "")), engine.NotFound)
		wantCode(t, second(tn.RequestByReply(ctx, "")), engine.NotFound)
		c = change("accounts")
		c.Accounts = []engine.Account{{ID: "a", Email: "a@example.cz"}, {ID: "b", Email: "b@example.cz"}} // neither is invited nor signs in elsewhere
		mustCommit(t, tn, c)
		for _, find := range []func(context.Context, string) (engine.Account, error){tn.AccountByEmail, tn.AccountBySubject, tn.AccountByInvite} {
			wantCode(t, second(find(ctx, "")), engine.NotFound)
		}
	})
}

func TestMunicipality(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn := db.Tenant("klatovy")
		_, err := tn.Municipality(ctx)
		wantCode(t, err, engine.NotFound)
		wantCode(t, tn.Commit(ctx, change("too_early")), engine.NotFound)

		m := filled(&filler{mark: "m"}, func(m *engine.Municipality) { m.Version = 0 })
		c := change("set_up")
		c.Municipality = &m
		mustCommit(t, tn, c)
		wantCode(t, tn.Commit(ctx, c), engine.Conflict) // it is already there
		for v := 1; v < 3; v++ {
			m.Version = v
			if d := cmp.Diff(m, get[engine.Municipality](t)(tn.Municipality(ctx))); d != "" {
				t.Error(d)
			}
			mustCommit(t, tn, c)
		}
		wantCode(t, tn.Commit(ctx, c), engine.Conflict)
	})
}

func TestOrderAndNotFound(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("several")
		for i, id := range []string{"b", "Ž", "a", "č", "Z"} {
			c.Activities = append(c.Activities, engine.Activity{Plan: "p", ID: id, Position: 5 - i})
			c.Organisations = append(c.Organisations, engine.Organisation{ID: id})
			c.Plans = append(c.Plans, engine.Plan{ID: id})
			c.Seasons = append(c.Seasons, engine.Season{Plan: id, Period: engine.Year(2025 - i)})
			c.Requests = append(c.Requests, engine.Request{Plan: "p", Period: "x", Organisation: id, NextOn: engine.NewDate(2024, 1, 5-i)})
			c.Proposals = append(c.Proposals, engine.Proposal{EntryKey: engine.EntryKey{Plan: "p", Period: "x", Activity: id}, Revision: 1,
				State: engine.Pending, At: noon.Add(-time.Duration(i) * time.Minute)})
		}
		mustCommit(t, tn, c)
		ids := func(n int, id func(int) string) (s string) {
			for i := range n {
				s += id(i)
			}
			return s
		}
		as := get[[]engine.Activity](t)(tn.Activities(ctx, "p"))
		os := get[[]engine.Organisation](t)(tn.Organisations(ctx))
		ss := get[[]engine.Season](t)(tn.Seasons(ctx))
		rs := get[[]engine.Request](t)(tn.RequestsDue(ctx, "2024-01-03", 2))
		ps := get[[]engine.Proposal](t)(tn.PendingProposals(ctx))
		for got, want := range map[string]string{
			ids(len(as), func(i int) string { return as[i].ID }):             "ZčaŽb",
			ids(len(os), func(i int) string { return os[i].ID }):             "ZabčŽ", // bytes, on every database
			ids(len(ss), func(i int) string { return ss[i].Plan }) + "s":     "ZčaŽbs",
			ids(len(rs), func(i int) string { return rs[i].Organisation }):   "Zč",
			ids(len(ps), func(i int) string { return ps[i].Activity }) + "p": "ZčaŽbp",
		} {
			if got != want {
				t.Errorf("order is %s, want %s", got, want)
			}
		}
		for _, err := range []error{
			second(tn.Plan(ctx, "nic")), second(tn.Plan(ctx, "a\x00")), second(tn.Season(ctx, "a", "nic")),
			second(tn.Request(ctx, "p", "x", "nic")), second(tn.RequestByLink(ctx, "nic\xff")),
			second(tn.RequestByReply(ctx, "nic")), second(tn.RequestByReply(ctx, "nic\xff")),
		} {
			wantCode(t, err, engine.NotFound)
		}
	})
}

func second[V any](_ V, err error) error { return err }

func TestDraft(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		r := engine.Request{Plan: "kpss", Period: "2023", Organisation: "charita"}
		if d := cmp.Diff(engine.Draft{}, get[engine.Draft](t)(tn.Draft(ctx, r))); d != "" {
			t.Error(d)
		}
		f := &filler{mark: "draft"}
		for range 2 {
			d := filled(f, func(*engine.Draft) {})
			if err := tn.SaveDraft(ctx, r, d, noon); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(d, get[engine.Draft](t)(tn.Draft(ctx, r))); diff != "" {
				t.Error(diff)
			}
		}
		wantCode(t, tn.SaveDraft(ctx, r, engine.Draft{By: "a\x00b"}, noon), engine.Invalid)
	})
}

// TestDigestSurvives keeps a frozen evaluation's hash good: its rows hold
// instants in whatever zone they were written.
func TestDigestSurvives(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		e := everything("d").Evaluations[0]
		zone := time.FixedZone("SELČ", 7200)
		e.Areas[0].Measures[0].Activities[0].ApprovedAt = time.Date(2024, 7, 1, 0, 30, 0, 123456789, zone)
		e.MadeAt = time.Date(2024, 7, 1, 0, 30, 0, 123456789, zone)
		want := get[string](t)(e.Digest())
		c := change("evaluated")
		c.Evaluations = []engine.Evaluation{e}
		mustCommit(t, tn, c)
		got := get[[]engine.Evaluation](t)(tn.Evaluations(ctx, "kpss", "2023"))
		if digest := get[string](t)(got[0].Digest()); digest != want {
			t.Errorf("the digest is another one after storing")
		}
		if want := time.Date(2024, 6, 30, 22, 30, 0, 123456000, time.UTC); got[0].MadeAt != want {
			t.Errorf("made at %v, want %v", got[0].MadeAt, want)
		}
	})
}
