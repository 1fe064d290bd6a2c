"""Instances made in hot code: stores into what nobody else knows yet, and calls by name and default."""

import sys
import threading


class Point:
    def __init__(self, x, y=2, *, z=3):
        self.x = x
        self.y = y
        self.z = z


class Pair:
    def __init__(self, left=None, right=None):
        if left is None:
            left = []
        self.left = left
        self.right = right


class Many:
    def __init__(self, n):
        self.a = n
        self.b = n + 1
        if n % 2:
            self.odd = True
        else:
            self.even = True
        self.c = n + 2
        self.d = n + 3
        self.e = n + 4
        self.f = n + 5
        self.g = n + 6
        self.h = n + 7
        self.i = n + 8
        self.j = n + 9


KNOWN = []


class Leaky:
    def __init__(self, n):
        self.n = n
        KNOWN.append(self)
        self.done = True


class Loop:
    def __init__(self, n):
        self.first = n
        for i in range(3):
            self.last = i
            if i:
                self.more(i)

    def more(self, i):
        self.__dict__["more%d" % i] = i


class Base:
    def __init__(self, n):
        self.n = n
        self.base = True


class Derived(Base):
    def __init__(self, n):
        self.early = n
        super().__init__(n)
        self.late = n


class Renamed:
    def __init__(self, other):
        self.a = 1
        if other is not None:
            self = other
        self.b = 2


class Looks:
    def __init__(self, n):
        self.a = n
        self.seen = caller()
        self.b = n


class Fails:
    def __init__(self, n):
        self.a = n
        if n % 50 == 49:
            raise ValueError(self)
        self.b = n


def caller():
    return 0


def names(o):
    return " ".join(o.__dict__)


def point(n):
    return Point(n), Point(n, y=5), Point(y=n, x=1), Point(n, 1, z=7)


def pair(n):
    return Pair(), Pair(right=n), Pair(n), Pair(n, right=n)


def derived(n):
    return Derived(n)


def many(n):
    return Many(n)


def leaky(n):
    return Leaky(n)


def loop(n):
    return Loop(n)


def renamed(n):
    other = Pair()
    return Renamed(None), Renamed(other), other


def looks(n):
    return Looks(n)


def fails(n):
    return Fails(n)


def optional(n, /, a=1, b=2):
    return n, a, b


def by_name(n):
    return optional(n, b=n), optional(n, a=n), optional(n, b=5, a=6)


def repeat(f, count=2500):
    for n in range(count):
        try:
            r = f(n)
        except Exception as e:
            r = type(e).__name__, names(e.args[0])
    return r


for f in point, pair, many, leaky, loop, derived, renamed, looks:
    r = repeat(f)
    print(f.__name__, *map(names, r if isinstance(r, tuple) else (r,)), sep=" | ")
print(repeat(fails, 2500))
print(len(KNOWN), all(k.done for k in KNOWN))
print(repeat(by_name))

optional.__defaults__ = (10, 20)
print(by_name(1))
optional.__defaults__ = (20,)
try:
    by_name(1)
except TypeError as e:
    print(e)
optional.__code__ = (lambda n, a=0, b=0, c=9: (n, a, b, c)).__code__
optional.__defaults__ = (7, 8, 9)
print(by_name(1))
Pair.__init__.__defaults__ = ("l", "r")
print([p.__dict__ for p in pair(3)])

# Somebody looks at the variables of one who makes an instance.
def caller():
    f = sys._getframe(1)
    f.f_locals["self"].from_outside = True
    return f.f_code.co_name


print(looks(1).__dict__)


# A class that is changed is told of stores.
class Told:
    def __set__(self, o, v):
        o.__dict__["told"] = v

    def __get__(self, o, t):
        return self


Many.c = Told()
print(names(many(3)))
del Many.c
print(names(many(4)))
Pair.__setattr__ = lambda self, k, v: object.__setattr__(self, k.upper(), v)
print([names(p) for p in pair(1)])

# What is known to another thread before it is finished loses nothing.
lost = 0


class Shared:
    def __init__(self, box):
        self.a = 1
        box.append(self)
        self.b = 2
        self.c = 3


def share(box):
    return Shared(box)


def other(box, end):
    global lost
    while not end.is_set():
        while box:
            o = box.pop()
            o.x = 1
            o.y = 2
            while not hasattr(o, "c"):
                pass
            if sorted(o.__dict__) != ["a", "b", "c", "x", "y"]:
                lost += 1


box, end = [], threading.Event()
t = threading.Thread(target=other, args=(box, end))
t.start()
for n in range(20000):
    share(box)
while box:
    pass
end.set()
t.join()
print("lost", lost)
