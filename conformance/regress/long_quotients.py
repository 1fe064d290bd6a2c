"""Quotients of long ints of nearly the same length, and products with powers of two."""

import random

rng = random.Random(5)
checked = 0
for bits in (60, 63, 64, 65, 127, 200, 247, 248, 249, 260, 320, 1000, 4000):
    for more in (0, 1, 2, 3, 10, 20, 23, 24, 25, 26, 40):
        for _ in range(20):
            b = rng.getrandbits(bits) | 1 << (bits - 1)
            q = rng.getrandbits(more + 1)
            for d in (-1, 0, 1, b - 1, rng.randrange(b)):
                a = q * b + d
                for x, y in ((a, b), (-a, -b), (-a, b), (a, -b), (b, a)):
                    if y == 0:
                        continue
                    n = x // y
                    r = x - n * y
                    assert (0 <= r < y) if y > 0 else (y < r <= 0), (x, y)
                    assert divmod(x, y) == (n, r), (x, y)
                    checked += 1
for e in (0, 1, 2, 31, 32, 33, 62, 63, 64, 100):
    for x in (3**50, -(3**50), 2**64, -(2**63), 2**63 - 1, 5):
        p = 1 << e
        total = 0
        for i in range(e + 1):
            total = x if i == 0 else total + total
        assert x * p == total == p * x, (x, e)
        assert x * -p == -total == -p * x, (x, e)
        checked += 1
print(checked)
