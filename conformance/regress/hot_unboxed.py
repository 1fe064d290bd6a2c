"""Hot functions that take and return numbers: other kinds, exceptions, frames, tracing."""

import sys
import threading


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def mul(a, b):
    return a * b


def half(x):
    if x < 0:
        return None
    return x * 0.5


def least(n):
    return n - 1


def caller(n):
    t = 0
    for i in range(n):
        t += mul(i, 3) - least(i)
    return t


def by_sum(n):
    k = 2
    return sum(mul(i, k) for i in range(n))


def by_float_sum(n):
    return sum(half(i * 1.0) for i in range(n))


def quotient(a, b):
    return a // b


def quotients(items, b):
    t = 0
    for i in items:
        t += quotient(i, b)
    return t


def down(n):
    return 0 if n <= 0 else 1 + down(n - 1)


for _ in range(700):
    fib(5)
    mul(2, 3)
    half(3.0)
    least(7)
    caller(4)
    by_sum(4)
    by_float_sum(4)
    quotients([5, 6], 2)
    down(5)

print(fib(20), caller(100), by_sum(1000), by_float_sum(100), quotients([9, 8], 4), down(100))

# Values that look like "left", and others at the edges.
for v in (-(2**63), -(2**63) + 0x5AFE, -(2**63) + 0x5AFF, 2**63 - 1):
    print(mul(v, 1), least(v), least(v + 1))
print(half(float("nan")), half(float("inf")), half(-0.0))
print(sum(half(x) for x in (1.0, float("nan"))))

# Too large, and other kinds.
print(mul(2**40, 2**40), mul("ab", 2), mul(1.5, 2), mul(True, 3), mul([1], 2))
print(by_sum(5), fib(3.0), fib(True), half(7), half(-1.0))
print([least(x) for x in (1, 1.5, 2**70, True)])
try:
    by_sum("x")
except TypeError as e:
    print(e)
try:
    least(None)
except TypeError as e:
    print(e)
try:
    print(sum(half(x) for x in (1.0, 2.0, -3.0, 4.0)))
except TypeError as e:
    print(e)
for i in range(40):
    assert mul(2**40, 2**40) == 2**80 and fib(2.0) == 1.0
print(caller(10), by_sum(10))


# Exceptions with the frames of all.
def lines(e):
    tb = e.__traceback__
    while tb:
        name = tb.tb_frame.f_code.co_name
        yield name, tb.tb_lineno, [] if name == "<module>" else sorted(tb.tb_frame.f_locals)
        tb = tb.tb_next


for _ in range(3):
    try:
        quotients([1, 2, 3], 0)
    except ZeroDivisionError as e:
        print(*lines(e), e)
try:
    sum(quotient(i, i - 3) for i in range(10))
except ZeroDivisionError as e:
    print(*((name, line) for name, line, _ in lines(e)), e)
try:
    down(10**6)
except RecursionError as e:
    print(e)
print(down(200))


# Somebody looks.
class Looks:
    def __rmul__(self, other):
        f = sys._getframe(1)
        seen = []
        while f:
            seen.append((f.f_code.co_name, f.f_lineno))
            f = f.f_back
        print(seen[:3])
        return 5


def look(n, what):
    t = 0
    for i in range(n):
        t += mul(i, 2 if i != n - 1 else what)
    return t


for _ in range(700):
    look(3, 3)
print(look(3, Looks()), look(4, Looks()))


# Another function under the name, other code in it.
def double(n):
    return n * 2


def doubled(n):
    t = 0
    for i in range(n):
        t += double(i)
    return t


for _ in range(700):
    doubled(5)
print(doubled(10))
old = double


def double(n):
    return n * 2.5


print(doubled(10))
old.__code__ = (lambda n: [n]).__code__
double = old
try:
    doubled(3)
except TypeError as e:
    print(e)
old.__code__ = (lambda n: n * 4).__code__
print(doubled(10))
double = len
try:
    doubled(3)
except TypeError as e:
    print(e)
double = old
print(doubled(10))

# Tracing is turned on.
events = []


def trace(frame, event, arg):
    if frame.f_code.co_name in ("mul", "least", "caller"):
        events.append((frame.f_code.co_name, event, frame.f_lineno, arg))
        return trace
    return None


sys.settrace(trace)
caller(1)
by_sum(1)
sys.settrace(None)
print(events)
print(caller(10))

# From several threads at once, kinds changing.
results = []


def work(k):
    t = 0
    for i in range(3000):
        t += mul(i, k)
    results.append(t)


threads = [threading.Thread(target=work, args=(k,)) for k in (1, 2, 0.5, 2**62)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results))
