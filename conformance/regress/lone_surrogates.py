"""Halves of surrogate pairs are code points like any other until they are to become bytes."""

TEXTS = ["\udcdc", "x\udcdcy", "\ud800", "?\udfff", "\ud800\udc00", "\U00010000\ud800", "is this all?"]

for text in TEXTS:
    print(ascii(text), len(text), ascii(text[::-1]), ascii(text.upper()))
    for encoding in ("utf-8", "utf-16-le", "utf-32-be", "ascii", "latin-1"):
        for errors in ("strict", "surrogatepass", "surrogateescape", "replace", "backslashreplace"):
            try:
                print(" ", encoding, errors, text.encode(encoding, errors))
            except UnicodeEncodeError as e:
                print(" ", encoding, errors, ascii(str(e)))

for make in (
    lambda: type("A\udcdcB", (), {}),
    lambda: type("A", (), {"__doc__": "x\udcdcy"}),
    lambda: bytes("\ud800", "utf-8"),
    lambda: open("\ud800"),
    lambda: compile("'\ud800'", "f", "eval"),
):
    try:
        print(make())
    except UnicodeEncodeError as e:
        print(type(e).__name__, ascii(str(e)))
