"""Runs random programs under Plait and under CPython and compares what they print.

usage: conformance/fuzz/run [--seed N] [--count N] [--hot] [--finds N] [--keep]

Programs come from seeds: --seed 1000 --count 500 (the default count) always means the same 500.
A program that prints something else on Plait is cut down while the difference stays, and written
to conformance/regress with what CPython prints (--keep; otherwise it is only shown). Differences
that look alike are reported once. Ends with 1 when there was a difference.

PLAIT_FUZZ_ROUNDS says how often hot programs call their functions: 12, the default, is enough for
-X jit=eager, 150 for auto.

It is run by CPython itself; the interpreter under test is the command in PLAIT_COMMAND.
"""

import argparse
import ast
import copy
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import warnings

import generate
import hot

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
REGRESS = os.path.join(ROOT, "conformance", "regress")
BATCH = 100
BATCH_SECONDS = 900
CANDIDATE_SECONDS = 60
CANDIDATES = 48
ROUNDS = 60
PLAIT = shlex.split(os.environ.get("PLAIT_COMMAND") or os.path.join(ROOT, "bin", "plait"))


RUNNING = set()


def stop(*_):
    """Children are in sessions of their own: they go when this process is told to."""
    for process in RUNNING:
        os.killpg(process.pid, signal.SIGKILL)
    sys.exit(130)


