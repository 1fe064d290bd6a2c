"""Whole programs on Plait and, in the same minutes, on CPython.

usage: bench/run [--seconds S] [--times N] [--json FILE] [--mode free|gil] [--start-up|--cold] [PROGRAM...]

Programs are those in bench/programs. For each one, and for each interpreter in turn:

  first    the program by itself in a fresh process, start-up included: wall time, median of N
  steady   rounds in one process for S seconds: the median of the best half of the rounds
  90 %     time in that process until a round first was within a tenth of the steady time
  memory   the largest resident size of the process that ran the rounds

With --cold a program does its work so often that CPython takes about a second, in fresh processes:

  wall     seconds from start to end, the least of N
  CPU      processor seconds of the process, compilers and collector included, the least of N

`ratio` is CPython's time over Plait's: above 1, Plait is faster. Both must print the same number.
The interpreter under test is bin/plait, or the command in PLAIT_COMMAND; CPython is the one that
runs this script.
"""

import argparse
import json
import math
import os
import resource
import shlex
import signal
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = os.path.join(HERE, "programs")
LIMIT_SECONDS = 300
MIN_ROUNDS = 5
START_UP = {
    "start: pass": "pass",
    "start: threads": "import threading, concurrent.futures, queue",
    "start: larger": "import asyncio, unittest, dataclasses, typing, json",
}
PLAIT = shlex.split(os.environ.get("PLAIT_COMMAND") or os.path.join(os.path.dirname(HERE), "bin", "plait"))


class Failed(Exception):
    pass


