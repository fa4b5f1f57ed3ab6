package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"splneno/workflows"
)

// tenantList lists the municipalities.
type tenantList struct {
	JSON bool `name:"json" help:"Print a JSON array."`
}

// Help gives the example of --help.
func (tenantList) Help() string { return "Example: splneno tenant list --json" }

// Run does it.
func (l tenantList) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		towns, err := in.db.AcrossTenants().Register(ctx)
		if err != nil {
			return err
		}
		type line struct {
			ID          string     `json:"id"`
			Name        string     `json:"name"`
			State       string     `json:"state"`
			OpenSeasons int        `json:"open_seasons"`
			Waiting     int        `json:"waiting_mails"`
			Last        *time.Time `json:"last_activity"`
		}
		lines := []line{}
		for _, t := range towns {
			one := line{ID: t.ID, Name: t.Name, State: cmp.Or(string(t.Hold), "active"), OpenSeasons: t.Open, Waiting: t.Waiting}
			if !t.LastAt.IsZero() {
				one.Last = &t.LastAt
			}
			lines = append(lines, one)
		}
		if l.JSON {
			enc := json.NewEncoder(w.out)
			enc.SetIndent("", "  ")
			return enc.Encode(lines)
		}
		if len(lines) == 0 {
			fmt.Fprintln(w.out, "No municipality yet; see splneno tenant add --help.")
			return nil
		}
		t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "TOWN\tNAME\tSTATE\tOPEN SEASONS\tMAILS WAITING\tLAST ACTIVITY")
		for _, one := range lines {
			last := "never"
			if one.Last != nil {
				last = minuteOf(*one.Last)
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%d\t%s\n", one.ID, one.Name, one.State, one.OpenSeasons, one.Waiting, last)
		}
		return t.Flush()
	})
}
