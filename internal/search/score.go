package search

import "math"

// The score. Everything that decides which record comes first is in this file.
//
//	score = words + title + meaning + recency + editorial
//
//	words     = Σ idf(w)·d(w) / Σ idf(w)                     between 0 and 1
//	d(w)      = tf/(k1+tf), and a part of the same for synonyms of what that leaves open
//	tf(w)     = Σ weight·times/(1-b+b·length/average)        over the fields that the word, or its stem, is in
//	idf(w)    = ln(1 + (N-n+½)/(n+½))                        N records, of which n have the word
//	meaning   = meaningWeight · max(0, cos(query', record))  for the best thousand by all the rest
//	query'    = query + exampleWeight · middle of examples   the best public records by all but title and meaning
//	recency, editorial: see below, a fiftieth at most
//
// words is BM25F: Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields (CIKM 2004).
// A word in three fields is not worth three words, since the fields are weighed before the occurrences are
// dampened. The idf is that of Robertson and Spärck Jones as it never becomes negative in Lucene. meaning is
// latent semantic indexing, see package semantics, with Rocchio's feedback. Where few records have any of the words,
// the nearest of the others are related: they follow with words of 0 and the same parts beside. How the constants were chosen, and what was left out, is
// told in docs/search-quality.md.
const (
	// saturation is k1: how soon more occurrences stop to count. 1.2 is usual for one field; with a title that
	// weighs three times, 1.8 was best on all collections.
	saturation = 1.8
	// lengthPenalty is b: how much long texts are held back. The usual value, and the best one.
	lengthPenalty = 0.75

	// meaningWeight is what the same meaning counts at most against all words.
	meaningWeight = 0.25
	// meant is how many of the best records get a meaning. More do not change the first hundred.
	meant = 1000
	// examples is how many of the best records by words show what the query is about, and exampleWeight what they
	// count together beside the query itself: Rocchio's feedback in the space of meanings.
	examples      = 5
	exampleWeight = 1
	// maxRelated is up to how many results a search has that include records with none of its words which are
	// about the same, and relatedShare the same as a part of all records: of a few, few may be added.
	maxRelated   = 100
	relatedShare = 0.05

	// titleBonus is what it counts that all words are in the title.
	titleBonus = 0.05

	// recencyBonus is what a record of this year is given beside one that is older than recencyYears. It is the
	// tenth part of what one of five words counts, so it decides between equals only.
	recencyBonus = 0.02
	recencyYears = 10
	// editorialBonus is what a record gets whose effect was studied.
	editorialBonus = 0.02

	// enoughInformation is the part of what the words of a query tell (their idf) that a record must have. Below
	// it are records with nothing but a common word of the query.
	enoughInformation = 0.1
)

// Weights of a word's occurrences: of the texts that they are in, times those of the terms that stand for
// the word.
const (
	plainWeight   = 0.7 // the word itself
	stemWeight    = 1.0 // its stem, in the language of the query
	conceptWeight = 1.0 // a term of the thesaurus
	synonymShare  = 0.4 // of all that stands for the word without being it, against the word
	nameWeight    = 1.0 // another name of the record that the word names
	labelWeight   = 1.0 // a word of a term's labels, times the part of them that have it, where no record has the term
	broaderWeight = 0.5 // a record under the broader term of the one that is named
)

// classWeight is how much a match in a text of the class says.
func classWeight(c class) float64 {
	switch c {
	case classTitle, className:
		return 3
	case classLead, classLabel:
		return 1.5
	default:
		return 1
	}
}

// lengthNorm is what one occurrence is worth in a text of so many words.
func lengthNorm(words, average float64) float64 {
	return 1 / (1 - lengthPenalty + lengthPenalty*words/average)
}

// dampened is what the occurrences of one word count together: below 1.
func dampened(occurrences float64) float64 { return occurrences / (saturation + occurrences) }

// withSynonyms is what a word gives together with what stands for it: of what the word itself leaves open, a
// part. So a record that has the word is not behind one that has synonyms alone.
func withSynonyms(word, synonyms float64) float64 { return word + (1-word)*synonymShare*synonyms }

// telling is the idf: how much a word tells that so many of the records have.
func telling(having, records float64) float64 {
	return math.Log(1 + math.Max(0.5, records-having+0.5)/(having+0.5))
}

// recencyOf is the bonus for the year of a record.
func recencyOf(year int64, now int64) float64 {
	return recencyBonus * max(0, min(1, 1-float64(now-year)/recencyYears))
}

// editorial is the bonus for the evidence that a record has, by the name of its level.
func editorial(level string) float64 {
	switch level {
	case "LEVEL_5", "LEVEL_4":
		return editorialBonus
	case "LEVEL_3", "LEVEL_2":
		return editorialBonus / 2
	default:
		return 0
	}
}
