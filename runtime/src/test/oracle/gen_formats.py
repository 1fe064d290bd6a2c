"""Prints cases for FormatTest: run with CPython 3.14. See gen_numbers.py. Usage: COUNT SEED"""
import _string
import random
import sys

from gen_numbers import case


def shown(v):
    if v is None:
        return "-"
    if isinstance(v, bool):
        return str(v)
    if isinstance(v, float):
        return "f" + v.hex()
    if isinstance(v, int):
        return "i" + str(v)
    return "s" + v


class Dict(dict):
    def __repr__(self):
        return "{...}"


Dict.__name__ = Dict.__qualname__ = "dict"
Dict.__module__ = "builtins"


def main(count, seed):
    r = random.Random(seed)

    def value():
        return r.choice([0, 1, -5, 255, 65, 2**40, -2**70, 0x10ffff, 0x110000, 1.5, -0.25, 1e300,
                         "a", "abc", "", "\u00e9\U0001f600"])

    def percent(fmt, args, dic):
        def run():
            return fmt % (Dict({"a": args[0], "b(c)": args[-1]}) if dic else args)
        case("pct", run, "d" if dic else "t", "\x02".join(map(shown, args)), fmt)

    def percent_bytes(fmt, args, dic):
        args = [a.encode("latin1", "replace") if isinstance(a, str) else a for a in args]

        def run():
            b = fmt.encode("latin1")
            t = tuple(args)
            return (b % (Dict({b"a": t[0], b"b(c)": t[-1]}) if dic else t)).decode("latin1")
        case("pctb", run, "d" if dic else "t", "\x02".join(
            "b" + a.decode("latin1") if isinstance(a, bytes) else shown(a) for a in args), fmt)

    def a_format(b):
        s = ""
        for _ in range(r.randrange(1, 4)):
            s += r.choice(["", "x", "%%", "\u00e9"])
            s += "%"
            if r.random() < 0.15:
                s += r.choice(["(a)", "(a)", "(b(c))", "(", "(a"])
            while r.random() < 0.35:
                s += r.choice("-+ #0")
            k = r.random()
            if k < 0.35:
                s += str(r.randrange(30))
            elif k < 0.45:
                s += "*"
            k = r.random()
            if k < 0.3:
                s += "." + str(r.randrange(12))
            elif k < 0.37:
                s += "." + r.choice(["*", ""])
            if r.random() < 0.05:
                s += r.choice("hlL")
            if r.random() < 0.97:
                s += r.choice("sracdiuoxXeEfFgG" + ("b" if b else "") + ("%zb" + ("" if b else "\u00e9")
                              if r.random() < 0.05 else ""))
        return s

    for _ in range(count):
        fmt = a_format(False)
        n = max(1, fmt.count("%") - 2 * fmt.count("%%") + fmt.count("*"))
        if r.random() < 0.1:
            n = r.randrange(1, 4)
        percent(fmt, tuple(value() for _ in range(n)), "(" in fmt or r.random() < 0.05)
        fmt = a_format(True)
        n = max(1, fmt.count("%") - 2 * fmt.count("%%") + fmt.count("*"))
        percent_bytes(fmt, [value() for _ in range(n)], "(" in fmt or r.random() < 0.05)
        s = "".join(r.choice(["{", "}", "{", "}", "{}", "{a}", "[", "]", "!", ":", ".", "a", "0",
                              "!r", "\U0001f600"]) for _ in range(r.randrange(9)))

        def fields():
            return "|".join(";".join(shown(x) for x in t) for t in _string.formatter_parser(s))
        case("fields", fields, s)
        s = "".join(r.choice(["a", "0", "12", ".", "[", "]", ".b", "[c]", "[3]", "\uff11"])
                    for _ in range(r.randrange(6)))

        def split():
            first, rest = _string.formatter_field_name_split(s)
            return shown(first) + "|" + "|".join(shown(a) + ";" + shown(b) for a, b in rest)
        case("split", split, s)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
