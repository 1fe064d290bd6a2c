"""Statements of every kind."""
from __future__ import annotations
import os, sys as system, a.b.c as abc
from . import x
from ... import y as z, w
from .pkg.mod import (one, two as zwei,)
from everything import *


@decorator
@other(1, key="v")
async def f(a, b: int = 1, /, c=2, *args: *Ts, d, e=3, **kw: dict) -> None:
    async for i, *j in aiter():
        await i
        continue
    else:
        pass
    async with a as b, c:
        yield
    return


def g(*, only): return only; pass


class Empty: ...


class C[T: int = str, *Ts = *tuple, **P](Base, metaclass=Meta, *bases, **extra):
    attr: int = 0
    other: "str"
    (paren): int
    a.b: int = 1
    a[0]: int

    def method[U: (int, str)](self): pass


if a := b:
    pass
elif c:
    del x, y.z, [u, (v,)], w[0], ()
elif d: pass
else:
    global gg, hh
    nonlocal_ = 1

while True:
    break
else:
    assert x, "message"

for x in 1, *rest: print(x)
for (a, b), [c] in z: pass

try:
    raise
except ValueError as e:
    raise X from e
except A, B:
    raise Y
except (A, B):
    pass
except:
    pass
else:
    x = 1
finally:
    y = 2
try: pass
finally: pass
try:
    pass
except* E as eg:
    pass

with open("a") as f, open("b"): pass
with (open("a") as f, open("b") as g,): pass
with (a, b): pass
with (a): pass
with (yield_(x)).y as q: pass
with (a, b) as c: pass

a = b = c, *d = e
(a) = (b.c) = 1
x += 1; y @= 2; z **= yield_; w //= 3
a.b |= c[d] ; a[1:2, ::3] >>= 4
lambda: (yield)
type X = int
type Y[T] = list[T]
type = match = case = _ = 1
match[0] = type.x
match(x, y)
print(match, case)
if x:
	tab = 1
	if y: z
\
continued = 1 + \
    2
é = naïve = ﬁ = "normalised"
