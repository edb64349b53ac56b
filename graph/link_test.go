package graph_test

import (
	"testing"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledgetest"
)

func TestSmoke(t *testing.T) {
	t.Parallel()
	s := newSite(t, transport.Limits{}, knowledgetest.Country("ES", "Spain"), knowledgetest.Authority("madrid", "Madrid", "ES"),
		knowledgetest.Theme("housing"), knowledgetest.Practice("p1", knowledgetest.By("madrid"), knowledgetest.In("ES"), knowledgetest.Themed("housing")),
		tokenOf("editor", "EDITOR"))
	a := s.ask(t, "", `{ practices { totalCount nodes { id title permalink attribution authorities { name country { code name practices: entries { totalCount } } } contributions { role authority { slug } } history { revision } text(languages: ["en"]) { title } } } practice(slug: "p1") { slug } viewer { name role canPost } }`, nil)
	t.Logf("%s", a.body)
	a = s.ask(t, "editor", `mutation { submitEntry(input: {id: "`+string(knowledgetest.ID("PRACTICE", "p1"))+`", revision: 1}) { entry { id } isSearchable userErrors { __typename message code path } } }`, nil)
	t.Logf("%s", a.body)
}
