"""Characters, slices, comparisons and methods of strs in hot code."""

import sys


class Text(str):
    def __eq__(self, other):
        return "own"

    __hash__ = str.__hash__

    def isalpha(self):
        return "subclass"

    def __getitem__(self, i):
        return "item"


def words(text):
    at = 0
    end = len(text)
    while at < end:
        c = text[at]
        if c == " " or c == "\n":
            at += 1
        elif c.isalpha() or c == "_":
            start = at
            while at < end and (text[at].isalnum() or text[at] == "_"):
                at += 1
            yield text[start:at]
        elif c.isdigit() or c.isspace():
            start = at
            at += 1
            yield text[start:at]
        elif text[at : at + 2] != "==":
            yield text[at - 1 : at + 1]
            at += 1
        else:
            yield text[at : at + 2]
            at += 2


def count(text):
    seen = {}
    for w in words(text):
        seen[w] = seen.get(w, 0) + 1
    return seen


print(count("some text_1 with 42 numbers == and = signs\n" * 200))
for odd in ("", "é_ß ÿ9", "日本語 and 中文 2", "a\U0001f600b 𝔘𝔫𝔦 == 7", "x\ud800y \xa0z\x85"):
    print(ascii(count(odd * 3)))


def pick(s, i):
    total = 0
    c = s[i]
    if c == "x":
        total += 1
    if s != c:
        total += 2
    return total, c, s[i:], s[:i], s[i:-1], s[-3:i], s[i : i + 1], s.find(c), s.strip(c), s.startswith(c, i)


def drive(s, i, n):
    last = None
    for k in range(n):
        last = pick(s, i)
    return last


print(drive("xyz abc", 3, 3000))
for s, i in (("xyz", -1), ("xyz", 0), ("x", 0), ("日本語", 2), ("a\U0001f600b", 1), (Text("abc"), 1), ("xyz", True),
             ("xyz", 10**30), ("xyz", 3), ("", 0), (b"xyz", 1), ([1, 2], 0), ("xyz", "a"), (None, 0)):
    try:
        print(ascii(drive(s, i, 1)))
    except Exception as e:
        t = e.__traceback__
        while t.tb_next:
            t = t.tb_next
        print(type(e).__name__, e, t.tb_lineno, t.tb_frame.f_code.co_name, t.tb_frame.f_locals.get("total"))
print(drive("xyz abc", 5, 3000))


def same(a, b):
    return a == b, a != b, 1 if a == b else 0


def loop(pairs, n):
    out = set()
    for k in range(n):
        for a, b in pairs:
            out.add(same(a, b))
    return out


print(sorted(loop([("a", "a"), ("a", "b"), ("ab", "a" + "b"[:1]), ("ab", "ac"), ("", ""), ("\U0001f600", "\ud83d")], 2000)))
print(same(Text("a"), "a"), same("a", Text("a")), same("a", 1), same(None, "a"), same(1.0, 1))


def methods(s, extra):
    return (s.isalpha(), s.isalnum(), s.isdigit(), s.isspace(), s.upper(), s.split(extra), s.partition("a"),
            s.replace("a", "b"), s.count("a"), s.startswith(("a", "b")))


for k in range(3000):
    r = methods("abc", None)
print(r)
for s in ("", " ", "\x1f", "\x85", "7", "²", "٣", "ª", "aé", "日", "1a", Text("abc")):
    print(ascii(methods(s, "b")))
for extra in ("", 5):
    try:
        methods("abc", extra)
    except (ValueError, TypeError) as e:
        print(e)
for s in (5, None):
    try:
        methods(s, "b")
    except AttributeError as e:
        print(e)


def error(s, n):
    i = 0
    try:
        while True:
            if s[i] == "q":
                return "q"
            i += 1
    except IndexError as e:
        return i, str(e), sys.exc_info()[2].tb_frame.f_locals["i"]


for k in range(500):
    r = error("abcdefgh", k)
print(r, error("abq", 0))
