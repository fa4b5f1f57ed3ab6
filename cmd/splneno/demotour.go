package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"splneno/cmd/splneno/web"
	"splneno/engine"
	"splneno/workflows"
)

// goOn lives through the second year, and lays out the tour as things are then.
func (d *demo) goOn(ctx context.Context, w *world) error {
	if err := d.later(ctx, w); err != nil {
		return err
	}
	if err := d.openDesk(ctx); err != nil {
		return err
	}
	r, err := d.office.Records.Request(ctx, d.season.Plan, d.season.Period.ID, guest)
	if err != nil {
		return err
	}
	d.board = d.boardLink()
	d.pages.Tour = d.stops("/o/" + d.signer.Token(demoTenant, r))
	return nil
}

// visitor is whom the amendment asks, guest whose answer page the tour opens.
const (
	visitor = "oblastni-charita-klatovy"
	guest   = "mestsky-ustav-socialnich-sluzeb-klatovy"
)

// boardLink gives the path of the steering group's board, as its first member
// was mailed it.
func (d *demo) boardLink() string {
	member := d.script.Municipality.SteeringGroup[0].Email
	return strings.TrimPrefix(d.signer.BoardURL(d.signer.BoardToken(demoTenant, d.first.Plan, d.first.Period.ID, member, 0)), d.url)
}

// ahead gives every mail that will leave until the season that is prepared ends.
func (d *demo) ahead(ctx context.Context) (workflows.Outlook, error) {
	return d.office.Forecast(ctx, workflows.Question{Until: d.newest.Period.End.AddDays(120), Prepared: true})
}

// tour prints what there is to see, and where.
func (d *demo) tour(out io.Writer) {
	fmt.Fprintf(out, "\nThe desk is open, on %s; have a look (Ctrl+C ends the demo):\n  %s/\n", demoToday, d.url)
	for _, s := range d.pages.Tour {
		fmt.Fprintf(out, "  %s%s\n      %s\n", d.url, s.Href, s.Title)
	}
	fmt.Fprintf(out, "Desk: %s\n  e-mail:   %s\n  region:   %s\n  password: %s\nSteering group's board: %s%s\nFiles: %s\n",
		d.signer.DeskURL(), d.script.Municipality.Coordinator.Email, d.plot.Region.Coordinator.Email, demoPassword, d.url, d.board, d.dir)
}

// stops are the places of the tour.
func (d *demo) stops(answerPage string) []web.TourStop {
	path := func(s engine.Season) string { return s.Plan + "/" + s.Period.ID }
	fill := strings.NewReplacer("{answer}", answerPage, "{season}", path(d.first), "{next}", path(d.newest), "{plan}", d.season.Plan, "{asked}", path(d.season), "{town}", demoTenant, "{region_email}", d.plot.Region.Coordinator.Email,
		"{ended}", d.plot.Ended.Organisation, "{board}", d.board, "{email}", d.script.Municipality.Coordinator.Email, "{password}", demoPassword)
	var out []web.TourStop
	for _, s := range d.script.Tour {
		out = append(out, web.TourStop{Title: s.Title, Href: fill.Replace(s.Href), Sentence: fill.Replace(s.Sentence)})
	}
	return out
}
