"""Code that gets hot, and then meets what it has not met before."""

import sys
import threading
import traceback

N = 3000


def overflow(n):
    x = 1
    for i in range(n):
        x = x * 3 + i
        if i % 1000 == 0:
            x = i
    return x


def kinds(items):
    total = 0
    for item in items:
        total = total + item
    return total


def floats(n):
    x = 0.5
    last = None
    while n > 0:
        x = 3.7 * x * (1 - x)
        n -= 1
        last = x > 0.5
    return repr(x), last


def zero(n):
    s = 0
    for i in range(n, -1, -1):
        s += 1000 // i
    return s


def where(function, *args):
    try:
        function(*args)
    except Exception as e:
        frame = traceback.extract_tb(e.__traceback__)[-1]
        tb = e.__traceback__
        while tb.tb_next:
            tb = tb.tb_next
        print(type(e).__name__, e, frame.name, frame.lineno - function.__code__.co_firstlineno,
              frame.colno, frame.end_colno, sorted(tb.tb_frame.f_locals.items()))


def handlers(n):
    log = []
    count = 0
    for i in range(n):
        try:
            if i % 7 == 0:
                raise KeyError(i)
            try:
                count += 1
            finally:
                count += 2
        except KeyError as e:
            count += e.args[0]
            if i % 1001 == 0:
                log.append((i, sys.exc_info()[0].__name__))
        else:
            count -= 1
    return count, log, sys.exc_info()[0]


def unbound(n):
    for i in range(n):
        if i == n - 1:
            del i
        j = i
    return j


def look():
    f = sys._getframe(1)
    return f.f_lineno - f.f_code.co_firstlineno, dict(f.f_locals)


def observed(n):
    s = 0
    x = 0.0
    for i in range(n):
        s += i
        x += 0.5
        if i == n - 2:
            print(look())
    return s


def poke():
    sys._getframe(1).f_locals["s"] = -1


def poked(n):
    s = 0
    for i in range(n):
        s += 1
        if i == n - 10:
            poke()
    return s


class Point:
    def __init__(self, x):
        self.x = x

    def step(self, by):
        self.x += by
        return self.x


class Late(Point):
    @property
    def x(self):
        return self._x

    @x.setter
    def x(self, value):
        self._x = value


def objects(n, p):
    t = 0
    for i in range(n):
        t += p.step(i)
    return t


GLOBAL = 1


def globals_(n):
    global GLOBAL, len
    t = 0
    for i in range(n):
        t += GLOBAL + len("abc")
        if i == n - 100:
            GLOBAL = 10
        if i == n - 50:
            len = lambda s: 1000
    del len
    return t


def squares(n):
    try:
        for i in range(n):
            got = yield i * i
            if got:
                print("got", got)
    finally:
        print("closed at", i)


def delegating(n):
    r = yield from squares(n)
    return r


def use(n):
    t = 0
    g = delegating(n + 5)
    for x in g:
        t += x
        if x == (n - 1) ** 2:
            break
    print(g.send("this"))
    g.close()
    return t


def cells(n):
    s = 0

    def add(k):
        nonlocal s
        s += k
        return s

    for i in range(n):
        add(i)
    return s


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


def traced(n):
    lines = []

    def local(frame, event, arg):
        lines.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
        return local

    s = 0
    for i in range(n):
        s += 1
        if i == n - 2:
            sys.settrace(local)
            sys._getframe().f_trace = local
    sys.settrace(None)
    return s, lines


def lists(n):
    a = [0] * 10
    for i in range(n):
        a[i % 10] += i
        a[-1] = a[i % 10] - 1
    try:
        for i in range(20):
            a[i] = i
    except IndexError as e:
        print(e, i)
    x, y = 0, 1
    for i in range(50):
        x, y = y, x + y
    return a, x


def nan(n):
    x = float("nan")
    hits = 0
    for i in range(n):
        if x < i or x > i or x == i or x <= i or x >= i:
            hits += 1
        if x != i:
            hits += 2
    return hits


def threads():
    out = []

    def work(k):
        out.append(kinds(range(k, k + N)))

    ts = [threading.Thread(target=work, args=(k,)) for k in range(8)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    return sorted(out)


for turn in range(3):
    print(overflow(N) % 1000003, floats(N), handlers(N), lists(N), nan(N), cells(N))
    print(kinds(range(N)), kinds([0.5] * N), kinds(list(range(N)) + [0.5, 2**70, True]))
    where(zero, N)
    where(unbound, N)
    where(kinds, [1] * N + ["x"])
    where(deep, 10**6) if turn == 5 else print(deep(400), fib(17))
    print(observed(N), poked(N), globals_(N), use(N))
    GLOBAL = 1
    print(objects(N, Point(1)), objects(N, Late(2)))
    print(traced(N))
    print(threads())
