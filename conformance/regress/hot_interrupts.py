# Compiled code that needs no frames: interrupts, exceptions, threads that wait in it, who looks on.
import _thread
import queue
import signal
import sys
import threading
import time


class Counter:
    def __init__(self, lock, start=0):
        self.lock = lock
        self.n = start
        self.m = start

    def add(self, k=1, *rest, scale=1):
        with self.lock:
            self.n += k * scale + len(rest)
            self.m = self.twice(self.n)
            return self.n

    def twice(self, x):
        try:
            return x + x
        finally:
            self.last = x


def work(c, turns):
    for _ in range(turns):
        c.add()
        c.add(1, 2, 3)
        c.add(scale=2)


for kind in (threading.Lock, threading.RLock, threading.Condition):
    c = Counter(kind())
    work(c, 3000)
    print(kind.__name__, c.n, c.m == 2 * c.n, c.last == c.n)


def interrupt(c, n):
    """Does so when the work has begun."""
    while c.n == n:
        time.sleep(0.001)
    time.sleep(0.05)
    _thread.interrupt_main()


# KeyboardInterrupt at any place: the traceback is whole, and variables are there.
c = Counter(threading.Lock())
places = set()
whole = True
for i in range(12):
    try:
        threading.Thread(target=interrupt, args=(c, c.n)).start()
        work(c, 10**9)
    except KeyboardInterrupt as e:
        tb = e.__traceback__
        names = []
        while tb is not None:
            names.append(tb.tb_frame.f_code.co_name)
            first = tb.tb_frame.f_code.co_firstlineno
            whole &= tb.tb_frame.f_code.co_name == "<module>" or first <= tb.tb_lineno <= first + 6
            last, tb = tb.tb_frame, tb.tb_next
        whole &= names[:2] == ["<module>", "work"]
        whole &= ("c" if names[-1] == "work" else "self") in last.f_locals
        places.update(names[2:])
    if c.lock.locked():
        c.lock.release()
print("interrupted", whole, places <= {"add", "twice", "__exit__", "__enter__"})
time.sleep(0.1)


# Exceptions on their way through such code, and handlers in it.
class Odd(Exception):
    pass


def check(n):
    if n % 1000 == 999:
        raise Odd(n)
    return n


def guarded(lock, n):
    with lock:
        try:
            return check(n)
        except Odd as e:
            return -e.args[0]
        finally:
            seen.append(n)


seen = []
lock = threading.RLock()
print("handled", sum(guarded(lock, n) for n in range(5000)), len(seen), lock._recursion_count())


def through(lock, n):
    with lock:
        return check(n)


raised = 0
for n in range(5000):
    try:
        through(lock, n)
    except Odd as e:
        raised += 1
        names = []
        tb = e.__traceback__
        while tb is not None:
            names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
print("raised", raised, [name for name, _ in names], lock._recursion_count())


# *args, **kwargs, defaults, closures made in such code
def any_arguments(*args, **kwargs):
    return args, kwargs


def pass_on(f, *args, **kwargs):
    def inner(x, y=args):
        return f(x, *y, **kwargs)

    return inner(0)


for n in range(3000):
    result = pass_on(any_arguments, n, n + 1, key=n)
print("passed on", result)
try:
    for n in range(3000):
        pass_on(len, *range(n // 2999))
except TypeError as e:
    print("TypeError", e)

# A thread that waits in such code shows its frames.
q = queue.Queue()


def take():
    return q.get()


def consume():
    while take() is not None:
        pass


consumer = threading.Thread(target=consume)
consumer.start()
for n in range(5000):
    q.put(n)
while q.queue or not q.not_empty._waiters:
    time.sleep(0.05)
f = sys._current_frames()[consumer.ident]
names = []
while f is not None:
    names.append(f.f_code.co_name)
    f = f.f_back
print("waits", names[:5])
q.put(None)
consumer.join()

# A lock that is not ours
lock = threading.Lock()


def release(lock):
    lock.release()


def cycle(lock):
    lock.acquire()
    release(lock)


for n in range(3000):
    cycle(lock)
try:
    release(lock)
except RuntimeError as e:
    print("RuntimeError", e)


# Interrupted while waiting in such code
def wait(lock):
    with lock:
        return 1


print(sum(wait(lock) for n in range(3000)))
lock.acquire()
main = threading.main_thread().ident
threading.Timer(0.3, signal.pthread_kill, (main, signal.SIGINT)).start()
try:
    wait(lock)
    print("NOT INTERRUPTED")
except KeyboardInterrupt as e:
    print("interrupted in", e.__traceback__.tb_next.tb_frame.f_code.co_name)
