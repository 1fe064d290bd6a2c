"""Of which built-in classes, and of which classes below them, weak references can be made."""

import array
import collections
import functools
import io
import struct
import threading
import types
import weakref

for base in (
    *(BaseException, ValueError, OSError, StopIteration, SyntaxError, KeyError, ExceptionGroup),
    *(object, int, dict, list, set, frozenset, str, tuple, bytes, float, bytearray, type),
    *(types.ModuleType, collections.deque, collections.OrderedDict, io.StringIO, io.FileIO),
    *(threading.local, functools.partial, array.array, property, staticmethod, classmethod),
    struct.Struct,
):
    print(base.__name__, base.__weakrefoffset__ != 0, end=" ")
    for body in {"__slots__": ("__weakref__",)}, {"__slots__": ("a",)}, {}:
        try:
            made = type(base)("Made", (base,), body)
            print(made.__weakrefoffset__ != 0, end=" ")
        except TypeError as e:
            print(e, end=" ")
    print()

for thing in ValueError(), staticmethod(len), classmethod(len), 3, type("Int", (int,), {})(3):
    try:
        weakref.ref(thing)
    except TypeError as e:
        print(e)
