package web

import (
	"maps"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// retentionRoutes are how long records are kept, and who witnesses the journal.
func (s *site) retentionRoutes() []route {
	return []route{
		{pattern: "GET /stul/nastaveni/uchovani", right: engine.RightManage, desk: s.showRetention},
		{pattern: "POST /stul/nastaveni/uchovani", right: engine.RightManage, desk: s.postRetention},
	}
}

// A retentionPage is the periods as they are, or as they were typed.
type retentionPage struct {
	Version   int
	Kinds     []keptKind
	Witness   string // an address a line
	Head      engine.JournalHead
	Faults    map[string]string
	Problem   string
	Shortened []workflows.Keeping // what would go by the periods typed; it waits for a yes
}

// A keptKind is one kind of record with its period as text, "" for no end.
type keptKind struct {
	workflows.Keeping
	Typed string
}

// Months gives the default.
func (k keptKind) Months() int { return k.Rule.Months }

func (s *site) showRetention(v visit) error {
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	p := retentionPage{Version: m.Version, Witness: strings.Join(m.Witness, "\n")}
	return s.retention(v, 200, p, m.Keep, nil)
}

// retention fills in what is there. typed are periods that could not be read.
func (s *site) retention(v visit, status int, p retentionPage, keep engine.Retention, typed map[engine.RecordKind]string) error {
	all, err := v.office.Retention(v.r.Context(), keep)
	if err != nil {
		return err
	}
	for _, k := range all {
		text, ok := typed[k.Rule.Kind]
		if !ok && k.Period != engine.KeepForever {
			text = strconv.Itoa(k.Period)
		}
		p.Kinds = append(p.Kinds, keptKind{k, text})
	}
	if p.Head, _, err = v.office.JournalHead(v.r.Context()); err != nil {
		return err
	}
	return s.show(v.w, v.r, status, "retention", p)
}

// postRetention keeps the periods typed. Where more would go than before, it
// says first how much.
func (s *site) postRetention(v visit) error {
	get := v.r.PostForm.Get
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	p := retentionPage{Witness: strings.TrimSpace(get("svedci")), Faults: map[string]string{}}
	p.Version, _ = strconv.Atoi(get("verze"))
	keep, typed := p.read(m.Keep, get)
	witness := p.witnesses()
	if len(p.Faults) > 0 {
		return s.retention(v, statuses[engine.Invalid], p, keep, typed)
	}
	before, err := v.office.Retention(v.r.Context(), m.Keep)
	if err != nil {
		return err
	}
	after, err := v.office.Retention(v.r.Context(), keep)
	if err != nil {
		return err
	}
	if p.Shortened = workflows.Shortened(before, after); len(p.Shortened) > 0 && get("rozumim") == "" {
		return s.retention(v, 200, p, keep, typed)
	}
	err = v.change(p.Version, func(m *engine.Municipality) { m.Keep, m.Witness = keep, witness })
	if code := engine.CodeOf(err); code == engine.Conflict || code == engine.Invalid {
		p.Problem, p.Version, p.Shortened = "settings."+string(code), m.Version, nil
		return s.retention(v, statuses[code], p, keep, typed)
	}
	if err != nil {
		return err
	}
	return v.back("/stul/nastaveni/uchovani", flash("nastaveno"))
}

// read takes the periods of the form; a kind it does not speak of stays. The
// default is not written down: it may change with the program.
func (p retentionPage) read(was engine.Retention, get func(string) string) (engine.Retention, map[engine.RecordKind]string) {
	keep, typed := maps.Clone(was), map[engine.RecordKind]string{}
	if keep == nil {
		keep = engine.Retention{}
	}
	for _, rule := range engine.KeepRules() {
		field := "doba-" + string(rule.Kind)
		text := strings.TrimSpace(get(field))
		if text == "" && get("vse") == "" { // a form that does not hold the kinds
			continue
		}
		typed[rule.Kind] = text
		months, err := strconv.Atoi(text)
		if text == "" {
			months, err = engine.KeepForever, nil
		}
		if err != nil || (engine.Retention{rule.Kind: months}).Check() != nil || months == engine.KeepForever && text != "" {
			p.Faults[field] = "fault.months"
			continue
		}
		if keep[rule.Kind] = months; months == rule.Months {
			delete(keep, rule.Kind)
		}
	}
	return keep, typed
}

// witnesses reads an address a line.
func (p retentionPage) witnesses() (out []string) {
	for line := range strings.SplitSeq(p.Witness, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		c, ok := address(line)
		if !ok || len(out) == mostWitnesses {
			p.Faults["svedci"] = "fault.witnesses"
			return nil
		}
		out = append(out, c.Email)
	}
	return out
}

// mostWitnesses is how many addresses the head of the journal goes to.
const mostWitnesses = 10
