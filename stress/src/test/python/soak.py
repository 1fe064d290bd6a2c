"""Random operations on one object of every built-in type from several threads at once.

Whatever comes of it, it comes as one of Python's own exceptions, and it comes to an end.
"""

import array
import codecs
import collections
import contextvars
import csv
import datetime
import functools
import hashlib
import io
import itertools
import json
import os
import pickle
import queue
import random
import re
import string
import struct
import sys
import tempfile
import threading
import time
import traceback
import types
import warnings
import weakref
import zlib

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 10
ONLY = sys.argv[2:]
THREADS = 3

warnings.simplefilter("ignore")
FAILURES = []

OK = (
    TypeError, ValueError, LookupError, AttributeError, RuntimeError, StopIteration,
    ArithmeticError, BufferError, OSError, EOFError, AssertionError, MemoryError, ReferenceError,
    ImportError, struct.error, csv.Error, pickle.PickleError,
    zlib.error,
)


class P:
    """Has a comparison in Python."""

    def __init__(self, v=0):
        self.v = v

    def __eq__(self, other):
        return isinstance(other, P) and self.v == other.v

    def __hash__(self):
        return self.v

    def __lt__(self, other):
        return self.v < other.v


class A:
    def m(self):
        return 1


class B:
    def m(self):
        return 2


class C(A, B):
    pass


class S:
    __slots__ = ("a", "b", "c", "d", "e", "f", "__weakref__")


def gen():
    yield from range(1000)
    return 5


def vals(r):
    """Any argument."""
    return r.choice(
        [0, 1, -1, 2, 3, 5, -5, 100, "a", "b", "c", "abc", b"x", b"abc", None, True, 1.5, (1, 2)]
        + [[1, 2, 3], {"a": 1}, {1, 2}, slice(0, 2), slice(None, None, -1), slice(1, None, 2)]
        + [P(1), P(2), range(4), bytearray(b"zz"), io.StringIO("a\nb"), str, int, lambda *a: 0]
    )


# What makes classes or waits for ever.
SKIP = {
    "__class__", "__init_subclass__", "__subclasshook__", "__del__", "__new__", "__init__",
    "__reduce__", "__reduce_ex__", "__getstate__", "_randbelow", "_randbelow_with_getrandbits",
    "_randbelow_without_getrandbits",
}


def make_targets():
    def f(x=1, *, y=2): return x
    def mk_io():
        return io.BytesIO(b'hello\nworld\n' * 10)
    td = tempfile.mkdtemp()
    fn = os.path.join(td, 'f')
    open(fn, 'wb').write(b'line\n' * 100)
    T = {
     'list': lambda: [1, 2, 3, 'a', P(1)] * 3,
     'intlist': lambda: list(range(50)),
     'dict': lambda: {i: i for i in range(10)} | {'a': 1, P(1): 2},
     'set': lambda: set(range(10)) | {'a', P(1)},
     'deque': lambda: collections.deque(range(10)),
     'dequemax': lambda: collections.deque(range(5), 5),
     'od': lambda: collections.OrderedDict.fromkeys(range(10)),
     'dd': lambda: collections.defaultdict(list, {1: [2]}),
     'counter': lambda: collections.Counter('abcabc'),
     'chainmap': lambda: collections.ChainMap({1: 2}, {3: 4}),
     'bytearray': lambda: bytearray(b'hello world' * 3),
     'array': lambda: array.array('i', range(20)),
     'memoryview': lambda: memoryview(bytearray(b'hello world')),
     'instdict': lambda: A().__dict__,
     'frozenset': lambda: frozenset('abc'),
     'bytesio': mk_io,
     'stringio': lambda: io.StringIO('hello\nworld\n' * 5),
     'bufr': lambda: io.BufferedReader(io.BytesIO(b'hello\nworld' * 1000)),
     'bufw': lambda: io.BufferedWriter(io.BytesIO()),
     'bufrw': lambda: io.BufferedRandom(io.BytesIO(b'abc\n' * 1000)),
     'text': lambda: io.TextIOWrapper(io.BytesIO(b'abc\n' * 1000), 'utf-8'),
     'filerw': lambda: open(fn, 'r+b'),
     'filetext': lambda: open(fn, 'r+'),
     'fileio': lambda: io.FileIO(fn, 'r+'),
     'gen': gen,
     'liter': lambda: iter([1, 2, 3] * 100),
     'diter': lambda: iter(dict.fromkeys(range(1000))),
     'siter': lambda: iter(set(range(1000))),
     'enum': lambda: enumerate([1, 2, 3] * 100),
     'zip': lambda: zip(range(1000), itertools.count()),
     'map': lambda: map(lambda x: x, range(1000)),
     'reversed': lambda: reversed([1] * 1000),
     'count': lambda: itertools.count(),
     'cycle': lambda: itertools.cycle([1, 2, 3]),
     'chain': lambda: itertools.chain([1, 2], [3] * 1000),
     'tee': lambda: itertools.tee(iter(range(1000)))[0],
     'groupby': lambda: itertools.groupby([1, 1, 2, 2] * 200),
     'islice': lambda: itertools.islice(range(1000), 500),
     'product': lambda: itertools.product(range(10), repeat=3),
     'perm': lambda: itertools.permutations(range(6)),
     'comb': lambda: itertools.combinations(range(12), 4),
     'cwr': lambda: itertools.combinations_with_replacement(range(6), 4),
     'ziplong': lambda: itertools.zip_longest(range(100), range(1000)),
     'acc': lambda: itertools.accumulate(range(1000)),
     'batched': lambda: itertools.batched(range(1000), 3),
     'pairwise': lambda: itertools.pairwise(range(1000)),
     'inst': lambda: C(),
     'slots': lambda: S(),
     'cls': lambda: type('K', (A,), {}),
     'func': lambda: f,
     'partial': lambda: functools.partial(int, '3'),
     'lru': lambda: functools.lru_cache(maxsize=3)(lambda *a: len(a)),
     'exc': lambda: ValueError(1, 2),
     'excgroup': lambda: ExceptionGroup('x', [ValueError(1)]),
     'ns': lambda: types.SimpleNamespace(a=1),
     'module': lambda: types.ModuleType('mm'),
     'wvd': lambda: weakref.WeakValueDictionary(),
     'wkd': lambda: weakref.WeakKeyDictionary(),
     'ws': lambda: weakref.WeakSet(),
     'random': lambda: random.Random(3),
     'pattern': lambda: re.compile('a(b)?c'),
     'scanner': lambda: re.compile('a').scanner('aaa' * 100),
     'match': lambda: re.match('a(b)', 'ab'),
     'ctx': lambda: contextvars.copy_context(),
     'cv': lambda: contextvars.ContextVar('x'),
     'hash': lambda: hashlib.sha256(b'x'),
     'md5': lambda: hashlib.md5(b'x'),
     'struct': lambda: struct.Struct('<ii'),
     'dt': lambda: datetime.datetime.now(),
     'csvw': lambda: csv.writer(io.StringIO()),
     'csvr': lambda: csv.reader(iter(['a,b,c'] * 1000)),
     'pickler': lambda: pickle.Pickler(io.BytesIO()),
     'unpickler': lambda: pickle.Unpickler(io.BytesIO(pickle.dumps([1, 2, {'a': (1, 2)}]) * 200)),
     'jsonenc': lambda: json.JSONEncoder(),
     'jsondec': lambda: json.JSONDecoder(),
     'code': lambda: f.__code__,
     'property': lambda: property(len),
     'cell': lambda: types.CellType(1),
     'mproxy': lambda: types.MappingProxyType({1: 2}),
     'tmpl': lambda: string.Template('$a'),
     'dictview': lambda: {1: 2, 3: 4}.keys(),
     'dictitems': lambda: {1: 2, 3: 4}.items(),
     'bytes': lambda: b'abc', 'str': lambda: 'abc\U0001f600', 'int': lambda: 10**30, 'tuple': lambda: (1, 2, 'a'),
     'userlist': lambda: collections.UserList([1, 2]),
     'newline': lambda: io.IncrementalNewlineDecoder(None, True),
     'zlibc': lambda: zlib.compressobj(),
     'zlibd': lambda: zlib.decompressobj(),
     'incdec': lambda: codecs.getincrementaldecoder('utf-8')(),
    }
    return T
