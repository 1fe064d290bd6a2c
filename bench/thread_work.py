"""Measures threads in the interpreter that runs it: thread_work.py SECONDS [NAME...]

Prints a line of JSON for each result. `seconds` bounds the time for one measurement. `thread_work.py partner`
is the second process of the control: it does the work that a line of stdin names, and answers with a line.
"""

import json
import os
import queue
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import scaling

ROUND_SECONDS = 0.12
SPINNERS = 4


def best(work, count, seconds):
    """Seconds per unit: the best round of `count` units."""
    least = float("inf")
    end = time.perf_counter() + seconds
    while True:
        begin = time.perf_counter()
        work(count)
        now = time.perf_counter()
        least = min(least, now - begin)
        if now > end:
            return least / count


def nothing():
    pass


def together(*bodies):
    threads = [threading.Thread(target=body) for body in bodies]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


# ---- each does its work `count` times


def start_join(count):
    for _ in range(count):
        t = threading.Thread(target=nothing)
        t.start()
        t.join()


def start_all_then_join(count):
    together(*[nothing] * count)


def free_lock(count):
    lock = threading.Lock()
    for _ in range(count):
        with lock:
            pass


def free_rlock(count):
    lock = threading.RLock()
    for _ in range(count):
        with lock:
            pass


def contended(threads, count):
    lock = threading.Lock()
    total = 0

    def body():
        nonlocal total
        for _ in range(count // threads):
            with lock:
                total += 1

    together(*[body] * threads)


def lock_2_threads(count):
    contended(2, count)


def lock_5_threads(count):
    contended(5, count)


def lock_hand_off(count):
    there, back = threading.Lock(), threading.Lock()
    there.acquire()
    back.acquire()

    def other():
        for _ in range(count):
            there.acquire()
            back.release()

    def one():
        for _ in range(count):
            there.release()
            back.acquire()

    together(one, other)


def condition_hand_off(count):
    condition = threading.Condition()
    turn = 0

    def body(me):
        nonlocal turn
        for _ in range(count):
            with condition:
                while turn != me:
                    condition.wait()
                turn = 1 - me
                condition.notify()

    together(lambda: body(0), lambda: body(1))


def event_hand_off(count):
    a, b = threading.Event(), threading.Event()

    def body(mine, others):
        for _ in range(count):
            mine.wait()
            mine.clear()
            others.set()

    a.set()
    together(lambda: body(a, b), lambda: body(b, a))


def hand_off(kind, count):
    there, back = kind(), kind()

    def other():
        for _ in range(count):
            back.put(there.get())

    def one():
        for n in range(count):
            there.put(n)
            back.get()

    together(one, other)


def queue_hand_off(count):
    hand_off(queue.Queue, count)


def simple_queue_hand_off(count):
    hand_off(queue.SimpleQueue, count)


def queue_stream(count):
    q = queue.Queue(100)

    def give():
        for n in range(count):
            q.put(n)

    def take():
        for _ in range(count):
            q.get()

    together(give, take)


def executor_submit(count):
    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(nothing) for _ in range(count)]:
            future.result()


def executor_map(count):
    with ThreadPoolExecutor(4) as pool:
        for _ in pool.map(abs, range(count)):
            pass


COSTS = {
    "start and join": (start_join, 1000),
    "start 1,000, then join": (start_all_then_join, 1000),
    "lock, free": (free_lock, 50_000),
    "rlock, free": (free_rlock, 50_000),
    "lock, 2 threads": (lock_2_threads, 50_000),
    "lock, 5 threads": (lock_5_threads, 50_000),
    "lock hand-off": (lock_hand_off, 2000),
    "condition hand-off": (condition_hand_off, 2000),
    "event hand-off": (event_hand_off, 2000),
    "queue hand-off": (queue_hand_off, 2000),
    "simple queue hand-off": (simple_queue_hand_off, 2000),
    "queue, one to one": (queue_stream, 10_000),
    "executor submit": (executor_submit, 3000),
    "executor map": (executor_map, 3000),
}


