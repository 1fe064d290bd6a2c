"""The same work in one thread and in two: what it does is here, how it is timed in thread_work.py.

Each workload is a function of a number of rounds that shares with the other thread only what a
program would share: code, classes, globals, constants.
"""

import collections
import copy
import dataclasses
import functools
import itertools
import math
import threading


def add(a, b):
    return a + b


def add_default(a, b=1, *, c=2):
    return a + b + c


class Point:
    scale = 3

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def length(self):
        return self.x * self.x + self.y * self.y

    @property
    def total(self):
        return self.x + self.y

    @staticmethod
    def static(x):
        return x

    @classmethod
    def made(cls, x):
        return cls(x, x)


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a = a
        self.b = b


class Base:
    def step(self, x):
        return x + 1


class Derived(Base):
    def step(self, x):
        return super().step(x)


@dataclasses.dataclass
class Record:
    name: str
    number: int
    parts: list = dataclasses.field(default_factory=list)


Pair = collections.namedtuple("Pair", "left right")
LOCAL = threading.local()
SHARED = Point(1, 2)
TABLE = {str(n): n for n in range(100)}
NAMES = list(TABLE)
LIMIT = 1000


def function_calls(n):
    for i in range(n):
        add(i, 1)
        add(i, 2)
        add_default(i)


def keyword_calls(n):
    for i in range(n):
        add(a=i, b=1)
        add_default(i, b=3, c=4)


def star_calls(n):
    args = (1, 2)
    for _ in range(n):
        add(*args)
        add(**{"a": 1, "b": 2})


def attribute_access(n):
    p = Point(1, 2)
    for i in range(n):
        p.x = p.y + i
        p.y = Point.scale


def shared_attribute_reads(n):
    total = 0
    for _ in range(n):
        total += SHARED.x + SHARED.y + SHARED.scale
    return total


def method_calls(n):
    p = Point(1, 2)
    for _ in range(n):
        p.length()
        p.total
        Point.static(1)


def shared_method_calls(n):
    for _ in range(n):
        SHARED.length()
        SHARED.total


def super_calls(n):
    d = Derived()
    for i in range(n):
        d.step(i)


def object_creation(n):
    for i in range(n):
        Point(i, i)
        Point.made(i)


def slotted_creation(n):
    for i in range(n):
        Slotted(i, i)
        object()


def closures(n):
    for i in range(n):

        def inner(x):
            return x + i

        inner(1)


def lambdas_and_partial(n):
    half = functools.partial(add, 1)
    for i in range(n):
        half(i)
        (lambda x: x + 1)(i)


def global_reads(n):
    total = 0
    for _ in range(n):
        total += LIMIT + len(NAMES)
    return total


def dict_work(n):
    d = {}
    for i in range(n):
        k = i & 127
        d[k] = d.get(k, 0) + 1
        if k in d and i & 1:
            del d[k]


def shared_dict_reads(n):
    total = 0
    for i in range(n):
        total += TABLE[NAMES[i % 100]]
    return total


def list_work(n):
    for _ in range(n // 20):
        items = []
        for i in range(10):
            items.append(i)
        items.sort()
        items.pop()
        [x + 1 for x in items]


def set_and_tuple_work(n):
    for i in range(n):
        t = (i, i + 1, 3)
        a, b, _ = t
        {a, b}


def shared_list_reads(n):
    total = 0
    for i in range(n):
        total += len(NAMES[i % 100])
    return total


def count_up(n):
    for i in range(n):
        yield i


def generators(n):
    total = 0
    for x in count_up(n):
        total += x
    return sum(x for x in range(n)) + total


def itertools_work(n):
    total = 0
    for a, b in zip(itertools.count(), itertools.chain(range(n), range(n))):
        total += a + b
    return total


def thread_local_reads(n):
    LOCAL.value = 1
    total = 0
    for _ in range(n):
        total += LOCAL.value
    return total


def dataclass_creation(n):
    for i in range(n):
        Record("a", i)


def dataclass_equality(n):
    a, b = Record("a", 1), Record("a", 1)
    for _ in range(n):
        a == b


def namedtuple_creation(n):
    for i in range(n):
        p = Pair(i, i)
        p.left + p.right


def deep_copy(n):
    record = {"a": [1, 2, (3, 4)], "b": Point(1, [2])}
    for _ in range(n // 20):
        copy.deepcopy(record)


def exceptions(n):
    for _ in range(n):
        try:
            raise ValueError("no")
        except ValueError:
            pass


def strings(n):
    for i in range(n):
        s = f"{i}:{i + 1}"
        s.split(":")
        "-".join(NAMES[:3])


def float_arithmetic(n):
    x = 0.5
    for _ in range(n):
        x = x * 1.000001 + math.sin(x)
    return x


def int_arithmetic(n):
    total = 0
    for i in range(n):
        total = (total * 31 + i) & 0xFFFFFFFF
    return total


def big_ints(n):
    x = 1
    for i in range(n):
        x = (x * 1_000_003 + i) % (1 << 127)
    return x


def context_managers(n):
    lock = threading.Lock()
    for _ in range(n):
        with lock:
            pass


def type_checks(n):
    d = Derived()
    for _ in range(n):
        isinstance(d, Base)
        issubclass(Derived, Base)
        type(d) is Derived


def comparisons_and_sort(n):
    items = [Point(i * 7 % 31, i) for i in range(30)]
    for _ in range(n // 30):
        sorted(items, key=lambda p: p.x)


WORKLOADS = [value for value in list(globals().values()) if callable(value) and getattr(value, "__code__", None)
             and value.__code__.co_varnames[:1] == ("n",) and value is not count_up]
