package containers_test

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/template"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"
)

// repository is the folder of the container files, seen from this package's.
const repository = "../.."

// options says which compose file is read, with which profiles and which environment; nothing comes from that of the test.
func options(t *testing.T, profiles []string, env ...string) *cli.ProjectOptions {
	t.Helper()
	o, err := cli.NewProjectOptions([]string{filepath.Join(repository, "docker-compose.yml")},
		cli.WithEnv(env), cli.WithProfiles(profiles), cli.WithInterpolation(true), cli.WithConsistency(true))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// load reads the compose file strictly: a key that Compose does not know is an error.
func load(t *testing.T, profiles []string, env ...string) *types.Project {
	t.Helper()
	project, err := options(t, profiles, env...).LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func service(t *testing.T, project *types.Project, name string) types.ServiceConfig {
	t.Helper()
	s, err := project.GetService(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestComposeStartsOneServerUnlessAsked(t *testing.T) {
	t.Parallel()
	if got := load(t, nil).ServiceNames(); !slices.Equal(slices.Sorted(slices.Values(got)), []string{"mongodb", "server"}) {
		t.Errorf("services without a profile: %q", got)
	}
	if got := load(t, []string{"two"}).ServiceNames(); len(got) != 3 {
		t.Errorf("services of the profile two: %q", got)
	}
}

func TestComposeServersWaitForTheDatabase(t *testing.T) {
	t.Parallel()
	project := load(t, []string{"two"})
	for _, name := range []string{"server", "server-2"} {
		s := service(t, project, name)
		if got := s.DependsOn["mongodb"].Condition; got != types.ServiceConditionHealthy {
			t.Errorf("%s waits until the database is %q", name, got)
		}
		if got := value(s, "GOODPRACTICE_STORE"); got != "mongodb://mongodb:27017/goodpractice?replicaSet=rs0" {
			t.Errorf("%s keeps its records in %q", name, got)
		}
		if s.Build == nil {
			t.Errorf("%s is not built from the Dockerfile", name)
		}
	}
}

func TestComposeServersMayDoLittle(t *testing.T) {
	t.Parallel()
	project := load(t, []string{"two"})
	for _, name := range []string{"server", "server-2"} {
		s := service(t, project, name)
		if user := uid(s.User); user <= 0 {
			t.Errorf("%s runs as %q", name, s.User)
		}
		if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s may do more than it needs: %v, %q, %q", name, s.ReadOnly, s.CapDrop, s.SecurityOpt)
		}
		for _, port := range s.Ports {
			if port.HostIP != "127.0.0.1" || port.Target != 8080 {
				t.Errorf("%s is published on %s:%s as %d", name, port.HostIP, port.Published, port.Target)
			}
		}
	}
}

func TestComposeKeepsDataInNamedVolumes(t *testing.T) {
	t.Parallel()
	project := load(t, []string{"two"})
	want := map[string]map[string]string{
		"server":   {"/data": "index"},
		"server-2": {"/data": "index-2"},
		"mongodb":  {"/data/db": "mongodb", "/data/configdb": "mongodb-config"},
	}
	got := make(map[string]map[string]string)
	for _, s := range project.Services {
		got[s.Name] = make(map[string]string)
		for _, v := range s.Volumes {
			if v.Type != types.VolumeTypeVolume {
				t.Errorf("%s: %s is no named volume but a %s", s.Name, v.Target, v.Type)
			}
			got[s.Name][v.Target] = v.Source
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("volumes (-want +got):\n%s", diff)
	}
}

func TestComposeHidesTheDatabase(t *testing.T) {
	t.Parallel()
	project := load(t, []string{"two"})
	database := service(t, project, "mongodb")
	if len(database.Ports) > 0 || database.NetworkMode == "host" {
		t.Errorf("the database is published: %v %q", database.Ports, database.NetworkMode)
	}
	for name := range database.Networks {
		if !project.Networks[name].Internal {
			t.Errorf("the database is on the network %s, which leads outside", name)
		}
	}
}

func TestComposeMakesTheReplicaSet(t *testing.T) {
	t.Parallel()
	database := service(t, load(t, nil), "mongodb")
	if database.Image != "mongo:8" || !strings.Contains(strings.Join(database.Command, " "), "--replSet rs0") {
		t.Errorf("the database is %s %q", database.Image, database.Command)
	}
	check := database.HealthCheck
	if check == nil || len(check.Test) < 3 || check.Test[0] != "CMD" || check.Test[1] != "mongosh" {
		t.Fatalf("the health check of the database is %v", check)
	}
	script := check.Test[len(check.Test)-1]
	for _, part := range []string{
		"rs.status()", "NotYetInitialized", "rs.initiate({ _id: 'rs0'", "host: 'mongodb:27017'", "isWritablePrimary",
	} {
		if !strings.Contains(script, part) {
			t.Errorf("the health check has no %s:\n%s", part, script)
		}
	}
	if database.Hostname != "mongodb" {
		t.Errorf("the database calls itself %q: a replica set must reach its members by their names", database.Hostname)
	}
	if time.Duration(*check.Timeout) < time.Second || time.Duration(*check.StartPeriod) < 10*time.Second {
		t.Errorf("the health check gives the database too little time: %v, %v", check.Timeout, check.StartPeriod)
	}
}

func TestComposeTakesSettingsFromTheEnvironment(t *testing.T) {
	t.Parallel()
	project := load(t, []string{"two"},
		"GOODPRACTICE_STORE=mongodb://db.example/practices?tls=true", "GOODPRACTICE_BASE_URL=https://practices.example",
		"GOODPRACTICE_ORIGINS=https://partner.example", "GOODPRACTICE_SEED=none", "GOODPRACTICE_LOG_LEVEL=debug",
		"GOODPRACTICE_BIND=192.0.2.1", "GOODPRACTICE_PORT=80", "GOODPRACTICE_PORT_2=81")
	s := service(t, project, "server")
	got := map[string]string{"port": s.Ports[0].HostIP + ":" + s.Ports[0].Published}
	got["port 2"] = service(t, project, "server-2").Ports[0].Published
	for _, name := range []string{"STORE", "BASE_URL", "ORIGINS", "SEED", "LOG_LEVEL"} {
		got[name] = value(s, "GOODPRACTICE_"+name)
	}
	want := map[string]string{
		"STORE": "mongodb://db.example/practices?tls=true", "BASE_URL": "https://practices.example",
		"ORIGINS": "https://partner.example", "SEED": "none", "LOG_LEVEL": "debug",
		"port": "192.0.2.1:80", "port 2": "81",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
}

func TestEnvironmentExampleHasEverySetting(t *testing.T) {
	t.Parallel()
	o := options(t, []string{"two"})
	if err := cli.WithInterpolation(false)(o); err != nil {
		t.Fatal(err)
	}
	model, err := o.LoadModel(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]string)
	for name, variable := range template.ExtractVariables(model, nil) {
		want[name] = variable.DefaultValue
	}
	file, err := os.Open(filepath.Join(repository, ".env.example"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	got := make(map[string]string)
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, usual, found := strings.Cut(strings.TrimPrefix(lines.Text(), "#"), "="); found && !strings.Contains(name, " ") {
			got[name] = usual
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docker-compose.yml and .env.example differ (-compose +example):\n%s", diff)
	}
}

// value is what a service gets in a variable of its environment.
func value(s types.ServiceConfig, name string) string {
	if set := s.Environment[name]; set != nil {
		return *set
	}
	return ""
}
