"""Calls from hot code with a frame of functions without one; built-in classes and methods."""

import sys


class A:
    def __init__(self, n):
        self.n = n

    def value(self, k):
        return self.n + k

    def plain(self):
        return self


class B(A):
    def value(self, k):
        return (self.n, k)


class C:
    n = 4

    def value(self, k):
        if k == "look":
            f = sys._getframe(1)
            return f.f_code.co_name, f.f_lineno, {n: v for n, v in f.f_locals.items() if n in "it"}
        return None


def loop(objects, k):
    t = []
    for i in range(300):
        for o in objects:
            v = o.value(k)
            if i == 299:
                t.append(v)
    return t


def generator(objects, k):
    for o in objects:
        yield o.value(k)


a, b, c = A(1), B(2), C()
print(loop([a, b, c], 5))
print(loop([a, b, c], 6))
print(list(generator([a, b, c] * 3, 1))[-3:])
print(loop([c], "look"))
print(loop([a], 2.5), loop([a], 2**63))
try:
    loop([a, b], "x")
except TypeError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next
a.value = lambda k: "own"
print(loop([a, b], 1))
del a.value
A.value = staticmethod(lambda k: ("static", k))
print(loop([a, b], 1))
A.value = len
print(loop([a], [1, 2]))
print(loop([b], 1))


# A callee that writes to the caller's variables.
def poke(i):
    if i == 500:
        sys._getframe(1).f_locals["t"] = 1000000
    return 1


def poked(n):
    t = 0
    for i in range(n):
        one = poke(i)
        t += one
    return t


for _ in range(20):
    poked(100)
print(poked(400), poked(600))

# One that turns tracing on.
events = []


def trace(frame, event, arg):
    if frame.f_code.co_name in ("traced", "start"):
        events.append((frame.f_code.co_name, event, frame.f_lineno))
    return trace


def start(i):
    if i == 900:
        sys.settrace(trace)
        sys._getframe(1).f_trace = trace
    return 1


def traced(n):
    t = 0
    for i in range(n):
        t += start(i)
    return t


for _ in range(20):
    traced(100)
print(traced(903))
sys.settrace(None)
print(events)


# Built-in classes and methods in functions that need no frame.
def copies(x):
    return list(x), tuple(x)


def numbers(x):
    return int(x), float(x), str(x), bool(x)


def count(n):
    t = 0
    for i in range(n):
        for j in range(i, n, 2):
            t += i * j
    return t


def last(x):
    return x.pop()


def empty():
    return list(), tuple(), dict(), set()


def all_of(x):
    for _ in range(700):
        copies(x)
        numbers(5)
        count(3)
        last([1])
        empty()
        start(0)


all_of([1, 2])
print(copies([1, 2]), copies("ab"), copies({3: 4}), copies(range(3)), copies(x for x in "xy"))


class Iterable:
    def __iter__(self):
        print("iter from", sys._getframe(1).f_code.co_name)
        return iter((7, 8))

    def __int__(self):
        print("int from", sys._getframe(1).f_code.co_name)
        return 9

    def __float__(self):
        return 9.5

    def __bool__(self):
        return False

    def __str__(self):
        return "iterable"

    def pop(self):
        return "popped"

    def __index__(self):
        return 3


class List(list):
    def __iter__(self):
        return iter("L")

    def pop(self):
        return "L popped"


print(copies(Iterable()), numbers(Iterable()), count(Iterable()), last(Iterable()))
print(copies(List([1])), last(List([1])), last({1}), last([5]))
print(numbers("12"), numbers(2.75), numbers(True), count(4), empty())
for bad in (lambda: numbers("x"), lambda: count(1.5), lambda: last([]), lambda: copies(5)):
    for _ in range(8):
        try:
            bad()
        except (ValueError, TypeError, IndexError) as e:
            kept = e
    tb = kept.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    print(type(kept).__name__, kept, tb.tb_frame.f_code.co_name, tb.tb_lineno)
list = tuple
print(copies([1]), empty())
