package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"splneno/engine"
	"splneno/notify/document"
	"splneno/notify/paper/docx"
	"splneno/workflows"
)

// templateCommand is about the town's own layout of its Word documents.
type templateCommand struct {
	Check   templateCheck   `cmd:"" help:"Say what becomes of a layout made in Word."`
	Example templateExample `cmd:"" help:"Write a layout with every placeholder, to begin from."`
	Set     templateSet     `cmd:"" help:"Make the documents in this layout from now on."`
	Remove  templateRemove  `cmd:"" help:"Make the documents in our layout again."`
}

// templateCheck looks at a layout.
type templateCheck struct {
	File string `arg:"" type:"existingfile" placeholder:"FILE" help:"Layout to look at, a .docx."`
}

// Help lists the placeholders.
func (templateCheck) Help() string {
	out := "A layout is a Word document with names in braces. Those of one kind stand within a\nsentence, those of the other alone in a paragraph:\n\n"
	for _, p := range document.Placeholders() {
		kind := "in a sentence"
		if p.Part {
			kind = "alone"
		}
		out += fmt.Sprintf("  {%s} (%s): %s\n", p.Name, kind, p.About)
	}
	return out + "\nExample: splneno template check vzor.docx"
}

// Run prints what was found. It needs no database.
func (t templateCheck) Run(w *world) error {
	if _, err := checkedLayout(t.File, w.out); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w.out, "It can be used: splneno template set %s\n", t.File)
	return err
}

// checkedLayout reads a layout and prints what becomes of it; its error says that
// it cannot be used.
func checkedLayout(file string, out io.Writer) ([]byte, error) {
	info, err := os.Stat(file)
	if err == nil && info.Size() > engine.MaxLayout {
		return nil, engine.Errorf(engine.Invalid, "%s has %d bytes, more than %d; make its pictures smaller", file, info.Size(), engine.MaxLayout)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "%s cannot be read: %w", file, err)
	}
	findings, usable, err := document.CheckLayout(data)
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "%s: %w", file, err)
	}
	for _, f := range findings {
		if _, err := fmt.Fprintln(out, sentence(f)); err != nil {
			return nil, err
		}
	}
	if !usable {
		return nil, engine.Errorf(engine.Invalid, "%s cannot be used as a layout yet; see splneno template check --help", file)
	}
	return data, nil
}

// sentence says what a finding means and what to do.
func sentence(f docx.Finding) string {
	switch f.Fault {
	case docx.FaultUnknown:
		if f.Nearest != "" {
			return fmt.Sprintf("{%s} is no placeholder; write {%s} if you mean that", f.Name, f.Nearest)
		}
		return fmt.Sprintf("{%s} is no placeholder; it stays in the documents as it is", f.Name)
	case docx.FaultMissing:
		return fmt.Sprintf("{%s} is missing; the documents will do without it unless you put it alone into a paragraph", f.Name)
	case docx.FaultInside:
		return fmt.Sprintf("{%s} stands among other text, in a table, a box or a header; give it a paragraph of its own in the text", f.Name)
	case docx.FaultStyle:
		return fmt.Sprintf("the style %q is missing; ours is used unless you use that style once in the layout", f.Name)
	case docx.FaultMacro:
		return "the file holds macros or foreign objects; save it as a Word document (.docx) without them"
	case docx.FaultOutside:
		return "the file takes something from outside when it is opened, as a linked picture; put it into the document itself"
	}
	return fmt.Sprintf("{%s} is found", f.Name)
}

// templateExample writes a layout to begin from.
type templateExample struct {
	Out string `required:"" type:"path" placeholder:"FILE" help:"File to write."`
}

// Help gives the example of --help.
func (templateExample) Help() string { return "Example: splneno template example --out vzor.docx" }

// Run does it. It needs no database.
func (t templateExample) Run(w *world) error {
	data, err := document.ExampleLayout()
	if err != nil {
		return err
	}
	if err := writeFile(t.Out, data); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "%s: change its looks in Word, leave out what you do not want, then: splneno template check %s\n", t.Out, t.Out)
	return err
}

// templateSet files a layout.
type templateSet struct {
	File string `arg:"" type:"existingfile" placeholder:"FILE" help:"Layout to use, a .docx."`
}

// Help gives the example of --help.
func (templateSet) Help() string { return "Example: splneno template set vzor.docx" }

// Run does it.
func (t templateSet) Run(ctx context.Context, c *command, w *world) error {
	data, err := checkedLayout(t.File, w.out)
	if err != nil {
		return err
	}
	return c.fileLayout(ctx, w, data, "Word documents are made in this layout from now on.")
}

// templateRemove takes the layout away.
type templateRemove struct{}

// Help gives the example of --help.
func (templateRemove) Help() string { return "Example: splneno template remove" }

// Run does it.
func (templateRemove) Run(ctx context.Context, c *command, w *world) error {
	return c.fileLayout(ctx, w, nil, "Word documents are made in the layout of the program again.")
}

func (c *command) fileLayout(ctx context.Context, w *world, data []byte, said string) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		if err := o.SetLayout(ctx, data, who); err != nil {
			return err
		}
		_, err = fmt.Fprintln(w.out, said)
		return err
	})
}
