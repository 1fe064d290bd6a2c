"""Slices, membership and extremes in hot code, with what the compiler did not expect."""

import sys


class Index:
    def __index__(self):
        log.append(sys._getframe(1).f_code.co_name)
        return 1


class Loud(list):
    def __getitem__(self, key):
        return "got", key

    def __setitem__(self, key, value):
        log.append(("set", key, value))


log = []


def flips(n):
    q = list(range(n))
    count = 0
    for i in range(400):
        k = i % n
        q[: k + 1] = q[k::-1]
        count += q[0]
        q[1:3] = q[3:1:-1]
        r = q[:]
        if r != q or r is q:
            print("differs")
    return q, count


def slices(o, a, b, c):
    r = []
    for _ in range(300):
        r = [o[a:b], o[a:], o[:b], o[a:b:c], o[::c]]
    return r


def stores(o, a, b, v):
    for _ in range(300):
        o[a:b] = v
    return o


print(flips(9), flips(4))
for o in [1, 2, 3, 4], (1, 2, 3), "abcd", b"xyz", Loud([1, 2]), range(9):
    print(slices(o, 1, 3, -1), slices(o, -2, None, 2), slices(o, None, 1 << 70, True))
print(slices([1, 2, 3], Index(), 2, 1), set(log))
log.clear()
for a, b, v in (0, 1, [7]), (1, -1, (8, 9)), (5, 2, "x"), (None, 2, [1, 2]), (Index(), None, {4}):
    print(len(stores([1, 2, 3], a, b, v)))
print(stores(Loud(), 1, 2, 3), log[-1])
for bad in 1, None, iter([]), 5.5:
    try:
        print(stores([1], 0, 1, bad))
    except TypeError as e:
        print(e, e.__traceback__.tb_next.tb_lineno)
try:
    slices([1], 0, 1, 0)
except ValueError as e:
    print(e)


def own(n):
    a = list(range(n))
    for i in range(500):
        a[1:2] = a
        del a[n:]
    return a


print(own(5))


def members(container, n):
    hits = 0
    for i in range(n):
        if i in container:
            hits += 1
        if i * i not in container:
            hits += 1000
    return hits


class Same:
    def __eq__(self, other):
        log.append(other)
        return other == 3

    def __hash__(self):
        return 3


for c in [1, 5, 9], {1, 5, 9}, {1: 2, 25: 4}, (1, 2), [True, 4.0], {1.0, True}, [1 << 70], range(50):
    print(members(c, 400), members(c, 30))
log.clear()
print(members([Same()], 300), len(log), members({Same()}, 300), len(log), members({-1, -2}, 9))
print(members(frozenset({3}), 300), members({2**61 - 1, 0}, 300))
big = {(1 << 61) + 5, -1, 5}
print([sum(v in big for v in (x, x + 1)) for x in range((1 << 61) + 3, (1 << 61) + 7)])


def extremes(n, odd):
    low = high = n // 2
    lowf = highf = 0.5
    for i in range(n):
        high = max(high, i)
        low = min(i, low)
        highf = max(highf, i * 0.5)
        lowf = min(lowf, i * -0.5)
        if i == n - 5:
            high = max(high, odd)
            lowf = min(lowf, odd)
    return low, high, lowf, highf


nan = float("nan")
for odd in 7, 1 << 80, -(1 << 80), 2.5, nan, True:
    print(extremes(1500, odd))
print(max(0.0, -0.0), min(0.0, -0.0), max(nan, 1.0), max(1.0, nan))
real = max


def rebound(n):
    global max
    best = 0
    for i in range(n):
        if i == n - 3:
            max = lambda a, b: -1
        best = max(best, i)
    max = real
    return best


print(rebound(3000))
