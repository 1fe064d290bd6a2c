# Threads that are inside one long call of a built-in function, one for each core, and don't run any
# Python code meanwhile: others go on beside them. Where the built-in iterates, matches or computes
# with huge ints, a signal's handler gets in, too.
import collections
import itertools
import os
import re
import signal
import sys
import threading
import time

LONG = 0.4  # seconds that one call takes at least
GAP = 0.6  # the longest that another thread may stand still, as a part of that, in one of
TRIES = 8
sys.set_int_max_str_digits(0)


def find(n):
    ("a" * n).find("a" * 40 + "b")


def huge(n):
    return 1 << n


# name: (what is called with a size, the first size, how much larger each next one is)
KINDS = {
    "sum": (lambda n: sum(range(n)), 10**6, 4),
    "in": (lambda n: -1 in itertools.islice(itertools.count(), n), 10**6, 4),
    "max": (lambda n: max(itertools.islice(itertools.count(), n)), 10**6, 4),
    "min": (lambda n: min(map(abs, range(n))), 10**6, 4),
    "list": (lambda n: list(itertools.filterfalse(None, itertools.repeat(1, n))), 10**6, 4),
    "set": (lambda n: set(itertools.repeat(None, n)), 10**6, 4),
    "dict": (lambda n: dict.fromkeys(itertools.repeat(None, n)), 10**6, 4),
    "deque": (lambda n: collections.deque(itertools.repeat(1, n), maxlen=0), 10**6, 4),
    "any": (lambda n: any(map(bool, itertools.repeat(0, n))), 10**6, 4),
    "filter": (lambda n: next(filter(None, itertools.repeat(0, n)), 0), 10**6, 4),
    "zip": (lambda n: collections.deque(zip(range(n), range(n)), 0), 10**6, 4),
    "join": (lambda n: "".join(itertools.repeat("", n)), 10**6, 2),
    "sorted": (lambda n: sorted(range(n), key=(-1).__mul__), 10**5, 2),
    "re": (lambda n: re.match("(a*)*b", "a" * n), 18, 1.1),
    "re.search": (lambda n: re.search("a*b", "a" * n), 3000, 1.5),
    "find": (find, 10**6, 4),
    "pow": (lambda n: 7**n, 10**5, 2),
    "pow mod": (lambda n: pow(3, huge(n) + 1, huge(n) - 1), 2000, 1.5),
    "mul": (lambda n: (huge(n) - 1) * (huge(n) - 5), 10**6, 2),
    "str": (lambda n: str(huge(n)), 10**5, 1.5),
}
UNINTERRUPTED = {"find", "pow mod", "mul", "str"}  # one call of Java's library
LONGER = 8  # how much larger the call is that is interrupted


def calibrate(call, n, factor):
    while True:
        begin = time.perf_counter()
        call(n)
        if time.perf_counter() - begin >= LONG:
            return n
        n = int(n * factor)


def longest_gap(call, n):
    """How long a thread that sleeps for a millisecond at a time stands still beside the others, as a
    part of the time that those take; and whether that was long enough to count."""
    over = threading.Event()
    spinners = [threading.Thread(target=call, args=(n,)) for _ in range(os.process_cpu_count())]
    gaps = []

    def tick():
        last = time.perf_counter()
        while not over.is_set():
            time.sleep(0.001)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    ticker = threading.Thread(target=tick)
    ticker.start()
    begin = time.perf_counter()
    for t in spinners:
        t.start()
    for t in spinners:
        t.join()
    took = time.perf_counter() - begin
    over.set()
    ticker.join()
    return max(gaps) / took, took >= LONG


class Interrupted(Exception):
    pass


def interrupt(*_):
    raise Interrupted


signal.signal(signal.SIGALRM, interrupt)
for name, (call, n, factor) in KINDS.items():
    if len(sys.argv) > 1 and name not in sys.argv[1:]:
        continue
    n = calibrate(call, n, factor)
    best = 1.0
    for _ in range(TRIES):
        gap, long = longest_gap(call, n)
        if not long:
            n = int(n * factor)  # compiled meanwhile
            continue
        best = min(best, gap)
        if best < GAP:
            break
    print(f"{name}:", "others go on" if best < GAP else f"others STOPPED, {best:.2f}", flush=True)
    if name not in UNINTERRUPTED:
        try:
            signal.setitimer(signal.ITIMER_REAL, LONG / 8)
            call(LONGER * n if n > 100 else n + 8)
            signal.setitimer(signal.ITIMER_REAL, 0)
            print("  NOT INTERRUPTED", flush=True)
        except Interrupted:
            pass
