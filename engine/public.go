package engine

// Public gives the evaluation as everybody may read it: what was approved,
// without the answers in their own words. bodies are all that were asked: what
// is known of their contacts must not be told.
func (e Evaluation) Public(bodies []Organisation) Evaluation {
	e = e.Told()
	e.Publicized = true
	return e
}
