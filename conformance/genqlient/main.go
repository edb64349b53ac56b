// Command genqlient is a client in Go whose functions were made of operations.graphql by genqlient. It asks the server
// that GOODPRACTICE_URL names, pages on, and tries a mutation as the editor of GOODPRACTICE_TOKEN without saving anything.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/Khan/genqlient/graphql"
)

//go:generate go tool genqlient

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	client := graphql.NewClient(os.Getenv("GOODPRACTICE_URL")+"/graphql", &http.Client{Transport: editor{}})
	if err := read(ctx, client); err != nil {
		return fmt.Errorf("read two pages: %w", err)
	}
	if err := write(ctx, client); err != nil {
		return fmt.Errorf("try a mutation: %w", err)
	}
	_, err := Housing(ctx, client, &EntryFilter{Themes: []string{"housing"}, Countries: []string{"Spain"}}, nil)
	if err == nil {
		return errors.New("a country that is none was not refused")
	}
	return nil
}

// read looks for the same entry on two pages, and for what only a practice has.
func read(ctx context.Context, client graphql.Client) error {
	var after *string
	seen := make(map[string]bool)
	for range 2 {
		page, err := Housing(ctx, client, &EntryFilter{Kinds: []EntryKind{EntryKindPractice}}, after)
		if err != nil {
			return err
		}
		for _, edge := range page.Search.Edges {
			practice, ok := edge.Node.(*HousingSearchSearchConnectionEdgesSearchEdgeNodePractice)
			if !ok || practice.PublishedAt == nil || practice.PublishedAt.IsZero() {
				return fmt.Errorf("not a published practice: %s", edge.Node.GetTitle())
			}
			seen[practice.Id] = true
		}
		after = page.Search.PageInfo.EndCursor
	}
	if len(seen) != 6 {
		return fmt.Errorf("two pages of three have %d practices", len(seen))
	}
	return nil
}

func write(ctx context.Context, client graphql.Client) error {
	language, title, dryRun := "en", "Tried by genqlient", true
	tried, err := Try(ctx, client, CreatePracticeInput{Language: language, Title: &title, DryRun: &dryRun})
	if err != nil {
		return err
	}
	made := tried.CreatePractice
	if len(made.UserErrors) > 0 || made.Practice == nil || made.Practice.Title != title {
		return fmt.Errorf("the answer is %+v", made)
	}
	return nil
}

// editor adds the token to every request.
type editor struct{}

func (editor) RoundTrip(request *http.Request) (*http.Response, error) {
	with := request.Clone(request.Context())
	with.Header.Set("Authorization", "Bearer "+os.Getenv("GOODPRACTICE_TOKEN"))
	return http.DefaultTransport.RoundTrip(with)
}
