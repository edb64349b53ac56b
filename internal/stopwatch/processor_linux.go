package stopwatch

import (
	"runtime"
	"syscall"
	"time"
)

// Processor does the work and gives the processor time that it took, of the user and of the system. What the work starts
// in other goroutines is not part of it. On systems other than Linux it gives the time on the wall. It may be called
// concurrently.
func Processor(work func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	began := thread()
	work()
	return thread() - began
}

// thread is the processor time of the thread that asks.
func thread() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_THREAD, &u); err != nil {
		panic("stopwatch: " + err.Error()) // It fails for wrong arguments only.
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
