"""A slice of a list that is stored in the same list at once, in hot code."""

import itertools
import threading


def turn(q, first):
    q[: first + 1] = q[first::-1]
    return q


def turn_all(q):
    q[:] = q[::-1]
    return q


def shift(q, i, j, k):
    q[i:j] = q[k:]
    return q


def part(q, i, j, k, m):
    q[i:j] = q[k:m:-1]
    return q


def keep(q, first):
    q[: first + 1] = taken = q[first::-1]
    return taken


class Sub(list):
    pass


for i in range(3000):
    q = list(range(7))
    f = i % 7
    assert turn(q, f) == list(range(f, -1, -1)) + list(range(f + 1, 7)), (i, q)
    assert turn_all(q) == (list(range(f, -1, -1)) + list(range(f + 1, 7)))[::-1]
    q = list(range(7))
    assert keep(q, f) == list(range(f, -1, -1))

bounds = [None, 0, 1, 3, 6, 7, 9, -1, -4, -7, -9, 2**62, 2**63 - 1, -(2**63), 2**63, 2**70, True]
for i in range(3):
    for a, b, c in itertools.product(bounds[1:], repeat=3):
        q = list(range(7))
        want = list(range(7))
        part_ = want[c:]
        want[a:b] = part_
        assert shift(q, a, b, c) == want, (a, b, c)
    for a, b, c, d in itertools.product(bounds[::2], repeat=4):
        q = list(range(7))
        want = list(range(7))
        part_ = want[c:d:-1]
        want[a:b] = part_
        assert part(q, a, b, c, d) == want, (a, b, c, d)
for f in bounds[1:]:
    for i in range(3):
        q = list(range(5))
        want = list(range(5))
        part_ = want[f::-1]
        want[: f + 1] = part_
        assert turn(q, f) == want, (f, q, want)

assert turn([], 3) == []
s = Sub([1, 2, 3])
assert turn(s, 1) is s and s == [2, 1, 3]
for bad in ((1, 2, 3), "abc", None, 5):
    try:
        turn(bad, 1)
    except TypeError as e:
        print(e, e.__traceback__.tb_next.tb_lineno)
try:
    turn([1, 2], "x")
except TypeError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)


def flip(q, n):
    for i in range(n):
        turn(q, i % 9)


shared = list(range(9))
flipper = threading.Thread(target=flip, args=(shared, 200_000))
flipper.start()
while flipper.is_alive():
    assert sorted(shared) == list(range(9))
flipper.join()
print("ok")
