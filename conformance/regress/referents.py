"""gc.get_referents tells what objects refer to; a closed socket accepts nothing."""

import gc
import socket
import types


class Plain:
    pass


class Slots:
    __slots__ = ("p", "q")


def names(o):
    return sorted(
        repr(x) if isinstance(x, (str, int, type)) else type(x).__name__
        for x in gc.get_referents(o)
    )


plain = Plain()
plain.x = [1]
plain.y = 5
slots = Slots()
slots.p = {2}
print(names(plain), names(slots), names(Plain))
print(names({1, "b"}), names(frozenset([1])), names({1: "a"}), names((1, [])), names(3), names(int))


def outer():
    z = [3]

    def inner():
        return z

    return inner


print(names(outer().__closure__[0]), names([].append), names(types))


def generator():
    yield from other()


def other():
    yield 1


g = generator()
next(g)
print([x for x in gc.get_referents(g) if isinstance(x, types.GeneratorType)] == [g.gi_yieldfrom])


async def asynchronous():
    yield 1


a = asynchronous()
for step in a.asend(None), a.athrow(ValueError):
    print(gc.get_referents(step)[0] is a)
    step.close()

with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    s.listen()
    s.setblocking(False)
for operation in s.accept, lambda: s.recv(1), s.getsockname:
    try:
        operation()
    except OSError as e:
        print(e)
