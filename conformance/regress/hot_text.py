# Text in hot code: parts of f-strings, slices, keyed formats, natives without frames; with plain
# values first, then with those that run Python code or fail.
import html
import io
import math
import re
import sys
import traceback


def lines(f, *args):
    try:
        return f(*args)
    except Exception as e:
        where = [(s.name, s.line) for s in traceback.extract_tb(e.__traceback__)]
        return type(e).__name__, str(e), where[1:]


class Loud:
    def __format__(self, spec):
        return f"<{spec}|{[s.name for s in traceback.extract_stack()[1:-1]][-1]}>"

    def __str__(self):
        return "loud"

    def __repr__(self):
        return "Loud()"


def parts(a, b):
    return f"{a!r} {b!s:>6} {a}{b:,.2f}"


def framed(a, b):
    here = sys._getframe().f_lineno
    return f"{a!r} {b!s:>6} {a}{b:,.2f}" if here else ""


def spec(a, s):
    return f"{a:{s}}"


def around(s, i, j):
    return s[i:] + s[:j] + s[i:j]


class Record:
    def __init__(self, name, n):
        self.name = name
        self.n = n


def keyed(record):
    return "%(name)s has %(n)d" % record.__dict__


class Style:
    def render(self, row, key="name"):
        return html.escape(str(row[key]))


def rendered(style, rows):
    return ", ".join([style.render(row) for row in rows])


WORD = re.compile(r"(\w)(?P<rest>\w*)")


def groups(m, i):
    return m.group(i), m.start(1), m.group(1, 2)


def written(out, s):
    out.write(s + "\n")
    out.flush()
    return max(len(s), 2) + math.sqrt(4)


def heat():
    style = Style()
    rows = [{"name": "<a>"}, {"name": "b"}]
    m = WORD.match("word")
    out = io.StringIO()
    for n in range(3000):
        parts("x", n)
        framed("x", n)
        spec(n, "5d")
        around("some text", n % 11, n % 7)
        keyed(Record("x", n))
        rendered(style, rows)
        groups(m, 2)
        written(out, "line")
    return style, rows, m, out


style, rows, m, out = heat()
print(parts("x", 1234.5), spec(7, "03d"), around("héllo", -2, 3), keyed(Record("y", 4)))
print(rendered(style, rows), groups(m, "rest"), written(out, "ab"), len(out.getvalue()))
print(parts(Loud(), 1), spec(Loud(), "s"), framed(Loud(), 1), framed("x", 2), framed(1, Loud()))
print(lines(framed, "x", "y"))
print(lines(parts, "x", "y"), lines(spec, 3, "zz"))
print(around("𝒂b𝒄", 1, 2), lines(around, b"bytes", 1, 2), lines(around, "x", "1", 0))
print(lines(keyed, Record("x", "y")), keyed(Record(Loud(), 3.7)), keyed(Record([1], True)))
r = Record("x", 1)
del r.n
print(lines(keyed, r))
print(rendered(style, [{"name": Loud()}]), lines(rendered, style, [{}]), lines(rendered, style, 3))
print(lines(groups, m, 5), lines(groups, m, Loud()))
print(lines(written, io.BytesIO(), "x"), lines(written, out, 3))
out.close()
print(lines(written, out, "x"))


class Shouting(io.StringIO):
    def write(self, s):
        return super().write(s.upper())


loud = Shouting()
print(written(loud, "low"), repr(loud.getvalue()))
