package engine

import (
	"cmp"
	"slices"
)

// asking tells how and when the season was asked about.
func (r Record) asking() Asking {
	out := Asking{Day: r.AskedOn}
	letters, by := map[Date]int{}, map[Date]int{}
	for _, q := range r.Requests {
		for i, day := range q.Written {
			if !slices.Contains(q.Written[:i], day) {
				letters[day]++
			}
		}
		if len(q.Written) > 0 && q.AnswerBy != "" {
			by[q.AnswerBy]++
		}
	}
	for day, n := range letters {
		out.Letters = append(out.Letters, MailDay{day, n})
	}
	slices.SortFunc(out.Letters, func(a, b MailDay) int { return cmp.Compare(a.Day, b.Day) })
	for day, n := range by {
		if n > by[out.AnswerBy] || n == by[out.AnswerBy] && day < out.AnswerBy {
			out.AnswerBy = day
		}
	}
	out.Channels = r.channels()
	return out
}

// channels counts the answers the rows rest on. What the coordinator reported
// is one of them.
func (r Record) channels() (out []ChannelCount) {
	count := map[Channel]int{}
	for key, p := range r.index.newest {
		if _, row := r.index.entries[key[0]]; row {
			count[p.Channel]++
		}
	}
	for _, e := range r.Entries {
		if e.Source == "coordinator" {
			count[ByCoordinator]++
		}
	}
	for _, c := range []Channel{ByLink, ByAuthenticated, ByToken, ByNone, ByCoordinator} {
		if count[c] > 0 {
			out = append(out, ChannelCount{c, count[c]})
		}
	}
	return out
}

// unheard gives the bodies that were written to and owe an answer.
func (r Record) unheard() (out []Unheard) {
	for _, q := range r.Requests {
		if len(q.Written) == 0 {
			continue
		}
		u := Unheard{Organisation: r.index.names[q.Organisation].Name, Written: q.Written}
		for _, id := range q.Activities {
			if _, spoke := r.index.newest[[2]string{id, q.Organisation}]; !spoke && r.silentAbout(id, q) {
				u.Activities = append(u.Activities, id)
			}
		}
		if len(u.Activities) > 0 {
			out = append(out, u)
		}
	}
	return out
}
