package admin_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"goodpractice/internal/admin"
)

func TestConnectFindsNoServer(t *testing.T) {
	t.Parallel()
	file := filepath.Join(shortDir(t), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{
		"no directory": filepath.Join(t.TempDir(), "absent"), "no socket": shortDir(t), "a long path": longDir(t),
		"a file": file,
	} {
		if _, err := admin.Connect(t.Context(), dir); !errors.Is(err, admin.ErrNoServer) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestListenLetsNobodyElseIn(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]string{"short": shortDir(t), "long": longDir(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(dir, "admin")
			if err := os.Mkdir(folder, 0o777); err != nil { //nolint:gosec // It is what Listen has to mend.
				t.Fatal(err)
			}
			client, stop := remote(t, &fake{}, dir)
			if _, err := client.Check(t.Context()); err != nil {
				t.Error(err)
			}
			socket := socketOf(t, dir)
			for path, want := range map[string]fs.FileMode{
				folder: fs.ModeDir | 0o700, filepath.Dir(socket): fs.ModeDir | 0o700, socket: fs.ModeSocket | 0o600,
			} {
				about, err := os.Lstat(path)
				if err != nil || about.Mode() != want {
					t.Errorf("%s: %v, want %v, error %v", path, about.Mode(), want, err)
				}
			}
			client.Close()
			if err := stop(); err != nil {
				t.Error(err)
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
				t.Errorf("left %v, error %v", left, err)
			}
			if _, err := os.Lstat(socket); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the socket: error %v", err)
			}
			if _, err := admin.Connect(t.Context(), dir); !errors.Is(err, admin.ErrNoServer) {
				t.Errorf("after the end: error %v", err)
			}
		})
	}
}

// socketOf is where the socket of a data directory is.
func socketOf(t *testing.T, dir string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "admin", "socket.path"))
	if errors.Is(err, fs.ErrNotExist) {
		return filepath.Join(dir, "admin", "socket")
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// abandon leaves a socket that nobody answers on, as a killed server does.
func abandon(t *testing.T, dir string) {
	t.Helper()
	listener, err := admin.Listen(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	path := socketOf(t, dir)
	pointer, readErr := os.ReadFile(filepath.Join(dir, "admin", "socket.path"))
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	dead.SetUnlinkOnClose(false)
	if err := dead.Close(); err != nil {
		t.Fatal(err)
	}
	if readErr == nil {
		if err := os.WriteFile(filepath.Join(dir, "admin", "socket.path"), pointer, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestListenRemovesTheSocketOfAServerThatIsGone(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]string{"short": shortDir(t), "long": longDir(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			abandon(t, dir)
			old := socketOf(t, dir)
			if _, err := admin.Connect(t.Context(), dir); !errors.Is(err, admin.ErrNoServer) {
				t.Errorf("connect: error %v", err)
			}
			client, _ := remote(t, &fake{}, dir)
			if _, err := client.Check(t.Context()); err != nil {
				t.Error(err)
			}
			if current := socketOf(t, dir); name == "long" {
				if _, err := os.Lstat(filepath.Dir(old)); !errors.Is(err, fs.ErrNotExist) || current == old {
					t.Errorf("the old socket's directory: error %v", err)
				}
			}
		})
	}
}

func TestListenTouchesNothingElse(t *testing.T) {
	t.Parallel()
	dir := shortDir(t)
	path := filepath.Join(dir, "admin", "socket")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Listen(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "is something else") {
		t.Errorf("error %v", err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "precious" {
		t.Errorf("content %q, error %v", content, err)
	}
}

func TestListenLeavesALivingServerAlone(t *testing.T) {
	t.Parallel()
	dir := shortDir(t)
	client, _ := remote(t, &fake{}, dir)
	if _, err := admin.Listen(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "another server answers") {
		t.Errorf("error %v", err)
	}
	if _, err := client.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestListenRefusesAFolderThatIsALink(t *testing.T) {
	t.Parallel()
	dir := shortDir(t)
	if err := os.Symlink(t.TempDir(), filepath.Join(dir, "admin")); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Listen(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "is no folder of the user") {
		t.Errorf("error %v", err)
	}
}

func TestConnectTrustsNoSocketThatOthersCouldHaveMade(t *testing.T) {
	t.Parallel()
	open := filepath.Join(shortDir(t), "goodpractice-open")
	if err := os.Mkdir(open, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o777); err != nil { //nolint:gosec // It is what Connect has to refuse.
		t.Fatal(err)
	}
	for name, target := range map[string]string{
		"a directory for everyone": filepath.Join(open, "socket"),
		"another name":             "/run/docker.sock",
		"a relative path":          "goodpractice-x/socket",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := longDir(t)
			if err := os.Mkdir(filepath.Join(dir, "admin"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "admin", "socket.path"), []byte(target), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := admin.Connect(t.Context(), dir)
			if err == nil || errors.Is(err, admin.ErrNoServer) || !strings.Contains(err.Error(), "find the administration socket") {
				t.Errorf("error %v", err)
			}
		})
	}
}

// The server and a command may name the directory differently.
func TestConnectFindsTheServerByAnyNameOfTheDirectory(t *testing.T) {
	t.Parallel()
	dir := longDir(t)
	remote(t, &fake{}, dir)
	link := filepath.Join(shortDir(t), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	client, err := admin.Connect(t.Context(), link)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if _, err := client.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
