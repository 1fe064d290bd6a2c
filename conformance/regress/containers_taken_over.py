"""Containers that one thread has used alone for a while, and that others use in the middle of it."""

import array
import collections
import threading

TIMES = 3000
ROUNDS = 60
THREADS = 3


def fill_list(x, n):
    x.append(n)
    x[0] = n


def fill_dict(d, n):
    d[threading.get_ident(), n] = n


def fill_set(s, n):
    s.add((threading.get_ident(), n))


def fill_deque(d, n):
    d.append(n)
    d[0] = n


def fill_bytes(b, n):
    b.append(n & 255)


def fill_array(a, n):
    a.append(n)


KINDS = [
    (lambda: [0], fill_list),
    (dict, fill_dict),
    (set, fill_set),
    (lambda: collections.deque([0]), fill_deque),
    (bytearray, fill_bytes),
    (lambda: array.array("q"), fill_array),
]


def grow(kind, fill):
    """The first thread works on it alone, the others come while it goes on."""
    container = kind()
    before = len(container)
    ready = threading.Barrier(THREADS)
    come = threading.Event()

    def body(me):
        ready.wait()
        if me:
            come.wait()
        for n in range(TIMES // 10):
            fill(container, n)
            if n == 100 and not me:
                come.set()
            if n % 16 == 0 and len(container) > THREADS * TIMES:
                print("too many")

    threads = [threading.Thread(target=body, args=(n,)) for n in range(THREADS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return len(container) - before == THREADS * (TIMES // 10)


def move():
    """Items go back and forth between two lists that two threads own one each; none is lost."""
    lists = [[], []]
    ready = threading.Barrier(2)

    def body(me):
        mine, other = lists[me], lists[1 - me]
        for n in range(TIMES):
            mine.append((me, n))
        ready.wait()
        for _ in range(TIMES):
            try:
                other.append(mine.pop())
                mine.append(other.pop(0))
            except IndexError:
                pass

    threads = [threading.Thread(target=body, args=(n,)) for n in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    rest = sorted(lists[0] + lists[1])
    return len(rest), len(set(rest))


def ended():
    """What threads have left behind that are no more."""
    made = []

    def body():
        x = list(range(5))
        for n in range(100):
            x.append(n)
        made.append(x)

    for _ in range(50):
        t = threading.Thread(target=body)
        t.start()
        t.join()
        made[-1].append("main")
    return {len(x) for x in made}


def of_one_moment():
    """Two threads replace all items of a list at once while two others copy it."""
    size = 50
    shared = [0] * size
    copies = [
        lambda: shared[:],
        lambda: shared[1:-1],
        lambda: tuple(shared),
        lambda: sorted(shared),
    ]
    done = threading.Event()
    mixed = []

    def write(me):
        for n in range(TIMES):
            shared[:] = [2 * n + me] * size
            if n % 7 == 0:
                shared[:] = [n] * (size // 2)
                shared[:] = [n] * size

    def read():
        while not done.is_set():
            for copy in copies:
                if len(set(copy())) != 1:
                    mixed.append(copy)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(2)]
    readers = [threading.Thread(target=read) for _ in range(2)]
    for t in writers + readers:
        t.start()
    for t in writers:
        t.join()
    done.set()
    for t in readers:
        t.join()
    return mixed


for make, fill in KINDS:
    print(fill.__name__, all([grow(make, fill) for _ in range(ROUNDS)]))
print(all(move() == (2 * TIMES, 2 * TIMES) for _ in range(10)))
print(ended())
print(of_one_moment())
