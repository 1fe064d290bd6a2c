# The same work, CPU-bound and I/O-bound, done four ways: by one thread, by threads, by threads
# under a GIL (in a child process, with -X gil=1) and by processes. Prints times and speed-ups.
#
#   bin/plait examples/gil_comparison.py

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

WORKERS = max(2, min(8, os.process_cpu_count() or 2))
TASK_SECONDS = 0.25  # of one task, alone on a core
REPEATS = 3  # the best of them counts
WARM_UP_SECONDS = 1.0


def cpu_bound(n):
    return sum(i * i for i in range(n))


def io_bound(seconds):
    time.sleep(seconds)  # as waiting for a server does: no Python code runs meanwhile
    return seconds


def timed(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def best(run):
    return min(timed(run) for _ in range(REPEATS))


def warm_up():
    """Time for a compiling interpreter to compile."""
    end = time.perf_counter() + WARM_UP_SECONDS
    while time.perf_counter() < end:
        cpu_bound(20_000)


def calibrate():
    """How many rounds of cpu_bound take TASK_SECONDS here."""
    warm_up()
    n = 100_000
    while (seconds := best(lambda: cpu_bound(n))) < TASK_SECONDS / 4:
        n *= 2
    return int(n * TASK_SECONDS / seconds)


def with_one_thread(task, argument):
    for _ in range(WORKERS):
        task(argument)


def with_pool(pool, task, argument):
    list(pool.map(task, [argument] * WORKERS))


def start(pool):
    """Has the workers of a pool start and warm up; returns the seconds that took."""
    return timed(lambda: with_pool(pool, io_bound, 0.1)) - WARM_UP_SECONDS - 0.1


def in_threads(n):
    with ThreadPoolExecutor(WORKERS, initializer=warm_up) as pool:
        start(pool)
        cpu = best(lambda: with_pool(pool, cpu_bound, n))
        return cpu, best(lambda: with_pool(pool, io_bound, TASK_SECONDS))


def in_threads_under_gil(n):
    command = [sys.executable, "-X", "gil=1", __file__, "--threads", str(n)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def in_processes(n):
    with ProcessPoolExecutor(WORKERS, initializer=warm_up) as pool:
        started = start(pool)
        cpu = best(lambda: with_pool(pool, cpu_bound, n))
        return cpu, best(lambda: with_pool(pool, io_bound, TASK_SECONDS)), started


def main():
    n = calibrate()
    gil = "with" if getattr(sys, "_is_gil_enabled", lambda: True)() else "without"
    print(f"{WORKERS} tasks of each kind, {WORKERS} workers, an interpreter {gil} a GIL")
    print()
    print(f"{'':20}{'CPU-bound':>20}{'I/O-bound':>20}")
    one = (
        best(lambda: with_one_thread(cpu_bound, n)),
        best(lambda: with_one_thread(io_bound, TASK_SECONDS)),
    )
    *processes, started = in_processes(n)
    for name, times in [
        ("one thread", one),
        ("threads", in_threads(n)),
        ("threads, -X gil=1", in_threads_under_gil(n)),
        ("processes", processes),
    ]:
        cells = (f"{t:8.2f} s {alone / t:8.1f} x" for t, alone in zip(times, one))
        print(f"{name:20}" + "".join(cells))
    print()
    print(f"Not counted: {started:.2f} s until the processes had started.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--threads"]:
        print(json.dumps(in_threads(int(sys.argv[2]))))
    else:
        main()
