"""`breakpoint()` stops in its own line: who begins to look at instructions during a call is shown one of
that line behind it, by tracing and by monitoring. From there the line can be changed."""

import contextlib
import io
import pdb
import sys


def session(function, *commands):
    sys.stdin = io.StringIO("\n".join(commands) + "\n")
    with contextlib.redirect_stdout(io.StringIO()) as output:
        print(function.__name__, function())
    print(output.getvalue().replace(__file__, "FILE"))


def inline():
    x = 1
    breakpoint()
    y = 2
    return x + y


def traced():
    pdb.Pdb(nosigint=True, readrc=False).set_trace()
    y = 3
    return y


def loop():
    total = 0
    for n in range(3):
        total += n
        if n == 1:
            pdb.Pdb(nosigint=True, readrc=False).set_trace()
        total += 10
    return total


def with_inner():
    def inner():
        return "inner"

    pdb.Pdb(nosigint=True, readrc=False).set_trace()
    inner()
    return "end"


def generator():
    yield 1
    return 2


def delegating():
    pdb.Pdb(nosigint=True, readrc=False).set_trace()
    for i in generator():
        print(i)
    return list(generator())


session(inline, "w", "p x", "n", "n", "n", "c")
session(traced, "n", "c")
session(loop, "p n, total", "u", "d", "n", "n", "p n", "c")
session(with_inner, "step", "step", "step", "jump 50", "step", "step", "c")
session(delegating, *["step"] * 12, "c")


def events(frame, event, arg):
    if event == "opcode":
        seen.append(frame.f_lineno)
    return events


def begins():
    frame = sys._getframe(1)
    frame.f_trace = events
    frame.f_trace_opcodes = True
    sys.settrace(events)


def watched():
    begins()
    sys.settrace(None)


seen = []
watched()
first = watched.__code__.co_firstlineno
print([line - first for line in dict.fromkeys(seen)])
