"""Calls of native functions are reported to a tool that another thread turns on meanwhile."""

import subprocess
import sys
import threading
import time

mon = sys.monitoring
TOOL = 3
seen = []


def called(code, offset, callee, arg):
    seen.append(callee)


def two(lock, ready, x):
    ready.append(x)
    lock.acquire()
    return isinstance(x, int)


def many(lock, ready, x):
    ready.append(x)
    lock.acquire()
    return max(x, 1, 2)


def one(lock, ready, x):
    ready.append(x)
    lock.acquire()
    return callable(x)


def calls(f, times):
    lock = threading.Lock()
    ready = []
    for n in range(times):
        f(lock, ready, n)
        lock.release()


def watched(f, native):
    lock = threading.Lock()
    lock.acquire()
    ready = []
    t = threading.Thread(target=f, args=(lock, ready, 1))
    t.start()
    while not ready:
        pass
    mon.set_events(TOOL, mon.events.CALL)
    lock.release()
    t.join()
    return seen.count(native)


NATIVES = {"one": callable, "two": isinstance, "many": max}

if len(sys.argv) < 2:
    # One process each: code is watched more closely once there has been a tool.
    for name in NATIVES:
        child = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True)
        print(name, child.stdout.strip(), child.stderr)
else:
    name = sys.argv[1]
    mon.use_tool_id(TOOL, "watcher")
    mon.register_callback(TOOL, mon.events.CALL, called)
    for _ in range(4):
        calls(globals()[name], 2000)
        time.sleep(0.1)
    print(watched(globals()[name], NATIVES[name]))
