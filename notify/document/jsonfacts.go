package document

import "splneno/engine"

// What an evaluation holds beside its rows.

type jsonApproval struct {
	Body  string `json:"body"`
	Verb  string `json:"verb"`
	Day   string `json:"day"`
	What  string `json:"what"`
	Until string `json:"until"`
}

type jsonAsking struct {
	Day      string        `json:"day"`
	AnswerBy string        `json:"answer_by"`
	Letters  []jsonMailDay `json:"letters"`
	Channels []jsonChannel `json:"channels"`
}

type jsonMailDay struct {
	Day    string `json:"day"`
	Bodies int    `json:"bodies"`
}

type jsonChannel struct {
	Channel string `json:"channel"`
	Answers int    `json:"answers"`
}

type jsonUnheard struct {
	Organisation string        `json:"organisation"`
	Written      []engine.Date `json:"written"`
	Activities   []string      `json:"activities"`
}

type jsonYear struct {
	Period string     `json:"period"`
	Totals jsonTotals `json:"totals"`
}

type jsonNext struct {
	Title string        `json:"title"`
	Year  int           `json:"year"`
	Rows  []jsonNextRow `json:"rows"`
}

type jsonNextRow struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	From        []string `json:"from"`
	Responsible string   `json:"responsible"`
	Deadline    string   `json:"deadline"`
}

func jsonApprovalOf(a engine.Approval) jsonApproval {
	return jsonApproval{a.Body, string(a.Verb), string(a.Day), a.What, string(a.Until)}
}

func (a jsonApproval) value() engine.Approval {
	return engine.Approval{Body: a.Body, Verb: engine.ApprovalVerb(a.Verb), Day: engine.Date(a.Day), What: a.What, Until: engine.Date(a.Until)}
}

func jsonAskingOf(a engine.Asking) jsonAsking {
	return jsonAsking{string(a.Day), string(a.AnswerBy),
		mapped(a.Letters, func(d engine.MailDay) jsonMailDay { return jsonMailDay{string(d.Day), d.Bodies} }),
		mapped(a.Channels, func(c engine.ChannelCount) jsonChannel { return jsonChannel{string(c.Channel), c.Answers} })}
}

func (a jsonAsking) value() engine.Asking {
	return engine.Asking{Day: engine.Date(a.Day), AnswerBy: engine.Date(a.AnswerBy),
		Letters: read(a.Letters, func(d jsonMailDay) engine.MailDay { return engine.MailDay{Day: engine.Date(d.Day), Bodies: d.Bodies} }),
		Channels: read(a.Channels, func(c jsonChannel) engine.ChannelCount {
			return engine.ChannelCount{Channel: engine.Channel(c.Channel), Answers: c.Answers}
		})}
}

func jsonUnheardOf(u engine.Unheard) jsonUnheard {
	return jsonUnheard{u.Organisation, list(u.Written), list(u.Activities)}
}

func (u jsonUnheard) value() engine.Unheard {
	return engine.Unheard{Organisation: u.Organisation, Written: some(u.Written), Activities: some(u.Activities)}
}

func jsonYearOf(y engine.YearTotals) jsonYear { return jsonYear{y.Period, jsonTotals(y.Totals)} }

func (y jsonYear) value() engine.YearTotals {
	return engine.YearTotals{Period: y.Period, Totals: engine.Totals(y.Totals)}
}

func jsonNextOf(n engine.NextPart) jsonNext {
	return jsonNext{n.Title, n.Year, mapped(n.Rows, func(r engine.NextRow) jsonNextRow {
		return jsonNextRow{r.ID, r.Title, list(r.From), r.Responsible, r.Deadline}
	})}
}

func (n jsonNext) value() engine.NextPart {
	return engine.NextPart{Title: n.Title, Year: n.Year, Rows: read(n.Rows, func(r jsonNextRow) engine.NextRow {
		return engine.NextRow{ID: r.ID, Title: r.Title, From: some(r.From), Responsible: r.Responsible, Deadline: r.Deadline}
	})}
}
