"""Numbers that are changed on some ways through a loop alone, and what else may be in their place."""

import sys


def count(items):
    n = 0
    total = 0.0
    for x in items:
        if x > 3:
            n += 1
            total += x / 2
    return n, total


def largest(items):
    best = None
    where = 0
    for i, x in enumerate(items):
        if best is None or x > best:
            best = x
            where = i
    return best, where


def becomes_other(items, other):
    n = 0
    seen = []
    for x in items:
        if x == 7:
            n = other
        elif x == 8:
            n = 0
        if x == 9:
            seen.append(n)
    return n, seen


def overflows(times, start):
    n = 1
    m = 0
    for i in range(times):
        if i % 3:
            n *= start
        else:
            m += 1
    return n, m


def nested(k):
    a = 0
    b = 1
    c = 0.0
    for i in range(k):
        for j in range(k):
            if i == j:
                a += 1
            elif i > j:
                b = a
            while a > b + 5:
                a -= 1
                if a % 2:
                    c += 0.5
    return a, b, c


def raises(items):
    n = 0
    caught = 0
    for x in items:
        try:
            if x:
                n += 10 // (x - 1)
        except ZeroDivisionError:
            caught += 1
    return n, caught


def looked_at(items):
    n = 0
    seen = 0
    for x in items:
        if x == 5:
            n += 1
        if x == 6:
            seen += sys._getframe().f_locals["n"]
    return n, seen


def given(items, n):
    m = n
    for x in items:
        if x & 1:
            m += 1
    return m


def generated(items):
    n = 0
    for x in items:
        if x > 2:
            n += 1
        yield n


def mixed(items):
    n = 0
    for x in items:
        if x == 1:
            n += 1
        elif x == 2:
            n += 0.5
    return n


def deleted(items):
    n = 0
    for x in items:
        if x == 1:
            n += 1
        elif x == 2:
            try:
                del n
            except UnboundLocalError:
                n = 100
    try:
        return n
    except UnboundLocalError as e:
        return str(e)


items = [i % 10 for i in range(3000)]
for _ in range(6):
    print(count(items), largest(items), largest([]), becomes_other(items, None)[0])
    print(becomes_other(items, 2**70)[1][:3], becomes_other(items, True)[1][:3], becomes_other(items, 4)[1][:3])
    print(overflows(900, 1), overflows(200, 3)[0] % 1000007, nested(40))
    print(raises(items), looked_at(items), given(items, 5), given(items, 2.5), given(items, 2**64))
    print(sum(generated(items)), mixed([1, 2, 1] * 900), mixed([1] * 3000), deleted([1] * 3000 + [2]), deleted([1, 2, 2] * 50))
