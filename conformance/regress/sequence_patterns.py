# str, bytes, bytearray and their subclasses are no sequences to match.
import array
import collections


class S(str):
    pass


class B(bytes):
    pass


class L(list):
    pass


class D(collections.UserList):
    pass


for subject in ("ab", b"ab", bytearray(b"ab"), S("ab"), B(b"ab"), L([1, 2]), D([1, 2]), (1, 2), range(2),
                array.array("i", [1, 2]), memoryview(b"ab"), collections.deque([1, 2]), {1: 2}, {1, 2}, iter([1, 2])):
    match subject:
        case [x, y]:
            print(type(subject).__name__, "two", x, y)
        case [*_]:
            print(type(subject).__name__, "sequence")
        case _:
            print(type(subject).__name__, "none")
