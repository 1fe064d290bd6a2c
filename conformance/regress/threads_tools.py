# What tools see of threads and do to them: frames, tracebacks, hooks, tracing, interrupts, the end.
import _thread
import atexit
import faulthandler
import gc
import re
import signal
import sys
import tempfile
import threading
import time


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def in_thread(f, *args):
    result = []
    t = threading.Thread(target=lambda: result.append(f(*args)), name="worker")
    t.start()
    t.join()
    return result


def too_deep():
    try:
        return depth(10**6)
    except RecursionError as e:
        return str(e)


print("depth", in_thread(depth, 900) == [depth(900)], in_thread(too_deep) == [too_deep()])
sys.setrecursionlimit(20_000)
print("stack size", threading.stack_size(), threading.stack_size(256 * 2**20), threading.stack_size())
print("deep", in_thread(depth, 15_000))
threading.stack_size(0)
sys.setrecursionlimit(1000)
for wrong in (-1, 1, 4096):
    try:
        threading.stack_size(wrong)
    except ValueError as e:
        print("stack size", e)

ready, go = threading.Event(), threading.Event()


def inner():
    ready.set()
    go.wait()


def outer():
    inner()


t = threading.Thread(target=outer, name="shown")
t.start()
ready.wait()
time.sleep(0.05)
frames = sys._current_frames()
names = []
frame = frames[t.ident]
while frame:
    names.append(frame.f_code.co_name)
    frame = frame.f_back
print("frames", names[-6:], len(frames), frames[threading.get_ident()] is sys._getframe())
print("exceptions", sys._current_exceptions() == {t.ident: None, threading.get_ident(): None})
with tempfile.TemporaryFile("w+") as file:
    faulthandler.dump_traceback(file, all_threads=True)
    file.seek(0)
    text = re.sub("0x[0-9a-f]+|line [0-9]+", "N", file.read())
    text = re.sub('"[^"]*[/]', '"', text)
    parts = [p.splitlines() for p in text.strip().split("\n\n")]
    print("dump", len(parts), sorted(p[0].split("N")[0] for p in parts), sorted(p[1] for p in parts))
    print(*[line for p in parts if "Thread" in p[0] and "Current" not in p[0] for line in p[-7:]], sep="\n")
go.set()
t.join()

seen = []


def hook(args):
    seen.append((args.exc_type.__name__, str(args.exc_value), args.thread.name, args.exc_traceback is not None))


def fail(e):
    raise e


before, threading.excepthook = threading.excepthook, hook
in_thread(fail, ValueError("one"))
in_thread(fail, SystemExit(3))
in_thread(sys.exit)
threading.excepthook = before
print("hook", seen, threading.excepthook is threading.__excepthook__)

events = []
ready, go, traced = threading.Event(), threading.Event(), threading.Event()


def step():
    return 1


def loop():
    ready.set()
    while not go.is_set():
        step()


def trace(frame, event, arg):
    if frame.f_code is step.__code__:
        events.append((event, threading.current_thread().name))
        traced.set()
    return trace


t = threading.Thread(target=loop, name="traced")
t.start()
ready.wait()
threading.settrace_all_threads(trace)
traced.wait()
threading.settrace_all_threads(None)
go.set()
t.join()
sys.settrace(None)
print("traced", events[0], {e for e, _ in events} <= {"call", "line", "return"}, threading.gettrace())

try:
    threading.Thread(target=_thread.interrupt_main).start()
    time.sleep(20)
    print("NOT INTERRUPTED")
except KeyboardInterrupt:
    print("interrupted")
got = []
signal.signal(signal.SIGUSR1, lambda n, f: got.append((n == signal.SIGUSR1, threading.current_thread().name)))
in_thread(_thread.interrupt_main, signal.SIGUSR1)
time.sleep(0.05)
print("signal", got)
try:
    _thread.interrupt_main(10_000)
except ValueError as e:
    print("signal", e)


class Last:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        gone.append(self.name)


gone = []
local = threading.local()


def keep():
    local.last = Last("local")
    return local.last.name


print("kept", in_thread(keep))
gc.collect()
print("gone", gone, vars(local))

# The end: threads that are no daemons, then atexit in the reverse order; daemons are left behind.
atexit.register(print, "first registered")
atexit.register(print, "last registered")
threading._register_atexit(print, "threads are asked to end")
threading.Thread(target=lambda: (time.sleep(0.2), print("a late thread"))).start()
threading.Thread(target=lambda: (time.sleep(60), print("a DAEMON")), daemon=True).start()


def from_end():
    t = threading.Thread(target=print, args=("started by atexit",))
    t.start()
    t.join()


atexit.register(from_end)
print("end of main", flush=True)
