package main

import (
	"context"
	"fmt"
	"path/filepath"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/store/planfile"
	"splneno/workflows"
)

// region lets a region take in what two of its towns deliver. Its evaluations
// and those of the other town stand in the same database, each under its own
// name.
func (d *demo) region(ctx context.Context) error {
	r := d.plot.Region
	if _, err := d.office.SetUp(ctx, d.coordinator, func(m *engine.Municipality) { m.Settings.District, m.Settings.Region = r.Districts[0], r.Name }); err != nil {
		return err
	}
	own, err := d.office.MakeBundle(ctx, d.first.Plan, d.first.Period.ID, d.coordinator)
	if err != nil {
		return err
	}
	other, err := d.otherTown(ctx, d.plot.Town)
	if err != nil {
		return fmt.Errorf("%s: %w", d.plot.Town.Name, err)
	}
	who := actorOf(r.Town)
	office, err := d.newTown(ctx, r.Town, example.Kraj2023())
	if err != nil {
		return fmt.Errorf("%s: %w", r.Name, err)
	}
	for _, b := range []engine.Bundle{own, other} {
		doc, err := d.documents.WriteBundle(b)
		if err != nil {
			return err
		}
		if err := writeFile(filepath.Join(d.dir, doc.Name), doc.Data); err != nil {
			return err
		}
		if b, err = d.documents.ReadBundle(doc.Data); err != nil {
			return err
		}
		if _, err := office.TakeBundle(ctx, b, engine.Nobody, who); err != nil {
			return err
		}
	}
	d.say("%s  %s took in the evaluations of two towns", r.Day, r.Name)
	return office.ChangeRegion(ctx, 0, who, func(to *engine.Region) error {
		to.Plan, to.Districts, to.Results, to.Areas = r.Plan, r.Districts, r.Results, r.Areas
		return nil
	})
}

func actorOf(t example.Town) engine.Actor {
	return engine.Actor{Kind: engine.ActorCoordinator, Name: t.Coordinator.Name}
}

// newTown sets another municipality up with a plan of its own.
func (d *demo) newTown(ctx context.Context, t example.Town, plan []byte) (*workflows.Office, error) {
	office, who := d.installation.office(t.Tenant), actorOf(t)
	if _, err := office.SetUp(ctx, who, func(m *engine.Municipality) {
		m.Name, m.Sender, m.Preset, m.Coordinator = t.Name, t.Sender, engine.AfterYear, t.Coordinator.Contact()
		m.Settings.District, m.Settings.Region = t.District, d.plot.Region.Name
	}); err != nil {
		return nil, err
	}
	draft, err := planfile.Read(t.Plan+".yaml", plan, nil)
	if err != nil {
		return nil, err
	}
	return office, office.Import(ctx, draft, who)
}

// otherTown evaluates the plan of another town and gives what it delivers.
func (d *demo) otherTown(ctx context.Context, t example.Town) (engine.Bundle, error) {
	office, err := d.newTown(ctx, t, example.Vzorov2023())
	if err != nil {
		return engine.Bundle{}, err
	}
	period, who := engine.Year(2023).ID, actorOf(t)
	e, err := office.Draft(ctx, t.Plan, period, "", who)
	if err != nil {
		return engine.Bundle{}, err
	}
	if _, err := office.ApproveEvaluation(ctx, t.Plan, period, e.Version, who); err != nil {
		return engine.Bundle{}, err
	}
	return office.MakeBundle(ctx, t.Plan, period, who)
}

// writeRollUp writes what the region reads out of its towns' evaluations.
func (d *demo) writeRollUp(ctx context.Context) error {
	up, err := d.installation.office(d.plot.Region.Tenant).RollUp(ctx, engine.Year(2023).ID)
	if err != nil {
		return err
	}
	docs, err := d.documents.RollUp(up)
	if err != nil {
		return err
	}
	files, err := writeFiles(ready(docs), filepath.Join(d.dir, "region"))
	if err == nil {
		d.say("%s: %s, %s, %s without a place → %s and %d more", up.Region, engine.CountOf(len(up.Towns), "town", "towns"), engine.CountOf(up.Totals.All, "activity", "activities"), engine.CountOf(len(up.Gaps.Areas), "area", "areas"),
			filepath.Join("region", filepath.Base(files[0])), len(files)-1)
	}
	return err
}
