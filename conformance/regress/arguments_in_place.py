# Calls with keywords and with defaults in code that is hot: of functions, methods and functions of
# modules, while defaults change, and where the arguments do not fit.
import sys
import types


def two(a, b=10):
    return a - b


def named(a, *, c=2, d):
    return a * c - d


def only(a, /, b, *, c=3):
    return (a, b, c)


def floats(x, y=0.5):
    return x * y


class C:
    def method(self, a, b=1, *, c=5):
        return a + b + c

    @staticmethod
    def static(a, b=2):
        return a - b

    @classmethod
    def made(cls, a, b=3):
        return (cls.__name__, a, b)


module = types.ModuleType("module")
exec("def inside(a, b=4, *, c=6):\n    return a + b * c", module.__dict__)
o = C()


def rounds(n):
    total = 0
    for i in range(n):
        total += two(i) + two(b=i, a=3) + two(i, b=2) + two(a=i)
        total += named(i, d=1) + named(d=i, c=1, a=2) + named(a=1, d=2)
        total += o.method(i) + o.method(i, c=1) + o.method(b=i, a=2) + o.method(i, 2, c=3)
        total += o.static(i) + C.static(b=i, a=1) + C.method(o, i, b=2)
        total += module.inside(i) + module.inside(a=i, c=2) + module.inside(i, 1, c=i)
        total += only(i, 2)[2] + only(i, b=i)[1] + only(1, c=i, b=0)[2]
        total += floats(2.0) + floats(y=1.5, x=2) + floats(i)
    return total


def leaf(i):
    return two(i) + named(i, d=1) + o.method(i, c=2) + module.inside(i, c=1) + floats(i)


def leaves(n):
    return sum(leaf(i) for i in range(n))


print(rounds(3), rounds(20_000), leaves(20_000))
print([C.made(b=1, a=2), o.made(1)])

# Defaults that change.
two.__defaults__ = (100,)
named.__kwdefaults__["c"] = 7
print(rounds(2_000), leaves(2_000))
named.__kwdefaults__ = {"c": 1, "d": 50}
module.inside.__defaults__ = (9,)
print(rounds(2_000), leaves(2_000), named(5))


def call_two():
    return two(1)


def call_named():
    return named(1)


def call_wrong():
    return two(1, c=3)


def call_twice():
    return two(1, a=3)


def call_only():
    return only(a=1, b=2)


def call_many():
    return two(1, 2, 3)


def tried(f):
    for _ in range(3_000):
        try:
            result = f()
        except TypeError as e:
            result = str(e)
    return result


for f in call_two, call_named, call_wrong, call_twice, call_only, call_many:
    print(tried(f))
two.__defaults__ = None
del named.__kwdefaults__["d"]
for f in call_two, call_named:
    print(tried(f))
named.__kwdefaults__ = None
print(tried(call_named))
two.__defaults__ = (1, 2, 3)
print(tried(lambda: two()), two.__defaults__)
two.__defaults__ = (10,)
named.__kwdefaults__ = {"c": 2}


# A function takes the place of another one, a class that of a function.
def shown(n, f):
    r = []
    for i in range(n):
        r.append(f(i, b=2))
    return r[0], r[-1]


def other(b, a):
    return (a, b)


def swapped(a, b):
    return (a, b)


class Made:
    def __init__(self, a, b=5):
        self.pair = (a, b)

    def __repr__(self):
        return f"Made{self.pair}"


print(shown(5_000, swapped), shown(100, Made), shown(100, lambda *args, **names: (args, names)))
try:
    shown(100, other)
except TypeError as e:
    print(e)


# What the callee raises, and who calls.
def raises(a, *, b=0):
    if a == 4_000:
        raise ValueError(sys._getframe(1).f_code.co_name, sys._getframe(1).f_locals["i"], b)
    return a


def calling(n):
    for i in range(n):
        raises(i, b=i + 1)


try:
    calling(5_000)
except ValueError as e:
    print(e.args, e.__traceback__.tb_next.tb_frame.f_locals["i"])


def traced(n):
    for i in range(n):
        two(i, b=i)
    return n


traced(3_000)
events = []
sys.settrace(lambda frame, event, arg: events.append((event, frame.f_code.co_name, dict(frame.f_locals))))
traced(2)
sys.settrace(None)
print(events)
