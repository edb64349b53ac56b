package config

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// The schemes of a database's URI.
const (
	schemeMongoDB    = "mongodb://"
	schemeMongoDBSRV = "mongodb+srv://"
)

// usualDatabase is the database of a URI that names none.
const usualDatabase = "goodpractice"

// StoreName tells which database the records are in, as it may be shown to anyone: the hosts and the
// name, without the user, the password and the options; "" where the records are in the directory.
func (g Global) StoreName() string {
	if g.Store == "" {
		return ""
	}
	scheme, hosts, database := splitStore(g.Store)
	return scheme + hosts + "/" + database
}

// splitStore takes a URI apart. net/url does not: it refuses several hosts with ports, and its errors
// show the password.
func splitStore(uri string) (scheme, hosts, database string) {
	for _, known := range []string{schemeMongoDB, schemeMongoDBSRV} {
		if rest, found := strings.CutPrefix(uri, known); found {
			scheme, uri = known, rest
		}
	}
	if scheme == "" {
		return "", "", ""
	}
	if at := strings.LastIndexByte(uri, '@'); at >= 0 { // A password may hold what it should not.
		uri = uri[at+1:]
	}
	uri, _, _ = strings.Cut(uri, "?")
	hosts, database, _ = strings.Cut(uri, "/")
	if database == "" {
		database = usualDatabase
	}
	return scheme, hosts, database
}

// checkStore refuses what cannot be the URI of a database, without showing it.
func checkStore(uri string) error {
	if uri == "" {
		return nil
	}
	scheme, hosts, database := splitStore(uri)
	switch {
	case scheme == "":
		return errors.New("--store: use the URI of a MongoDB database, such as mongodb://db.example:27017/goodpractice")
	case strings.ContainsFunc(uri, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return errors.New("--store: the URI has a space or a line break in it: write one of a password as %20")
	case hosts == "" || strings.HasPrefix(hosts, ",") || strings.HasSuffix(hosts, ",") || strings.Contains(hosts, ",,"):
		return errors.New("--store: name the host of the database after " + scheme)
	case strings.Contains(database, "/"):
		return errors.New("--store: the URI has more than one / after its hosts: write one of a user or a password as %2F")
	case scheme == schemeMongoDBSRV && strings.ContainsAny(hosts, ",:"):
		return fmt.Errorf("--store: name one host without a port after %s", schemeMongoDBSRV)
	}
	return nil
}

// credentials are what stands before the last @ of a URI in a message.
var credentials = regexp.MustCompile(`(mongodb(?:\+srv)?://)\S*@`)

// withoutPassword is a message as it may be shown, should somebody have typed the URI where it does not
// belong.
func withoutPassword(message string) string {
	return credentials.ReplaceAllString(message, "${1}…@")
}
