package thesaurus

// falseFriends lists words that share their stem with a label and mean something else. They were found by
// listing, for the seed's records, the words that match by their form only, in their own language or (English
// ones) in another. A word that is a label itself is not excluded.
func falseFriends(language string) []string {
	switch language {
	case "en":
		return []string{
			"accommodate", "accommodates", "accommodated", "accommodating",
			"integral", "integrity", "integrate", "integrates", "integrated", "integrating", // "an integrated plan"
			"participant", "participants", "consultant", "consultants", "consult", "consults", "consulted",
			"employ", "employs", "employing", "assess", "assesses", "evaluate", "evaluates",
			"resident", "residents", "residence", "legal", "legally", "network", "map", "maps", "mapped", "mobile",
			"refused", "renew", "renews", "renewed", "renewing", "heat", "heats", "heated", "margin", "margins",
			"allotted", "box", "parking", "elected", "displace",
		}
	case "fr":
		return []string{
			"intègre", "intégral", "intégrale", "intégralité", "employer", "emploie", "employé", "employés",
			"habitant", "habitants", "dans", "mobile", "mobiles", "environ", "associer", "suivant", "suivante", "suivantes", "participant", "participants",
			"alternative", "alternatives", "alternatif", "alternatifs",
		}
	case "de":
		return []string{"wohnt", "wohnten", "gewohnt", "integriert", "integrierte", "integrierten", "integrierter"}
	case "es":
		return []string{"integral", "integrales", "integrado", "integrada", "mayor", "emplear", "emplea"}
	case "it":
		return []string{"integrale", "integrali", "integrato", "integrata", "circa", "mobile", "mobili", "abitanti", "abitante", "volontario", "integrate"}
	case "pt":
		return []string{"integral", "integrais", "integrado", "integrada", "explica", "explicar", "arrende", "romania"}
	case "ro":
		return []string{"integral", "integrală", "integrat", "integrată", "integrate", "politic", "politică", "politice", "politici", "political"}
	case "hu":
		return []string{"no"} // Folded, it is "nő" without its ending.
	case "sk":
		return []string{"policy"}
	case "tr":
		return []string{"roman", "romanlar"} // The people, not the language.
	}
	return nil
}
