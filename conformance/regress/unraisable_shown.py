# How an exception that nobody can catch is shown: without carets, causes and notes.
import contextlib
import gc
import io
import sys
import types


class Odd(Exception):
    def __str__(self):
        raise TypeError


Odd.__module__ = 3


class Elsewhere(Exception):
    pass


Elsewhere.__module__ = "else.where"


def deep(n):
    if n:
        deep(n - 1)
    else: exec("1 + ")  # behind this stands a comment


def noted():
    e = ValueError("a")
    e.add_note("note")
    raise e from KeyError(3)


def handling():
    try:
        {}["a" + "b"]
    except KeyError:
        1 / 0


def throw(e):
    raise e


def shown(f):
    class Dying:
        def __del__(self):
            f()

    out = io.StringIO()
    with contextlib.redirect_stderr(out):
        Dying()
        gc.collect()
    print(out.getvalue().partition("\n")[2].replace(__file__, "FILE"))


for e in (
    ValueError,
    ValueError("a\nb"),
    Odd,
    Elsewhere("x"),
    SystemExit(3),
    ExceptionGroup("g", [ValueError(1)]),
):
    shown(lambda: throw(e))
shown(noted)
shown(handling)
shown(lambda: deep(10))

for limit in (0, -1, 1, 2, 10**30, "x"):
    print("limit", limit)
    sys.tracebacklimit = limit
    shown(lambda: deep(1))
del sys.tracebacklimit

try:
    sys.__unraisablehook__(types.SimpleNamespace(exc_type=ValueError))
except TypeError as e:
    print(e)
