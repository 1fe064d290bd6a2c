"""A million threads that wait, all at once, in one process.

usage: bench/million [-n NUMBER] KIND...
       bench/million [-n NUMBER] all

Starts NUMBER threads (default: 1,000,000) that each wait in the same way, wakes them when the last of
them waits, and joins them. Prints the seconds that starting took (until all of them wait), the seconds
from the first wake-up to the last join, the CPU time of both (with that of the collector and the
compilers), and the most memory that the process has had (VmHWM): while they waited, and in the end.
Each KIND runs in a process of its own. Ends with exit code 1 if a thread was not woken.

The interpreter is bin/plait, or the command in PLAIT_COMMAND.
"""

import argparse
import queue
import resource
import socket
import subprocess
import sys
import threading
import time

MILLION = 1_000_000
SPARE_DESCRIPTORS = 100

# Each kind: given the number of threads, what one thread does, what wakes all of them, and how many
# threads that makes.


def sleep(n):
    """Until a time that even a busy machine does not reach before all of them sleep."""
    end = time.monotonic() + 20 + n / 6000
    return (lambda: time.sleep(max(0, end - time.monotonic()))), (lambda: None), n


def lock(n, kind=threading.Lock):
    shared = kind()
    shared.acquire()

    def wait():
        with shared:
            pass

    return wait, shared.release, n


def rlock(n):
    return lock(n, threading.RLock)


def condition(n):
    shared = threading.Condition()

    def wait():
        with shared:
            shared.wait()

    def wake():
        with shared:
            shared.notify_all()

    return wait, wake, n


def event(n):
    shared = threading.Event()
    return shared.wait, shared.set, n


def timed_event(n):
    """As event, each with a time-out that is an hour away."""
    shared = threading.Event()
    return (lambda: shared.wait(3600)), shared.set, n


def semaphore(n):
    shared = threading.Semaphore(0)
    return shared.acquire, (lambda: shared.release(n)), n


def barrier(n):
    shared = threading.Barrier(n + 1)
    return shared.wait, shared.wait, n


def a_queue(n, kind=queue.Queue):
    shared = kind()

    def wake():
        for k in range(n):
            shared.put(k)

    return shared.get, wake, n


def queue_shutdown(n):
    """Waiting in Queue.get() until the queue is shut down."""
    shared = queue.Queue()

    def wait():
        try:
            shared.get()
        except queue.ShutDown:
            pass

    return wait, shared.shutdown, n


def simple_queue(n):
    return a_queue(n, queue.SimpleQueue)


def a_socket(n):
    """All of them receive on one socket."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    ours.shutdown(socket.SHUT_WR)

    def wake(open_end=ours):
        rest = n
        while rest:
            rest -= theirs.send(b"x" * min(rest, 4096))

    return (lambda: ours.recv(1)), wake, n


def socket_pairs(n):
    """They receive on a thousand sockets, each thousandth thread on the same."""
    pairs = [socket.socketpair() for _ in range(min(n, 1000))]
    free = [pairs[k % len(pairs)][0] for k in range(n)]

    def wake():
        for k in range(n):
            pairs[k % len(pairs)][1].send(b"x")

    return (lambda: free.pop().recv(1)), wake, n


def accept(n):
    """All of them accept on one listening socket, until it is shut down."""
    listener = socket.create_server(("127.0.0.1", 0))

    def wait():
        try:
            listener.accept()
        except OSError:
            pass

    return wait, (lambda: listener.shutdown(socket.SHUT_RDWR)), n


def sockets(n):
    """Each of them receives on a socket of its own: as many as there may be descriptors."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    n = min(n, (hard - SPARE_DESCRIPTORS) // 2)
    pairs = [socket.socketpair() for _ in range(n)]
    free = [a for a, _ in pairs]

    def wake():
        for _, b in pairs:
            b.send(b"x")

    return (lambda: free.pop().recv(1)), wake, n


def join(n):
    """All of them join one thread."""
    shared = threading.Lock()
    shared.acquire()
    last = threading.Thread(target=shared.acquire)
    last.start()
    return last.join, shared.release, n


KINDS = {
    "sleep": sleep, "lock": lock, "rlock": rlock, "condition": condition, "event": event,
    "timed_event": timed_event, "semaphore": semaphore, "barrier": barrier, "queue": a_queue,
    "queue_shutdown": queue_shutdown, "simple_queue": simple_queue, "join": join, "socket": a_socket,
    "socket_pairs": socket_pairs, "accept": accept, "sockets": sockets,
}


def memory():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 2**20


def measure(name, n):
    wait, wake, n = KINDS[name](n)
    entered = []
    left = []

    def body():
        entered.append(None)
        wait()
        left.append(None)

    begin = time.perf_counter()
    cpu_begin = time.process_time()
    threads = [threading.Thread(target=body) for _ in range(n)]
    for t in threads:
        t.start()
    while len(entered) < n:
        time.sleep(0.001)
    started = time.perf_counter()
    cpu_started = time.process_time()
    early = len(left)
    waiting = memory()
    wake()
    for t in threads:
        t.join()
    end = time.perf_counter()
    cpu_end = time.process_time()
    print(f"{name:16}{n:>10,} {started - begin:10.1f} {cpu_started - cpu_begin:8.1f} {end - started:10.1f} "
          f"{cpu_end - cpu_started:8.1f} {waiting:10.2f} {memory():10.2f}", flush=True)
    if early or len(left) != n:
        print(f"  {early:,} did not wait, {n - len(left):,} did not go on", flush=True)
        return 1
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=MILLION, metavar="NUMBER")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("kinds", nargs="+", metavar="KIND", choices=[*KINDS, "all"], help=", ".join([*KINDS, "all"]))
    options = parser.parse_args()
    if options.inside:
        return measure(options.kinds[0], options.n)
    print(f"{'':16}{'threads':>10} {'start s':>10} {'CPU s':>8} {'join s':>10} {'CPU s':>8} "
          f"{'GiB':>10} {'most GiB':>10}", flush=True)
    kinds = list(KINDS) if "all" in options.kinds else options.kinds
    command = [sys.executable, __file__, "--inside", "-n", str(options.n)]
    return max([subprocess.run([*command, kind]).returncode for kind in kinds])


if __name__ == "__main__":
    sys.exit(main())
