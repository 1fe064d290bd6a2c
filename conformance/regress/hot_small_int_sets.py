"""Sets of small ints, which are bits until something else is done with them."""

import threading

s = set()
low = -10
s.add(low)
assert next(iter(s)) is low
for i in (3, 47, -16):
    s.add(i)
assert sorted(s) == [-16, -10, 3, 47] and len(s) == 4 and 3.0 in s and 4.0 not in s
s.add(48)
assert len(s) == 5 and 48 in s and 49 not in s and -17 not in s
assert 2**64 + 3 not in s and 2**200 not in s


def small(*items):
    result = set()
    for x in items:
        result.add(x)
    return result


s = small(0, 1, 2, 3, 4)
s.add(True)
s.add(1.0)
s.add(2.0)
assert len(s) == 5
s.discard(2.0)
assert s == {0, 1, 3, 4}
assert small(1, 2) == {1, 2} and {1, 2} == small(2, 1) and small(1) | {3} == {1, 3}
assert small(1) <= {1, 2} and small(1).isdisjoint(small(2)) and small(1, 2) & small(2, 3) == {2}
s = small(1, 2)
s.remove(1)
try:
    s.remove(1)
except KeyError as e:
    assert e.args == (1,)
else:
    raise AssertionError
s.discard(2)
assert not s and len(s) == 0 and list(s) == [] and repr(s) == "set()"
s.add(5)
assert s.pop() == 5 and not s
s.add(7)
s.clear()
assert not s
s.add(7)
it = iter(s)
s.add(8)
try:
    next(it)
except RuntimeError:
    pass
else:
    raise AssertionError
s = small(3)
c = s.copy()
s.add(4)
assert c == {3} and s == {3, 4}
s.update([5, 6])
assert s == {3, 4, 5, 6}
s = small(3)
s &= {3, 4}
assert s == {3}
s = small(3)
s ^= {3, 4}
assert s == {4}
s = small(3)
s -= {3}
assert s == set()


def hot(n):
    seen = set()
    count = 0
    for i in range(n):
        k = i % 90 - 20
        if k in seen:
            count += 1
            seen.discard(k)
        else:
            seen.add(k)
        if i % 1000 == 999:
            count += len(seen)
            seen.clear()
    return count


print(hot(20_000))

for _ in range(50):
    s = set()
    bad = []

    def put(k):
        for _ in range(200):
            s.add(k)
            if k not in s:
                bad.append(k)
            s.discard(k)
            if k in s:
                bad.append(k)
        s.add(k)

    def look():
        for _ in range(30):
            list(s), 10.0 in s, len(s)
        s.add("x")
        s.add(100)

    threads = [threading.Thread(target=put, args=(k,)) for k in range(4)]
    threads.append(threading.Thread(target=look))
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not bad and s == {0, 1, 2, 3, "x", 100}, (bad, s)
print("ok")
