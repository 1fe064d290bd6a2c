"""Generators that end in their first step, which `yield from` does without making them.

Each case is run so often that its code is compiled while nothing is yielded; then something else
happens in the first step, at some depth: it yields, raises, looks at frames, is too deep.
"""

import inspect
import sys
import threading
import traceback

ROUNDS = 1500


def warm(f, *args):
    for _ in range(ROUNDS):
        for _ in f(*args):
            raise AssertionError("yielded")


# Yields, at any depth; what is sent and thrown arrives where it yielded.


def descend(depth, width, found):
    if depth == 0:
        if found:
            got = yield found
            if got:
                yield ("got", got)
        return depth
    total = 1
    for i in range(width):
        total += yield from descend(depth - 1, width, found if i == width - 1 else None)
    return total


def steps(g, *sent):
    result = []
    try:
        result.append(next(g))
        for value in sent:
            result.append(g.throw(value) if isinstance(value, Exception) else g.send(value))
    except StopIteration as e:
        result.append(("returned", e.value))
    except Exception as e:
        result.append((type(e).__name__, *e.args))
    return result


warm(descend, 3, 2, None)
print(steps(descend(0, 2, None)), steps(descend(4, 2, None)))
print(steps(descend(4, 2, "x"), None), steps(descend(4, 2, "x"), "hello", None))
print(steps(descend(4, 2, "x"), KeyError("thrown")), steps(descend(4, 2, "x"), "hello", KeyError("later")))

g = descend(5, 1, "deep")
print(next(g), inspect.getgeneratorstate(g), g.gi_running)
chain = []
inner = g
while inner is not None:
    chain.append((inner.__qualname__, inner.gi_frame.f_locals["depth"], inner.gi_frame.f_lineno - descend.__code__.co_firstlineno))
    inner = inner.gi_yieldfrom
print(chain)
g.close()
print(inspect.getgeneratorstate(g), list(descend(5, 2, "again")))

# The generators are closed when the outermost one is, with finally clauses below them.

closed = []


def guarded(found):
    try:
        yield found
    finally:
        closed.append(found)


def over(depth, found):
    if depth == 0:
        if found:
            yield from guarded(found)
        return
    yield from over(depth - 1, found)


warm(over, 3, None)
g = over(4, "kept")
print(next(g), closed)
g.close()
print(closed)
print(list(over(2, "passed")), closed)

# Exceptions come through all of them, with their lines.


def fails(depth, items, key):
    if depth == 0:
        if key is not None:
            items[key]
        return
    for i in range(2):
        yield from fails(depth - 1, items, key)
    yield from ()


warm(fails, 2, {}, None)
for items, key in (({}, "missing"), ([], 3), ([], "no index")):
    try:
        list(fails(3, items, key))
    except Exception as e:
        lines = [line - fails.__code__.co_firstlineno for _, line in traceback.walk_tb(e.__traceback__)]
        names = [f.name for f in traceback.extract_tb(e.__traceback__)]
        print(type(e).__name__, e, lines[1:], names)


def stops(depth, stop):
    if depth == 0:
        if stop:
            next(iter(()))
        return
    yield from stops(depth - 1, stop)


warm(stops, 3, False)
try:
    list(stops(3, True))
except RuntimeError as e:
    print("RuntimeError", e, repr(e.__cause__))


class Handled(Exception):
    pass


def context(depth, raises):
    if depth == 0:
        if raises:
            raise Handled("inner")
        return
    yield from context(depth - 1, raises)


warm(context, 3, False)
try:
    raise ValueError("outer")
except ValueError:
    try:
        list(context(3, True))
    except Handled as e:
        print(repr(e), repr(e.__context__))

# What looks at frames finds them all.


def looks(depth, look):
    if depth == 0:
        if look:
            look()
        return
    yield from looks(depth - 1, look)


def stack():
    f = sys._getframe(1)
    names = []
    while f is not None and f.f_code is looks.__code__:
        names.append((f.f_locals["depth"], f.f_lineno - looks.__code__.co_firstlineno))
        f = f.f_back
    print(names, f.f_code.co_name)


warm(looks, 3, None)
print(list(looks(3, stack)))


def reenters():
    frame = sys._getframe(2)
    generator = frame.f_generator if hasattr(frame, "f_generator") else None
    print(type(generator).__name__, generator.gi_running)
    try:
        next(generator)
    except ValueError as e:
        print("ValueError", e)


print(list(looks(3, reenters)))

# Other kinds of arguments, and more of them than a long holds.


def counts(n, step, limit):
    if n >= limit:
        return n
    return (yield from counts(n + step, step, limit))


def returned(*args):
    g = counts(*args)
    try:
        next(g)
    except StopIteration as e:
        return e.value


for _ in range(ROUNDS):
    returned(0, 1, 5)
print(returned(0, 1, 5), returned(0.5, 1, 5), returned(0, True, 5), returned(2**63 - 2, 1, 2**63 + 2))
print(returned("", "ab", "aba"), returned((), (1,), (1, 1, 1)))

# Too deep.


def forever(n):
    if n == 0:
        return
    yield from forever(n - 1)


warm(forever, 20)
try:
    list(forever(10**6))
except RecursionError as e:
    print("RecursionError", str(e)[:32])
print(list(forever(100)))

# Methods, closures, defaults.


class Node:
    def __init__(self, value, children=()):
        self.value = value
        self.children = children

    def find(self, value):
        if self.value == value:
            yield self
        for child in self.children:
            yield from child.find(value)


tree = Node(1, [Node(2, [Node(3), Node(4)]), Node(5, [Node(6), Node(3)])])
for _ in range(ROUNDS):
    assert not list(tree.find(0))
print([n.value for n in tree.find(3)], [n.value for n in tree.find(1)], [n.value for n in tree.find(6)])


def solver(limit):
    seen = []

    def search(n):
        if n == limit:
            if seen and seen[-1] == "wanted":
                yield n
            seen.append(n)
            return
        yield from search(n + 1)

    return search, seen


search, seen = solver(4)
warm(search, 0)
print(len(seen), seen[:2])
seen.append("wanted")
print(list(search(0)), seen[-2:])


def swapped(n):
    if n == 0:
        return
    yield from swapped(n - 1)


warm(swapped, 4)
old = swapped


def swapped(n):
    yield n


print(list(old(3)))
swapped = old


def other(n):
    yield ("other", n)


old.__code__, other.__code__ = other.__code__, old.__code__
print(list(old(3)), list(other(1)))

# A tracer that comes while they run.


def traced(depth, trace):
    if depth == 0:
        if trace:
            trace()
        return
    yield from traced(depth - 1, trace)


events = []


def tracer(frame, event, arg):
    if frame.f_code is traced.__code__ and event != "exception":
        events.append((event, frame.f_locals["depth"], frame.f_lineno - traced.__code__.co_firstlineno))
    return tracer


def start():
    f = sys._getframe(1)
    while f is not None:
        f.f_trace = tracer
        f = f.f_back
    sys.settrace(tracer)


warm(traced, 2, None)
g = traced(2, start)
print(next(g, "end"))
sys.settrace(None)
print(events)
events.clear()
sys.settrace(tracer)
list(traced(1, None))
sys.settrace(None)
print(events)

# Threads, each with generators of its own, some of which yield.


def work(n, out):
    for i in range(ROUNDS):
        out.append(sum(1 for _ in descend(3, 2, i if i % 100 == n else None)))


outs = [[] for _ in range(4)]
threads = [threading.Thread(target=work, args=(n, out)) for n, out in enumerate(outs)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print([(len(out), sum(out)) for out in outs])
