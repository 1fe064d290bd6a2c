"""The interrupt of another thread is raised behind the call in which it came, before the next line,
and nothing comes where SIGINT is ignored."""

import _thread
import os
import signal
import subprocess
import sys


def interrupted(act):
    passed = []
    try:
        act()
        passed.append(1)
    except KeyboardInterrupt:
        pass
    return passed


def by_acquire():
    lock = _thread.allocate_lock()
    lock.acquire()

    def release():
        _thread.interrupt_main()
        lock.release()

    passed = False
    try:
        _thread.start_new_thread(release, ())
        lock.acquire()
        passed = True
    except KeyboardInterrupt:
        return "interrupted", passed
    return "late", passed


def by_join_handle():
    passed = False
    try:
        handle = _thread.start_joinable_thread(_thread.interrupt_main)
        handle.join()
        passed = True
    except KeyboardInterrupt:
        return "interrupted", passed
    return "late", passed


def by_wait():
    ready = _thread.allocate_lock()
    ready.acquire()

    def interrupt():
        ready.acquire()
        os.kill(os.getpid(), signal.SIGINT)

    passed = False
    try:
        handle = _thread.start_joinable_thread(interrupt)
        ready.release()
        handle.join()
        passed = True
    except KeyboardInterrupt:
        return "interrupted", passed
    return "late", passed


def by_handler():
    seen = []
    old = signal.signal(signal.SIGUSR1, lambda *args: seen.append(1))
    handle = _thread.start_joinable_thread(lambda: _thread.interrupt_main(signal.SIGUSR1))
    handle.join()
    found = len(seen)
    signal.signal(signal.SIGUSR1, old)
    return found


print(interrupted(_thread.interrupt_main))
for act in by_acquire, by_join_handle, by_wait, by_handler:
    # Often enough to be compiled.
    print(act.__name__, {act() for _ in range(200)})

IGNORED = """
import _thread
_thread.interrupt_main()
print("not interrupted")
import signal
print(signal.getsignal(signal.SIGINT) == signal.SIG_IGN)
_thread.interrupt_main()
print("nor now")
"""
sys.stdout.flush()
subprocess.run(["sh", "-c", "trap '' INT; exec \"$0\" -c \"$1\"", sys.executable, IGNORED])
