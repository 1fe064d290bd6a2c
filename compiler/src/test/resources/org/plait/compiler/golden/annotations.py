"""Doc."""
x: int = 1
if x:
    y: str


class C:
    a: int
    if a:
        b: list[int] = []


def f(p: int, /, q: str = "", *args: *Ts, k: C = None, **kw: dict) -> C:
    v: unevaluated
    return v
