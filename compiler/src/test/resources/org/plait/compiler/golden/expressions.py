def f(a, b, c):
    a < b <= c
    x = a and b or not c
    y = a if b else -c
    z = not a in b, a is not None, -1, 2 + 3, "a" "b", (1, (2, 3))
    [1, 2, 3], {1, 2, 3}, {1: a, "b": b}, {a: 1, **b, c: 2}
    a[1:2], a[b:], a[b:c:2], a[b, 1]
    if a in (1, 2) and b in [1, 2] or c in {1, 2}:
        return (a := b) + a
    return lambda p, q=a: p
