package bundle

import (
	"fmt"
	"io"
	"os"
)

// rewound is a reader that can be read again from where it began.
type rewound struct {
	io.Reader
	seeker io.Seeker
	start  int64
}

// rewind goes back to where the reader began.
func (r *rewound) rewind() error {
	if _, err := r.seeker.Seek(r.start, io.SeekStart); err != nil {
		return fmt.Errorf("read the file again: %w", err)
	}
	return nil
}

// canGoBack tells whether a reader can be read again as it is.
func canGoBack(r io.Reader) bool {
	seeker, ok := r.(io.Seeker)
	if !ok {
		return false
	}
	_, err := seeker.Seek(0, io.SeekCurrent) // A pipe has the method, and fails.
	return err == nil
}

// rewindable makes a reader that can go back. What cannot, such as a pipe, is copied to a temporary
// file first, which done removes.
func rewindable(r io.Reader) (file *rewound, done func(), err error) {
	if seeker, ok := r.(io.Seeker); ok {
		if start, err := seeker.Seek(0, io.SeekCurrent); err == nil {
			return &rewound{Reader: r, seeker: seeker, start: start}, func() {}, nil
		}
	}
	spool, err := os.CreateTemp("", "goodpractice-import-*")
	if err != nil {
		return nil, nil, fmt.Errorf("keep a copy of the input: %w", err)
	}
	done = func() {
		_ = spool.Close() // It was read only, and goes now.
		_ = os.Remove(spool.Name())
	}
	copied := &rewound{Reader: spool, seeker: spool}
	if _, err = io.Copy(spool, r); err == nil {
		err = copied.rewind()
	}
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("keep a copy of the input: %w", err)
	}
	return copied, done, nil
}
