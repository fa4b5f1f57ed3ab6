package czech

import "strings"

// townNames are municipalities a plan may name without saying that they are
// one: the seats of districts with extended powers, and the municipalities of
// Klatovsko. A town's own organisations and aliases add to them.
const townNames = `
Aš, Benešov, Beroun, Bílina, Bílovec, Blansko, Blatná, Blovice, Bohumín, Boskovice, Brandýs nad Labem,
Brno, Broumov, Bruntál, Břeclav, Bučovice, Bystřice nad Pernštejnem, Bystřice pod Hostýnem, Čáslav,
Černošice, Česká Lípa, Česká Třebová, České Budějovice, Český Brod, Český Krumlov, Český Těšín, Dačice,
Děčín, Dobruška, Dobříš, Domažlice, Dvůr Králové nad Labem, Frenštát pod Radhoštěm, Frýdek-Místek,
Frýdlant, Frýdlant nad Ostravicí, Havířov, Havlíčkův Brod, Hlinsko, Hlučín, Hodonín, Holešov, Holice,
Horažďovice, Horšovský Týn, Hořice, Hořovice, Hradec Králové, Hranice, Humpolec, Hustopeče, Cheb,
Chomutov, Chotěboř, Chrudim, Ivančice, Jablonec nad Nisou, Jablunkov, Jaroměř, Jeseník, Jičín, Jihlava,
Jilemnice, Jindřichův Hradec, Kadaň, Kaplice, Karlovy Vary, Karviná, Kladno, Klatovy, Kolín, Konice,
Kopřivnice, Kostelec nad Orlicí, Kralovice, Kralupy nad Vltavou, Kraslice, Kravaře, Krnov, Kroměříž,
Kuřim, Kutná Hora, Kyjov, Lanškroun, Liberec, Lipník nad Bečvou, Litoměřice, Litomyšl, Litovel,
Litvínov, Louny, Lovosice, Luhačovice, Lysá nad Labem, Mariánské Lázně, Mělník, Mikulov, Milevsko,
Mladá Boleslav, Mnichovo Hradiště, Mohelnice, Moravská Třebová, Moravské Budějovice, Moravský Krumlov,
Most, Náchod, Náměšť nad Oslavou, Nepomuk, Neratovice, Nová Paka, Nové Město na Moravě,
Nové Město nad Metují, Nový Bor, Nový Bydžov, Nový Jičín, Nymburk, Nýřany, Odry, Olomouc, Opava, Orlová,
Ostrava, Ostrov, Otrokovice, Pacov, Pardubice, Pelhřimov, Písek, Plzeň, Podbořany, Poděbrady,
Pohořelice, Polička, Praha, Prachatice, Prostějov, Přelouč, Přerov, Přeštice, Příbor, Příbram, Rakovník,
Rokycany, Rosice, Roudnice nad Labem, Rožnov pod Radhoštěm, Rumburk, Rychnov nad Kněžnou, Rýmařov,
Říčany, Sedlčany, Semily, Slaný, Slavkov u Brna, Soběslav, Sokolov, Stod, Strakonice, Stříbro, Sušice,
Světlá nad Sázavou, Svitavy, Šlapanice, Šternberk, Šumperk, Tábor, Tachov, Tanvald, Telč, Teplice,
Tišnov, Trhové Sviny, Trutnov, Třebíč, Třeboň, Třinec, Turnov, Týn nad Vltavou, Uherské Hradiště,
Uherský Brod, Uničov, Ústí nad Labem, Ústí nad Orlicí, Valašské Klobouky, Valašské Meziříčí, Varnsdorf,
Velké Meziříčí, Veselí nad Moravou, Vimperk, Vítkov, Vizovice, Vlašim, Vodňany, Votice, Vrchlabí,
Vsetín, Vysoké Mýto, Vyškov, Zábřeh, Zlín, Znojmo, Žamberk, Žatec, Žďár nad Sázavou, Železný Brod, Židlochovice,
Běhařov, Běšiny, Bezděkov, Biřkov, Bolešiny, Břežany, Bukovník, Čachrov, Černíkov, Červené Poříčí, Číhaň,
Dešenice, Dlažov, Dolany, Hamry, Hnačov, Chlistov, Chudenice, Chudenín, Janovice nad Úhlavou, Javor,
Ježovy, Klenová, Kolinec, Křenice, Kvášňovice, Lomec, Měčín, Mezihoří, Mlýnské Struhadlo, Mochtín,
Myslovice, Nezdice na Šumavě, Nýrsko, Obytce, Ostřetice, Plánice, Poleň, Předslav, Strážov, Svrčovec,
Švihov, Tužice, Týnec, Újezd u Plánice, Vrhaveč, Vřeskovice, Zavlekov, Zborovy, Železná Ruda, Žihobce,
Strmilov, Kardašova Řečice, Nová Bystřice, Nová Včelnice`

// towns maps the folded name of a town to its name.
var towns = func() map[string]string {
	byFold := map[string]string{}
	for name := range strings.SplitSeq(townNames, ",") {
		byFold[Fold(name)] = Squeeze(name)
	}
	return byFold
}()

// TownOf gives the name of the town that a declined form ("Klatovech") means,
// or the form itself when no town of the list fits.
func TownOf(form string) string {
	folded := Fold(form)
	if name, ok := towns[folded]; ok {
		return name
	}
	best, length := Squeeze(form), 0
	for fold, name := range towns {
		n := commonPrefix(fold, folded)
		if n >= 4 && n >= len(fold)-2 && len(folded)-n <= 3 && (n > length || n == length && name < best) {
			best, length = name, n
		}
	}
	return best
}

// commonPrefix counts the bytes a and b begin with alike.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// RegionOf finds a region named by its town, "na Klatovsku" or "regionu
// Klatovsko", and gives it in the nominative: "Klatovsko"; "" when there is none.
func RegionOf(text string) string {
	for word := range strings.FieldsSeq(text) {
		word = strings.Trim(word, ".,;:()„“")
		stem, ok := strings.CutSuffix(word, "sku")
		if !ok {
			stem, ok = strings.CutSuffix(word, "sko")
		}
		if ok && len(stem) >= 4 && startsUpper(word) {
			return stem + "sko"
		}
	}
	return ""
}