def arguments(name, method, r):
    if method in ("__mul__", "__imul__", "__rmul__", "__pow__", "__rpow__", "__lshift__"):
        return [r.choice([0, 1, 2])]
    if method in ("ljust", "rjust", "center", "zfill"):
        return [3]
    return [vals(r) for _ in range(r.choice([0, 0, 1, 1, 1, 2, 3]))]


def some(it):
    return list(itertools.islice(it, 20))


def syntax(o, r, name):
    """An operation that has a syntax of its own."""
    match r.randrange(16):
        case 0 | 1:
            some(iter(o))
        case 2:
            len(o)
        case 3:
            repr(o)
        case 4:
            o[vals(r)]
        case 5:
            o[vals(r)] = vals(r)
        case 6:
            del o[vals(r)]
        case 7 | 8:
            next(o)
        case 9 | 10:
            setattr(o, r.choice("abcdef"), vals(r))
        case 11:
            delattr(o, r.choice("abcdef"))
        case 12:
            hash(o)
            o == o
        case 13:
            vars(o).update(x=1)
        case 14 if name == "inst":
            o.__class__ = r.choice([A, B, C])
        case 15 if name == "inst":
            o.__dict__ = {"z": 1}
        case _:
            weakref.ref(o)


def step(o, methods, r, name):
    if r.random() < 0.5:
        syntax(o, r, name)
        return
    method = r.choice(methods)
    f = getattr(o, method)
    if callable(f):
        result = f(*arguments(name, method, r))
        if hasattr(result, "__next__"):
            some(result)


def run(name, make, seconds):
    current = [make()]
    methods = [n for n in dir(current[0]) if n not in SKIP]
    end = time.monotonic() + seconds

    def renew():
        while time.monotonic() < end:
            time.sleep(0.02)
            current[0] = make()

    def work(seed):
        r = random.Random(seed)
        while time.monotonic() < end:
            for _ in range(20):
                try:
                    step(current[0], methods, r, name)
                except OK:
                    pass
                except BaseException:
                    FAILURES.append(name)
                    traceback.print_exc()

    threads = [threading.Thread(target=work, args=(k,), daemon=True) for k in range(THREADS)]
    threads.append(threading.Thread(target=renew, daemon=True))
    for t in threads:
        t.start()
    for t in threads:
        t.join(seconds + 30)
        if t.is_alive():
            print(name, "hangs", flush=True)
            os._exit(3)


TARGETS = make_targets()
NAMES = ONLY or list(TARGETS)
for name in NAMES:
    run(name, TARGETS[name], SECONDS / len(NAMES))
if FAILURES:
    sys.exit(f"failures: {FAILURES}")
print("ok")
