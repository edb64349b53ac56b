package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// changed takes one page of changes.
func changed(t *testing.T, c *catalog.Catalog, since string, first int) catalog.PublicChanges {
	t.Helper()
	page, err := c.Changes(t.Context(), since, first)
	if err != nil {
		t.Fatal(err)
	}
	if page.Next == "" {
		t.Fatal("a page has no next cursor")
	}
	return page
}

// caughtUp takes pages until there are no more, and gives the last cursor and how many pages it took.
func caughtUp(t *testing.T, c *catalog.Catalog, since string) (next string, items, pages int) {
	t.Helper()
	for more := true; more; pages++ {
		page := changed(t, c, since, 100)
		since, more = page.Next, page.HasMore
		items += len(page.Items)
		if pages > 100 {
			t.Fatal("there is always more")
		}
	}
	return since, items, pages
}

// One call looks at a thousand records at most: it ends early, without a change and with another cursor.
func TestChangesLookAtSoManyRecordsAtMost(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	start, _, _ := caughtUp(t, r.Catalog, "")
	var drafts []knowledge.Entity
	for i := range 1200 {
		drafts = append(drafts, &knowledge.Practice{EntryCore: knowledge.EntryCore{Meta: knowledge.Meta{
			ID: knowledgetest.ID(knowledge.KindPractice, fmt.Sprint("hidden-", i)), Slug: fmt.Sprint("hidden-", i), Revision: 1,
			Status: knowledge.StatusDraft, CreatedAt: knowledgetest.Now(), UpdatedAt: knowledgetest.Now(),
		}}})
	}
	if err := r.store.Save(t.Context(), drafts[:900]...); err != nil {
		t.Fatal(err)
	}
	if page := changed(t, r.Catalog, start, 10); page.HasMore || len(page.Items) > 0 || page.Next != start {
		t.Errorf("after 900 drafts: %d items, more %v", len(page.Items), page.HasMore)
	}
	if err := r.store.Save(t.Context(), drafts[900:]...); err != nil {
		t.Fatal(err)
	}
	page := changed(t, r.Catalog, start, 10)
	if !page.HasMore || len(page.Items) > 0 || page.Next == start {
		t.Errorf("after 1200 drafts: %d items, more %v", len(page.Items), page.HasMore)
	}
	if err := r.store.Save(t.Context(), knowledgetest.Theme("later", "Later")); err != nil {
		t.Fatal(err)
	}
	if _, items, pages := caughtUp(t, r.Catalog, start); items != 1 || pages != 2 {
		t.Errorf("one change behind 1200 drafts: %d in %d pages", items, pages)
	}
}

// Two servers that start on an empty store may both make the secret: the last one holds, and both open what it sealed.
func TestServersShareTheSealOfCursors(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	same := func(*catalog.Options) {}
	one, other := r.Catalog, r.with(t, same)
	early, _, _ := caughtUp(t, one, "")
	if page := changed(t, other, early, 10); len(page.Items) > 0 || page.Next != early {
		t.Errorf("a cursor of one server at the other: %d items", len(page.Items))
	}
	if err := r.store.SetNote(t.Context(), "changes-seal", strings.Repeat("5a", 32)); err != nil {
		t.Fatal(err)
	}
	third := r.with(t, same)
	late, _, _ := caughtUp(t, third, "")
	if late == early {
		t.Fatal("another secret gives the same cursor")
	}
	if page := changed(t, one, late, 10); len(page.Items) > 0 || page.Next != late {
		t.Errorf("the first server does not know the secret that holds: %d items", len(page.Items))
	}
	if _, err := third.Changes(t.Context(), early, 10); !knowledge.IsKind(err, knowledge.Expired) {
		t.Errorf("a cursor under the secret before: %v", err)
	}
	if _, err := r.with(t, func(o *catalog.Options) { o.Feed = nil }).Changes(t.Context(), "", 10); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("without a feed: %v", err)
	}
}
