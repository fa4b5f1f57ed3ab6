package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

// nodesCommand lists the servers.
type nodesCommand struct {
	JSON bool `name:"json" help:"Print a JSON array."`
}

// A shownNode is a server for programs.
type shownNode struct {
	Name    string     `json:"name"`
	Version string     `json:"version"`
	Started time.Time  `json:"started"`
	Seen    time.Time  `json:"last_seen"`
	Off     float64    `json:"clock_off_seconds"`  // against the database, ahead is positive
	Ahead   *time.Time `json:"clock_not_believed"` // what it shows while it is not, else null
}

// Help gives the example of --help.
func (nodesCommand) Help() string {
	return "Examples: splneno nodes; splneno nodes --json\nA server that was ended leaves the list at once, one that was killed after a week."
}

// Run lists them.
func (n nodesCommand) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		nodes, err := in.db.AcrossTenants().Nodes(ctx)
		if err != nil {
			return err
		}
		if n.JSON {
			all := []shownNode{}
			for _, n := range nodes {
				all = append(all, shownNode{n.Name, n.Version, n.Started, n.Seen, n.Off.Seconds(), known(n.Ahead)})
			}
			return w.json(all)
		}
		return in.printNodes(w, nodes)
	})
}

func (in *installation) printNodes(w *world, nodes []engine.Node) error {
	if len(nodes) == 0 {
		_, err := fmt.Fprintln(w.out, "No server runs on this database.")
		return err
	}
	table := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "NODE\tVERSION\tSINCE\tLAST SEEN\tCLOCK")
	for _, n := range nodes {
		clock := "right"
		switch {
		case !n.Ahead.IsZero():
			clock = "not believed: it shows " + in.shown(n.Ahead)
		case n.Off.Abs() >= time.Second:
			clock = fmt.Sprintf("%+.0f s against the database", n.Off.Seconds())
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", n.Name, n.Version, in.shown(n.Started), in.shown(n.Seen), clock)
	}
	return table.Flush()
}

// shown gives a time as it is printed, in local time.
func (in *installation) shown(t time.Time) string { return t.In(in.zone).Format("2006-01-02 15:04:05") }
