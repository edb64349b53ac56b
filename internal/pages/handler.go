package pages

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"goodpractice/internal/export"
	"goodpractice/internal/knowledge"
)

// policy is the Content-Security-Policy of a page: its style sheet and nothing else. Linked data is no script to a browser.
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// preferredName is the kind of a name that is shown.
const preferredName = "PREFERRED"

// typeLinked is the media type of JSON-LD.
const typeLinked = "application/ld+json"

// record answers for the records of a noun.
func (s *site) record(n noun) http.Handler {
	document := n.document()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Accept, Accept-Language, Authorization, Accept-Encoding, Origin")
		w.Header().Add("Link", `<`+s.BaseURL+export.DatasetPath+`>; rel="describedby"; type="`+typeLinked+`"`)
		slug := r.PathValue("slug")
		if n.argument == "code" {
			slug = strings.ToUpper(slug)
		}
		if slug == "" || len(slug) > 2*knowledge.MaxSlug {
			s.missing(w, r, n, slug)
			return
		}
		ctx := r.Context()
		if tag, ok := knowledge.ParseLanguageTag(r.URL.Query().Get("language")); ok {
			reader := knowledge.ReaderFrom(ctx)
			reader.Languages = append([]knowledge.LanguageTag{tag}, reader.Languages...)
			ctx = knowledge.WithReader(ctx, reader)
		}
		if !s.charged(w, r) {
			return
		}
		data, stale, err := s.Ask(ctx, document, map[string]any{"name": slug})
		var answer struct{ Record *record }
		if err == nil {
			err = json.Unmarshal(data, &answer)
		}
		switch {
		case knowledge.IsKind(err, knowledge.Invalid): // What cannot be a name names nothing.
			s.missing(w, r, n, "")
		case err != nil:
			s.fail(w, r, err)
		case answer.Record == nil:
			s.missing(w, r, n, r.PathValue("slug"))
		default:
			s.show(w, r, n, answer.Record, stale)
		}
	})
}

// pagePoints is what the page of one record costs: a query for one record with all that is linked to it.
const pagePoints = 50

// charged takes the points of a page, or answers that there are not enough.
func (s *site) charged(w http.ResponseWriter, r *http.Request) bool {
	if s.Charge == nil {
		return true
	}
	refused, after := s.Charge(r.Context(), pagePoints)
	if refused {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int((after+time.Second-1)/time.Second))))
		s.html(w, r, http.StatusTooManyRequests, view{
			Title: "Please try again in a moment", Message: "You have asked for very much in a short time.",
		})
	}
	return !refused
}

// show answers with a record, in the form that is asked for.
func (s *site) show(w http.ResponseWriter, r *http.Request, n noun, found *record, stale bool) {
	data, err := found.linked(n)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	header := w.Header()
	header.Set("Cache-Control", "public, max-age=60, stale-while-revalidate=600")
	if knowledge.ReaderFrom(r.Context()).Actor.Role != knowledge.RoleAnonymous {
		header.Set("Cache-Control", "private, no-cache")
	}
	if stale {
		header.Set("Cache-Control", "no-store")
	}
	header.Add("Link", `<`+found.Permalink+`>; rel="canonical"`)
	if licence := export.LicenceURL(found.Licence); licence != "" {
		header.Add("Link", `<`+licence+`>; rel="license"`)
	}
	if prefersLinked(r.Header.Values("Accept")) {
		s.send(w, r, http.StatusOK, typeLinked, append(data, '\n'))
		return
	}
	s.html(w, r, http.StatusOK, s.view(n, found, data))
}

// view is the page of a record.
func (s *site) view(n noun, r *record, data []byte) view {
	v := view{
		Noun: n.name, Title: r.Title, Summary: r.Summary, Language: r.Language, Canonical: r.Permalink,
		Playground: s.playground(n, r), Texts: r.texts(n), Facts: r.facts(n), Lists: r.lists(),
		Licence: r.Licence, LicenceURL: export.LicenceURL(r.Licence), Attribution: r.Attribution,
		Updated: r.UpdatedAt.UTC().Format("2 January 2006"),
		Data:    template.JS(data), //nolint:gosec // encoding/json escapes what could end a script.
	}
	if !n.isEntry() {
		v.Title = r.Text
		for _, t := range r.Names {
			if t.Kind == preferredName && t.Text == r.Text {
				v.Language = cmp.Or(v.Language, t.Language)
			}
		}
	}
	if r.Provenance != nil {
		v.Note, v.IsUnconfirmed = r.Provenance.Note, r.Provenance.IsUnconfirmed
	}
	for _, tag := range r.tags() {
		address := r.Permalink + "?language=" + url.QueryEscape(tag)
		v.Languages = append(v.Languages, translation{tag, ownName(tag), address, tag == v.Language})
	}
	return v
}

