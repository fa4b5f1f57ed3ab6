package web

import "testing"

func TestHandover(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	h.get("/stul/predani").want(t, 200, "Charita Vzorov", "charita@example.cz", "odkazem (1 odpověď)", "mlčí", "(1 dopis)")
}
