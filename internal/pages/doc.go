// Package pages shows each public record on a page of its own, at the address that its permalink names.
//
//	site, err := pages.New(pages.Options{Ask: ask, IsGone: catalog.IsGone, BaseURL: "https://practices.example", Log: log})
//
// gives the handlers by pattern of http.ServeMux, and one for addresses at which there is nothing. A page is plain HTML with a style sheet of the program's own: no script,
// nothing from elsewhere, light or dark as the reader's system is. Texts come in the language of Accept-Language or of the
// parameter "language". The page carries linked data of the record; who asks for application/ld+json gets that alone.
//
// What does not exist, and what the reader may not see, is answered 404; what was public and is not any more, 410.
//
// The package knows neither gqlgen nor the catalog: it runs queries by a function that it is given. cmd builds it.
package pages
