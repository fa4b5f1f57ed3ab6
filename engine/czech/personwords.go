package czech

import "strings"

// A personCase is a case as few persons stand in it: "méně než 5" has the
// genitive behind it where the numeral had the nominative or the accusative.
type personCase int

const (
	inGenitive personCase = iota
	inDative
	inLocative
	inInstrumental
)

// A personForm is a form of a word for persons: its cases in the plural, and
// which of them stands for it.
type personForm struct {
	plural [4]string // by personCase
	is     personCase
	alike  []string // forms of the nominative and accusative, and of the singular, folded
}

// personForms holds every form, folded. Of one that two cases share, the first
// counts; a preposition can say otherwise.
var personForms = func() map[string]personForm {
	out := map[string]personForm{}
	for _, line := range strings.Split(strings.TrimSpace(persons), "\n") {
		parts := strings.Split(line, "|")
		plural := [4]string{}
		copy(plural[:], strings.Fields(parts[0]))
		singular := strings.Fields(parts[1]) // dative, locative, instrumental: the rest is genitive
		alike := strings.Fields(Fold(parts[1] + " " + parts[2]))
		put := func(word string, is personCase) {
			if _, known := out[Fold(word)]; !known {
				out[Fold(word)] = personForm{plural, is, alike}
			}
		}
		for _, word := range strings.Fields(parts[2]) {
			put(word, inGenitive)
		}
		for i, word := range plural {
			put(word, personCase(i))
		}
		for i, word := range singular {
			put(word, []personCase{inDative, inLocative, inInstrumental}[min(i, 2)])
		}
	}
	return out
}()

