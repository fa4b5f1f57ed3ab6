package engine

// rungDay gives the day a rung of the ladder is due, "" past its end or before
// the first round. Rung 0 is the request itself.
func (c Case) rungDay(step int) Date {
	ladder := c.Municipality.Policy.Ladder
	if c.Request.Round == 0 || step > len(ladder) {
		return ""
	}
	if day := c.Request.Moves[rungKey(c.Request.Round, step)]; day != "" {
		return day
	}
	if step == 0 {
		return c.Request.AskedOn
	}
	return NewWorkdays(c.Municipality.DaysOff).Add(c.Request.AnswerBy, ladder[step-1].Days)
}

// climb takes the rungs that are due and gives their kind, "" for none. Rungs
// missed while nothing ran are taken together, except that an escalation is
// always alone, on a day without a letter. Whoever was not asked in this round
// yet, because the request was left out, is asked before being reminded.
func (c Case) climb(today Date) (kind LetterKind, step int) {
	step = c.Request.Step
	if len(c.openItems()) == 0 {
		return "", step
	}
	for next, day := c.rung(step); day != "" && day <= today; next, day = c.rung(step) {
		rung := LetterRequest
		if next > 0 {
			rung = c.Municipality.Policy.Ladder[next-1].Kind
		}
		if rung == LetterEscalation {
			if kind == "" && !c.written(today) {
				return rung, next + 1
			}
			return kind, step
		}
		if kind == "" && c.Request.Step == 0 {
			rung = LetterRequest
		}
		step = next + 1
		if kind == "" {
			kind = rung
		}
	}
	return kind, step
}

// fullTime gives the day to answer by. A request so late that its first
// reminder would be due with it, and one moved to a later day, gets the full
// time, counted from today.
func (c Case) fullTime(today Date) Date {
	first := c.rungDay(1)
	moved := c.Request.Moves[rungKey(c.Request.Round, 0)]
	late := first != "" && first <= today || moved > c.Request.AskedOn && moved <= today
	if c.Request.Step > 0 || c.Request.Round == 0 || !late || c.Request.stopped(rungKey(c.Request.Round, 0)) {
		return c.Request.AnswerBy
	}
	return c.fromToday(today)
}

// fromToday gives the day to answer by of who is asked today, whatever stood
// there before.
func (c Case) fromToday(today Date) Date {
	return max(c.Request.AnswerBy, NewWorkdays(c.Municipality.DaysOff).Add(today, c.Municipality.Policy.AnswerDays))
}

// keepDistance gives the day to answer by after the letter of rung step-1. A
// letter so late that the next rung would be due with it moves the ladder, so
// that the next rung keeps its distance from it.
func (c Case) keepDistance(step int, today Date) Date {
	_, next := c.rung(step)
	if step < 2 || next == "" || next > today {
		return c.Request.AnswerBy
	}
	return NewWorkdays(c.Municipality.DaysOff).Add(today, -c.Municipality.Policy.Ladder[step-2].Days)
}
