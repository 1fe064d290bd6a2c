"""Measures threads in the interpreter that runs it: thread_work.py SECONDS [NAME...]

Prints a line of JSON for each result. `seconds` bounds the time for one measurement.
"""

import json
import os
import queue
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


def scale(work, seconds):
    rounds = 1000
    while timed(work, rounds, 1)[0] < ROUND_SECONDS / 2:
        rounds *= 2
    for threads in (1, 2, 1, 2):
        timed(work, rounds, threads)
    while timed(work, rounds, 1)[0] < ROUND_SECONDS / 2:
        rounds *= 2
    one, two = [], []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(two) < 3:
        one.append(timed(work, rounds, 1))
        two.append(timed(work, rounds, 2))
    wall1, wall2 = min(w for w, _ in one), min(w for w, _ in two)
    cpu1, cpu2 = min(c for _, c in one), min(c for _, c in two)
    return {"factor": 2 * wall1 / wall2, "cpu_factor": 4 * cpu1 / cpu2, "one": wall1 / rounds, "rounds": rounds}


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
    for work in scaling.WORKLOADS:
        name = work.__name__.replace("_", " ")
        if chosen(name):
            show(kind="scaling", name=name, **scale(work, seconds))


if __name__ == "__main__":
    main()
