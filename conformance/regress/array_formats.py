"""Arrays from the formats of other machines, as pickles bring them, characters that are none, comparisons."""

import warnings
from array import _array_reconstructor, array

warnings.simplefilter("ignore", DeprecationWarning)


def show(*what, of):
    try:
        found = ascii(of())
    except Exception as e:
        found = repr(e)
    print(*what, found)


PIECES = (
    b"abc",
    b"\xff" * 8,
    b"\x80" + bytes(7),
    "a\xe9\U0001f600".encode("utf-16-le"),
    b"\x00\xd8a\x00",
    b"\xff\xfe\x00\x00a\x00\x00\x00",
)
for typecode in "qwd":
    for format in range(22):
        for data in PIECES:
            show(typecode, format, data, of=lambda: _array_reconstructor(array, typecode, format, data))

for typecode in "uw":
    for data in (
        b"\xff\xff\xff\xff",
        b"\xff\xfe\x00\x00a\x00\x00\x00",
        b"\x00\x00\xfe\xff\x00\x00\x00a",
        b"\x00\xd8\x00\x00\x00\xdc\x00\x00",
        b"\x00\x00\x11\x00",
    ):
        text = array(typecode, data)
        show(typecode, data, "repr", of=lambda: repr(text))
        show(typecode, data, "tounicode", of=lambda: text.tounicode())
        show(typecode, data, "item", of=lambda: text[-1])
        show(typecode, data, "list", of=lambda: text.tolist())
        show(typecode, data, "in", of=lambda: "a" in text)
        show(typecode, data, "==", of=lambda: text == array(typecode, "ab"))

for typecode in "bBhHiIlLqQfdu":
    size = array(typecode).itemsize
    items = [array(typecode, data * size) for data in (b"", b"\x00", b"\x01", b"\x7f", b"\x80", b"\xff")]
    items += [items[i] + items[k] for i in (1, 4) for k in (2, 5)]
    print(
        typecode,
        "".join(str(int(o)) for a in items for b in items for o in (a == b, a != b, a < b, a <= b, a > b, a >= b)),
    )
print(array("i", [1, 2]) == array("d", [1.0, 2.0]), array("b", [-1]) < array("Q", [1]))
nan = array("d", [float("nan")])
print(nan == nan, nan != nan, nan < nan)
