# Many keys of each plain kind, and of mixed ones, against a merge sort that only asks `<`
import random

random.seed(11)


def reference(keys):
    """Indices in stable order."""
    def sort(part):
        if len(part) < 2:
            return part
        half = len(part) // 2
        left, right, merged = sort(part[:half]), sort(part[half:]), []
        i = k = 0
        while i < len(left) and k < len(right):
            if keys[right[k]] < keys[left[i]]:
                merged.append(right[k])
                k += 1
            else:
                merged.append(left[i])
                i += 1
        return merged + left[i:] + right[k:]

    return sort(list(range(len(keys))))


def check(name, make):
    for n in (31, 32, 33, 100, 1500):
        keys = [make() for _ in range(n)]
        expected = reference(keys)
        found = sorted(range(n), key=keys.__getitem__)
        assert found == expected, (name, n)
        backward = reference(keys[::-1])
        found = sorted(range(n), key=keys.__getitem__, reverse=True)
        assert found == [n - 1 - i for i in backward][::-1], (name, n, "reverse")
        items = sorted(keys)
        assert [keys[i] for i in expected] == items, (name, n, "items")
        assert list(map(type, items)) == [type(keys[i]) for i in expected] or name == "ints", (name, n)
        for prepared in (items, items[::-1], items[: n // 2] + keys[n // 2 :]):
            assert [prepared[i] for i in reference(prepared)] == sorted(prepared), (name, n, "runs")
    print(name)


r = random.randrange
texts = ["", "\0", "\0\0", "a", "a\0", "ab", "b", "\xff", "\u0100", "\ud800", "\uffff", "zz" * 9]
names = [f"/usr/share/{'lib' * r(4)}/file{r(30)}.{'x' * r(20)}" for _ in range(300)]
CASES = {
    "ints": lambda: r(-50, 50),
    "long ints": lambda: r(-(2**63), 2**63),
    "far ints": lambda: random.choice([-(2**63), -(2**63) + r(3), 2**63 - 1 - r(3), r(3)]),
    "bools": lambda: random.random() < 0.3,
    "bools and ints": lambda: random.choice([True, False, 0, 1, 2, -1]),
    "big ints": lambda: r(-3, 3) * 2**62,
    "floats": random.random,
    "few floats": lambda: random.choice([0.0, -0.0, 5e-324, -5e-324, float("inf"), -float("inf"), 1.5]),
    "near floats": lambda: 1.0 + r(9) * 2.0**-52,
    "ints and floats": lambda: random.choice([1, 1.0, 2, 1.5]),
    "texts": lambda: random.choice(texts),
    "names": lambda: random.choice(names),
    "numbers as text": lambda: f"n{r(200)}",
    "prefixes": lambda: "a" * r(400),
    "wide texts": lambda: "".join(random.choice("\u4e00\u4e01\uffff\0z") for _ in range(r(12))),
    "other planes": lambda: random.choice(["\U0001f600", "\uffff", "\ue000", "a", "\U00010000"]),
    "nothing": tuple,
    "group, number": lambda: (r(17), r(2**31)),
    "number, group": lambda: (r(20), r(-2, 2)),
    "long, long": lambda: (r(-(2**63), 2**63) if r(2) else 7, r(-(2**63), 2**63)),
    "text, number, float": lambda: (random.choice(texts), r(3), random.choice([0.0, -0.0, 1.0])),
    "number, name": lambda: (r(5), random.choice(names)),
    "name, number": lambda: (random.choice(names[:20]), r(9)),
    "lengths": lambda: tuple(r(2) for _ in range(r(4))),
    "nested": lambda: ((r(3), r(3)), r(3)),
    "with None": lambda: (None, r(9)),
    "lists": lambda: [r(3), r(3)],
}
for case, make in CASES.items():
    check(case, make)

# A NaN is in nobody's order: only that nothing is lost
nan = float("nan")
for make in (lambda: random.choice([nan, 1.0, 2.0]), lambda: (random.choice([nan, 1.0]), r(3))):
    keys = [make() for _ in range(200)]
    found = sorted(range(200), key=keys.__getitem__)
    assert sorted(found) == list(range(200))
    assert sorted(map(repr, sorted(keys))) == sorted(map(repr, keys))

# The list while it is sorted
items = list(range(100, 0, -1))
seen = []
items.sort(key=lambda i: seen.append(len(items)) or i)
print(set(seen), items[:3])


def fails(i):
    if i == 50:
        raise KeyError(i)
    return -i


try:
    items.sort(key=fails)
except KeyError as e:
    print("KeyError", e, len(items), sorted(items) == list(range(1, 101)))


def changes(i):
    items.append(i)
    return -i


try:
    items.sort(key=changes)
except ValueError as e:
    print(e, len(items), items[:3])
