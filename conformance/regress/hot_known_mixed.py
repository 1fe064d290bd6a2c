"""Loops over values of kinds that change while the compiler looks: small and long ints, floats,
None, lists, with branches that join, exceptions, del, and loops in loops."""

import random

rng = random.Random(11)
BIG = 1 << 80


def branches(values):
    total = 0
    for x in values:
        y = x
        if x % 3 == 0:
            y = x + 1
        elif x % 3 == 1:
            x = x * 5
        else:
            y = x - y
        total = total + x * 3 + y
        if y < x:
            total = total - y
        total = total ^ x
    return total


def quotients(a, b, n):
    out = 0
    for i in range(n):
        q = a // b if b else 0
        r = a - q * b
        if r > 7:
            q = q + r
        out = out + q * 2 + r + (q > r)
        a = a + i
        b = b + (i & 1)
    return out


def kinds(values):
    ints = floats = nones = lists = 0
    texts = ""
    for v in values:
        if v is None:
            nones = nones + 1
            v = nones
        try:
            w = v + 1
            w = w * 2
            if w > 100:
                w = w - v
            ints = ints + w
        except TypeError:
            if type(v) is list:
                lists = lists + len(v) + v[0]
                v.append(lists)
                del v[-1]
            else:
                texts = texts + v[0]
            w = 3
        floats = floats + w * 0.5
    return ints, floats, nones, lists, texts


def deleted(values):
    last = 0
    missing = 0
    for v in values:
        x = v
        if v & 1:
            del x
        try:
            last = last + x + v
            y = x * 2
        except UnboundLocalError:
            missing = missing + 1
            x = v
            y = x
        last = last - y + x
    return last, missing


def nested(rows, scale):
    total = 0
    best = rows[0][0]
    for row in rows:
        line = 0
        for x in row:
            s = x * scale
            if s > best:
                best = s
            else:
                s = s + best
            for k in (1, 2):
                line = line + s // k
                s = s + k
            line = line - x
        total = total + line
        scale = scale + 1 if scale < 9 else 1
    return total, best


def thrown(values):
    total = 0
    for x in values:
        y = x
        try:
            y = x * 3
            if y % 7 == 0:
                raise ValueError(y)
            y = y + 1
        except ValueError as e:
            total = total + e.args[0] - y + x
        finally:
            total = total + y
        total = total + x
    return total


def swapped(a, b, n):
    for i in range(n):
        a, b = b, a + b
        if a > b:
            b = a
        c = a
        a = c - i
        if b > 1 << 200:
            a, b = 1, 2
    return a, b


def mix(n, share):
    """Small ints, and now and then a long one."""
    return [rng.getrandbits(70) if rng.random() < share else rng.randrange(1000) for _ in range(n)]


def check(name, *args):
    results.append((name.__name__, name(*args)))


results = []
summary = 0
for round in range(60):
    share = (0, 0, 0.01, 0.5, 0)[round % 5] if round > 5 else 0
    values = mix(150, share)
    check(branches, values)
    check(quotients, values[0] * (BIG if round % 7 == 6 else 1), values[1], 60)
    check(deleted, values)
    check(thrown, values)
    check(swapped, values[2], values[3], 120)
    check(nested, [values[i : i + 10] for i in range(0, 100, 10)], 3)
    mixed = [
        v if round < 4 or i % 9 else (None, 1.5, "text", [2, 3], BIG, True)[(i // 9 + round) % 6]
        for i, v in enumerate(values)
    ]
    check(kinds, mixed)
for name, r in results:
    text = f"{name} {r}"
    for c in text:
        summary = (summary * 31 + ord(c)) % ((1 << 61) - 1)
    if len(text) < 60:
        print(text)
print(len(results), summary)

# Fresh code each time, whose operands become long at some other time: while it is compiled, too.
SOURCE = """
def run(values, change):
    bad = 0
    for i, x in enumerate(values):
        if i >= change:
            x = x + LONG
        y = x | 1
        for a, b in ((x, y), (-x, -y), (-x, y), (x, -y), (y, x)):
            if b == 0:
                continue
            n = a // b
            r = a - b * n
            if not (0 <= r < b if b > 0 else b < r <= 0):
                bad = bad + 1
            if a > b:
                r = r + a
            else:
                r = r + b
            if r - (a if a > b else b) != a - n * b:
                bad = bad + 1
    return bad
"""
bad = 0
numbers = mix(6000, 0)
for turn in range(60):
    namespace = {"LONG": 1 << (64 + turn)}
    exec(SOURCE, namespace)
    bad += namespace["run"](numbers[: 1000 + 60 * turn], 60 + 43 * turn)
print(bad)
