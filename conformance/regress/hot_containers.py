"""Methods of sets and lists in hot code: elements that come and go, and what is none of the usual."""


class Same:
    """Has the hash of an int, and an opinion on which it equals."""

    def __init__(self, value, equal, act=None):
        self.value = value
        self.equal = equal
        self.act = act

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        if self.act:
            act, self.act = self.act, None
            act()
        return self.equal

    def __repr__(self):
        return f"Same({self.value})"


def nested(s, n, depth):
    total = 0
    for i in range(n):
        if i * 7 not in s:
            s.add(i * 7)
            if depth:
                total += nested(s, n, depth - 1)
            total += len(s)
            s.discard(i * 7)
            s.discard(i * 7)
    return total


def mixed(s, n):
    """Elements leave in another order than they came, beside a model of the set."""
    model = [False] * 64
    x = 1
    for _ in range(n):
        x = x * 1103515245 + 12345 & 0x7FFFFFFF
        k = (x >> 8) % 64
        if x & 0x100000:
            s.add(k)
            model[k] = True
        else:
            s.discard(k)
            model[k] = False
        if (k in s) != model[k]:
            return "differs at", k
    return sorted(s) == [i for i in range(64) if model[i]], len(s) == sum(model)


def clusters(s, n):
    """Words of the index are left behind in plenty."""
    for i in range(n):
        for k in range(6):
            s.add(k * 1024 + i)
        for k in 1, 3, 0, 5, 2, 4:
            s.discard(k * 1024 + i)
        if s:
            return i, s
    return "empty", len(s)


def toggled(s, v, n):
    for _ in range(n):
        s.add(v + 0)
        s.discard(v + 1)
    return sorted(map(repr, s))


def pops(q, n):
    got = 0
    for i in range(n):
        q.append(i)
        q.insert(0, i + 1)
        q.insert(-1, i + 2)
        got = got * 3 + q.pop() + q.pop(0) + q.pop(-1) & 0xFFFF
    return got, q


def fails(q, at):
    r = []
    for i in range(60):
        try:
            r.append(q.pop(at + i))
        except IndexError as e:
            r.append(str(e))
    try:
        while True:
            q.pop()
    except IndexError as e:
        return r[-1], str(e)


class Loud(list):
    def pop(self, *args):
        return "loud", args


class Picky(set):
    def add(self, x):
        super().add(-x)


print(nested(set(), 5, 4))
for _ in range(3):
    print(mixed(set(), 4000), mixed({1, 2, 1 << 70}, 3000), clusters(set(), 500))
print(toggled({Same(3, True)}, 3, 300), toggled({Same(3, False)}, 3, 300))
print(toggled({Same(4, True)}, 3, 300), toggled({3.0, 4.0}, 3, 300), toggled({True}, 0, 300))
print(toggled(Picky(), 3, 300))
print(toggled({(1 << 64) + 3}, 3, 300))
print(pops([], 500), pops(list(range(40)), 300)[0])
print(fails([1, 2, 3], 0), fails(list(range(30)), -10))
print(pops(Loud([5]), 0))
try:
    print(pops(Loud([5]), 3))
except TypeError as e:
    print(e)

# The set loses its last element and gets what is being added while that is compared.
for equal in False, True:
    s = {1, 2}

    def act():
        toggled(s, 50, 50)
        s.discard(2)
        s.add(7)

    s.add(Same(7, equal, act))
    s.add(9)
    s.discard(9)
    s.add(7)
    print(sorted(map(repr, s)))

# Iterators over a set whose last elements come and go.
s = set(range(5))
seen = []
for x in s:
    if len(seen) < 40:
        s.add(100 + 0)
        s.discard(100)
    seen.append(x)
print(sorted(seen))
it = iter({1, 2, 3})
print(sorted(it), list(it))


def loops(a, b):
    total = count = 0
    for _ in range(a, b):
        for i in range(a):
            total += i
        for i in range(b - 3, b):
            total -= i
        count += 1
    return total, count


def steps(start, stop):
    n = 0
    for i in range(start, stop):
        n += 1
        if n == 3:
            return n, i
    return n, None


def inner(n, lend):
    if n:
        yield n
        got = yield from inner(n - 1, lend)
        return got + 1
    yield from lend
    return 0


def drive(n, make):
    total = []
    for _ in range(60):
        g = inner(n, make())
        try:
            while True:
                total.append(next(g))
        except StopIteration as e:
            total.append(e.value)
    return total[-9:]


print(loops(5, 400))
for _ in range(200):
    steps(0, 5)
for ends in (0, 0), (7, 5), (-3, -1), (-(1 << 63), (1 << 63) - 1), ((1 << 63) - 2, (1 << 63) - 1):
    print(steps(*ends), end=" ")
print(steps(5, -(1 << 63)), steps(1 << 65, (1 << 65) + 2), steps(True, 4))
for odd in 1.5, None, "3":
    try:
        print(steps(0, odd))
    except TypeError as e:
        print(e)
for make in lambda: [8, 9], lambda: iter("ab"), lambda: inner(2, ()), lambda: {4: 5}:
    print(drive(3, make))
try:
    drive(2, lambda: 5)
except TypeError as e:
    print(e)
real = range
range = lambda *a: real(*a, 2) if len(a) > 1 else real(*a)
print(loops(5, 40), steps(0, 9))
