"""Masks, waits and timers of signals; what a child gets of them."""

import os
import signal
import subprocess
import sys
import threading
import time

USR1, USR2, ALRM = signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM


def shown(function, *args):
    try:
        print(function.__name__, function(*args))
    except Exception as e:
        print(function.__name__, type(e).__name__, e)


# Blocked, pending, taken by a wait; the handler is never called.
seen = []
signal.signal(USR1, lambda n, frame: seen.append(n))
print(signal.pthread_sigmask(signal.SIG_BLOCK, [USR1]))
os.kill(os.getpid(), USR1)
print(signal.sigpending(), signal.sigwait([USR1]), signal.sigpending(), seen)
print(signal.sigtimedwait([USR1], 0.05))
signal.raise_signal(USR1)
info = signal.sigwaitinfo([USR1])
print(info.si_signo, info.si_pid in (0, os.getpid()), type(info).__name__)

# A child starts with the caller's mask, and can give it up.
child = """
import os, signal
print(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])), flush=True)
signal.signal(signal.SIGUSR1, lambda n, frame: print("handled", n))
os.kill(os.getpid(), signal.SIGUSR1)
print("pending", signal.sigpending())
signal.pthread_sigmask(signal.SIG_SETMASK, [])
"""
print(subprocess.run([sys.executable, "-c", child], capture_output=True, text=True).stdout)
signal.pthread_sigmask(signal.SIG_SETMASK, [])

# The mask of a thread is its own; what it blocks and is sent waits for it.
ready, sent = threading.Event(), threading.Event()


def waits():
    signal.pthread_sigmask(signal.SIG_BLOCK, [USR2])
    ready.set()
    sent.wait()
    print("thread", signal.sigwait([USR2]))


t = threading.Thread(target=waits)
t.start()
ready.wait()
signal.pthread_kill(t.ident, USR2)
sent.set()
t.join()
print(signal.pthread_sigmask(signal.SIG_BLOCK, []))

# pause() comes back once the handler has run; a timer that is off is off.
signal.signal(ALRM, lambda n, frame: seen.append(n))
signal.setitimer(signal.ITIMER_REAL, 0.05)
signal.pause()
print(seen, signal.getitimer(signal.ITIMER_REAL))

# Errors.
shown(signal.setitimer, signal.ITIMER_REAL, -1)
shown(signal.sigtimedwait, [USR1], -1)
shown(signal.pthread_sigmask, signal.SIG_BLOCK, [1 << 100])
shown(signal.set_wakeup_fd, 9999)
r, w = os.pipe()
try:
    signal.set_wakeup_fd(w)
except ValueError as e:
    print(str(e) == f"the fd {w} must be in non-blocking mode")
shown(subprocess.run, ["/etc/passwd/program"])
try:
    subprocess.run(["true"], extra_groups=[2**64])
except ValueError as e:
    print(e)

# A wait for a child ends at its time, and the child can then be killed.
p = subprocess.Popen(["sleep", "60"])
began = time.monotonic()
try:
    p.wait(0.2)
except subprocess.TimeoutExpired as e:
    print(type(e).__name__, 0.2 <= time.monotonic() - began < 30)
p.kill()
print(p.wait())

# Ctrl-C ends a wait.
threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
with subprocess.Popen(["sleep", "60"]) as p:
    try:
        p.wait()
    except KeyboardInterrupt:
        print("interrupted", p.poll())
    p.terminate()
print(p.returncode)