def run_command(command, seconds):
    """Output and what went wrong: '' or 'exit N' or 'timeout'."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    RUNNING.add(process)
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return out.decode("utf-8", "replace"), "timeout"
    finally:
        RUNNING.discard(process)
    text = out.decode("utf-8", "replace")
    if process.returncode == 0:
        return text, ""
    last = err.decode("utf-8", "replace").strip().split("\n")[-1]
    return text, f"exit {process.returncode}: {last[:200]}"


def run_batch(command, programs, seconds=BATCH_SECONDS):
    """The output of each program; a program that ends the process, or never ends, says so."""
    outputs = [None] * len(programs)
    with tempfile.TemporaryDirectory() as folder:
        for number, program in enumerate(programs):
            with open(os.path.join(folder, f"{number}.py"), "w", encoding="utf-8") as file:
                file.write(program)
        first = 0
        while first < len(programs):
            script = os.path.join(HERE, "batch.py")
            text, trouble = run_command([*command, script, folder, str(first), str(len(programs) - first)], seconds)
            parts = re.split(r"^#seed (\d+)\n", text, flags=re.M)
            last = first - 1
            for number, output in zip(parts[1::2], parts[2::2]):
                last = int(number)
                outputs[last] = output
            if not trouble and last == len(programs) - 1:
                break
            if last < first:
                raise SystemExit(f"{command[0]} runs no program: {trouble}\n{text[-2000:]}")
            outputs[last] += f"process: {trouble or 'ended early'}\n"
            first = last + 1
    return outputs


def signature(expected, actual):
    """The first line that differs, with what is mere data taken out."""
    left, right = expected.split("\n"), actual.split("\n")
    for one, two in zip(left + [""] * len(right), right + [""] * len(left)):
        if one != two:
            return abstract(one) + " => " + abstract(two)
    return ""


def abstract(line):
    if line.startswith(("escaped SyntaxError", "escaped IndentationError", "escaped TabError")):
        return line.split(" (")[0]
    line = re.sub(r"\d+", "0", line)
    if line.startswith(("caught", "escaped", "process")):
        return re.sub(r"( 0)+$", "", line)
    return re.sub(r"[a-z]+", "a", line)[:30]


def same_kind(one, two):
    """Whether a smaller program shows the same thing: the same exception out of place, if there was one."""
    if not two:
        return False
    left, right = one.split(" => "), two.split(" => ")
    for a, b in zip(left, right):
        if a.startswith(("caught", "escaped", "process")) and a != b:
            return False
    return True


# ---- cutting down


def smaller(tree):
    """Trees with something taken out, the most first."""
    blocks = []
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            block = getattr(node, field, None)
            if isinstance(block, list) and block:
                blocks.append((node, field, len(block)))
    sizes = []
    for index, (node, field, length) in enumerate(blocks):
        size = length
        while size >= 1:
            for start in range(0, length, size):
                sizes.append((size, index, start))
            size //= 2
    for size, index, start in sorted(sizes, key=lambda entry: -entry[0]):
        yield lambda tree, i=index, s=start, n=size: cut(tree, i, s, n)
    for index in range(len(blocks)):
        for position in range(blocks[index][2]):
            yield lambda tree, i=index, p=position: hoist(tree, i, p)
    count = sum(1 for _ in expressions(tree))
    for index in range(count):
        for choice in range(7):
            yield lambda tree, i=index, c=choice: simplify(tree, i, c)


def block_at(tree, index):
    blocks = [
        (node, field)
        for node in ast.walk(tree)
        for field in ("body", "orelse", "finalbody", "handlers", "cases")
        if isinstance(getattr(node, field, None), list) and getattr(node, field)
    ]
    return blocks[index]


def cut(tree, index, start, size):
    node, field = block_at(tree, index)
    block = getattr(node, field)
    if any(counts(statement) for statement in block[start : start + size]):
        return False
    del block[start : start + size]
    if not block and field == "body" and not isinstance(node, ast.Module):
        if size == 1:
            return False  # only a pass would be left where one statement was
        block.append(ast.Pass())
    return True


def counts(statement):
    """Whether it is what ends a while loop of generate.py; the loops themselves may go."""
    return isinstance(statement, ast.AugAssign) and re.fullmatch(r"n\d+", ast.unparse(statement.target))


def hoist(tree, index, position):
    """Puts the body of a compound statement in its place."""
    node, field = block_at(tree, index)
    block = getattr(node, field)
    inner = block[position]
    if not isinstance(inner, ast.stmt):
        return False
    body = getattr(inner, "body", None)
    if not isinstance(body, list):
        return False
    block[position : position + 1] = body
    return True


def expressions(tree):
    """(parent, field, index or None) of each expression that may be replaced."""
    for node in ast.walk(tree):
        if isinstance(node, ast.While) or counts(node):
            continue
        for field, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                yield node, field, None
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    if isinstance(item, ast.expr):
                        yield node, field, index


def simplify(tree, index, choice):
    for number, (node, field, position) in enumerate(expressions(tree)):
        if number == index:
            break
    else:
        return False
    value = getattr(node, field)
    old = value if position is None else value[position]
    if not isinstance(getattr(old, "ctx", ast.Load()), ast.Load):
        return False
    if choice == 6:
        if position is None:
            return False
        del value[position]
        return True
    inner = [child for child in ast.iter_child_nodes(old) if isinstance(child, ast.expr)]
    if choice < 4:
        if choice >= len(inner):
            return False
        new = inner[choice]
    else:
        if isinstance(old, (ast.Constant, ast.Name)):
            return False
        new = ast.Constant(value=1 if choice == 4 else None)
    if position is None:
        setattr(node, field, new)
    else:
        value[position] = new
    return True


def minimise(program, kind):
    for _ in range(ROUNDS):
        found = None
        batch = []
        for candidate in candidates(program):
            batch.append(candidate)
            if len(batch) == CANDIDATES:
                found = first_alike(batch, kind)
                if found:
                    break
                batch = []
        found = found or first_alike(batch, kind)
        if not found:
            return program
        program = found
    return program


def candidates(program):
    if program.startswith(generate.COMPILE_ONLY):
        yield from shorter_texts(program)
        return
    tree = ast.parse(program)
    seen = {program}
    for change in smaller(tree):
        changed = copy.deepcopy(tree)
        if not change(changed):
            continue
        try:
            text = ast.unparse(ast.fix_missing_locations(changed)) + "\n"
            compile(text, "<candidate>", "exec")
        except (SyntaxError, ValueError, AttributeError, TypeError, RecursionError):
            continue
        if text not in seen and len(text) < len(program):
            seen.add(text)
            yield text


def shorter_texts(program):
    """Without runs of lines, then without runs of characters, the longest first."""
    start = generate.COMPILE_ONLY
    text = program[len(start) :]
    lines = text.split("\n")
    size = len(lines)
    while size >= 1:
        for at in range(0, len(lines), size):
            yield start + "\n".join(lines[:at] + lines[at + size :])
        size //= 2
    for number, line in enumerate(lines):
        size = min(len(line), 32)
        while size >= 1:
            for at in range(0, len(line) - size + 1, size):
                shorter = line[:at] + line[at + size :]
                yield start + "\n".join(lines[:number] + [shorter] + lines[number + 1 :])
            size //= 2


def first_alike(batch, kind):
    if not batch:
        return None
    expected = run_batch([sys.executable], batch, CANDIDATE_SECONDS)
    actual = run_batch(PLAIT, batch, CANDIDATE_SECONDS)
    for program, left, right in zip(batch, expected, actual):
        if same_kind(kind, signature(left, right)):
            return program
    return None


# ---- finds


START = """\
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../fuzz"))
from prelude import *

