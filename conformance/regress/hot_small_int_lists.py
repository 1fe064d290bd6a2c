"""Lists of small ints that are searched, whose ints are bits until something else is done with them."""

import random
import threading


def ints(*items):
    result = list(items)
    for _ in range(3):
        assert 99 not in result
    return result


s = ints(3, 1, 2)
assert 3 in s and 0 not in s and 31 not in s and -1 not in s and 2**64 + 3 not in s and 3.0 in s
assert True in s and 1.5 not in s and "a" not in s and None not in s
s.append(3)
assert s.pop() == 3 and 3 in s and s.pop(0) == 3 and 3 not in s
s = ints(3, 1, 2)
s[0] = 7
assert 7 in s and 3 not in s
s = ints(3, 1, 2)
s[0:1] = [8, 9]
assert 8 in s and 9 in s and 3 not in s
s = ints(3, 1, 2)
s.insert(1, 4)
assert 4 in s and 3 in s
s.remove(4)
assert 4 not in s and 3 in s
s = ints(3, 1, 2)
s += [5, 6]
assert 5 in s and 6 in s and 7 not in s
s.extend(range(30, 33))
assert 32 in s and 33 not in s
s = ints(3, 1, 2)
s.append(31)
assert 31 in s and 30 not in s
s = ints()
s.append(True)
assert 1 in s and True in s
s = ints(0, 30)
s.append(2**70)
assert 2**70 in s and 30 in s and 0 in s
s = ints(3, 1, 2)
s.clear()
assert 3 not in s
s = ints(3, 1, 2)
s *= 0
assert 3 not in s
s = ints(3, 1, 2)
s.sort()
s.reverse()
assert 3 in s and s == [3, 2, 1]
del s[1]
assert 2 not in s and 3 in s
s = ints(3, 1, 2, 4)
del s[::2]
assert 3 not in s and 1 in s and 2 not in s and 4 in s
s = ints(3, 1, 2, 4)
s[::2] = [5, 6]
assert 3 not in s and 1 in s and 5 in s and 6 in s


class Odd:
    def __eq__(self, other):
        return other == 20


s = ints(3, 1)
s.append(Odd())
assert 20 in s and 21 not in s


def key(x):
    assert x not in s
    s.append(x)
    assert x in s
    s.pop()
    return -x


s = ints(3, 1, 2)
try:
    s.sort(key=key)
except ValueError:
    pass
assert 3 in s and 1 in s and 2 in s and 0 not in s


def permutations(n, taken):
    if len(taken) == n:
        return 1
    count = 0
    for i in range(n):
        if i not in taken:
            taken.append(i)
            count += permutations(n, taken)
            assert taken.pop() == i
    return count


print(permutations(7, []), permutations(7, []))


def mixed(turns):
    rng = random.Random(5)
    s = []
    count = 0
    for _ in range(turns):
        what = rng.randrange(12)
        k = rng.randrange(34)
        if what < 4:
            s.append(k)
        elif what < 8 and s:
            s.pop(rng.randrange(len(s)) if what < 6 else -1)
        elif what == 8 and s and k == 5:
            s[0] = k
        elif k == 7:
            s = s[-2:]
        for v in range(34):
            if v in s:
                count += 1
                assert s.count(v)
            else:
                assert not s.count(v)
    return count


print(mixed(3_000))

for _ in range(20):
    s = []
    bad = []

    def put(k):
        for _ in range(300):
            s.append(k)
            30 in s, k in s
            s.pop()
        s.append(k)
        if k not in s:
            bad.append(k)

    def look():
        for _ in range(300):
            if any(k not in range(4) for k in s[:1]) or 30 in s:
                bad.append(100)

    threads = [threading.Thread(target=put, args=(k,)) for k in range(4)]
    threads.append(threading.Thread(target=look))
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    left = [k for k in range(30) if k in s]
    assert not [k for k in bad if k > 4] and len(s) == 4 and left == sorted(set(s)), (bad, s, left)
print("ok")
