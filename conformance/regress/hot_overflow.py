"""Sums and differences with a constant, at the ends of 64 bits, and lists reversed in part."""

BIG = 2**63


def up(x):
    return x + 1


def up_reflected(x):
    return 1 + x


def down(x):
    return x - 1


def add_negative(x):
    return x + -5


def sub_negative(x):
    return x - -5


def add_least(x):
    return x + -9223372036854775808


def sub_least(x):
    return x - -9223372036854775808


def add_most(x):
    return 9223372036854775807 + x


def nothing(x):
    return x + 0, x - 0


def from_constant(x):
    return -2 - x


OPERATIONS = [up, up_reflected, down, add_negative, sub_negative, add_least, sub_least, add_most, nothing, from_constant]
VALUES = [0, 1, -1, 5, -5, BIG - 1, BIG - 2, BIG - 5, BIG - 6, -BIG, 1 - BIG, 4 - BIG, 5 - BIG, BIG, -BIG - 1]


def warm(f):
    for i in range(3000):
        f(i)


def counted(n):
    x = BIG - n
    for _ in range(2 * n):
        x += 1
    y = n - BIG
    for _ in range(2 * n):
        y -= 1
    return x, y


def flip(p, k):
    p[: k + 1] = p[k::-1]
    return p


for f in OPERATIONS:
    warm(f)
    print(f.__name__, [f(v) for v in VALUES])

for _ in range(5):
    print(counted(2000))

for n in range(1, 13):
    wrong = 0
    for _ in range(300):
        for k in range(n):
            p = list(range(n))
            if flip(p, k) != list(range(k, -1, -1)) + list(range(k + 1, n)):
                wrong += 1
    print(n, wrong)
print(flip([], 0), flip([1, 2, 3], 7), flip(list("abcdefghijkl"), -3))
