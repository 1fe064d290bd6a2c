"""Runs one program again and again: harness.py PROGRAM SECONDS MIN_TIMES

Prints a line per round, `round SECONDS_SINCE_START SECONDS NUMBER`, until the time is up and the
least number of rounds is done, and at last `peak KILOBYTES`, the process's largest resident size.
"""

import os
import sys
import time


def main():
    start = time.perf_counter()
    program, budget, least = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs")
    sys.path[0] = folder
    run = __import__(program).run
    rounds = 0
    while rounds < least or time.perf_counter() - start < budget:
        began = time.perf_counter()
        number = run()
        ended = time.perf_counter()
        print("round", f"{ended - start:.6f}", f"{ended - began:.6f}", number, flush=True)
        rounds += 1
    print("peak", peak())


def peak():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(line for line in status if line.startswith("VmHWM:")).split()[1]


if __name__ == "__main__":
    main()
