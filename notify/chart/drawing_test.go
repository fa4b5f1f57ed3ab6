package chart

import "testing"

// However wide its box is, a drawing stays in it.
func TestShapesStayInTheirBox(t *testing.T) {
	for wide := 200.0; wide < 1200; wide += 37 {
		for _, d := range []Drawing{stack(t).Drawing(wide), pairs(t).Drawing(wide), Stack{}.Drawing(wide)} {
			if d.Width != wide {
				t.Fatalf("a box of %v is %v wide", wide, d.Width)
			}
			for _, g := range d.Groups {
				for _, s := range g.Shapes {
					checkShape(t, d, g, s)
				}
			}
		}
	}
}

func checkShape(t *testing.T, d Drawing, g Group, s Shape) {
	t.Helper()
	x, w, foot := s.X, s.W, s.Y+s.H
	if s.H == 0 {
		if w, foot = measured(s.Text), s.Y+4; g.Middle {
			x -= w / 2
		}
	}
	if x < -1e-9 || x+w > d.Width+1e-9 || s.Y < 0 || foot > d.Height {
		t.Errorf("%+v is not within %v by %v", s, d.Width, d.Height)
	}
}
