"""Hot functions of many parameters, properties read by them, and calls that hand arguments on."""

import sys


class Record:
    def __init__(self, a, b, c, d, e, f, g, h, i, j=10, **more):
        self.a, self.b, self.c, self.d, self.e, self.f = a, b, c, d, e, f
        self.g, self.h, self.i, self.j = g, h, i, j
        self.more = len(more)
        self.total = self.sum

    @property
    def sum(self):
        if self.g == "fail":
            raise KeyError("g")
        return self.a + self.b + self.c


def make(a, b, c, d, e, f, g, h, i, *rest, k=None, l=0):
    return Record(a, b, c, d, e, f, g, h, i)


def frames(f):
    name = f.f_code.co_name
    back = f.f_back
    return name, back.f_code.co_name, "ame" in name, "hot_" in f.f_code.co_filename, hasattr(sys, "path")


def lines(f):
    return f.f_lineno


class Log:
    def write(self, level, text, args, extra=None, stack=False, depth=1):
        f = sys._getframe()
        names = frames(f)
        line = lines(f) - self.write.__code__.co_firstlineno
        return level, text % args, extra, stack, depth, names, line

    def info(self, text, *args, **kwargs):
        return self.write(20, text, args, **kwargs)

    def plain(*args, **kwargs):
        return len(args), kwargs


def spread(f, *args, **kwargs):
    return f(*args, **kwargs)


def nothing():
    return "nothing"


def run(n):
    log = Log()
    seen = {}
    total = 0
    for i in range(n):
        r = make(i, 1, 2, i, None, "x", "y", i, 1.5, 3, k=4)
        total += r.total + r.j + r.more
        total += Record(1, 2, 3, 4, 5, 6, 7, 8, 9, x=1).more
        for v in (log.info("%d of %s", 7, "many"), log.info("a", depth=2), spread(nothing), log.plain(i, 3, x=1)[1:]):
            seen[repr(v)] = seen.get(repr(v), 0) + 1
        v = spread(log.plain, *[1, 2], **{})
        seen[repr(v)] = seen.get(repr(v), 0) + 1
    return total, seen


total, seen = run(6000)
print(total)
for k, v in seen.items():
    print(k, v)

for g in ("y", "fail", "y"):
    try:
        print(make(1, 2, 3, 4, 5, 6, g, 8, 9).total)
    except KeyError as e:
        t = e.__traceback__
        names = []
        while t:
            names.append((t.tb_frame.f_code.co_name, t.tb_lineno))
            t = t.tb_next
        print(names)

for bad in (lambda: make(1, 2, 3), lambda: Record(*range(11), a=1), lambda: spread(nothing, 1), lambda: spread(nothing, **{"x": 1}),
            lambda: spread(Log().write, 1, level=3), lambda: spread(5, 1)):
    try:
        print(bad())
    except TypeError as e:
        print(e)

Record.sum = property(lambda self: 1000)
print(make(1, 2, 3, 4, 5, 6, 7, 8, 9).total)
Record.sum = 5
print(make(1, 2, 3, 4, 5, 6, 7, 8, 9).total)
