def f(x):
    match x:
        case 1 | -2 | a.b:
            r = 1
        case [p, *rest] if p:
            r = rest
        case [_, *_, q]:
            r = q
        case {"k": v, **more}:
            r = v, more
        case C(y, z=[w]) | D(y=y, w=w):
            r = y, w
        case None | True as t:
            r = t
        case str() as s:
            r = s
        case _:
            r = 0
    return r