def lateness(spinners, seconds):
    """How late a thread wakes that sleeps 2 ms again and again beside spinning ones."""
    stop = False
    late = []

    def spin():
        n = 0
        while not stop:
            n += 1

    def sleeper():
        nonlocal stop
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            at = time.perf_counter() + 0.002
            time.sleep(0.002)
            late.append(time.perf_counter() - at)
        stop = True

    together(*[spin] * spinners, sleeper)
    late.sort()
    return {"median": late[len(late) // 2], "p99": late[len(late) * 99 // 100], "worst": late[-1], "times": len(late)}


def timed(work, rounds, threads):
    """Wall and CPU seconds of a number of threads that each do the work."""
    ready = threading.Barrier(threads + 1)
    done = threading.Barrier(threads + 1)

    def body():
        ready.wait()
        work(rounds)
        done.wait()

    for _ in range(threads):
        threading.Thread(target=body).start()
    ready.wait()
    begin, cpu = time.perf_counter(), time.process_time()
    done.wait()
    return time.perf_counter() - begin, time.process_time() - cpu


class Partner:
    """Another process of the same interpreter with the same options, which works when it is told to."""

    def __enter__(self):
        command = [sys.executable, *sys.orig_argv[1 : -len(sys.argv)], __file__, "partner"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        return self

    def __exit__(self, *_):
        self.process.communicate()

    def beside(self, work, rounds, threads=1):
        """Wall seconds until this process and the partner have both done the work, and the CPU seconds of both."""
        begin = time.perf_counter()
        print(work.__name__, rounds, threads, file=self.process.stdin, flush=True)
        cpu = timed(work, rounds, threads)[1]
        cpu += float(self.process.stdout.readline())
        return time.perf_counter() - begin, cpu


def be_partner():
    print("ready", flush=True)
    for line in sys.stdin:
        name, rounds, threads = line.split()
        print(timed(getattr(scaling, name), int(rounds), int(threads))[1], flush=True)


def scale(work, seconds, partner):
    """Medians over turns, in each of which one thread, two threads and two processes do the work.

    Both processes warm up in the same way before, as long as that: rounds get shorter and shorter meanwhile.
    """
    rounds = 1000
    while partner.beside(work, rounds)[0] < ROUND_SECONDS:
        rounds *= 2
    warm = time.perf_counter() + seconds
    while time.perf_counter() < warm:
        partner.beside(work, rounds, 2)
        if partner.beside(work, rounds)[0] < ROUND_SECONDS:
            rounds *= 2
    measured = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        measured.append((timed(work, rounds, 1), timed(work, rounds, 2), partner.beside(work, rounds)))

    def median(of):
        return statistics.median(of(*turn) for turn in measured)

    return {
        "threads": median(lambda one, two, both: 2 * one[0] / two[0]),
        "processes": median(lambda one, two, both: 2 * one[0] / both[0]),
        "relative": median(lambda one, two, both: both[0] / two[0]),
        "cpu_relative": median(lambda one, two, both: both[1] / two[1]),
        "one": median(lambda one, two, both: one[0]) / rounds,
        "rounds": rounds,
        "turns": len(measured),
    }


def show(**result):
    print(json.dumps(result), flush=True)


def main():
    seconds, wanted = float(sys.argv[1]), sys.argv[2:]

    def chosen(name):
        return not wanted or any(word in name for word in wanted)

    for name, (work, count) in COSTS.items():
        if chosen(name):
            show(kind="cost", name=name, seconds=best(work, count, seconds))
    for spinners in (os.process_cpu_count(), SPINNERS * os.process_cpu_count()):
        name = f"sleeper beside {spinners} spinning"
        if chosen(name):
            show(kind="late", name=name, **lateness(spinners, seconds))
    names = {work.__name__.replace("_", " "): work for work in scaling.WORKLOADS}
    if workloads := [(name, work) for name, work in names.items() if chosen(name)]:
        with Partner() as partner:
            for name, work in workloads:
                show(kind="scaling", name=name, **scale(work, seconds, partner))


if __name__ == "__main__":
    be_partner() if sys.argv[1] == "partner" else main()
