package attack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
)

var soakSeconds = flag.Int("soak-seconds", 0, "how long TestSoak attacks; 0 skips it")

// TestSoak attacks for a while with all it has, as fast as it can, while somebody else asks for housing 20 times a second
// and an editor writes. The server has to go on answering both, and its memory has to stay within bounds.
func TestSoak(t *testing.T) {
	if *soakSeconds <= 0 {
		t.Skip("no time was given: -soak-seconds=60, or make soak")
	}
	s := start(t, build(t))
	quiet := ask(t, s, 5*time.Second)
	var attackers sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	var sent, refused atomic.Int64
	for i := range 2 {
		attackers.Go(func() { attackOn(ctx, s, fmt.Sprintf("127.0.6.%d", i+1), &sent, &refused) })
	}
	attackers.Go(func() { comeAndGo(ctx, s) })
	attackers.Go(func() { write(ctx, s) })

	whole := time.Duration(*soakSeconds) * time.Second
	var memory []int64
	var loud []time.Duration
	const parts = 6
	for part := range parts {
		loud = append(loud, ask(t, s, whole/parts)...)
		memory = append(memory, s.resident(t))
		t.Logf("after %s: %d MB; %d hostile requests, of them %d refused for want of points or of room",
			whole/parts*time.Duration(part+1), memory[part]>>20, sent.Load(), refused.Load())
	}
	stop()
	attackers.Wait()
	before, during := percentiles(quiet), percentiles(loud)
	t.Logf("housing asked for by another: p50 %s, p99 %s alone; p50 %s, p99 %s under attack (%.1f times the p99)",
		before[0], before[1], during[0], during[1], float64(during[1])/float64(before[1]))
	if during[1] > soon/2 { // A bound for machines that are busy with other things too; docs/benchmarks.md has the measured ratio.
		t.Errorf("another's search takes %s under attack", during[1])
	}
	if sent.Load() == 0 {
		t.Error("nothing was attacked with")
	}
	// What is in use after a third of the time is in use at the end: caches are full then, and the rest is a leak.
	if third, last := memory[parts/3-1], memory[parts-1]; last > mostMemory || third > 0 && last > third+third/2+32<<20 {
		t.Errorf("memory grows: %v", memory)
	}
	s.stillFindsHousing(t)
}

// ask asks for housing 20 times a second, and returns how long each answer took. Every one has to be an ordinary answer.
func ask(t *testing.T, s *target, whole time.Duration) []time.Duration {
	t.Helper()
	client := from("127.0.0.20")
	ctx, cancel := context.WithTimeout(t.Context(), whole)
	defer cancel()
	var took []time.Duration
	for tick := time.NewTicker(50 * time.Millisecond); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return took
		case <-tick.C:
			got := s.post(t, client, housing, nil)
			if got.status != http.StatusOK || bytes.Contains(got.body, []byte(`"errors"`)) {
				t.Errorf("status %d: %.300s", got.status, got.body)
			}
			took = append(took, got.took)
		}
	}
}

// percentiles are the median and the 99th percentile.
func percentiles(of []time.Duration) [2]time.Duration {
	slices.Sort(of)
	return [2]time.Duration{of[len(of)/2], of[len(of)*99/100]}
}

// worst are the bodies that cost a server most, each just below or just above what is let in.
func worst() []string {
	dear := `{"query":"query ($t: String!) { a: search(text: $t, first: 50) { totalCount facets(fields: [THEME, COUNTRY, YEAR, KIND], first: 20) { buckets { value count } } edges { highlights { path fragments } node { id title summary } } } }","variables":{"t":%s}}`
	bodies := []string{
		`{"query":` + quote(bomb(24)) + `}`,
		`{"query":` + quote("{"+strings.Repeat(" __typename", 1400)+"}") + `}`,
		`{"query":` + quote("{"+repeat(1400, "a%d")+"}") + `}`,
		`{"query":` + quote("{"+repeat(2, "a%d: __schema { types { name fields { name type { name } } } }")+"}") + `}`,
		`{"query":"{ __typename }","variables":{"a":` + nest(9000, `[`, "1", "]") + `}}`,
		`{"query":"` + strings.Repeat("a ", 100<<10) + `"}`,
	}
	for _, text := range hostileTexts() {
		bodies = append(bodies, fmt.Sprintf(dear, quote(text)))
	}
	return bodies
}

