def f(a, b, o):
    a, b = b, a + b
    x = y = a
    (p, q), *r = o
    o.x, o[a] = b, 1
    o.x += 1
    o[a:b] -= b
    a += (a := 2)
    o[1:2] = x
    o[x:y] = p
    del a, o.x, o[q]
    return [r, *x, y]
