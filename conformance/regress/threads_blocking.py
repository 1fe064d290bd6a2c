# Threads that block, each in another way, never stop those that don't. By default a few of each
# kind; `plait conformance/regress/threads_blocking.py 10000` has 10,000 of each kind that costs no
# more than memory and descriptors (as many as `ulimit -n` allows), one kind after the other.
import contextlib
import fcntl
import os
import queue
import resource
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 40
SPARE_DESCRIPTORS = 200
LIMIT_SECONDS = 120


def descriptors(each):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return max(1, min(COUNT, (hard - SPARE_DESCRIPTORS) // each))


# Each kind: a context manager that gives the number of threads, what thread k does, and what ends
# all of their waits.


@contextlib.contextmanager
def sleeping():
    end = time.monotonic() + 1 + COUNT / 2000
    yield COUNT, lambda k: time.sleep(max(0, end - time.monotonic())), lambda: None


@contextlib.contextmanager
def locks():
    lock = threading.Lock()
    lock.acquire()

    def wait(k):
        with lock:
            pass

    yield COUNT, wait, lock.release


@contextlib.contextmanager
def queues():
    q = queue.Queue()
    yield COUNT, lambda k: q.get(), lambda: [q.put(k) for k in range(COUNT)]


@contextlib.contextmanager
def pipes():
    count = descriptors(2)
    ends = [os.pipe() for _ in range(count)]
    yield count, lambda k: os.read(ends[k][0], 1), lambda: [os.write(w, b"x") for _, w in ends]
    for r, w in ends:
        os.close(r)
        os.close(w)


@contextlib.contextmanager
def pipes_as_files():
    count = descriptors(2)
    ends = [os.pipe() for _ in range(count)]
    files = [open(r, "rb") for r, _ in ends]
    yield count, lambda k: files[k].read(1), lambda: [os.write(w, b"x") for _, w in ends]
    for file, (_, w) in zip(files, ends):
        file.close()
        os.close(w)


@contextlib.contextmanager
def sockets():
    count = descriptors(2)
    pairs = [socket.socketpair() for _ in range(count)]
    yield count, lambda k: pairs[k][0].recv(1), lambda: [b.send(b"x") for _, b in pairs]
    for a, b in pairs:
        a.close()
        b.close()


@contextlib.contextmanager
def accepting():
    count = descriptors(3)
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]

    def wait(k):
        listeners[k].accept()[0].close()

    def end():
        for listener in listeners:
            socket.create_connection(listener.getsockname()).close()

    yield count, wait, end
    for listener in listeners:
        listener.close()


@contextlib.contextmanager
def selecting():
    r, w = os.pipe()
    if r < 1024:
        yield COUNT, lambda k: select.select([r], [], []), lambda: os.write(w, b"x")
    os.close(r)
    os.close(w)


@contextlib.contextmanager
def polling():
    r, w = os.pipe()

    def wait(k):
        p = select.poll()
        p.register(r, select.POLLIN)
        p.poll()

    yield COUNT, wait, lambda: os.write(w, b"x")
    os.close(r)
    os.close(w)


@contextlib.contextmanager
def children():
    count = min(COUNT, 20)
    child = [subprocess.Popen(["cat"], stdin=subprocess.PIPE) for _ in range(count)]
    yield count, lambda k: child[k].wait(), lambda: [c.stdin.close() for c in child]


@contextlib.contextmanager
def file_locks():
    count = descriptors(1)
    with tempfile.NamedTemporaryFile() as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        def wait(k):
            with open(held.name) as mine:
                fcntl.flock(mine, fcntl.LOCK_SH)

        yield count, wait, lambda: fcntl.flock(held, fcntl.LOCK_UN)


@contextlib.contextmanager
def opening_fifos():
    count = descriptors(2)
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, str(k)) for k in range(count)]
        for name in names:
            os.mkfifo(name)

        def wait(k):
            os.close(os.open(names[k], os.O_RDONLY))

        yield count, wait, lambda: [os.close(os.open(name, os.O_WRONLY)) for name in names]


@contextlib.contextmanager
def inputs():
    """All of them wait for a line of the one standard input, of which CPython loses some here."""
    saved = os.dup(0)
    r, w = os.pipe()
    os.dup2(r, 0)
    os.close(r)
    stdin, sys.stdin = sys.stdin, open(0, encoding="ascii", closefd=False)
    lines = []

    def end():
        with open(w, "w", encoding="ascii") as file:
            file.writelines(f"{k}\n" for k in range(COUNT))

    def wait(k):
        try:
            lines.append(int(input()))
        except (EOFError, ValueError):
            pass

    yield COUNT, wait, end
    sys.stdin = stdin
    os.dup2(saved, 0)
    os.close(saved)
    assert sorted(lines) == list(range(COUNT)) or sys.implementation.name == "cpython"


@contextlib.contextmanager
def names():
    """Each looks up a name: how long that takes is up to the resolver."""
    yield COUNT, lambda k: socket.getaddrinfo("localhost", 80 + k % 1000), lambda: None


def others_run():
    """What a program does beside them: it computes, sleeps, starts threads, uses files and names."""
    results = []

    def work():
        with tempfile.TemporaryFile() as file:
            file.write(b"x" * 1000)
            file.flush()
            os.fsync(file.fileno())
        results.append(socket.getaddrinfo("localhost", 80, socket.AF_INET)[0][4])
        time.sleep(0.001)
        results.append(sum(range(1000)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(LIMIT_SECONDS)
    return len(results) == 8


def check(kind):
    with kind() as (count, wait, end):
        entered = []
        ended = []

        def body(k):
            entered.append(k)
            wait(k)
            ended.append(k)

        begin = time.perf_counter()
        threads = [threading.Thread(target=body, args=(k,)) for k in range(count)]
        for t in threads:
            t.start()
        while len(entered) < count:
            time.sleep(0.01)
        started = time.perf_counter()
        fine = others_run()
        beside = time.perf_counter()
        end()
        for t in threads:
            t.join(LIMIT_SECONDS)
        all_ended = len(ended) == count
        print(kind.__name__, "others run" if fine else "others STOPPED", "all end" if all_ended else "HANG", flush=True)
        if len(sys.argv) > 1:
            with open("/proc/self/status", encoding="ascii") as status:
                system = next(line.split()[1] for line in status if line.startswith("Threads:"))
            print(f"  {count} threads: started in {started - begin:.2f} s, others took {beside - started:.2f} s, "
                  f"ended in {time.perf_counter() - beside:.2f} s; threads of the system: {system}", flush=True)


for kind in [sleeping, locks, queues, pipes, pipes_as_files, sockets, accepting, selecting, polling,
             children, inputs, names, file_locks, opening_fifos]:
    check(kind)
