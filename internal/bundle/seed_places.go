package bundle

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"

	"goodpractice/internal/knowledge"
)

// geonamesCredit must be shown with each position that comes from GeoNames.
const geonamesCredit = "GeoNames (www.geonames.org), CC BY 4.0"

// place is a row of places.csv.
type place struct {
	city
	geonames string
	point    *knowledge.GeoPoint
}

// places reads places.csv.
func places() ([]place, error) {
	rows, err := readTable("places.csv", "name", "country_iso2", "geonames_name", "lat", "lng", "match", "used_in")
	if err != nil {
		return nil, err
	}
	var list []place
	for _, row := range rows {
		p := place{city: city{row[0], row[1]}}
		if row[3] != "" {
			latitude, err1 := strconv.ParseFloat(row[3], 64)
			longitude, err2 := strconv.ParseFloat(row[4], 64)
			if err1 != nil || err2 != nil {
				return nil, fmt.Errorf("places.csv: the position of %s is no pair of numbers", row[0])
			}
			credit := geonamesCredit
			p.geonames, p.point = row[2], &knowledge.GeoPoint{Latitude: latitude, Longitude: longitude, Source: &credit}
		}
		list = append(list, p)
	}
	return list, nil
}

// readTable reads a CSV file of the seed folder that has exactly these columns.
func readTable(name string, columns ...string) ([][]string, error) {
	b, err := files.ReadFile("seed/" + name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return nil, fmt.Errorf("%s: the columns are not %v", name, columns)
	}
	return rows[1:], nil
}