// attackOn sends the worst bodies over four connections, as fast as they are answered.
func attackOn(ctx context.Context, s *target, address string, sent, refused *atomic.Int64) {
	client := from(address)
	bodies := worst()
	var connections sync.WaitGroup
	for connection := range 4 {
		connections.Go(func() {
			for i := connection; ctx.Err() == nil; i++ {
				request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, strings.NewReader(bodies[i%len(bodies)]))
				if err != nil {
					return
				}
				request.Header.Set("Content-Type", inJSON)
				response, err := client.Do(request)
				if err != nil {
					continue
				}
				sent.Add(1)
				if response.StatusCode == http.StatusTooManyRequests || response.StatusCode == http.StatusServiceUnavailable {
					refused.Add(1)
				}
				_, _ = io.Copy(io.Discard, response.Body)
				_ = response.Body.Close()
			}
		})
	}
	connections.Wait()
}

// comeAndGo opens streams and websockets, and leaves them without a word.
func comeAndGo(ctx context.Context, s *target) {
	client := from("127.0.6.100")
	for ctx.Err() == nil {
		visit, leave := context.WithTimeout(ctx, 100*time.Millisecond)
		connection, response, err := websocket.Dial(visit, "ws://"+s.address+"/graphql", &websocket.DialOptions{
			Subprotocols: []string{"graphql-transport-ws"}, HTTPClient: client,
		})
		if err == nil {
			_ = connection.Write(visit, websocket.MessageText, []byte(initialise))
			_ = connection.Write(visit, websocket.MessageText, []byte(subscribe))
			_, _, _ = connection.Read(visit)
			_ = connection.CloseNow()
		}
		if response != nil && response.Body != nil {
			_ = response.Body.Close()
		}
		request, err := http.NewRequestWithContext(visit, http.MethodPost, s.url,
			strings.NewReader(`{"query":"subscription { entryPublished { id } }"}`))
		if err == nil {
			request.Header.Set("Content-Type", inJSON)
			request.Header.Set("Accept", "text/event-stream")
			if response, err := client.Do(request); err == nil {
				_, _ = io.Copy(io.Discard, response.Body)
				_ = response.Body.Close()
			}
		}
		leave()
	}
}

// write changes one draft over and over, twice a second.
func write(ctx context.Context, s *target) {
	client := from("127.0.0.8")
	do := func(document string, into any) {
		body, err := json.Marshal(map[string]any{"query": document})
		if err != nil {
			return
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(body))
		if err != nil {
			return
		}
		request.Header.Set("Content-Type", inJSON)
		request.Header.Set("Authorization", "Bearer "+s.token)
		response, err := client.Do(request)
		if err != nil {
			return
		}
		_ = json.NewDecoder(response.Body).Decode(into)
		_ = response.Body.Close()
	}
	type record struct {
		ID       string
		Revision int
	}
	var made struct {
		Data struct{ CreatePractice struct{ Practice record } }
	}
	do(`mutation { createPractice(input: {language: "en", title: "Written under attack"}) { practice { id revision } } }`, &made)
	for now := made.Data.CreatePractice.Practice; ; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(500 * time.Millisecond):
			var changed struct {
				Data struct{ UpdatePractice struct{ Practice *record } }
			}
			do(fmt.Sprintf(`mutation { updatePractice(input: {id: %q, revision: %d, changes: {year: %d}}) { practice { id revision } } }`,
				now.ID, now.Revision, 1990+now.Revision%30), &changed)
			if changed.Data.UpdatePractice.Practice != nil {
				now = *changed.Data.UpdatePractice.Practice
			}
		}
	}
}
