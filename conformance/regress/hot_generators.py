"""Generators that native consumers run: what is seen of them from inside and outside."""

import sys
import traceback


def depth():
    f = sys._getframe(1)
    return f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno, f.f_back.f_code.co_name


def frames(n):
    return list((i, depth()) if i % 100 == 0 else i for i in range(n))


for n in 300, 2000, 301:
    seen = frames(n)
    print(len(seen), seen[0], seen[200], seen[-1])


def fails(n, at, kind):
    return sum(
        i
        if i != at
        else
        kind(i)
        for i in range(n)
    )


def zero(i):
    return 1 // (i - i)


def stop(i):
    raise StopIteration(i)


for n, at, kind in (3000, -1, zero), (3000, 2500, zero), (3000, 2999, stop), (30, 5, zero):
    try:
        print(fails(n, at, kind))
    except Exception as e:
        print(type(e).__name__, e, type(e.__cause__).__name__)
        for f in traceback.extract_tb(e.__traceback__):
            print("  ", f.name, f.lineno, f.line)


def big(n, step):
    return sum(i * step for i in range(n))


for _ in range(3):
    print(big(2000, 1), big(2000, 1 << 61), big(1000, 0.5), big(10, 1j), big(3000, True))


def mixed(n, odd, start=0):
    return sum((odd if i == n // 2 else i for i in range(n)), start)


for odd in 7, 0.25, 1 << 70, True, 2.5j:
    print(mixed(4000, odd), mixed(4000, odd, 1.5), mixed(4000, odd, -(1 << 63)))
try:
    mixed(3000, "x")
except TypeError as e:
    print(e)


class Noisy:
    log = []

    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        Noisy.log.append(sys._getframe(1).f_code.co_name)
        return self.v + other

    def __radd__(self, other):
        Noisy.log.append(sys._getframe(1).f_code.co_name)
        return self.v + other

    def __bool__(self):
        Noisy.log.append(sys._getframe(1).f_code.co_name)
        return self.v > 2


def noisy(n):
    return sum(Noisy(1) if i == n - 10 else i for i in range(n))


print(noisy(3000), Noisy.log)
Noisy.log.clear()


def tests(n, v):
    return (
        any(Noisy(v) if i == n - 2 else 0 for i in range(n)),
        all(Noisy(v) if i == n - 2 else 1 for i in range(n)),
    )


print(tests(3000, 1), tests(3000, 3), Noisy.log)


def extremes(n, odd):
    return (
        max(odd if i == 5 else i % 100 for i in range(n)),
        min(odd if i == n - 5 else i % 100 for i in range(n)),
        max((i for i in range(n)), default=-1),
    )


print(extremes(3000, 5000), extremes(3000, -0.5), extremes(3000, 1 << 80), extremes(100, True))
nan = float("nan")
print(max(nan if i == 0 else float(i) for i in range(2000)), max(float(i) for i in range(2000)))


def own():
    me = []

    def body():
        for i in range(3000):
            if i == 2000:
                try:
                    next(me[0])
                except ValueError as e:
                    print(e, me[0].gi_running, me[0].gi_frame.f_locals["i"])
            yield i

    me.append(body())
    return sum(me[0]), me[0].gi_frame, list(me[0])


print(own(), own())


def caught():
    for i in range(4000):
        try:
            if i % 1000 == 999:
                raise KeyError(i)
            yield i
        except KeyError as e:
            yield -e.args[0]
        finally:
            i = None


print(sum(caught()), max(caught()), len(list(caught())))


def returns():
    for i in range(2500):
        yield i
    return "unseen"


print(sum(returns()), list(returns())[-1], [*returns()][0])


def delegating(n):
    got = yield from returns()
    yield len(got)
    yield from (i for i in range(n))


print(sum(delegating(2000)), sum(delegating(20)))


def events(n):
    log = []

    def tracer(frame, event, arg):
        if frame.f_code.co_name == "<genexpr>":
            log.append((event, frame.f_lineno - frame.f_code.co_firstlineno, arg))
            return tracer

    sys.settrace(tracer)
    r = sum(i for i in range(n))
    sys.settrace(None)
    return r, log


def sums(n):
    return sum(i for i in range(n))


for _ in range(50):
    sums(100)
print(events(2))


def traced_inside(n):
    log = []

    def tracer(frame, event, arg):
        log.append((frame.f_code.co_name, event))
        return tracer

    def local(frame, event, arg):
        log.append((frame.f_code.co_name, event, arg))
        return local

    def switch(i):
        if i == n - 2:
            sys.settrace(tracer)
            sys._getframe(1).f_trace = local
        return i

    r = sum(switch(i) for i in range(n))
    sys.settrace(None)
    return r, log


for _ in range(3):
    print(traced_inside(3000))


def monitored(n):
    m = sys.monitoring
    m.use_tool_id(3, "test")
    log = []
    m.register_callback(3, m.events.PY_YIELD, lambda code, at, v: log.append(v))
    m.set_events(3, m.events.PY_YIELD)
    r = sum(i for i in range(n))
    m.set_events(3, 0)
    m.free_tool_id(3)
    return r, log


print(monitored(4))


def poked(n):
    def poke(i):
        if i == n - 5:
            sys._getframe(1).f_locals["k"] = 1000
        return i

    def body():
        k = 0
        for i in range(n):
            yield poke(i) + k

    return sum(body())


print(poked(3000), poked(100))


def rebound(n):
    global sum
    real = sum

    def swap(i):
        global sum
        if i == n // 2:
            sum = lambda it: "mine"
        return i

    first = sum(swap(i) for i in range(n))
    second = sum(i for i in range(n))
    sum = real
    return first, second


print(rebound(3000), rebound(10))


def mutated(n):
    items = list(range(n))

    def grow(x):
        if x == n - 1 and len(items) < n + 5:
            items.append(x)
        return x

    return sum(grow(x) for x in items), len(items)


print(mutated(2000), mutated(10))


def recursion(n):
    def body(k):
        yield k
        if k:
            yield from body(k - 1)

    return sum(body(n))


for _ in range(40):
    r = recursion(50)
print(r)
try:
    recursion(100_000)
except RecursionError as e:
    print("RecursionError")
