package engine

import "slices"

// mergeOrganisations merges the organisations a file carries itself into those
// that are known; what only stands here is kept.
func (in Incoming) mergeOrganisations(m *merger) ([]Organisation, []MergeItem) {
	file := in.Draft.Organisations
	at := organisations.index(file)
	ours := slices.DeleteFunc(slices.Clone(in.Organisations), func(o Organisation) bool { return !has(at, o.ID) })
	base := organisations.with(in.Base.Organisations, file) // one that was here before its file is left as it is
	merged, items := organisations.merge(m, base, ours, file)
	known := slices.Clone(in.Organisations)
	place := organisations.index(known)
	for _, o := range merged {
		if i, ok := place[o.ID]; ok {
			known[i] = o
		} else {
			known = append(known, o)
		}
	}
	return known, slices.DeleteFunc(items, func(i MergeItem) bool { return i.Fate == Missing })
}

// A registry finds organisations by the names they are known by, and makes
// those that are not known.
type registry struct {
	slug, expand func(string) string
	apart        map[string]bool // slugs of names that are nobody else's
	bodies       []Organisation
	at           map[string]int    // id → place in bodies
	byName       map[string]string // slug of a name or alias → id
	byExpanded   map[string]string
	taken        []TakenFor
	fates        map[string]Fate
}

func newRegistry(in Incoming, known []Organisation) *registry {
	r := &registry{slug: in.Slug, expand: in.Expand, apart: map[string]bool{}, at: map[string]int{},
		byName: map[string]string{}, byExpanded: map[string]string{}, fates: map[string]Fate{}}
	for _, name := range in.Decisions.Apart {
		r.apart[in.Slug(name)] = true
	}
	for _, o := range known {
		r.learn(o)
	}
	return r
}

func (r *registry) learn(o Organisation) {
	r.at[o.ID] = len(r.bodies)
	r.bodies = append(r.bodies, o)
	for _, name := range append([]string{o.Name}, o.Aliases...) {
		r.name(name, o.ID)
	}
}

func (r *registry) name(name, id string) {
	if key := r.slug(name); r.byName[key] == "" {
		r.byName[key] = id
	}
	if key := r.expand(name); r.byExpanded[key] == "" {
		r.byExpanded[key] = id
	}
}

// find gives the id of a party's organisation: by its name; by its name with
// abbreviations written out, which then becomes an alias; else a new one.
func (r *registry) find(p Party) string {
	if has(r.at, p.Organisation) {
		return p.Organisation
	}
	slug := r.slug(p.Name)
	if id := r.byName[slug]; id != "" {
		return id
	}
	if has(r.at, slug) { // the name it was first known by, before it was renamed
		return slug
	}
	if id := r.byExpanded[r.expand(p.Name)]; id != "" && !r.apart[slug] {
		o := &r.bodies[r.at[id]]
		r.taken = append(r.taken, TakenFor{p.Name, o.Name})
		o.Aliases = append(slices.Clone(o.Aliases), p.Name)
		r.name(p.Name, id)
		if r.fates[id] == "" {
			r.fates[id] = Changed
		}
		return id
	}
	r.learn(Organisation{ID: slug, Name: p.Name, Kind: p.Kind})
	r.fates[slug] = Created
	return slug
}

// items gives the organisations of the file, then those found or made by name.
func (r *registry) items(carried []MergeItem) []MergeItem {
	out := slices.Clone(carried)
	for _, o := range r.bodies {
		i := slices.IndexFunc(out, func(i MergeItem) bool { return i.ID == o.ID })
		switch fate := r.fates[o.ID]; {
		case fate == "":
		case i < 0:
			out = append(out, MergeItem{Thing: AnOrganisation, ID: o.ID, Title: o.Name, Fate: fate})
		case out[i].Fate == Same:
			out[i].Fate = fate
		}
	}
	return out
}

// changed gives the organisations to be stored.
func (r *registry) changed(carried []MergeItem) []Organisation {
	store := map[string]bool{}
	for _, i := range r.items(carried) {
		store[i.ID] = i.Fate == Created || i.Fate == Changed
	}
	var out []Organisation
	for _, o := range r.bodies {
		if store[o.ID] {
			out = append(out, o)
		}
	}
	return out
}
