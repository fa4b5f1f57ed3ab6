package czech

import "splneno/engine"

var nextStepWords = map[engine.NextStep]string{
	engine.Close:     "uzavřít",
	engine.Continue:  "pokračovat",
	engine.CarryOver: "převést do dalšího plánu",
	engine.Postpone:  "odložit",
	engine.Drop:      "vypustit",
	"":               "nerozhodnuto",
}

var kindWords = map[engine.PartyKind]string{
	engine.KindOrganisation:   "organizace",
	engine.KindMunicipality:   "obec",
	engine.KindMunicipalities: "více obcí",
	engine.KindAuthority:      "úřad",
	engine.KindDepartment:     "odbor",
	engine.KindWorkingGroup:   "pracovní skupina",
	engine.KindRole:           "role",
	engine.KindOpenGroup:      "otevřená skupina",
	engine.KindPerson:         "osoba",
	engine.KindToBeSelected:   "vzejde z výběru",
}

var channelWords = map[engine.Channel]string{
	engine.ByLink:          "odkazem",
	engine.ByAuthenticated: "odpovědí na e-mail (odesílatel ověřen)",
	engine.ByToken:         "odpovědí na e-mail (odesílatel neověřen)",
	engine.ByNone:          "e-mailem bez značky, přiřazeným koordinátorem",
	engine.ByCoordinator:   "prostřednictvím koordinátora",
}

// NextStepWord writes a next step as an imperative of the desk: "pokračovat".
func NextStepWord(s engine.NextStep) string { return nextStepWords[s] }

// KindWord writes a kind of party: "organizace".
func KindWord(k engine.PartyKind) string { return kindWords[k] }

// ChannelWord writes how an answer came, "" for a channel without a word.
func ChannelWord(c engine.Channel) string { return channelWords[c] }
