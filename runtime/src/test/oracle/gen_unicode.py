"""Prints cases for UnicodeTest: run with CPython 3.14.

"crc": property, block of 4096 code points, CRC32 of the block's values, a line each.
"case": a string and what the case methods make of it.  "name": a name and what it finds.
"""
import random
import unicodedata as u
import zlib

from gen_numbers import esc


def cps(s):
    return ",".join("%x" % ord(c) for c in s)


PROPERTIES = {
    "category": u.category,
    "bidirectional": u.bidirectional,
    "combining": u.combining,
    "width": u.east_asian_width,
    "mirrored": u.mirrored,
    "decimal": lambda c: u.decimal(c, -1),
    "digit": lambda c: u.digit(c, -1),
    "numeric": lambda c: float(u.numeric(c, -1)),
    "alpha": lambda c: int(c.isalpha()),
    "isnumeric": lambda c: int(c.isnumeric()),
    "space": lambda c: int(c.isspace()),
    "isupper": lambda c: int(c.isupper()),
    "islower": lambda c: int(c.islower()),
    "istitle": lambda c: int(c.istitle()),
    "printable": lambda c: int(c.isprintable()),
    "start": lambda c: int(c.isidentifier()),
    "part": lambda c: int(("a" + c).isidentifier()),
    "linebreak": lambda c: int(not c.splitlines()[0]),
    "upper": lambda c: cps(c.upper()),
    "lower": lambda c: cps(c.lower()),
    "title": lambda c: cps(c.title()),
    "casefold": lambda c: cps(c.casefold()),
    "capitalize": lambda c: cps(c.capitalize()),
    "swapcase": lambda c: cps(c.swapcase()),
    "name": lambda c: u.name(c, ""),
    "decomposition": u.decomposition,
    "NFC": lambda c: cps(u.normalize("NFC", c)),
    "NFD": lambda c: cps(u.normalize("NFD", c)),
    "NFKC": lambda c: cps(u.normalize("NFKC", c)),
    "NFKD": lambda c: cps(u.normalize("NFKD", c)),
}

o = u.ucd_3_2_0
PROPERTIES |= {
    "category 3.2": o.category,
    "bidirectional 3.2": o.bidirectional,
    "combining 3.2": o.combining,
    "width 3.2": o.east_asian_width,
    "mirrored 3.2": o.mirrored,
    "decimal 3.2": lambda c: o.decimal(c, -1),
    "numeric 3.2": lambda c: float(o.numeric(c, -1)),
    "decomposition 3.2": o.decomposition,
    "NFC 3.2": lambda c: cps(o.normalize("NFC", c)),
    "NFKD 3.2": lambda c: cps(o.normalize("NFKD", c)),
}

for name, f in PROPERTIES.items():
    for block in range(0, 0x110000, 4096):
        text = "\n".join(str(f(chr(c))) for c in range(block, block + 4096))
        print("crc", name, "%x" % block, "%08x" % zlib.crc32(text.encode()), sep="\t")

r = random.Random(5)
POOL = "aBc \u03a3\u03c3\u03c2'.\xad\u0300\xdf\u01c5\u01c4\u0130\u0131\u1e9e\u0149\ufb03\U00010400" \
       "\U00010428\u2160\u24d0\xaa\u0345\u1fb3\u13a0\uab70\x00\u1f88\ud800"
for _ in range(1500):
    s = "".join(r.choice(POOL) for _ in range(r.randrange(8)))
    row = [s, s.upper(), s.lower(), s.title(), s.casefold(), s.capitalize(), s.swapcase(),
           s.isupper(), s.islower(), s.istitle(), s.isidentifier(),
           u.normalize("NFC", s), u.normalize("NFKD", s), u.is_normalized("NFD", s)]
    print("case", *(esc(str(x)) for x in row), sep="\t")

for n in ["LF", "lf", "NULL", "latin small letter a", "KEYCAP DIGIT ONE", "HANGUL SYLLABLE GAG",
          "hangul syllable ga", "HANGUL SYLLABLE ga", "CJK UNIFIED IDEOGRAPH-4E00",
          "CJK UNIFIED IDEOGRAPH-04E00", "cjk unified ideograph-4E00",
          "CJK UNIFIED IDEOGRAPH-4e00", "CJK UNIFIED IDEOGRAPH-A000", "TANGUT IDEOGRAPH-17000",
          "NUSHU CHARACTER-1B170", "CJK COMPATIBILITY IDEOGRAPH-F900", "", "x", "\xdf",
          "LATIN SMALL LETTER A ", "LATIN SMALL  LETTER A", "<control>",
          "LATIN CAPITAL LETTER GHA", "LATIN CAPITAL LETTER OI", "VARIATION SELECTOR-256", "VS256",
          "HANGUL SYLLABLE ", "HANGUL SYLLABLE GAX", "CJK UNIFIED IDEOGRAPH-20000"]:
    try:
        found = cps(u.lookup(n))
    except KeyError:
        found = "-"
    print("name", esc(n), found, sep="\t")