// persons are the words plans count persons by: the genitive, dative, locative
// and instrumental of the plural; the dative, locative and instrumental of the
// singular; every form the nominative and accusative have, and the genitive of
// the singular.
const persons = `
klientů klientům klientech klienty|klientovi klientovi klientem|klient klienta klienti klienty
klientek klientkám klientkách klientkami|klientce klientce klientkou|klientka klientku klientky
uživatelů uživatelům uživatelích uživateli|uživateli uživateli uživatelem|uživatel uživatele uživatelé
uživatelek uživatelkám uživatelkách uživatelkami|uživatelce uživatelce uživatelkou|uživatelka uživatelku uživatelky
osob osobám osobách osobami|osobě osobě osobou|osoba osobu osoby
seniorů seniorům seniorech seniory|seniorovi seniorovi seniorem|senior seniora senioři seniory
seniorek seniorkám seniorkách seniorkami|seniorce seniorce seniorkou|seniorka seniorku seniorky
rodin rodinám rodinách rodinami|rodině rodině rodinou|rodina rodinu rodiny
domácností domácnostem domácnostech domácnostmi|domácnosti domácnosti domácností|domácnost domácnosti
dětí dětem dětech dětmi|dítěti dítěti dítětem|dítě dítěte děti
žáků žákům žácích žáky|žákovi žákovi žákem|žák žáka žáci žáky
žákyň žákyním žákyních žákyněmi|žákyni žákyni žákyní|žákyně
studentů studentům studentech studenty|studentovi studentovi studentem|student studenta studenti studenty
studentek studentkám studentkách studentkami|studentce studentce studentkou|studentka studentku studentky
občanů občanům občanech občany|občanovi občanovi občanem|občan občana občané občani občany
účastníků účastníkům účastnících účastníky|účastníkovi účastníkovi účastníkem|účastník účastníka účastníci účastníky
žadatelů žadatelům žadatelích žadateli|žadateli žadateli žadatelem|žadatel žadatele žadatelé
obětí obětem obětech oběťmi|oběti oběti obětí|oběť oběti
nezletilých nezletilým nezletilých nezletilými|nezletilému nezletilém nezletilým|nezletilý nezletilá nezletilého nezletilí nezletilé
nevidomých nevidomým nevidomých nevidomými|nevidomému nevidomém nevidomým|nevidomý nevidomá nevidomého nevidomí nevidomé
neslyšících neslyšícím neslyšících neslyšícími|neslyšícímu neslyšícím neslyšícím|neslyšící neslyšícího
os os os os|os os os|os
účastnic účastnicím účastnicích účastnicemi|účastnici účastnici účastnicí|účastnice
zájemců zájemcům zájemcích zájemci|zájemci zájemci zájemcem|zájemce zájemci
zájemkyň zájemkyním zájemkyních zájemkyněmi|zájemkyni zájemkyni zájemkyní|zájemkyně
dobrovolníků dobrovolníkům dobrovolnících dobrovolníky|dobrovolníkovi dobrovolníkovi dobrovolníkem|dobrovolník dobrovolníka dobrovolníci dobrovolníky
pacientů pacientům pacientech pacienty|pacientovi pacientovi pacientem|pacient pacienta pacienti pacienty
pacientek pacientkám pacientkách pacientkami|pacientce pacientce pacientkou|pacientka pacientku pacientky
mužů mužům mužích muži|mužovi mužovi mužem|muž muže muži
žen ženám ženách ženami|ženě ženě ženou|žena ženu ženy
lidí lidem lidech lidmi|člověku člověku člověkem|člověk člověka lidé lidi
matek matkám matkách matkami|matce matce matkou|matka matku matky
otců otcům otcích otci|otci otci otcem|otec otce otcové otci
rodičů rodičům rodičích rodiči|rodiči rodiči rodičem|rodič rodiče rodičové
chlapců chlapcům chlapcích chlapci|chlapci chlapci chlapcem|chlapec chlapce chlapci
dívek dívkám dívkách dívkami|dívce dívce dívkou|dívka dívku dívky
dospělých dospělým dospělých dospělými|dospělému dospělém dospělým|dospělý dospělého dospělí dospělé
nezaměstnaných nezaměstnaným nezaměstnaných nezaměstnanými|nezaměstnanému nezaměstnaném nezaměstnaným|nezaměstnaný nezaměstnaná nezaměstnaného nezaměstnaní nezaměstnané
bezdomovců bezdomovcům bezdomovcích bezdomovci|bezdomovci bezdomovci bezdomovcem|bezdomovec bezdomovce bezdomovci
cizinců cizincům cizincích cizinci|cizinci cizinci cizincem|cizinec cizince cizinci
uprchlíků uprchlíkům uprchlících uprchlíky|uprchlíkovi uprchlíkovi uprchlíkem|uprchlík uprchlíka uprchlíci uprchlíky
vozíčkářů vozíčkářům vozíčkářích vozíčkáři|vozíčkáři vozíčkáři vozíčkářem|vozíčkář vozíčkáře
důchodců důchodcům důchodcích důchodci|důchodci důchodci důchodcem|důchodce důchodci
pěstounů pěstounům pěstounech pěstouny|pěstounovi pěstounovi pěstounem|pěstoun pěstouna pěstouni pěstouny
manželů manželům manželích manželi|manželovi manželovi manželem|manžel manžela manželé
obyvatel obyvatelům obyvatelích obyvateli|obyvateli obyvateli obyvatelem|obyvatel obyvatele obyvatelé
příjemců příjemcům příjemcích příjemci|příjemci příjemci příjemcem|příjemce příjemci
členů členům členech členy|členovi členovi členem|člen člena členi členové členy
azylantů azylantům azylantech azylanty|azylantovi azylantovi azylantem|azylant azylanta azylanti azylanty
mladistvých mladistvým mladistvých mladistvými|mladistvému mladistvém mladistvým|mladistvý mladistvého mladiství mladistvé
`

// withInstrumental are the prepositions behind which a form that two cases share
// is the instrumental.
var withInstrumental = wordSet("s se mezi pred nad pod za")

// countingNames are units that say nothing of what is counted.
var countingNames = wordSet("pocet cislo ks kus kusy kusu poc cetnost")
