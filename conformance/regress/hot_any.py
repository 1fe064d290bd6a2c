"""any() and all() over generator expressions in hot code."""

import sys
import traceback

looked = []


class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        looked.append(sys._getframe(1).f_code.co_name)
        return self.value


def some(items, limit):
    found = 0
    for _ in range(40):
        if any(x > limit for x in items):
            found += 1
        if all(x > limit for x in items):
            found += 100
        if any(x for x in items):
            found += 10_000
    return found


def divided(items, n):
    r = []
    for _ in range(40):
        r.append(all(n // x for x in items))
    return r.count(True), len(r)


def frames(items):
    def who(x):
        return [f.f_code.co_name for f in chain(sys._getframe(1))][:2] if x > 298 else 0

    def chain(f):
        while f:
            yield f
            f = f.f_back

    for _ in range(3):
        seen = []
        if any(seen.append(who(x)) or who(x) for x in items):
            print(seen[-1], len(seen))


def stops(items):
    """The iterator behind stands where the first true item was."""
    r = []
    for _ in range(30):
        it = iter(items)
        r.append((any(x == 7 for x in it), next(it, "end"), all(x < 12 for x in it), list(it)))
    return r[-1]


def nested(n):
    return sum(any(all(k % d for d in range(2, k)) for k in range(m, m + 4)) for m in range(2, n))


print(some(range(300), 250), some([1.5, 2.5], 2), some([], 0), some((0, 0, 5), 1))
print(divided([1, 2, 3], 9), divided([5, 7], 3))
try:
    divided([1] * 400 + [0], 9)
except ZeroDivisionError as e:
    print([(f.name, f.line) for f in traceback.extract_tb(e.__traceback__)])
print(some([2, 1 << 70, True], 1))
frames(range(300))
print(stops(range(15)), stops([7]), stops(()))


def truths(items):
    for _ in range(60):
        r = any(t for t in items), all(t for t in items)
    return r


print(truths([Truth(False), Truth(False), Truth(True), Truth(False)]), set(looked), len(looked))
print(nested(200))
any = lambda it: list(it)
print(truths([0, 3])[0])
