package czech_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/engine/czech"
)

const (
	org   = engine.KindOrganisation
	town  = engine.KindMunicipality
	group = engine.KindOpenGroup
)

// seedLists are the lists of responsible parties as two real documents print them.
var seedLists = []struct {
	raw  string
	want []engine.Party
}{
	{"Oblastní charita Klatovy Hewer, z.s. Centrum Hájek Základní škola, Klatovy, Hálkova 133 Poskytovatelé rané péče",
		parties(org, "Oblastní charita Klatovy", org, "Hewer, z.s.", org, "Centrum Hájek",
			org, "Základní škola, Klatovy, Hálkova 133", group, "Poskytovatelé rané péče")},
	{"Poskytovatelé služeb rané péče Další poskytovatelé sociálních služeb pro rodiny s dětmi se zdravotním postižením Krajský úřad Plzeňského kraje",
		parties(group, "Poskytovatelé služeb rané péče", group, "Další poskytovatelé sociálních služeb pro rodiny s dětmi se zdravotním postižením",
			engine.KindAuthority, "Krajský úřad Plzeňského kraje")},
	{"Město Železná Ruda Klub pro seniory, Charita Sušice",
		parties(town, "Město Železná Ruda", org, "Klub pro seniory", org, "Charita Sušice")},
	{"Město Klatovy Domovy se zvláštním režimem v regionu",
		parties(town, "Město Klatovy", group, "Domovy se zvláštním režimem v regionu")},
	{"Služby zaměřené na seniory a osoby se zdravotním postižením Města a obce regionu ORP Sušice a Horažďovice",
		parties(group, "Služby zaměřené na seniory a osoby se zdravotním postižením", group, "Města a obce regionu",
			engine.KindMunicipalities, "ORP Sušice a Horažďovice")},
	{"Město Klatovy Diakonie Západ a další organizace pracující s osobami s mentálním postižením Pracovní skupina „senioři a osoby se zdravotním postižením“ ÚP Klatovy",
		parties(town, "Město Klatovy", org, "Diakonie Západ", group, "další organizace pracující s osobami s mentálním postižením",
			engine.KindWorkingGroup, "Pracovní skupina „senioři a osoby se zdravotním postižením“", engine.KindAuthority, "ÚP Klatovy")},
	{"Diakonie Západ, Oblastní charita Klatovy Další poskytovatelé sociálních služeb",
		parties(org, "Diakonie Západ", org, "Oblastní charita Klatovy", group, "Další poskytovatelé sociálních služeb")},
	{"ADRA, Oblastní charita Klatovy, Člověk v tísni, Červený kříž Město Klatovy",
		parties(org, "ADRA", org, "Oblastní charita Klatovy", org, "Člověk v tísni", org, "Červený kříž", town, "Město Klatovy")},
	{"OSVZ Město Klatovy Poskytovatelé služeb v oblasti závislosti na návykových látkách (Point 14, Spolek Ulice Plzeň, Network East-West, z.s.)",
		parties(engine.KindDepartment, "OSVZ Město Klatovy", group, "Poskytovatelé služeb v oblasti závislosti na návykových látkách")},
	{"Město Klatovy, město Nýrsko a další obce regionu Klatovska Poskytovatelé sociálních služeb",
		parties(town, "Město Klatovy", town, "město Nýrsko", group, "další obce regionu Klatovska", group, "Poskytovatelé sociálních služeb")},
	{"Město Klatovy Poskytovatelé sociálních služeb a organizace poskytující návazné služby Obce SO ORP Klatovy Pracovní skupiny v rámci KPSS Krajský úřad Plzeňského kraje",
		parties(town, "Město Klatovy", group, "Poskytovatelé sociálních služeb a organizace poskytující návazné služby",
			group, "Obce SO ORP Klatovy", engine.KindWorkingGroup, "Pracovní skupiny v rámci KPSS", engine.KindAuthority, "Krajský úřad Plzeňského kraje")},
	{"Poskytovatelé sociálních služeb město Klatovy, obce na Klatovsku",
		parties(group, "Poskytovatelé sociálních služeb", town, "město Klatovy", group, "obce na Klatovsku")},
	{"Tichý svět, o. p. s. Krajský úřad Plzeňského kraje",
		parties(org, "Tichý svět, o. p. s.", engine.KindAuthority, "Krajský úřad Plzeňského kraje")},
	{"poskytovatelé soc.sl.,obce, zájmová sdružení, dobrovol. centrum",
		parties(group, "poskytovatelé soc.sl.", group, "obce", group, "zájmová sdružení", org, "dobrovol. centrum")},
	{"Oblastní charita\nKlatovy, \nkoordinátor KPSS", parties(org, "Oblastní charita Klatovy", engine.KindRole, "koordinátor KPSS")},
	{"Diakonie ČCE – \nstředisko Západní \nČechy", parties(org, "Diakonie ČCE – středisko Západní Čechy")},
	{"Truhla, s.r.o., Jan Vymyšlený - poskytovatel", parties(org, "Truhla, s.r.o.", engine.KindPerson, "Jan Vymyšlený")},
	{"Policie ČR, Městská policie Klatovy", parties(engine.KindAuthority, "Policie ČR", engine.KindAuthority, "Městská policie Klatovy")},
	{"výběrové řízení", parties(engine.KindToBeSelected, "výběrové řízení")},
	{"koordinátor realizace KPSS", parties(engine.KindRole, "koordinátor realizace KPSS")},
	{"Plánice", parties(town, "Plánice")},
	{"SK Bolešiny", parties(org, "SK Bolešiny")},
	{"Klub vojenských důchodců v Klatovech", parties(org, "Klub vojenských důchodců v Klatovech")},
	{"", nil},
}

