package czech

import "splneno/engine"

// An opener is how the name of a responsible party begins, folded, word by
// word. A word that ends in "*" stands for every word that begins so.
type opener struct {
	words string
	kind  engine.PartyKind
}

// openers is the vocabulary of bodies. The longest fitting opener decides. In a
// list that lost its separators a party begins where one stands capitalised;
// after a comma it may be in lower case.
var openers = []opener{
	// municipalities and what stands for several of them
	{"mesto", engine.KindMunicipality},
	{"mestys", engine.KindMunicipality},
	{"obec", engine.KindMunicipality},
	{"statutarni mesto", engine.KindMunicipality},
	{"mestska cast", engine.KindMunicipality},
	{"orp", engine.KindMunicipalities},
	{"so orp", engine.KindMunicipalities},
	{"obce", engine.KindOpenGroup},
	{"mesta", engine.KindOpenGroup},
	{"ostatni", engine.KindOpenGroup},
	{"dalsi", engine.KindOpenGroup},
	{"vsechny", engine.KindOpenGroup},
	{"vsichni", engine.KindOpenGroup},

	// open groups
	{"poskytovatel*", engine.KindOpenGroup},
	{"organizace", engine.KindOpenGroup},
	{"neziskove organizace", engine.KindOpenGroup},
	{"sluzby", engine.KindOpenGroup},
	{"socialni sluzby", engine.KindOpenGroup},
	{"domovy", engine.KindOpenGroup},
	{"lekari", engine.KindOpenGroup},
	{"prakticti lekari", engine.KindOpenGroup},
	{"skoly", engine.KindOpenGroup},
	{"zakladni skoly", engine.KindOpenGroup},
	{"zajmova sdruzeni", engine.KindOpenGroup},
	{"obcanska sdruzeni", engine.KindOpenGroup},
	{"spolky", engine.KindOpenGroup},
	{"dobrovolnici", engine.KindOpenGroup},
	{"zamestnavatele", engine.KindOpenGroup},
	{"starostove", engine.KindOpenGroup},
	{"partneri", engine.KindOpenGroup},
	{"zapojene subjekty", engine.KindOpenGroup},

	// authorities and departments
	{"krajsky urad", engine.KindAuthority},
	{"ku", engine.KindAuthority},
	{"kraj", engine.KindAuthority},
	{"plzensky kraj", engine.KindAuthority},
	{"jihocesky kraj", engine.KindAuthority},
	{"ustecky kraj", engine.KindAuthority},
	{"urad prace", engine.KindAuthority},
	{"up", engine.KindAuthority},
	{"mestsky urad", engine.KindAuthority},
	{"meu", engine.KindAuthority},
	{"obecni urad", engine.KindAuthority},
	{"ou", engine.KindAuthority},
	{"ministerstvo", engine.KindAuthority},
	{"mpsv", engine.KindAuthority},
	{"policie", engine.KindAuthority},
	{"mestska policie", engine.KindAuthority},
	{"probacni a mediacni sluzba", engine.KindAuthority},
	{"osvz", engine.KindDepartment},
	{"osvaz", engine.KindDepartment},
	{"ospod", engine.KindDepartment},
	{"odbor", engine.KindDepartment},
	{"oddeleni", engine.KindDepartment},

	// groups and roles of the planning itself
	{"pracovni skupin*", engine.KindWorkingGroup},
	{"koordinacni skupina", engine.KindWorkingGroup},
	{"ridici skupina", engine.KindWorkingGroup},
	{"ps", engine.KindWorkingGroup},
	{"koordinator*", engine.KindRole},
	{"metodik*", engine.KindRole},
	{"manazer*", engine.KindRole},
	{"vyberove rizeni", engine.KindToBeSelected},
	{"vzejde z vyberu", engine.KindToBeSelected},
	{"bude vybran*", engine.KindToBeSelected},

	// kinds of organisation
	{"mestsky ustav", engine.KindOrganisation},
	{"meuss", engine.KindOrganisation},
	{"muss", engine.KindOrganisation},
	{"charita", engine.KindOrganisation},
	{"oblastni charita", engine.KindOrganisation},
	{"diecezni charita", engine.KindOrganisation},
	{"farni charita", engine.KindOrganisation},
	{"och", engine.KindOrganisation},
	{"diakonie", engine.KindOrganisation},
	{"oblastni spolek", engine.KindOrganisation},
	{"centrum", engine.KindOrganisation},
	{"dobrovol* centrum", engine.KindOrganisation},
	{"komunitni centrum", engine.KindOrganisation},
	{"materske centrum", engine.KindOrganisation},
	{"klub", engine.KindOrganisation},
	{"spolek", engine.KindOrganisation},
	{"sdruzeni", engine.KindOrganisation},
	{"svaz", engine.KindOrganisation},
	{"asociace", engine.KindOrganisation},
	{"nadace", engine.KindOrganisation},
	{"agentura", engine.KindOrganisation},
	{"poradna", engine.KindOrganisation},
	{"pedagogicko-psychologicka poradna", engine.KindOrganisation},
	{"nemocnice", engine.KindOrganisation},
	{"hospic", engine.KindOrganisation},
	{"domov", engine.KindOrganisation},
	{"dum deti", engine.KindOrganisation},
	{"ddm", engine.KindOrganisation},
	{"zakladni skola", engine.KindOrganisation},
	{"zs", engine.KindOrganisation},
	{"materska skola", engine.KindOrganisation},
	{"stredni skola", engine.KindOrganisation},
	{"zakladni umelecka skola", engine.KindOrganisation},
	{"gymnazium", engine.KindOrganisation},
	{"knihovna", engine.KindOrganisation},
	{"mestska knihovna", engine.KindOrganisation},
	{"farnost", engine.KindOrganisation},
	{"sk", engine.KindOrganisation},
	{"tj", engine.KindOrganisation},
	{"mas", engine.KindOrganisation},
	{"dso", engine.KindOrganisation},

	// bodies known by their own name
	{"adra", engine.KindOrganisation},
	{"clovek v tisni", engine.KindOrganisation},
	{"cerveny kriz", engine.KindOrganisation},
	{"cesky cerveny kriz", engine.KindOrganisation},
	{"cck", engine.KindOrganisation},
	{"tichy svet", engine.KindOrganisation},
	{"hewer", engine.KindOrganisation},
	{"ledovec", engine.KindOrganisation},
	{"point 14", engine.KindOrganisation},
	{"network east*", engine.KindOrganisation},
	{"fokus", engine.KindOrganisation},
	{"nadeje", engine.KindOrganisation},
	{"armada spasy", engine.KindOrganisation},
	{"rana pece", engine.KindOrganisation},
}

// joinedOpeners are openers that after another word belong to it: "Obce SO ORP
// Klatovy" is one group.
var joinedOpeners = map[string][]string{
	"orp":        {"so", "obce", "uzemi"},
	"so":         {"obce", "mesta", "uzemi"},
	"mesto":      {"statutarni"},
	"organizace": {"prispevkova"},
	"sluzby":     {"socialni"},
	"spolek":     {"oblastni", "zapsany"},
}

// furtherWords begin a party of their own after "a": "Město Klatovy a další obce".
var furtherWords = []string{"dalsi", "ostatni", "jine"}
