def f(a, c):
    if a:
        b = 1
    print(b, b)
    del b

    def g():
        nonlocal c
        c = a
        return c

    for i in a:
        pass
    return i, global_


def h():
    global global_
    global_ = 1
    import os.path, sys as s
    from a.b import c as d, e