// ownName is what a language calls itself; its tag where that is not known.
func ownName(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	return cmp.Or(display.Self.Name(parsed), tag)
}

// tags are the languages in which the record can be read.
func (r *record) tags() []string {
	tags := slices.Clone(r.Languages)
	for _, t := range r.Texts {
		tags = append(tags, t.Language)
	}
	for _, t := range r.Names {
		if t.Kind == preferredName && !slices.Contains(tags, t.Language) {
			tags = append(tags, t.Language)
		}
	}
	if len(tags) < 2 {
		return nil
	}
	return tags
}

// playground is where the record can be asked for with more.
func (s *site) playground(n noun, r *record) template.URL {
	query, variable := n.playgroundQuery()
	name := r.Permalink[strings.Index(r.Permalink, "/"+n.path+"/")+len(n.path)+2:]
	if n.argument == "code" {
		name = strings.ToUpper(name)
	}
	variables, err := json.Marshal(map[string]string{variable: name})
	if err != nil {
		panic("pages: a text cannot be written as JSON: " + err.Error())
	}
	link := url.Values{"query": {query}, "variables": {string(variables)}}
	return template.URL(s.Playground + "?" + link.Encode()) //nolint:gosec // Made of nothing that a client sent.
}

// missing answers for what is not there for the reader.
func (s *site) missing(w http.ResponseWriter, r *http.Request, n noun, slug string) {
	w.Header().Set("Cache-Control", "no-store")
	if slug != "" {
		gone, err := s.IsGone(r.Context(), n.kind, slug)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if gone {
			s.html(w, r, http.StatusGone, view{
				Noun: n.name, Title: "This record is no longer public",
				Message: "It was taken out of use. Its address is kept, so that links to it do not lead to something else.",
			})
			return
		}
	}
	s.html(w, r, http.StatusNotFound, view{
		Noun: n.name, Title: "There is no such record",
		Message: "Nothing public has this address. It may be mistyped, or the record may have another name by now.",
	})
}

// nothing answers for an address at which the site has nothing, and says nothing of it.
func (s *site) nothing(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Vary", "Accept, Accept-Encoding, Origin")
	s.html(w, r, http.StatusNotFound, view{
		Title: "There is nothing here", Message: "This address leads nowhere. It may be mistyped, or what was here may have moved.",
		Lists: []fact{{Name: "Where to go from here", Values: []value{
			{Text: "The playground", URL: s.BaseURL + s.Playground, Note: "ask for practices, lessons and recommendations, and read about the data"},
			{Text: "The sitemap", URL: s.BaseURL + export.SitemapPath, Note: "the addresses of all records"},
		}}},
	})
}

// fail answers with what may be told of an error, and logs what may not.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	w.Header().Set("Cache-Control", "no-store")
	id := s.RequestID(r.Context())
	known, isKnown := errors.AsType[*knowledge.Error](err)
	switch {
	case isKnown && known.Kind == knowledge.Unavailable:
		w.Header().Set("Retry-After", "1")
		s.html(w, r, http.StatusServiceUnavailable, view{Title: "Please try again in a moment", Message: known.Message})
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		w.Header().Set("Retry-After", "1")
		s.html(w, r, http.StatusServiceUnavailable, view{Title: "Please try again in a moment", Message: "The server took too long."})
	default:
		s.Log.ErrorContext(r.Context(), "page failed", "request_id", id, "err", err)
		s.html(w, r, http.StatusInternalServerError, view{Title: "Something went wrong", Message: "Please report it with this id: " + id})
	}
}

// html answers with a page.
func (s *site) html(w http.ResponseWriter, r *http.Request, status int, v view) {
	v.Site, v.Base, v.Style = s.Publisher, s.BaseURL, StylePath
	var b bytes.Buffer
	if err := s.page.Execute(&b, v); err != nil {
		s.Log.ErrorContext(r.Context(), "page failed", "request_id", s.RequestID(r.Context()), "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", policy)
	s.send(w, r, status, "text/html; charset=utf-8", b.Bytes())
}

// send answers with a content, which is named by what it is.
func (s *site) send(w http.ResponseWriter, r *http.Request, status int, mediaType string, content []byte) {
	w.Header().Set("Content-Type", mediaType)
	if status == http.StatusOK {
		sum := sha256.Sum256(content)
		w.Header().Set("ETag", `W/"`+base64.RawURLEncoding.EncodeToString(sum[:18])+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
		return
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(content) // A failure means that the client has gone.
	}
}

// style answers with the style sheet.
func (s *site) style(w http.ResponseWriter, r *http.Request) {
	content, err := styles.ReadFile("assets/page.css")
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	s.send(w, r, http.StatusOK, "text/css; charset=utf-8", content)
}
