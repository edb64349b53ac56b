package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"goodpractice/internal/admin"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
)

// createToken gives out a token. Its secret is the last word of the output.
func (p *program) createToken(ctx context.Context, c *config.TokenCreate) error {
	draft := admin.TokenDraft{
		Name: c.Name, Role: knowledge.Role(strings.ToUpper(cmp.Or(c.Role, config.RolePartner))),
		Authorities: c.Authority, Partner: c.Partner,
	}
	if c.Expires > 0 {
		at := p.now().Add(c.Expires)
		draft.ExpiresAt = &at
	}
	return p.with(ctx, true, func(client *admin.Client) error {
		token, secret, err := client.CreateToken(ctx, draft)
		if err != nil {
			return err
		}
		return p.printf("The token %s for %q may act as %s%s. It is shown this once: %s\n",
			token.ID, token.Name, strings.ToLower(string(token.Role)), scope(token), secret)
	})
}

// scope tells for whom and until when a token may act.
func scope(t admin.Token) string {
	text := ""
	if len(t.Authorities) > 0 {
		text += " of " + strings.Join(t.Authorities, ", ")
	}
	if t.Partner != "" {
		text += " for the partner " + t.Partner
	}
	if t.ExpiresAt != nil {
		text += " until " + day(*t.ExpiresAt)
	}
	return text
}

// listTokens prints a table of the tokens.
func (p *program) listTokens(ctx context.Context) error {
	return p.with(ctx, false, func(client *admin.Client) error {
		listed, err := client.Tokens(ctx)
		if err != nil {
			return err
		}
		if len(listed) == 0 {
			return p.print("No token was given out.\n")
		}
		return writeTokens(p.stdout, listed, p.now())
	})
}

func writeTokens(w io.Writer, listed []admin.Token, now time.Time) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "ID\tROLE\tNAME\tFOR\tMADE\tSTATE") // Flush tells of errors.
	for _, t := range listed {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, strings.ToLower(string(t.Role)), t.Name,
			actsFor(t), day(t.CreatedAt), state(t, now))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write the output: %w", err)
	}
	return nil
}

// actsFor names what a token is bound to: authorities, or the partner whose key it is.
func actsFor(t admin.Token) string {
	if t.Partner != "" {
		return t.Partner
	}
	return strings.Join(t.Authorities, ",")
}

// state tells whether a token is accepted.
func state(t admin.Token, now time.Time) string {
	switch {
	case t.RevokedAt != nil:
		return "revoked " + day(*t.RevokedAt)
	case t.ExpiresAt != nil && !now.Before(*t.ExpiresAt):
		return "expired " + day(*t.ExpiresAt)
	case t.ExpiresAt != nil:
		return "valid until " + day(*t.ExpiresAt)
	case t.LoopbackOnly:
		return "valid on this machine only"
	default:
		return "valid"
	}
}

// revokeToken ends a token.
func (p *program) revokeToken(ctx context.Context, c *config.TokenRevoke) error {
	return p.with(ctx, false, func(client *admin.Client) error {
		token, err := client.RevokeToken(ctx, knowledge.ID(c.ID))
		if err != nil {
			return err
		}
		return p.printf("The token %s for %q has ended.\n", token.ID, token.Name)
	})
}

// day is the date of an instant in UTC.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
