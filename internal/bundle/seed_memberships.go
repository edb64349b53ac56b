package bundle

import (
	"fmt"
	"slices"
	"strconv"

	"goodpractice/internal/knowledge"
)

// participation is a row of participants.csv.
type participation struct {
	city
	network, role, source, note string
	year                        *int
}

// participations reads participants.csv.
func participations() ([]participation, error) {
	rows, err := readTable("participants.csv", "name", "country_iso2", "network", "role", "year", "source_url", "note")
	if err != nil {
		return nil, err
	}
	list := make([]participation, 0, len(rows))
	for _, row := range rows {
		p := participation{city: city{row[0], row[1]}, network: row[2], role: row[3], source: row[5], note: row[6]}
		if row[4] != "" {
			year, err := strconv.Atoi(row[4])
			if err != nil {
				return nil, fmt.Errorf("participants.csv: the year of %s is no number", p.Name)
			}
			p.year = &year
		}
		list = append(list, p)
	}
	return list, nil
}

// memberships enters what participants.csv says with each authority. What the role amounts to is told
// by memberships.json: having been there is no membership.
func (s *sprout) memberships(except []city) error {
	var status map[string]knowledge.MembershipStatus
	if err := readSeed("memberships.json", &status); err != nil {
		return err
	}
	rows, err := participations()
	if err != nil {
		return err
	}
	for _, p := range rows {
		if slices.Contains(except, p.city) {
			continue
		}
		a, ok := s.byID[s.names[keyOf(knowledge.KindAuthority, p.Name, knowledge.CountryCode(p.Country))]].(*knowledge.Authority)
		if !ok {
			return fmt.Errorf("participants.csv names %s (%s), which is no authority", p.Name, p.Country)
		}
		if status[p.role] == "" {
			return fmt.Errorf("memberships.json has no role %q", p.role)
		}
		a.Memberships = append(a.Memberships, knowledge.Membership{
			Network: p.network, Status: status[p.role], Role: optional(p.role), Year: p.year,
			SourceURL: optional(p.source), Note: optional(p.note),
		})
	}
	return nil
}
