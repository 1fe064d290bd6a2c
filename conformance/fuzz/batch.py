"""Runs programs in the interpreter at hand: batch.py FOLDER FIRST COUNT runs FOLDER/FIRST.py and on.

Prints a line `#seed N` before the
output of each program; what escapes a program is printed as `escaped TYPE MESSAGE`.
"""

import io
import os
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))


def load_prelude():
    with open(os.path.join(HERE, "prelude.py"), encoding="utf-8") as file:
        return file.read()


NAMESPACES = []
COMPILE_ONLY = "# compile only\n"


def compile_only(source):
    try:
        compile(source, "<fuzz>", "exec")
        return "compiles\n"
    except SyntaxError as e:
        place = (e.lineno, e.offset, e.end_lineno, e.end_offset)
        return f"escaped {type(e).__name__} {ascii(e.msg)} {place} {ascii(e.text)}\n"
    except Exception as e:
        return f"escaped {type(e).__name__} {ascii(str(e))}\n"


def run(source, prelude):
    stream = io.StringIO()
    stdout, sys.stdout = sys.stdout, stream
    namespace = {"__name__": "fuzz"}
    NAMESPACES.append(namespace)  # generators that are still open stay so
    try:
        exec(prelude, namespace)
        exec(compile(source, "<fuzz>", "exec"), namespace)
    except BaseException as e:
        try:
            text = namespace["clean"](ascii(str(e)))
        except BaseException as inner:
            text = "no message: " + type(inner).__name__
        print("escaped", type(e).__name__, text)
    finally:
        sys.stdout = stdout
    return stream.getvalue()


def main():
    warnings.simplefilter("ignore")
    prelude = compile(load_prelude(), "<prelude>", "exec")
    directory, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for seed in range(first, first + count):
        with open(os.path.join(directory, f"{seed}.py"), encoding="utf-8") as file:
            source = file.read()
        print("#seed", seed)
        output = compile_only(source) if source.startswith(COMPILE_ONLY) else run(source, prelude)
        print(output, end="", flush=True)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
