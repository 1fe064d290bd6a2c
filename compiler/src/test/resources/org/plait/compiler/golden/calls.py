def f(o, *args, **kw):
    o()
    o.m(1, f)
    o.m(1, k=2, j=o)
    o(*args)
    o(1, *args, k=2, **kw)
    o(**kw, **kw)
    return all(x for x in args) or tuple(x for x in args)


@f
@f.g(1)
def h(a, b=f, *, c=1, d=f): ...