func TestReadParties(t *testing.T) {
	for _, tt := range seedLists {
		t.Run(tt.raw, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, czech.ReadPartyList(tt.raw, nil).Parties); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadPartyListMembersAndCertainty(t *testing.T) {
	list := czech.ReadPartyList("Poskytovatelé pomoci (Point 14, Spolek Ulice Plzeň, Network East-West, z.s.)", nil)
	want := map[string][]engine.Party{"Poskytovatelé pomoci": parties(org, "Point 14", org, "Spolek Ulice Plzeň", org, "Network East-West, z.s.")}
	if diff := cmp.Diff(want, list.Members); diff != "" || !list.Certain {
		t.Errorf("certain %v: %s", list.Certain, diff)
	}
	if list := czech.ReadPartyList("ADRA, Charita Sušice", nil); !list.Certain {
		t.Error("a list with commas between known bodies is certain")
	}
	if list := czech.ReadPartyList("Město Klatovy Domovy pro seniory", nil); list.Certain {
		t.Error("a split without a separator is a guess")
	}
}

func TestReadPartiesKnown(t *testing.T) {
	known := []engine.Organisation{
		{ID: "kotva", Name: "Přístav Kotva", Kind: org, Aliases: []string{"Kotva"}},
		{ID: "mesto-klatovy", Name: "Město Klatovy", Kind: town, Aliases: []string{"Klatovy"}},
	}
	got := czech.ReadPartyList("Oblastní charita Klatovy Přístav Kotva, Klatovy", known).Parties
	want := []engine.Party{
		{Name: "Oblastní charita Klatovy", Kind: org},
		{Name: "Přístav Kotva, Klatovy", Kind: org},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := czech.ReadPartyList("kotva", known).Parties; got[0].Organisation != "kotva" {
		t.Errorf("alias not matched: %+v", got)
	}
}

// parties pairs kinds with names.
func parties(kindsAndNames ...any) []engine.Party {
	var out []engine.Party
	for i := 0; i < len(kindsAndNames); i += 2 {
		out = append(out, engine.Party{Kind: kindsAndNames[i].(engine.PartyKind), Name: kindsAndNames[i+1].(string)})
	}
	return out
}
