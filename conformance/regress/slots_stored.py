# Stores to attributes of __slots__ in code that is hot: empty, filled, deleted, of subclasses with
# and without a dict, of many slots, after the class has changed, from several threads.
import threading


class Two:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a = a
        self.b = b


class WithDict(Two):
    def __init__(self, a, b, c):
        super().__init__(a, b)
        self.c = c


class Many:
    __slots__ = tuple("abcdefghijklmnop")

    def __init__(self, v):
        self.a = self.b = self.c = self.d = self.e = v
        self.f = self.g = self.h = v + 1
        self.o = self.p = v + 2


class Weak:
    __slots__ = ("x", "__weakref__", "__dict__")

    def __init__(self, x):
        self.y = x + 1
        self.x = x


def make(n):
    total = 0
    for i in range(n):
        t = Two(i, -i)
        w = WithDict(i, 1, 2)
        m = Many(i)
        k = Weak(i)
        total += t.a + t.b + w.a + w.b + w.c + m.a + m.e + m.f + m.p + k.x + k.y
    return total


print(make(10), make(30_000))
w = WithDict(1, 2, 3)
print(w.__dict__, Weak(5).__dict__, hasattr(Many(1), "n"))


def store(o, v):
    o.a = v


def refill(n):
    t = Two(0, 0)
    seen = []
    for i in range(n):
        store(t, i)
        if i % 1000 == 0:
            del t.a
            try:
                t.a
            except AttributeError as e:
                seen.append(str(e))
            try:
                del t.a
            except AttributeError as e:
                seen.append(str(e))
            store(t, -1)
            seen.append(t.a)
    return t.a, len(seen), seen[:3]


print(refill(30_000))


class Plain:
    pass


class ReadOnly:
    __slots__ = ("_a",)
    a = property(lambda self: self._a)


def each(objects, n):
    for i in range(n):
        for o in objects:
            try:
                store(o, i)
            except AttributeError as e:
                last = str(e)
    return last


objects = [Two(1, 2), WithDict(1, 2, 3), Many(1), Plain(), ReadOnly()]
print(each(objects, 3_000), [getattr(o, "a", None) for o in objects[:4]])

# The class changes: the slot is hidden by a property, by a plain value, and is back again.
member = Two.__dict__["a"]
stored = []
t = Two(7, 8)
Two.a = property(lambda self: "from the property", lambda self, v: stored.append(v))
store(t, 1)
print(t.a, stored, member.__get__(t))
Two.a = "of the class"
try:
    store(t, 2)
except AttributeError as e:
    print(e)
print(t.a)
Two.a = member
store(t, 3)
print(t.a)
Two.__setattr__ = lambda self, name, v: stored.append((name, v))
store(t, 4)
print(t.a, stored[-1])
del Two.__setattr__
store(t, 5)
print(t.a)


class Same:
    __slots__ = ("a", "b")


t.__class__ = Same
store(t, 6)
print(type(t).__name__, t.a, t.b)
try:
    store(object(), 1)
except AttributeError as e:
    print(e)


# Threads: what is stored last by each is there, and no store is lost to another slot.
shared = [Many(0) for _ in range(50)]


def fill(name):
    for i in range(200):
        for m in shared:
            setattr(m, name, i)
            if name == "i":
                m.i = i
            elif name == "j":
                m.j = i
            elif name == "k":
                m.k = i
            else:
                m.n = i


threads = [threading.Thread(target=fill, args=(c,)) for c in "ijkn"]
for x in threads:
    x.start()
for x in threads:
    x.join()
print({(m.i, m.j, m.k, m.n) for m in shared})
