package web_test

import (
	"net/http"
	"testing"
	"time"

	"goodpractice/internal/web"
)

func TestSunsetTellsTheFirstDay(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return time.Date(2027, time.March, n, 12, 0, 0, 0, time.UTC) }
	for name, test := range map[string]struct {
		days []time.Time
		want string
	}{
		"nothing goes": {nil, ""},
		"one day":      {[]time.Time{day(1)}, "Mon, 01 Mar 2027 23:59:59 GMT"},
		"several days": {[]time.Time{day(3), day(2), day(4)}, "Tue, 02 Mar 2027 23:59:59 GMT"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := site(t, func(o *web.Options) {
				o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					for _, at := range test.days {
						web.Sunset(r.Context(), at)
					}
					w.WriteHeader(http.StatusOK)
				})
			})
			if got := ask(t, whole, "POST", "/graphql").Header.Get("Sunset"); got != test.want {
				t.Errorf("Sunset %q, want %q", got, test.want)
			}
		})
	}
	web.Sunset(t.Context(), day(1)) // Outside of a request it does nothing.
}
