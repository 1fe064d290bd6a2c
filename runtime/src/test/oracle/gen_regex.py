"""Prints cases for SreTest: run with CPython 3.14. Usage: gen_regex.py COUNT SEED [re_tests]

A case: code words, flags, groups, subject ("s" or "b" and the text), start, end, then the results
of match, fullmatch, search and of all matches in turn: spans and lastindex.
"""
import random
import re
import re._compiler as compiler
import re._parser as parser
import sys
import warnings

from gen_numbers import esc

warnings.simplefilter("ignore")

HAND = [
    (r"(\w+)@(\w+)\.com", "me@example.com you@x.org a@b.com"), (r"(?P<q>['\"])(.*?)(?P=q)", "say 'a\"b' \"c\""),
    (r"^(\d+)\s*([-+*/])\s*(\d+)$", "12 + 34"), (r"(?m)^\s*#.*$", "a\n # b\n#c\nd # e"),
    (r"(a|ab)(c|bcd)(d*)", "abcd"), (r"(?:(a)|(b)|(c))*", "abcab"), (r"(?:(a)|b)*", "abab"),
    (r"(?>a+)ab", "aaab"), (r"(?>(a|ab))c", "abc"), (r"a++b", "aaab"), (r"(?:ab)++c", "ababc"),
    (r"(?:a|ab)*+c", "aabc"), (r"(?=(a+))a*b\1", "baaabac"), (r"(?<=a)b(?!c)", "abc ab abd"),
    (r"(?<!\w)x", "x ax x"), (r"(a)?(?(1)b|c)", "ab c ac"), (r"(<)?\w+(?(1)>)", "<a> b <c"),
    (r"(a*)*", "aab"), (r"(a*)+?", "aab"), (r"(?:a?)*?y", "aay"), (r"(a?b?)*?c", "abac"), (r"\b", "ab cd"),
    (r"\B", "ab cd"), (r"\B", ""), (r"\b", ""), (r"$", "a\n"), (r"\Z", "a\n"), (r"(?m)$", "a\nb\n"),
    (r"(?i)stra\u00dfe|k", "STRASSE Stra\u1e9ee \u212a K"), (r"(?i)[a-z\u0131]+", "\u0130\u0131Ss\u017f"),
    (r"(?i)(\u03c3)\1", "\u03a3\u03c2 \u03c3\u03a3"), (r"[\u1000-\U00010fff]+", "\u0fff\u1000\uffff\U00010000\U00011000"),
    (r"(?i)[\U00010400-\U00010427]", "\U00010428\U0001044f"), (r"[^\W\d_]+", "ab1_\u00e9\u0663\u4e00"),
    (r"(?a)\w+", "ab\u00e9"), (r"[\s\S]{2,3}", "abcdefg"), (r"(?s).{3}", "a\nb\nc"), (r".*", "ab\ncd"), (r"x*", "axxb"),
    (r"(?:x|(y))*z", "xyxz"), (r"((a)|b)*", "ab"), (r"(a)(b)?(c)?", "ac"), (r"(([a-c])b*?\2)*", "ababbbcbc"),
    (r"(([a-c])b*?\2){3}", "ababbbcbc"), (r"((\d)-(\d))?x", "1-2x x"), (r"(?=a)", "baab"), (r"a{2,3}?(a*)", "aaaaa"),
    (r"(\[[^]]*\]|[^,\[])+(?:,|$)", "a[1,2],b,c[,]"), (r"(?:(?:ab|cd)*e|f)+g", "ababcdefg"), (r"(?x) a b # c", "ab"),
    (r"(.)(?<=(.))\2", "aab"), (r"(?:\s|[a-z])*?\d", "a b 1"), (r"(?!)|a", "a"), (r"(?:)", "ab"), (r"(|a)+", "aa"),
    (r"(?:(a)|b)*?\1c", "abac"), (r"(?P<x>a)(?P<y>b)|(?P<z>c)", "cab"), (r"a.c|abd", "abd abc"), (r"foo|foobar|fo", "foobar fo"),
    (r"(?s:.*)end", "x end y end z"), (r"[a-f]*[d-z]+k", "abcdefzk"), (r"\d{3}-\d{4}", "12-345 123-4567"), (r"[^\n]*\n", "a\nb"),
    (r"(?:a(?=b)|b(?<=ab))+", "abab"), (r"(a+)+b", "aaaaaaaaac"), (r"(?<=(?<!c)a)b", "ab cab"), (r"(?!(a)b)a\w", "abac"),
]


