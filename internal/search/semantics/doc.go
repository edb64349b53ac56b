// Package semantics learns from a store's own texts which words go together, and places texts by what they are
// about: a text on "housing" comes near one on "rent" although they share no word. It ranks search results and finds
// similar records.
//
// It is latent semantic indexing (Deerwester, Dumais, Furnas, Landauer and Harshman, "Indexing by latent semantic
// analysis", 1990) on top of an inverted index, by the randomised decomposition of Halko, Martinsson and Tropp
// ("Finding structure with randomness", 2011). Train reads terms with their postings and gives a Model. Its Fold
// places all documents of a segment, Vector any other text. Cosine compares two places, Vectors.Nearest finds the
// nearest among many, and Related names terms that are near. Save and Load keep a model in a file, Vectors.Append and
// Read places; Put changes them.
//
// A term is any string; the caller makes it of the terms of the index, with the language in it where two languages
// write different things alike. Documents that hold a text in several languages make the languages meet, as Dumais,
// Letsche, Littman and Landauer (1997) found; nothing else does.
//
// The package reads no index and no text, keeps no state and leaves no goroutine behind. Vectors of different models have
// nothing to do with each other, and whoever trains anew must fold anew. Only packages of the search import it.
package semantics
