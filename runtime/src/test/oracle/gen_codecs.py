"""Prints cases for CodecTest: run with CPython 3.14. Usage: gen_codecs.py COUNT SEED"""
import codecs
import random
import sys
import warnings

from gen_numbers import esc

warnings.simplefilter("ignore")
calls = []


def custom(e):
    calls.append("%s %d %d %s" % (e.encoding, e.start, e.end, e.reason))
    if isinstance(e, UnicodeDecodeError):
        return "<\u20ac>", e.end
    return ("<>", e.end) if e.start % 2 else (b"\x01\x02\x03\x04", e.end)


codecs.register_error("custom", custom)

DECODERS = {
    "utf-8": codecs.utf_8_decode, "utf-7": codecs.utf_7_decode,
    "utf-16": codecs.utf_16_ex_decode, "utf-16-le": codecs.utf_16_le_decode,
    "utf-16-be": codecs.utf_16_be_decode, "utf-32": codecs.utf_32_ex_decode,
    "utf-32-le": codecs.utf_32_le_decode, "utf-32-be": codecs.utf_32_be_decode,
    "unicode_escape": codecs.unicode_escape_decode,
    "raw_unicode_escape": codecs.raw_unicode_escape_decode,
}
ENCODERS = ["utf-8", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le",
            "utf-32-be", "unicode_escape", "raw_unicode_escape", "ascii", "latin-1", "charmap"]
ERRORS = ["strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass",
          "custom", "xmlcharrefreplace", "namereplace"]
TABLE = "".join(map(chr, range(128))) + "\u20ac\ufffe\u201a\U0001f600" + "\xe9" * 20


def hexed(b):
    return b.decode("latin1")


def run(row, f):
    calls.clear()
    try:
        result = "=" + f()
    except UnicodeError as e:
        result = "!%s %d %d %s" % (e.encoding, e.start, e.end, e.reason)
    except Exception as e:
        result = "!" + type(e).__name__ + ": " + str(e)
    print("\t".join(esc(x) for x in row + [";".join(calls), result]))


def main(count, seed):
    r = random.Random(seed)

    def some_bytes(codec):
        if codec == "utf-8":
            parts = [b"a", b"\xc3\xa9", b"\xe2\x82\xac", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xed",
                     b"\xed\xa0", b"\xe2\x82", b"\xf0\x9f\x98", b"\xf4\x90", b"\xc0", b"\xff", b"\x80",
                     b"\xe0\x80", b"\xf0\x80", b"\xe2", b"\xf0"]
        elif codec == "utf-7":
            parts = [b"a", b"+", b"-", b"+AGE", b"2AA", b"3AA", b"AGE", b"F", b"\xff", b"!", b"\\",
                     b"AAAA", b"+-"]
        elif "escape" in codec:
            parts = [b"\\", b"x", b"u", b"U", b"N", b"{", b"}", b"4", b"12", b"a", b"0000", b"DIGIT ONE",
                     b"\\u12", b"\\U0001", b"F600", b"\xe9", b"\\N{", b"LF}", b"\n", b"7", b"\\q", b"g"]
        else:
            parts = [b"a\0", b"\0a", b"\0\xd8", b"\0\xdc", b"\xd8\0", b"\xdc\0", b"\xff\xfe", b"\xfe\xff",
                     b"a", b"\0\0", b"\0", b"\0\x01", b"\x01\0", b"\x11\0"]
        return b"".join(r.choice(parts) for _ in range(r.randrange(7)))

    def some_text():
        s = "".join(r.choice("ab+-~\\\n\x80\xe9\xff\u20ac\u1234\ud800\udc80\udcff\udc00\uffff"
                             "\U0001f600\U0010ffff") for _ in range(r.randrange(8)))
        # The case file can't tell two such surrogates from one character.
        return "".join(
            c + "_" if c == "\ud800" and n in ("\udc80", "\udcff", "\udc00") else c
            for c, n in zip(s, s[1:] + " "))

    for _ in range(count):
        errors = r.choice(ERRORS)
        codec = r.choice(list(DECODERS) + ["utf-8"])
        b = some_bytes(codec)
        last = r.random() < 0.5

        def decode():
            args = (0, last) if codec in ("utf-16", "utf-32") else (last,)
            text, n, *rest = DECODERS[codec](b, errors, *args)
            return "%s|%d%s" % (text, n, "".join("|%d" % x for x in rest))
        run(["dec", codec, errors, str(last), hexed(b)], decode)
        b = bytes(r.choice(b"ab\x00\x7f\x80\x81\x82\x83\xe9\xff") for _ in range(r.randrange(6)))
        codec = r.choice(["ascii", "charmap"])
        run(["dec1", codec, errors, hexed(b)],
            lambda: (codecs.ascii_decode(b, errors) if codec == "ascii"
                     else codecs.charmap_decode(b, errors, TABLE))[0])
        s = some_text()
        codec = r.choice(ENCODERS)
        run(["enc", codec, errors, s], lambda: hexed(
            codecs.charmap_encode(s, errors, codecs.charmap_build(TABLE.ljust(256, "\ufffe")))[0] if codec == "charmap"
            else s.encode(codec, errors)))
        b = some_bytes("escape")
        errors = r.choice(["strict", "replace", "ignore"])
        run(["bytes", errors, hexed(b)], lambda: hexed(codecs.escape_decode(b, errors)[0]))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
