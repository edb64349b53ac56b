package export

import (
	"regexp"
	"strings"
)

// commons matches the SPDX identifiers of Creative Commons licences.
var commons = regexp.MustCompile(`^CC-(BY(?:-NC)?(?:-SA|-ND)?)-([0-9]\.[0-9])$`)

// spdx matches what an SPDX identifier may look like.
var spdx = regexp.MustCompile(`^[A-Za-z0-9.+-]+$`)

// LicenceURL is the address of the licence with the SPDX identifier; "" for what is no identifier.
func LicenceURL(id string) string {
	if m := commons.FindStringSubmatch(id); m != nil {
		return "https://creativecommons.org/licenses/" + strings.ToLower(m[1]) + "/" + m[2] + "/"
	}
	if id == "CC0-1.0" {
		return "https://creativecommons.org/publicdomain/zero/1.0/"
	}
	if spdx.MatchString(id) {
		return "https://spdx.org/licenses/" + id + ".html"
	}
	return ""
}
