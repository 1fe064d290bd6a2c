def f(a, b):
    x = f"{a}"
    y = f"<{a!r:>{b}}> {b:.2f} {a=}"
    z = "%s-%r" % (a, b)
    t = t"{a}, {b!s:x}"
    return x, y, z, t
