"""With statements in hot code that has a frame: generators, tracing, methods that change."""

import threading


class Manager:
    def __init__(self):
        self.log = []
        self.depth = 0

    def __enter__(self):
        self.depth += 1
        return self.depth

    def __exit__(self, *args):
        self.depth -= 1
        if args[0] is not None:
            self.log.append(args[0].__name__)
        return args[0] is KeyError


def steps(manager, items):
    for item in items:
        with manager as depth:
            if item == "key":
                raise KeyError(item)
            yield depth, manager.depth
        yield manager.depth


def conditions(items):
    condition = threading.Condition()
    lock = threading.Lock()
    for item in items:
        with condition, lock:
            yield item
    assert not lock.locked()


def drained(g):
    total = 0
    for x in g:
        total += x if isinstance(x, int) else sum(x)
    return total


m = Manager()
for _ in range(8):
    drained(steps(m, range(400)))
    drained(conditions(range(400)))
print(drained(steps(m, range(1000))), drained(conditions(range(1000))), m.depth, m.log)

# The body raises, and the manager suppresses it or not.
print(list(steps(m, [1, "key", 2])), m.depth, m.log)
g = steps(m, range(10))
next(g)
try:
    g.throw(ValueError("thrown"))
except ValueError as e:
    print("came out:", e)
print(m.depth, m.log)
g = steps(m, range(10))
next(g)
g.close()
print(m.depth, m.log)


# What the class defines changes while the code is hot.
class Static:
    @staticmethod
    def __enter__():
        return "static"

    @staticmethod
    def __exit__(kind, value, traceback):
        print("exit", kind)


def uses(manager, times):
    seen = []
    for _ in range(times):
        with manager as v:
            seen.append(v)
            yield v
    print(len(seen), seen[-1])


class Plain:
    def __enter__(self):
        return "plain"

    def __exit__(self, kind, value, traceback):
        return None


p = Plain()
for _ in range(5):
    list(uses(p, 600))
list(uses(Static(), 2))
g = uses(p, 4)
next(g)
Plain.__exit__ = lambda self, *args: print("changed exit", args)
Plain.__enter__ = lambda self: "changed"
print(list(g))
del Plain.__exit__
try:
    list(uses(p, 2))
except TypeError as e:
    print(e)


# An __exit__ in which the frame of the with statement is looked at, and written to.
class Looking:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        import sys

        f = sys._getframe(1)
        if f.f_locals["n"] == 1500:
            print(f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno, f.f_locals["n"])
            f.f_locals["n"] = -7


def looked_at(times):
    for n in range(times):
        with Looking():
            twice = n * 2
        yield n, twice


print([x for x in looked_at(2000) if x[0] * 2 != x[1]])


# __exit__ raises.
class Raising(Plain):
    def __init__(self, at):
        self.at = at

    def __exit__(self, *args):
        self.at -= 1
        if self.at == 0:
            raise OSError("from __exit__")


Plain.__enter__ = lambda self: "again"
try:
    list(uses(Raising(900), 1000))
except OSError as e:
    print(e, e.__traceback__.tb_next.tb_frame.f_code.co_name)
