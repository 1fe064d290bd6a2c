"""Loops that have not been run yet when the first of their function gets hot."""

import sys


def two(n):
    s = 0
    for i in range(n):
        s += i & 7
    t = 0.5
    for i in range(n):
        t += i * 0.25
    u = []
    k = 0
    while k < n:
        k += 3
        if k & 1:
            continue
        u.append(k)
    return s, t, len(u), u[-1]


def inner(n, turns):
    total = 0
    for i in range(n):
        total += 1
        if i > n - 5:
            for k in range(turns):
                total += k
            while total & 1:
                total += 1
    return total


def late(n, what):
    count = 0
    for i in range(n):
        count += 1
    found = []
    for x in what:
        found.append(x * 2)
        if len(found) > 1500:
            raise OverflowError(x)
    return count, found[-1:]


def handled(n, what):
    for i in range(n):
        pass
    try:
        for x in what:
            x.missing
    except AttributeError as e:
        for k in range(n):
            last = k
        return str(e), last, e.__traceback__.tb_lineno - handled.__code__.co_firstlineno
    finally:
        for k in range(n):
            last = -k
    return last


def steps(n):
    for i in range(n):
        if i % 1000 == 0:
            yield i
    for i in range(n):
        if i % 1000 == 0:
            yield i * 0.5
    while n > 0:
        n -= 1000
        yield str(n)


for n in 3000, 3000, 10, 100000, 0, 3000:
    if n:
        print(two(n))
    print(inner(n, 4000), inner(n, 0))
for what in range(2000), "abc" * 400, [1.5] * 1000, (), [2**70] * 1200, range(5):
    try:
        print(late(3000, what))
    except OverflowError as e:
        print(repr(e))
for what in (), [1], "a" * 5, ():
    for _ in range(3):
        print(handled(2000, what))
for _ in range(4):
    print(list(steps(4000)))

lines = []


def trace(frame, event, arg):
    if frame.f_code is two.__code__ and event == "line":
        lines.append(frame.f_lineno - two.__code__.co_firstlineno)
    return trace


sys.settrace(trace)
two(4)
sys.settrace(None)
print(lines)

# The same in a module.
total = 0
for i in range(5000):
    total += i
for i in range(5000):
    total -= i * 2
while i > 0:
    i -= 7
    total ^= i
print(total, i)
