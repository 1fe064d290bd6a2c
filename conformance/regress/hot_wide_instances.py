"""Instances with few and many attributes, in hot code, that change their class and their dict."""


class Narrow:
    def __init__(self, n):
        self.a0 = n
        self.a1 = n + 1


class Wide:
    def __init__(self, n):
        self.a0 = n
        self.a1 = n + 1
        self.a2 = n + 2
        self.a3 = n + 3
        self.a4 = n + 4
        self.a5 = n + 5
        self.a6 = n + 6
        self.a7 = n + 7
        self.a8 = n + 8
        self.a9 = n + 9
        self.b0 = n + 10


class Wider(Wide):
    def __init__(self, n):
        super().__init__(n)
        for i in range(20):
            setattr(self, f"c{i}", i)


class Slotted:
    __slots__ = ("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b0", "__dict__")

    __init__ = Wide.__init__


def narrow(n):
    o = Narrow(n)
    o.a2, o.a3, o.a4, o.a5, o.a6, o.a7, o.a8, o.a9, o.b0 = range(n + 2, n + 11)
    return o


def total(o):
    return (
        o.a0 + o.a1 * 2 + o.a2 * 3 + o.a3 * 4 + o.a4 * 5 + o.a5 * 6 + o.a6 * 7 + o.a7 * 8
        + o.a8 * 9 + o.a9 * 10 + o.b0 * 11
    )


def up(o):
    o.a0 += 1
    o.a4 += 1
    o.a5 += 1
    o.a6 += 1
    o.a7 += 1
    o.a8 += 1
    o.a9 += 1
    o.b0 += 1


def moved(to, o):
    o.__class__ = to
    return o


def made_again(o):
    d = o.__dict__
    o.__dict__ = dict(d)
    assert list(d) == list(o.__dict__)
    return o


def emptied(o):
    a5, a8 = o.a5, o.a8
    del o.a5, o.a8
    assert not hasattr(o, "a5") and not hasattr(o, "a8")
    o.a8 = a8
    o.a5 = a5
    if type(o) is not Slotted:
        assert list(vars(o))[-2:] == ["a8", "a5"], vars(o)
    return o


ways = [
    Wide,
    narrow,
    Wider,
    Slotted,
    lambda n: moved(Wide, narrow(n)),
    lambda n: moved(Narrow, Wide(n)),
    lambda n: made_again(Wide(n)),
    lambda n: made_again(moved(Wide, narrow(n))),
    lambda n: emptied(Wide(n)),
    lambda n: emptied(moved(Narrow, Wide(n))),
    lambda n: emptied(Slotted(n)),
]


def run(way, times):
    s = 0
    for n in range(times):
        o = way(n)
        up(o)
        up(o)
        s += total(o)
    return s


for times in 300, 3000:
    for way in ways:
        assert run(way, times) == run(Wide, times)
print(run(Wide, 1000), sorted(vars(Wide(1)).items()) == sorted(vars(narrow(1)).items()))