def run(command):
    """Output and wall seconds of a process."""
    out, seconds, _ = timed(command)
    return out, seconds


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def timed(command):
    """Output, wall seconds and processor seconds of a process and those it waited for."""
    used = processor_seconds()
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        out, err = process.communicate(timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Failed(f"no end after {LIMIT_SECONDS} s") from None
    seconds = time.perf_counter() - start
    if process.returncode:
        last = err.decode("utf-8", "replace").strip().split("\n")[-1]
        raise Failed(f"exit code {process.returncode}: {last[:200]}")
    return out.decode(), seconds, processor_seconds() - used


def first_runs(interpreters, arguments, times):
    """Wall seconds of fresh processes: the median, for each interpreter; and what they printed."""
    walls = {name: [] for name in interpreters}
    printed = {}
    for _ in range(times):
        for name, command in interpreters.items():
            if name not in walls:
                continue
            try:
                printed[name], seconds = run([*command, *arguments])
                walls[name].append(seconds)
            except Failed as failure:
                printed[name] = str(failure)
                del walls[name]
    return {name: statistics.median(all_) for name, all_ in walls.items()}, printed


def steady(command, program, seconds):
    out, _ = run([*command, os.path.join(HERE, "harness.py"), program, str(seconds), str(MIN_ROUNDS)])
    rounds = [line.split() for line in out.splitlines() if line.startswith("round ")]
    times = sorted(float(fields[2]) for fields in rounds)
    best = statistics.median(times[: (len(times) + 1) // 2])
    warm = next(float(at) for _, at, took, *_ in rounds if float(took) <= best / 0.9)
    return {
        "steady": best,
        "cold": float(rounds[0][2]),
        "warm_after": warm,
        "rounds": len(rounds),
        "memory_mb": int(out.split()[-1]) / 1024,
        "number": rounds[-1][3],
    }


def measure(program, interpreters, options):
    result = {"program": program}
    walls, printed = first_runs(interpreters, [os.path.join(PROGRAMS, program + ".py")], options.times)
    for name, command in interpreters.items():
        if name not in walls:
            result[name] = {"error": printed[name]}
            continue
        try:
            result[name] = {"first": walls[name]} | steady(command, program, options.seconds)
        except Failed as failure:
            result[name] = {"first": walls[name], "error": str(failure)}
    numbers = {entry.get("number") for entry in result.values() if isinstance(entry, dict)}
    result["agree"] = len(numbers) == 1
    return result


def measure_start(title, code, interpreters, options):
    walls, printed = first_runs(interpreters, ["-c", code], options.times * 2 + 1)
    result = {"program": title, "agree": True}
    peak = f"{code}\nimport sys; sys.path[:0] = [{HERE!r}]; import harness; print(harness.peak())"
    for name, command in interpreters.items():
        if name in walls:
            memory = int(run([*command, "-c", peak])[0]) / 1024
            result[name] = {"first": walls[name], "steady": walls[name], "memory_mb": memory}
        else:
            result[name] = {"error": printed[name]}
    return result


def measure_cold(program, interpreters, options):
    """A second's work on CPython in fresh processes."""
    harness = os.path.join(HERE, "harness.py")
    result = {"program": program}
    try:
        out, _ = run([*interpreters["cpython"], harness, program, "0", "3"])
    except Failed as failure:
        return result | {"plait": {}, "cpython": {"error": str(failure)}, "agree": False}
    once = statistics.median(float(line.split()[2]) for line in out.splitlines() if line.startswith("round "))
    result["times"] = max(1, round(COLD_SECONDS / once))
    numbers = set()
    for _ in range(options.times):
        for name, command in interpreters.items():
            entry = result.setdefault(name, {})
            if "error" in entry:
                continue
            try:
                out, wall, cpu = timed([*command, harness, program, "0", str(result["times"])])
            except Failed as failure:
                entry["error"] = str(failure)
                continue
            entry["wall"] = min(wall, entry.get("wall", wall))
            entry["cpu"] = min(cpu, entry.get("cpu", cpu))
            entry["memory_mb"] = int(out.split()[-1]) / 1024
            numbers.add(out.splitlines()[-2].split()[3])
    result["agree"] = len(numbers) == 1
    return result


COLD_SECONDS = 1.0
COLD_COLUMNS = (
    f"{'program':28}{'times':>6}{'Plait s':>9}{'CPython s':>11}{'ratio':>7}{'CPU s':>8}{'CPython':>9}{'ratio':>7}{'MB':>6}"
)


def cold_row(result):
    plait, cpython = result["plait"], result["cpython"]
    if "error" in plait or "error" in cpython:
        return f"{result['program']:28}  Plait: {plait.get('error', 'runs')}; CPython: {cpython.get('error', 'runs')}"
    return (
        f"{result['program']:28}{result['times']:6}{plait['wall']:9.2f}{cpython['wall']:11.2f}"
        f"{cpython['wall'] / plait['wall']:7.2f}{plait['cpu']:8.2f}{cpython['cpu']:9.2f}"
        f"{cpython['cpu'] / plait['cpu']:7.2f}{plait['memory_mb']:6.0f}{'' if result['agree'] else '  DIFFER'}"
    )


COLUMNS = f"{'program':28}{'Plait ms':>10}{'CPython ms':>12}{'ratio':>8}{'first ms':>10}{'CPython':>9}{'90 % s':>8}{'MB':>7}{'CPython':>9}"


def row(result):
    plait, cpython = result["plait"], result["cpython"]
    if "error" in plait or "error" in cpython:
        return f"{result['program']:28}  Plait: {plait.get('error', 'runs')}; CPython: {cpython.get('error', 'runs')}"
    ratio = cpython["steady"] / plait["steady"]
    note = "" if result["agree"] else f"  DIFFER: {plait['number']}, {cpython['number']}"
    return (
        f"{result['program']:28}{plait['steady'] * 1e3:10.1f}{cpython['steady'] * 1e3:12.1f}{ratio:8.2f}"
        f"{plait['first'] * 1e3:10.0f}{cpython['first'] * 1e3:9.0f}"
        f"{plait.get('warm_after', math.nan):8.2f}{plait['memory_mb']:7.0f}{cpython['memory_mb']:9.0f}{note}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="*")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--json")
    parser.add_argument("--mode", choices=["free", "gil"], default="free")
    parser.add_argument("--start-up", action="store_true", help="only the time to start")
    parser.add_argument("--cold", action="store_true", help="a second's work of CPython in a fresh process")
    options = parser.parse_args()
    plait = [*PLAIT, "-X", "gil=1"] if options.mode == "gil" else PLAIT
    interpreters = {"plait": plait, "cpython": [sys.executable]}
    names = options.programs or sorted(name[:-3] for name in os.listdir(PROGRAMS) if name.endswith(".py"))
    results = []
    print(COLD_COLUMNS if options.cold else COLUMNS)

    def show(result):
        results.append(result)
        print(cold_row(result) if options.cold else row(result), flush=True)

    if options.cold:
        for name in names:
            show(measure_cold(name, interpreters, options))
        good = [r for r in results if "wall" in r["plait"] and "wall" in r["cpython"]]
        if good:
            means = [
                statistics.geometric_mean(r["cpython"][what] / r["plait"][what] for r in good) for what in ("wall", "cpu")
            ]
            print(f"geometric mean over {len(good)} programs: wall {means[0]:.2f}, CPU {means[1]:.2f}")
    elif not options.programs or options.start_up:
        for title, code in START_UP.items():
            show(measure_start(title, code, interpreters, options))
    if not options.start_up and not options.cold:
        for name in names:
            show(measure(name, interpreters, options))
        good = [r for r in results if "steady" in r["plait"] and "rounds" in r["cpython"]]
        if good:
            ratios = [r["cpython"]["steady"] / r["plait"]["steady"] for r in good]
            firsts = [r["cpython"]["first"] / r["plait"]["first"] for r in good]
            print(f"geometric mean over {len(good)} programs: steady {statistics.geometric_mean(ratios):.2f}, "
                  f"first run {statistics.geometric_mean(firsts):.2f}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"mode": options.mode, "processors": os.process_cpu_count(), "results": results}, file, indent=1)
    return 0 if all("error" not in r["plait"] and r["agree"] for r in results) else 1


if __name__ == "__main__":
    sys.exit(main())
