def f(it, x):
    a = [x for x in it if x]
    b = {x: y for x in it for y in [x + 1]}
    c = {(lambda: x) for x in it}
    d = (x + z for x in it for z in x)
    return a, b, c, d, x


[m for m in range(3)]
