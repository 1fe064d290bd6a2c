"""marshal reads no further than its object, writes exact types alone, and says what is wrong."""

import io
import marshal

both = io.BytesIO(marshal.dumps([1, "two", 3.0]) + marshal.dumps({4: (5, b"6")}) + b"x")
for _ in range(3):
    try:
        print(marshal.load(both))
    except EOFError as e:
        print(e)
both = io.BytesIO(marshal.dumps(compile("print('run', 2**70)", "f", "exec")) + b"rest")
exec(marshal.load(both))
print(both.read())


class Greedy(io.BytesIO):
    def readinto(self, buffer):
        n = super().readinto(buffer)
        return n + 1000000 if n > 4 else n


class Text:
    def read(self, n):
        return "text"


class Broken:
    def read(self, n):
        return b""

    def readinto(self, buffer):
        raise ValueError(type(buffer).__name__)


class NoNumber(Broken):
    def readinto(self, buffer):
        return "x"


class Empty(Broken):
    def readinto(self, buffer):
        return 0


for file in Greedy(marshal.dumps(1.0)), Text(), Broken(), NoNumber(), Empty(), None:
    try:
        marshal.load(file)
    except (ValueError, TypeError, EOFError, AttributeError) as e:
        print(type(e).__name__, e)

for base in int, float, complex, tuple, list, dict, set, frozenset, str:
    try:
        print(marshal.dumps(type("Sub", (base,), {})()))
    except ValueError as e:
        print(base.__name__, e)

deep = last = []
for _ in range(1998):
    last.append([0])
    last = last[-1]
print(len(marshal.loads(marshal.dumps(deep))))
last.append([0])
for nested in marshal.dumps, lambda o: marshal.loads(b"[\1\0\0\0" * 2000 + b"N"):
    try:
        nested(deep)
    except ValueError as e:
        print(e)

for version in 0, 1:
    data = marshal.dumps([1.5, 1e300, -0.0, float("nan"), 1.5 - 2j], version)
    print(data, marshal.loads(data))
for data in (
    b"", b"[", b"i\1", b"x", b"0", b"r\0\0\0\0", b"[\1\0\0\0", b"[\1\0\0\x000", b"<\1\0\0\x000",
    b"{i\1\0\0\0", b"{i\1\0\0\0" b"0", b"(\xff\xff\xff\xff", b"[\xff\xff\xff\x7f", b"f\3abc",
    b"u\1\0\0\0\xff", b"u\3\0\0\0\xed\xa0\x80", b"?", b":", b"l\1\0\0\0\0\0",
):
    try:
        print(data, ascii(marshal.loads(data)))
    except (ValueError, TypeError, EOFError) as e:
        print(data, type(e).__name__, e)

code = marshal.loads(marshal.dumps(compile("def f(): pass", "some file", "exec")))
print(code.co_filename is code.co_consts[0].co_filename)