def atoms(r, byte):
    a = ["a", "b", "c", "1", r"\d", r"\w", r"\s", ".", "[ab]", "[^a]", "[a-c1]", r"[\w-]", " ", "\n", r"\W", "B", "[^\\W1]"]
    if not byte:
        a += ["\u00e9", "\u03c3", "[\u00e9\u03c3x]", "[\u0100-\u0500]", "\U0001f600", "[^\u00c9]", "\u017f", "k", "[a-z]"]
    return r.choice(a)


def pattern(r, depth, state, byte):
    parts = []
    for _ in range(r.choice([1, 1, 2, 2, 3])):
        k = r.random()
        if depth > 0 and k < 0.30:
            kind = r.choice(["(", "(", "(", "(?:", "(?:", "(?>", "(?=", "(?!", "(?<=", "(?<!"])
            inner = pattern(r, depth - 1, state, byte)
            if kind == "(":
                mine = True
                state[0] += 1
            p = kind + inner + ")"
        elif k < 0.36 and state[0]:
            p = "\\%d" % r.randrange(1, state[0] + 1)
        elif k < 0.40 and state[0] and depth > 0:
            p = "(?(%d)%s%s)" % (r.randrange(1, state[0] + 1), atoms(r, byte), r.choice(["", "|" + atoms(r, byte)]))
        elif k < 0.48:
            p = r.choice(["^", "$", r"\b", r"\B", r"\A", r"\Z"])
            parts.append(p)
            continue
        else:
            p = atoms(r, byte)
        if r.random() < 0.45:
            p += r.choice(["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}"]) + r.choice(["", "", "", "?", "?", "+"])
        parts.append(p)
    s = "".join(parts)
    if r.random() < 0.2:
        s += "|" + pattern(r, max(0, depth - 1), state, byte)
    return s


def result(m):
    if m is None:
        return "-"
    return ",".join("%d:%d" % m.span(i) for i in range(m.re.groups + 1)) + "/%s" % (m.lastindex or -1)


def emit(pat, subject, flags, start, end):
    try:
        p = parser.parse(pat, flags)
        code = compiler._code(p, flags)
        c = re.compile(pat, flags)
    except (re.error, OverflowError, RuntimeError, ValueError):
        return
    try:
        every = "|".join(result(m) for m in c.finditer(subject, start, end))
    except RuntimeError:
        return
    kind = "s" + subject if isinstance(subject, str) else "b" + subject.decode("latin1")
    print("\t".join([" ".join(str(int(w)) for w in code), str(int(p.state.flags)), str(c.groups), esc(kind), str(start), str(end),
                     result(c.match(subject, start, end)), result(c.fullmatch(subject, start, end)),
                     result(c.search(subject, start, end)), every,
                     esc(pat if isinstance(pat, str) else pat.decode("latin1"))]))


def main(count, seed, extra):
    r = random.Random(seed)
    for pat, s in HAND:
        emit(pat, s, 0, 0, len(s))
        emit(pat, s, re.I, 1 if s else 0, len(s))
    if extra:
        from test.re_tests import tests
        for t in tests:
            emit(t[0], t[1], 0, 0, len(t[1]))
            for f in (re.I, re.M, re.S, re.A):
                emit(t[0], t[1], f, 0, len(t[1]))
    for _ in range(count):
        byte = r.random() < 0.2
        pat = pattern(r, 3, [0], byte)
        alphabet = "aabbc1 \nAB_" + ("" if byte else "\u00e9\u00c9\u03c3\u03c2\u03a3\u017fSkK\u212a\u0400\U0001f600")
        subject = "".join(r.choice(alphabet[:r.choice([3, 5, len(alphabet)])]) for _ in range(r.randrange(11)))
        if byte:
            pat, subject = pat.encode("latin1"), subject.encode("latin1")
        flags = r.choice([0, 0, re.I, re.M, re.S, re.I | re.M])
        if r.random() < 0.15:
            flags |= re.L if byte else re.A
        start = r.randrange(len(subject) + 1) if r.random() < 0.2 else 0
        end = r.randrange(start, len(subject) + 1) if r.random() < 0.2 else len(subject)
        emit(pat, subject, flags, start, end)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), len(sys.argv) > 3)
