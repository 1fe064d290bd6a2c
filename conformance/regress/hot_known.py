"""What compiled code knows of values: their classes, numbers with and without a box; short lists."""

import random


def turned(q, k):
    q[: k + 1] = q[k::-1]
    return q


def turned_by_copy(q, k):
    j = k
    k = 1
    q[: j + 1] = q[j::-1]
    return q, k


def moved_on(items):
    """The variable holds a list, then its number, then a list again."""
    total = 0
    for x in items:
        y = x[0]
        x[1] = y
        total += y + x[1]
        x = y
        total += x * 2
        x = [x, y]
        x[1] = total
        total += x[0] - x[1] + total
    return total


def either(flag, a, b):
    if flag:
        x = a
        n = x[0]
    else:
        x = b
        n = 7
    x[0] = n
    if n:
        n += x[0]
    return n, x[0]


def boxed(counts, i):
    counts[i] = i
    i += 1
    counts[i] = i
    same = counts[i]
    return i, same is counts[i], counts[i - 1] == i - 1


def overflows(x):
    y = x
    big = y + 1
    if y:
        big += y
    return big, y


class Listish(list):
    def __getitem__(self, i):
        return 100 + i


def short_lists():
    numbers = random.Random(3)
    for n in [*range(12), 40]:
        for k in [*range(-15, 16), 2**63 - 1, -(2**63), 2**62, 35, 39, 40]:
            q = list(range(n))
            r = list(q)
            assert turned(q, k) == (t := r[k::-1]) + r[k + 1 :] or k < 0 or k >= n
            r[: k + 1] = t
            assert q == r, (n, k, q, r)
            s = list(range(n))
            assert turned_by_copy(s, k) == (r, 1)
    for _ in range(20000):
        n = numbers.randrange(0, 40)
        q = list(range(n))
        i = numbers.randrange(-45, 45)
        q.insert(i, "x")
        j = max(0, i + n) if i < 0 else min(i, n)
        r = [*range(j), "x", *range(j, n)]
        assert q == r
        i = numbers.randrange(-len(q), len(q))
        assert q.pop(i) == r[i]
        i %= len(r)
        assert q == r[:i] + r[i + 1 :]


def main():
    for _ in range(3):
        short_lists()
        for i in range(3000):
            a = moved_on([[i, 0], [2, 3]])
            b = either(i % 2, [i], [1, 2])
            c = boxed([0] * 3000, i % 2990)
            d = overflows(i)
        print(a, b, c, d)
    print(moved_on([Listish([1, 2])]), either(True, [0], [1]), either(False, [0], Listish([1])))
    print(either(True, [2**63 - 1], 0), either(True, [2.5], 0), either(True, [True], 0))
    print(overflows(2**63 - 1), overflows(2**62), overflows(1.5), overflows(True))
    try:
        either(True, "ab", 0)
    except TypeError as e:
        print(e)
    try:
        either(False, 0, {})
        boxed([], 0)
    except IndexError as e:
        print(e)


main()