"""


COMPILE = """\
SOURCE = {text}
try:
    compile(SOURCE, "<fuzz>", "exec")
except SyntaxError as e:
    print(type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, ascii(e.text))
else:
    print("compiles")
"""


def script_of(program):
    """The program as a script."""
    if program.startswith(generate.COMPILE_ONLY):
        return COMPILE.replace("{text}", ascii(program[len(generate.COMPILE_ONLY) :]))
    if "\nescaped" in "\n" + run_batch([sys.executable], [program])[0]:
        lines = ["try:", *("    " + line for line in program.rstrip().split("\n"))]
        program = "\n".join([*lines, "except BaseException as e:", "    caught(e)"]) + "\n"
    if "held(" in program:
        program += "sys.stdout.flush()\nos._exit(0)  # what is held stays open\n"
    return START + program


def keep(seed, program):
    name = f"fuzz_{seed}"
    path = os.path.join(REGRESS, name + ".py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(script_of(program))
    output = subprocess.run(
        [sys.executable, path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    with open(os.path.join(REGRESS, name + ".out"), "wb") as file:
        file.write(output.stdout)
    return name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--hot", action="store_true", help="only programs for the compiler of hot code")
    parser.add_argument("--finds", type=int, default=10, help="stop after so many different differences")
    parser.add_argument("--keep", action="store_true", help="write the finds to conformance/regress")
    parser.add_argument("--raw", action="store_true", help="do not cut the programs down")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    warnings.simplefilter("ignore")
    known = {}
    differing = 0
    for first in range(options.seed, options.seed + options.count, BATCH):
        seeds = range(first, min(first + BATCH, options.seed + options.count))
        programs = [(hot if options.hot else generate).program(seed) for seed in seeds]
        expected = run_batch([sys.executable], programs)
        actual = run_batch(PLAIT, programs)
        for seed, program, left, right in zip(seeds, programs, expected, actual):
            kind = signature(left, right)
            if not kind:
                continue
            differing += 1
            if kind in known:
                known[kind] += 1
                continue
            known[kind] = 1
            if len(known) > options.finds:
                continue
            small = program if options.raw else minimise(program, kind)
            left, right = run_batch([sys.executable], [small])[0], run_batch(PLAIT, [small])[0]
            print(f"==== seed {seed}\n{small if len(small) < 3000 else '(long)'}---- CPython\n{left}---- Plait\n{right}", flush=True)
            if options.keep:
                print("kept as", keep(seed, small))
    print(f"{options.count} programs, {differing} differ, in {len(known)} ways")
    for kind, count in sorted(known.items(), key=lambda item: -item[1])[:60]:
        print(f"{count:5}  {kind}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
