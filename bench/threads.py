"""Threads on Plait and, in the same minutes, on CPython.

usage: bench/threads [--seconds S] [--json FILE] [--only-plait] [NAME...]

Prints what threads cost (the best round, in microseconds, and CPython's over Plait's: above 1, Plait
is faster), how late a thread wakes beside spinning ones, and how two threads that each do the same
work compare with one: 2.0 means that the second thread is for nothing, 1.0 that they might as well
take turns.

Cores share power, caches, memory and a hypervisor's other guests, so even two processes rarely get 2.0,
and what they get changes from minute to minute. So one thread, two threads and two processes of the
interpreter, each with one thread, do the work in turn, and each figure is the median over these turns:

  threads, processes   the rate of the two over the rate of one thread
  of that              the rate of two threads over that of two processes. The goal is 0.9, which
                       is 1.8 where two processes get 2.0
  by CPU               the CPU time of the two processes over that of the two threads: below 1,
                       threads take more work, whoever does it (collector and compilers included).
                       Other programs disturb it less than the rates, which need a quiet machine

NAME picks measurements by a part of their name; S (default 3) is the time for each of them, and as long is
spent on warming up where two are compared with one. The interpreter under test is bin/plait, or the
command in PLAIT_COMMAND; CPython is the one that runs this script.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PLAIT = shlex.split(os.environ.get("PLAIT_COMMAND") or os.path.join(os.path.dirname(HERE), "bin", "plait"))
GOAL = 0.9


def results(command, options):
    """Yields what thread_work.py measures in one process of an interpreter."""
    work = os.path.join(HERE, "thread_work.py")
    command = [*command, work, str(options.seconds), *options.names]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode:
        raise SystemExit(f"bench/threads: {command[0]} ended with exit code {process.returncode}")


def cost_row(plait, cpython):
    line = f"{plait['name']:32}{plait['seconds'] * 1e6:12.2f}"
    if cpython:
        line += f"{cpython['seconds'] * 1e6:12.2f}{cpython['seconds'] / plait['seconds']:10.1f}"
    return line


def late_row(plait, cpython):
    def times(result):
        return "".join(f"{result[key] * 1e3:9.2f}" for key in ("median", "p99", "worst"))

    return f"{plait['name']:32}{times(plait)}{times(cpython) if cpython else ''}"


def scaling_row(plait, cpython):
    line = f"{plait['name']:32}{plait['threads']:8.2f}{plait['processes']:11.2f}{plait['relative']:9.2f}"
    line += f"{plait['cpu_relative']:9.2f}"
    if cpython:
        line += f"{cpython['threads']:9.2f}{cpython['processes']:11.2f}{cpython['one'] / plait['one']:12.1f}"
    return line + ("" if plait["relative"] >= GOAL else f"   below {GOAL}")


TABLES = {
    "cost": (cost_row, f"{'microseconds':32}{'Plait':>12}{'CPython':>12}{'ratio':>10}"),
    "late": (late_row, f"{'ms late':32}{'median':>9}{'p99':>9}{'worst':>9}{'CPython median, p99, worst':>29}"),
    "scaling": (
        scaling_row,
        f"{'two against one':32}{'threads':>8}{'processes':>11}{'of that':>9}{'by CPU':>9}"
        f"{'CPython':>9}{'processes':>11}{'one: ratio':>12}",
    ),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--json")
    parser.add_argument("--only-plait", action="store_true")
    options = parser.parse_args()
    beside = {} if options.only_plait else {r["name"]: r for r in results([sys.executable], options)}
    everything = []
    last = None
    for result in results(PLAIT, options):
        row, header = TABLES[result["kind"]]
        if result["kind"] != last:
            last = result["kind"]
            print(header)
        everything.append({"plait": result, "cpython": beside.get(result["name"])})
        print(row(result, beside.get(result["name"])), flush=True)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"processors": os.process_cpu_count(), "results": everything}, file, indent=1)


if __name__ == "__main__":
    main()
