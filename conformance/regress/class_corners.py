# Layouts, orders and descriptors of classes that were wrong once.
import gc
import types
import weakref


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__ + ": " + str(error))


class Base:
    __slots__ = ["a"]


class Twin:
    __slots__ = ["a"]


class OfBase(Base):
    __slots__ = ["b"]


class OfTwin(Twin):
    __slots__ = ["b"]


def assign(instance, cls):
    instance.__class__ = cls
    return type(instance).__name__


attempt(lambda: assign(Base(), Twin))
attempt(lambda: assign(OfBase(), OfTwin))


class Lost(type):
    def mro(cls):
        return (object,)


attempt(lambda: Lost("A", (), {}))


class Early(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ != "X":
            attempt(lambda: Early("X", (cls,), {}))
        return type.mro(cls)


Early("A", (), {})


class Own:
    __dict__ = property(lambda self: {"own": 1})


print(vars(Own()))


class Native(list):
    __new__ = object.__new__


print(Native())
attempt(lambda: types.UnionType.__new__(types.UnionType))
attempt(lambda: iter(int | str))
attempt(lambda: property(len).__get__(None))
print(int.__repr__(True), sum([2 + 1j, 10e100j, 1j, -10e100j]))


def remembered():
    class Kept:
        items = []

    Kept.items.append(Kept)
    return weakref.ref(Kept)


reference = remembered()
gc.collect()
print(reference())
