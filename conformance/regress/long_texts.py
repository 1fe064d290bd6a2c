# long texts are split and change case in ways of their own: against a character at a time
import random
random.seed(7)
PARTS = ["a", "bb", "word", "eightlet", "longerwordthan8", " ", "\n", "\t  ", "\x1f", "\x1c", "\0", "a\0", "\x01", ",", "?", "Zz", "@[`{"]
OTHERS = ["\xe9", "\x85", "\u2003", "\xdf", "\u03a3", "\ud800", "\U00010400"]
def words(s):
    found, word = [], ""
    for c in s + " ":
        if not c.isspace():
            word += c
        elif word:
            found.append(word)
            word = ""
    return found
for round in range(400):
    parts = PARTS + OTHERS[: round % 8]
    s = "".join(random.choice(parts) for _ in range(random.randrange(400)))
    assert s.split() == words(s), ascii(s)
    assert " ".join(s.split(None, 2)).split() == words(s), ascii(s)
    assert ",".join(s.split(",")) == s and len(s.split(",")) == s.count(",") + 1
    assert "".join(s.split(",")) == s.replace(",", "")
    assert s.upper() == "".join(c.upper() for c in s), ascii(s)
    if "\u03a3" not in s:
        assert s.lower() == "".join(c.lower() for c in s), ascii(s)
for s in ("", "x", " x ", "x" * 2000, " " * 2000):
    print(len(s), len(s.split()), len(s.split("x")), len(s.split(None, 1)), s.split() == [s])
for bad in ("", 1, b""):
    try:
        "text".split(bad)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
class Text(str): pass
print([type(p).__name__ for p in Text("a").split() + Text("a").split(",") + Text("a b").split(None, 0)])
