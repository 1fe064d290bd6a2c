"""Attributes in hot code: shapes and classes change under it."""

import gc
import threading
import weakref


class Base:
    kind = "base"

    def __init__(self, n):
        self.a = n
        self.b = n + 1
        self.c = n + 2
        self.d = n + 3
        self.e = n + 4
        self.f = n + 5

    def name(self):
        return "base"


class Sub(Base):
    def name(self):
        return "sub"


class Other:
    def __init__(self, n):
        self.f = n
        self.e = 2 * n
        self.a = 3 * n

    def name(self):
        return "other"


class Many:
    def __init__(self):
        for i in range(40):
            setattr(self, f"x{i}", i)
        self.e = 1
        self.f = 2
        self.a = 3

    def name(self):
        return "many"


def total(o):
    return o.a + o.e + o.f


def bump(o):
    o.e += 1
    o.f = o.e
    return o.f


def named(o):
    return o.name()


def many(o):
    return total(o), bump(o), named(o)


def warm(objects, turns=700):
    for _ in range(turns):
        for o in objects:
            total(o)
            bump(o)
            named(o)


objects = [Base(1), Sub(2), Other(3), Many()]
warm(objects)
print([many(o) for o in objects])

# Attributes that go, come back, and come in another order.
o = objects[0]
del o.e
try:
    total(o)
except AttributeError as e:
    print(e)
o.e = 1000
print(many(o), list(vars(o)))

# The class has a say.
Base.name = lambda self: "changed"
print(named(objects[0]), named(objects[1]))
del Sub.name
print(named(objects[1]))
Sub.f = property(lambda self: -1, lambda self, v: print("set", v))
print(total(objects[1]), bump(objects[1]))
del Sub.f
print(many(objects[1]))
objects[0].name = lambda: "own"
print(named(objects[0]))
del objects[0].name
print(named(objects[0]))
Other.__getattribute__ = lambda self, name: 7 if name == "a" else object.__getattribute__(self, name)
print(total(objects[2]))
del Other.__getattribute__
print(total(objects[2]))

# Another class, another dict.
objects[0].__class__ = Sub
print(many(objects[0]))
objects[0].__dict__ = {"a": 1, "e": 2, "f": 3}
print(many(objects[0]), vars(objects[0]))
Base.__setattr__ = lambda self, name, v: object.__setattr__(self, name, v * 10)
print(bump(objects[1]), vars(objects[1])["e"])
del Base.__setattr__
print(bump(objects[1]), vars(objects[1])["e"])


# Bases change.
class Left:
    def name(self):
        return "left"


class Right:
    def name(self):
        return "right"


class Both(Left):
    def __init__(self):
        self.a = self.e = self.f = 1


both = [Both()]
warm(both)
print(named(both[0]))
Both.__bases__ = (Right,)
print(named(both[0]))


# Hot code keeps no class alive.
def short():
    class Short:
        def __init__(self):
            self.a = self.e = self.f = 1

        def name(self):
            return "short"

    warm([Short()], 100)
    return weakref.ref(Short)


dead = [short() for _ in range(5)]
gc.collect()
gc.collect()
print([r() for r in dead])
print([many(o) for o in objects])


# A change that is complete is seen by all threads.
class Counter:
    step = 0

    def value(self):
        return 0


def read(c):
    return c.value()


def make(n):
    return lambda self: n


def watch(c, changed, seen):
    while not changed.is_set():
        read(c)
    seen.append(read(c))


wrong = 0
for n in range(1, 12):
    c = Counter()
    changed = threading.Event()
    seen = []
    threads = [threading.Thread(target=watch, args=(c, changed, seen)) for _ in range(2)]
    for t in threads:
        t.start()
    for _ in range(300):
        read(c)
    Counter.value = make(n)
    changed.set()
    for t in threads:
        t.join()
    wrong += seen != [n, n]
print("wrong", wrong)
