def f(a):
    with a, a.b as (x, y):
        return x
    with a as z:
        z
    for i in a:
        with a:
            continue
