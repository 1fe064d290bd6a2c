"""Makes small random programs from a seed.

A program prints a lot, always ends, and gives the same output in every run of a correct
interpreter: no addresses, no set or hash order, no clocks. Statements may raise; each block of
statements catches what it raises and prints type and message, and what escapes is compared, too.
"""

import ast
import random

import hot
from writer import Writer


class Generator(Writer):
    MAX_DEPTH = 4

    def __init__(self, seed):
        super().__init__(f"plait:{seed}")
        self.names = ["a", "b", "c", "num", "text", "items", "table"]
        self.functions = []
        self.in_loop = 0
        self.in_function = 0

    # ---- literals

    def int_(self):
        kind = self.random.randrange(10)
        if kind < 5:
            return str(self.random.randint(-9, 20))
        if kind < 7:
            return str(self.random.choice([255, 256, -128, 1000, 65536, -1, 0, 1]))
        if kind < 8:
            return str(self.random.choice([2**31, -(2**31), 2**63, -(2**63), 2**63 - 1, 2**64, 10**20]))
        if kind < 9:
            return str(self.random.getrandbits(self.random.choice([40, 70, 130])))
        return self.pick("True", "False", "0x1F", "0b101", "1_000")

    def float_(self):
        kind = self.random.randrange(6)
        if kind < 2:
            return repr(round(self.random.uniform(-100, 100), self.random.randrange(6)))
        if kind < 3:
            return self.pick("0.0", "-0.0", "1.5", "0.1", "2.675", "1e16", "1e-7", "123456789.125")
        if kind < 4:
            return self.pick("1e300", "1e-300", "5e-324", "1.7976931348623157e308", "1e22", "1e23")
        if kind < 5:
            return self.pick("float('inf')", "float('-inf')", "float('nan')")
        return repr(self.random.random() * 10 ** self.random.randint(-12, 18))

    TEXTS = [
        "", "a", "abc", "Hello, World", "  padded\t", "ß", "ǅ", "İstanbul", "éà", "日本語", "x" * 7,
        "line\nbreak", "tab\there", "'quote'", '"both\'', "\\back", "\x00\x7f", "\u200b", "😀", "a😀b",
        "0", "12", "-3", "1.5", "1e3", "nan", "one two  three", "CamelCase", "snake_case", "ﬁ", "\ud800",
        "{}", "%s", "aXbXc",
    ]

    def str_(self):
        return ascii(self.random.choice(self.TEXTS)) if self.chance(0.5) else repr(
            self.random.choice([t for t in self.TEXTS if "\ud800" not in t])
        )

    def bytes_(self):
        return self.pick("b''", "b'abc'", "b'\\x00\\xff'", "b'a,b,,c'", "b'  x '", "b'12'", "bytes(range(5))",
                         "bytearray(b'xyz')", "b'\\n\\t\\''", "b'Hello'")

    def expr(self, depth=0):
        """Any expression."""
        if depth >= self.MAX_DEPTH:
            return self.atom()
        kind = self.random.randrange(24)
        table = [
            self.atom, self.atom,
            lambda: self.number(depth), lambda: self.number(depth), lambda: self.number(depth),
            lambda: self.text(depth), lambda: self.text(depth), lambda: self.text(depth),
            lambda: self.sequence(depth), lambda: self.sequence(depth),
            lambda: self.dict_(depth),
            lambda: self.set_(depth),
            lambda: self.comparison(depth),
            lambda: self.boolean(depth),
            lambda: self.comprehension(depth),
            lambda: self.subscript(depth), lambda: self.subscript(depth),
            lambda: self.call(depth), lambda: self.call(depth),
            lambda: self.method(depth), lambda: self.method(depth),
            lambda: self.fstring(depth),
            lambda: self.binary_any(depth),
            lambda: self.special(depth),
        ]
        return table[kind]()

    def atom(self):
        kind = self.random.randrange(12)
        if kind < 5:
            return self.random.choice(self.names)
        return [self.int_, self.int_, self.float_, self.str_, self.str_, self.bytes_,
                lambda: self.pick("None", "True", "False", "...", "()", "[]", "{}")][kind - 5]()

    def number(self, depth):
        if depth >= self.MAX_DEPTH:
            return self.int_() if self.chance(0.7) else self.float_()
        kind = self.random.randrange(12)
        a = lambda: self.number(depth + 1)
        if kind < 3:
            return self.int_() if self.chance(0.7) else self.float_()
        if kind == 3:
            return self.pick("num", "num", "len(items)", "a", "ord('x')")
        if kind < 8:
            op = self.pick("+", "-", "*", "//", "%", "/", "&", "|", "^")
            return f"({a()} {op} {a()})"
        if kind < 9:
            return f"({a()} {self.pick('**')} {self.random.randint(-2, 5)})"
        if kind < 10:
            return f"({a()} {self.pick('<<', '>>')} {self.random.randint(-1, 70)})"
        if kind < 11:
            return f"({self.pick('-', '+', '~')}{a()})"
        return self.pick(
            f"abs({a()})", f"round({a()}, {self.random.randint(-3, 5)})", f"divmod({a()}, {a()})", f"int({a()})",
            f"float({a()})", f"complex({a()}, {a()})", f"len({self.sequence(depth + 1)})", f"round({a()})",
            f"sum([{a()}, {a()}, {a()}])", f"max({a()}, {a()})", f"min({a()}, {a()})", f"pow({a()}, {self.random.randint(0, 6)}, {a()})",
            f"int({self.str_()}, {self.random.randint(2, 36)})", f"hash({self.int_()})", f"({a()}).bit_length()",
            f"({self.float_()}).as_integer_ratio()", f"({self.float_()}).is_integer()", f"({self.float_()}).hex()",
            f"({self.int_()}).to_bytes({self.random.randint(1, 9)}, {self.pick(chr(39) + 'big' + chr(39), chr(39) + 'little' + chr(39))}, signed={self.pick('True', 'False')})",
            f"({self.int_()}).bit_count()",
        )

    def text(self, depth):
        if depth >= self.MAX_DEPTH:
            return self.str_()
        kind = self.random.randrange(8)
        t = lambda: self.text(depth + 1)
        if kind < 2:
            return self.str_() if self.chance(0.8) else "text"
        if kind < 3:
            return f"({t()} + {t()})"
        if kind < 4:
            return f"({t()} * {self.random.randint(-1, 3)})"
        if kind < 5:
            return f"{self.pick('repr', 'str', 'ascii')}({self.expr(depth + 1)})"
        if kind < 6:
            return self.fstring(depth + 1)
        if kind < 7:
            return self.str_method(depth)
        return self.pick(
            f"format({self.number(depth + 1)}, {self.spec()!r})", f"({self.percent()} % ({self.expr(depth + 1)},))",
            f"'{{0:{self.spec_in_braces()}}}|{{0!r}}'.format({self.expr(depth + 1)})",
            f"({self.percent()} % {self.number(depth + 1)})", f"{self.pick('bin', 'oct', 'hex')}({self.number(depth + 1)})",
            f"chr({self.random.choice([65, 97, 223, 8364, 128512, -1, 1114112])})",
        )

    def spec(self):
        fill = self.pick("", "", "*", "0", "é")
        align = self.pick("", "<", ">", "^", "=")
        if fill and not align:
            align = "<"
        sign = self.pick("", "", "+", "-", " ", "z")
        alt = self.pick("", "", "#")
        zero = self.pick("", "", "0")
        width = self.pick("", "1", "8", "12")
        group = self.pick("", "", ",", "_")
        precision = self.pick("", "", ".0", ".2", ".10", ".3")
        kind = self.pick("", "d", "f", "g", "e", "x", "o", "b", "n", "%", "s", "G", "E", "c", "X")
        return fill + align + sign + alt + zero + width + group + precision + kind

    def spec_in_braces(self):
        return self.spec().replace("{", "").replace("}", "")

    def percent(self):
        flags = self.pick("", "-", "+", "0", " ", "#", "-0")
        width = self.pick("", "5", "10")
        precision = self.pick("", ".2", ".0", ".")
        return repr("<%" + flags + width + precision + self.pick("d", "s", "r", "f", "g", "x", "e", "i", "o", "c", "a", "%", "X", "G") + ">")

    def fstring(self, depth):
        parts = []
        for _ in range(self.random.randint(1, 3)):
            kind = self.random.randrange(4)
            inner = self.pick(*self.names) if self.chance(0.5) else f"({self.expr(depth + 2)})"
            if kind == 0:
                parts.append(self.pick("x", "{{", "}}", " ", "é", "\\n", "\\N{BULLET}"))
            elif kind == 1:
                parts.append("{" + inner + self.pick("", "!r", "!s", "!a") + "}")
            elif kind == 2:
                parts.append("{" + inner + ":" + self.spec_in_braces() + "}")
            else:
                parts.append("{" + self.random.choice(self.names) + self.pick("=", " = ", "=!s", "=:>5") + "}")
        return 'f"' + "".join(parts).replace('"', "'") + '"' if '"' not in "".join(parts) else "f'''" + "".join(parts) + "'''"

    def str_method(self, depth):
        t = f"({self.text(depth + 1)})"
        s = self.str_
        n = lambda: str(self.random.randint(-3, 8))
        return t + self.pick(
            ".upper()", ".lower()", ".title()", ".swapcase()", ".casefold()", ".capitalize()", f".split({s()})", ".split()",
            f".split(None, {n()})", f".rsplit({s()}, {n()})", f".partition({s()})", f".rpartition({s()})", f".replace({s()}, {s()})",
            f".replace({s()}, {s()}, {n()})", f".find({s()})", f".rfind({s()}, {n()})", f".index({s()})", f".count({s()})",
            f".strip({s()})", ".strip()", ".lstrip()", ".rstrip()", f".center({n()}, '*')", f".ljust(9)", f".rjust(9, {s()})",
            f".zfill({n()})", ".splitlines()", ".splitlines(True)", f".startswith({s()})", f".endswith(({s()}, {s()}))", ".isdigit()",
            ".isalpha()", ".isidentifier()", ".isupper()", ".isspace()", ".isprintable()", ".istitle()", ".isdecimal()", ".isnumeric()",
            ".encode()", ".encode('latin-1', 'replace')", ".encode('ascii', 'backslashreplace')", ".encode('utf-16-le', 'ignore')",
            ".encode('ascii')", f".join([{s()}, {s()}])", f".removeprefix({s()})", f".removesuffix({s()})", ".expandtabs(4)",
            f".translate({{97: 'Z', 98: None}})", ".encode('utf-8', 'surrogatepass')", f".format({self.number(depth + 2)})",
        )

    def sequence(self, depth):
        if depth >= self.MAX_DEPTH:
            return self.pick("[1, 2, 3]", "(1, 2)", "'abc'", "range(5)", "[]")
        kind = self.random.randrange(10)
        items = ", ".join(self.expr(depth + 1) for _ in range(self.random.randint(0, 3)))
        if kind < 3:
            return f"[{items}]"
        if kind < 4:
            return f"({items},)" if items else "()"
        if kind < 5:
            return f"range({self.random.randint(-3, 4)}, {self.random.randint(-4, 9)}, {self.random.choice([1, 1, 2, -1, -2, 3])})"
        if kind < 6:
            return f"[*{self.sequence(depth + 1)}, *{self.sequence(depth + 1)}]"
        if kind < 7:
            return f"({self.sequence(depth + 1)} + {self.sequence(depth + 1)})"
        if kind < 8:
            return f"({self.sequence(depth + 1)} * {self.random.randint(-1, 3)})"
        if kind < 9:
            return self.bytes_()
        return self.pick(
            f"sorted({self.sequence(depth + 1)})", f"sorted({self.sequence(depth + 1)}, key=str, reverse=True)",
            f"list({self.sequence(depth + 1)})", f"tuple({self.sequence(depth + 1)})", f"list(reversed({self.sequence(depth + 1)}))",
            f"list(enumerate({self.sequence(depth + 1)}, {self.random.randint(-1, 3)}))",
            f"list(zip({self.sequence(depth + 1)}, {self.sequence(depth + 1)}))",
            f"list(zip({self.sequence(depth + 1)}, {self.sequence(depth + 1)}, strict=True))",
            f"list(map(str, {self.sequence(depth + 1)}))", f"list(filter(None, {self.sequence(depth + 1)}))",
        )

    def dict_(self, depth):
        items = ", ".join(
            f"**{self.dict_(depth + 2)}" if self.chance(0.1) and depth < 2 else f"{self.key()}: {self.expr(depth + 1)}"
            for _ in range(self.random.randint(0, 3))
        )
        return self.pick("{%s}", "{%s}", "dict({%s}, k=1)", "({%s} | {'z': 0})") % items

    def key(self):
        return self.pick(self.int_(), self.str_(), self.float_(), "None", "(1, 2)", "True", "b'k'", "[]")

    def set_(self, depth):
        # sorted by repr: the order of a set is nobody's business
        items = ", ".join(self.key() for _ in range(self.random.randint(1, 4)))
        other = ", ".join(self.key() for _ in range(self.random.randint(1, 3)))
        inner = self.pick(f"{{{items}}}", f"({{{items}}} {self.pick('|', '&', '-', '^')} {{{other}}})",
                          f"frozenset([{items}])", f"set({self.sequence(depth + 1)})")
        return f"sorted({inner}, key=repr)"

    def comparison(self, depth):
        e = lambda: self.expr(depth + 1)
        op = self.pick("<", ">", "<=", ">=", "==", "!=", "in", "not in", "==", "<")
        if self.chance(0.3):
            return f"({self.number(depth + 1)} {op if 'in' not in op else '<'} {self.number(depth + 1)})"
        if self.chance(0.3):
            return f"({self.text(depth + 1)} {op} {self.text(depth + 1)})"
        if self.chance(0.2):
            return f"({self.number(depth + 1)} {self.pick('<', '<=', '==')} {self.number(depth + 1)} {self.pick('<', '>=', '!=')} {self.number(depth + 1)})"
        return f"({e()} {op} {e()})"

    def boolean(self, depth):
        e = lambda: self.expr(depth + 1)
        return self.pick(f"({e()} and {e()})", f"({e()} or {e()})", f"(not {e()})", f"({e()} if {e()} else {e()})",
                         f"bool({e()})", f"all([{e()}, {e()}])", f"any([{e()}, {e()}])")

    def comprehension(self, depth):
        x = self.fresh("x")
        source = self.sequence(depth + 1)
        self.names.append(x)
        body = self.expr(depth + 2)
        cond = f" if {self.expr(depth + 2)}" if self.chance(0.4) else ""
        inner = ""
        if self.chance(0.2):
            y = self.fresh("y")
            inner = f" for {y} in {self.pick(f'({x},)', self.sequence(depth + 2))}"
        self.names.pop()
        kind = self.random.randrange(5)
        if kind < 2:
            return f"[{body} for {x} in {source}{inner}{cond}]"
        if kind < 3:
            return f"{{repr({x}): {body} for {x} in {source}{inner}{cond}}}"
        if kind < 4:
            return f"sorted({{repr({body}) for {x} in {source}{inner}{cond}}})"
        return f"list({body} for {x} in {source}{inner}{cond})"

    def slice_(self):
        n = lambda: self.pick("", str(self.random.randint(-6, 6)), "None", str(self.random.randint(0, 3)))
        text = f"{n()}:{n()}"
        return text + (":" + self.pick("", "1", "2", "-1", "-2", "0", "3") if self.chance(0.5) else "")

    def subscript(self, depth):
        if self.chance(0.5):
            target = self.sequence(depth + 1) if self.chance(0.6) else self.text(depth + 1)
            return f"({target})[{self.slice_() if self.chance(0.6) else self.random.randint(-4, 4)}]"
        if self.chance(0.7):
            return self.pick(f"({self.dict_(depth + 1)})[{self.key()}]", f"items[{self.slice_()}]", "table['k']", f"items[{self.random.randint(-4, 4)}]")
        return f"({self.expr(depth + 1)})[{self.expr(depth + 1)}]"

    def call(self, depth):
        e = lambda: self.expr(depth + 1)
        if self.functions and self.chance(0.5):
            name = self.random.choice(self.functions)
            args = [e() for _ in range(self.random.randint(0, 3))]
            if self.chance(0.3):
                args.append(f"*{self.sequence(depth + 1)}")
            if self.chance(0.3):
                args.append(f"{self.pick('p', 'q', 'k', 'zz')}={e()}")
            if self.chance(0.15):
                args.append(f"**{{{self.pick(chr(39) + 'q' + chr(39), chr(39) + 'k' + chr(39), '1')}: 1}}")
            return f"{name}({', '.join(args)})"
        return self.pick(
            f"isinstance({e()}, {self.pick('int', 'str', '(int, float)', 'list', 'int | None')})", f"type({e()}).__name__",
            f"len({e()})", f"int({e()})", f"float({e()})", f"list({e()})", f"tuple({e()})", f"ord({e()})", f"sum({e()})",
            f"max({e()})", f"min({e()}, default={e()})", f"next(iter({e()}))", f"getattr({e()}, {self.pick(chr(39) + 'real' + chr(39), chr(39) + 'nope' + chr(39))})",
            f"(lambda x, y=2, *z, k=3, **w: (x, y, z, k, sorted(w)))({e()}, {e()})", f"callable({e()})", f"sorted({e()})", f"dict({e()})",
            f"bytes({self.pick(e(), '[1, 2, 300]', '3', '[65, 66]')})", f"str({e()}, 'utf-8')", f"slice({e()}, {e()}).indices(5)", f"reversed({e()}).__class__.__name__",
            f"complex({self.str_()})", f"float({self.str_()})", f"int({self.str_()})", f"frozenset({e()}) == set()", f"range({e()}, {self.random.randint(0, 5)})",
            f"eval({self.str_()})", f"memoryview({self.bytes_()})[{self.slice_()}].tolist()",
        )

    def method(self, depth):
        e = lambda: self.expr(depth + 1)
        kind = self.random.randrange(5)
        n = lambda: str(self.random.randint(-3, 4))
        if kind < 2:
            return self.str_method(depth)
        if kind < 3:
            return f"({self.sequence(depth + 1)})" + self.pick(
                f".index({e()})", f".count({e()})", ".copy()", f".pop({n()})", ".__len__()", f".__contains__({e()})", ".pop()", f".append({e()})",
            )
        if kind < 4:
            return f"({self.dict_(depth + 1)})" + self.pick(
                f".get({self.key()}, {e()})", ".items()", ".keys()", ".values()", f".pop({self.key()})", f".setdefault({self.key()}, {e()})", ".popitem()",
                f".update({self.dict_(depth + 1)})", ".copy()",
            )
        b = self.bytes_
        return f"({b()})" + self.pick(
            f".split({b()})", ".hex()", ".hex(':')", ".decode()", ".decode('latin-1')", ".decode('ascii', 'replace')", f".replace({b()}, {b()})", f".find({b()})",
            ".upper()", ".strip()", f".join([{b()}, {b()}])", f".startswith({b()})", f".partition({b()})", ".title()", ".isalnum()", f".count({b()})", f".center({n()})",
            ".splitlines()", f".translate(None, {b()})", ".zfill(6)", ".rjust(5, b'.')",
        )

    def binary_any(self, depth):
        op = self.pick("+", "-", "*", "/", "//", "%", "|", "&", "^", "@", "<<", ">>", "+", "%")
        right = self.expr(depth + 1)
        if op in ("<<", "*"):
            right = self.pick(str(self.random.randint(-2, 6)), self.str_(), "None", "[1]")
        return f"({self.expr(depth + 1)} {op} {right})"

    def special(self, depth):
        e = lambda: self.expr(depth + 1)
        return self.pick(
            f"(w := {e()})", f"[*({e()})]", f"{{**({e()})}}", f"({e()}, *({e()}))", f"(yield_all({e()}))", f"({e()}).__class__.__name__",
            f"Box({e()}) == Box({e()})", f"Box({e()}) + {e()}", f"{e()} + Box({e()})", f"Box({e()}).value", f"Box({e()})[{e()}]", f"str(Box({e()}))",
            f"list(Box({e()}))", f"{e()} in Box({e()})", f"Box({e()}) < Box({e()})", f"Box({e()})({e()})", f"len(Box({e()}))", f"-Box({e()})", f"Box({e()}).nope", f"bool(Box({e()}))",
            f"type(t'{{{self.names[0]}}}x').__name__", f"t'a{{{self.names[0]}!r:>4}}'.strings",
        )

    # ---- statements

    def guarded(self, indent, text):
        """A statement that mostly catches what it raises, so that the program goes on."""
        if self.chance(0.15):
            self.emit(indent, text)
            return
        self.emit(indent, "try:")
        self.emit(indent + 1, text)
        self.emit(indent, "except Exception as e:")
        self.emit(indent + 1, "caught(e)")

    def show(self, indent, expression):
        self.guarded(indent, f"show({expression})")

    def block(self, indent, depth, size=None):
        for _ in range(size or self.random.randint(1, 3)):
            self.statement(indent, depth)

    def statement(self, indent, depth=0):
        simple = [self.s_show, self.s_show, self.s_show, self.s_assign, self.s_assign, self.s_augment, self.s_unpack, self.s_subscript, self.s_assert, self.s_del]
        compound = [self.s_if, self.s_for, self.s_while, self.s_try, self.s_try, self.s_def, self.s_class, self.s_with, self.s_match, self.s_generator, self.s_try_star, self.s_closure]
        jumps = []
        if self.in_loop:
            jumps += [self.s_break]
        if self.in_function:
            jumps += [self.s_return]
        if depth >= 3:
            compound = []
        kind = self.random.random()
        if compound and kind < 0.4:
            self.random.choice(compound)(indent, depth)
        elif jumps and kind < 0.5:
            self.random.choice(jumps)(indent, depth)
        elif kind < 0.53:
            self.emit(indent, self.pick(
                "raise ValueError('v', 1)", "raise KeyError('k')", "raise Oops(3) from ValueError('cause')", "raise Oops", "raise ZeroDivisionError", "raise StopIteration(5)",
                "raise TypeError('x') from None", "raise", "raise 5", "raise OSError(2, 'No such file')", "raise UnicodeDecodeError('utf-8', b'\\xff', 0, 1, 'bad')"))
        else:
            self.random.choice(simple)(indent, depth)

    def s_show(self, indent, depth):
        self.show(indent, self.expr())

    def s_assign(self, indent, depth):
        self.guarded(indent, f"{self.random.choice(self.names[:3])} = {self.expr(1)}")

    def s_augment(self, indent, depth):
        op = self.pick("+=", "-=", "*=", "//=", "%=", "|=", "&=", ">>=")
        right = str(self.random.randint(0, 4)) if op == "*=" else self.expr(2)
        self.guarded(indent, f"{self.random.choice(self.names[:3])} {op} {right}")

    def s_unpack(self, indent, depth):
        target = self.pick("a, b", "a, *b", "*a, b, c", "(a, b), c", "[a, b]", "a, (b, *c)", "a = b", "*a,", "a, b, c")
        self.guarded(indent, f"{target} = {self.sequence(1)}")

    def s_subscript(self, indent, depth):
        name = self.random.choice(self.names[:3])
        index = self.slice_() if self.chance(0.5) else self.expr(2)
        self.guarded(indent, self.pick(f"{name} = {self.sequence(1)}", f"{name} = list({self.sequence(2)})", "pass"))
        self.guarded(indent, self.pick(f"{name}[{index}] = {self.expr(2)}", f"del {name}[{index}]", f"{name}[{index}] += {self.expr(2)}"))
        self.show(indent, name)

    def s_assert(self, indent, depth):
        self.guarded(indent, f"assert {self.expr(2)}, {self.expr(2)}")

    def s_del(self, indent, depth):
        name = self.random.choice(self.names[:3])
        self.emit(indent, f"del {name}")
        self.emit(indent, f"{name} = {self.atom()}")

    def s_break(self, indent, depth):
        self.emit(indent, f"if {self.expr(2)}: {self.pick('break', 'continue')}")

    def s_return(self, indent, depth):
        self.emit(indent, f"if {self.expr(2)}: return {self.expr(2)}")

    def s_if(self, indent, depth):
        self.emit(indent, f"if {self.expr(1)}:")
        self.block(indent + 1, depth + 1)
        if self.chance(0.4):
            self.emit(indent, f"elif {self.expr(2)}:")
            self.block(indent + 1, depth + 1)
        if self.chance(0.5):
            self.emit(indent, "else:")
            self.block(indent + 1, depth + 1)

    def s_for(self, indent, depth):
        x = self.fresh("i")
        target = x if self.chance(0.8) else f"{x}, a"
        self.emit(indent, f"for {target} in limit({self.expr(1)}):")
        self.names.append(x)
        self.in_loop += 1
        self.block(indent + 1, depth + 1)
        self.in_loop -= 1
        self.names.pop()
        if self.chance(0.3):
            self.emit(indent, "else:")
            self.block(indent + 1, depth + 1)

    def s_while(self, indent, depth):
        n = self.fresh("n")
        self.emit(indent, f"{n} = 0")
        self.emit(indent, f"while {n} < {self.random.randint(1, 4)}:")
        self.emit(indent + 1, f"{n} += 1")
        self.in_loop += 1
        self.block(indent + 1, depth + 1)
        self.in_loop -= 1
        if self.chance(0.4):
            self.emit(indent, "else:")
            self.block(indent + 1, depth + 1)

    def s_try(self, indent, depth):
        self.emit(indent, "try:")
        self.block(indent + 1, depth + 1)
        handlers = self.random.randint(0, 2)
        for _ in range(handlers):
            kind = self.pick("ValueError", "(TypeError, KeyError)", "ArithmeticError", "LookupError", "Oops", "TypeError, AttributeError", "NameError")
            # without parentheses there is no name (PEP 758)
            name = "" if kind.startswith("TypeError,") else " as e"
            self.emit(indent, f"except {kind}{name}:")
            if name:
                self.emit(indent + 1, "caught(e)")
            self.block(indent + 1, depth + 1, 1)
        if handlers == 0 or self.chance(0.7):
            self.emit(indent, "except Exception as e:")
            self.emit(indent + 1, "caught(e)")
            if self.chance(0.3):
                self.block(indent + 1, depth + 1, 1)
        if self.chance(0.2):
            self.emit(indent, "else:")
            self.block(indent + 1, depth + 1, 1)
        if self.chance(0.35):
            self.emit(indent, "finally:")
            # a jump out of finally is a SyntaxWarning since 3.14
            loops, functions = self.in_loop, self.in_function
            self.in_loop = self.in_function = 0
            self.block(indent + 1, depth + 1, 1)
            self.in_loop, self.in_function = loops, functions

    def s_try_star(self, indent, depth):
        self.emit(indent, "try:")
        self.emit(indent + 1, self.pick("raise ExceptionGroup('g', [ValueError(1), TypeError(2), KeyError(3)])", "raise ValueError(9)",
                                        "raise ExceptionGroup('o', [ExceptionGroup('i', [KeyError('x')]), OSError(1, 'y')])"))
        loops, functions = self.in_loop, self.in_function
        self.in_loop = self.in_function = 0
        self.emit(indent, f"except* {self.pick('ValueError', 'TypeError', '(KeyError, ValueError)')} as e:")
        self.emit(indent + 1, "caught(e)")
        if self.chance(0.5):
            self.block(indent + 1, depth + 2, 1)
        if self.chance(0.5):
            self.emit(indent, f"except* {self.pick('LookupError', 'Exception')} as e:")
            self.emit(indent + 1, "caught(e)")
        self.in_loop, self.in_function = loops, functions

    def s_def(self, indent, depth):
        name = self.fresh("f")
        params = self.pick("", "p", "p, q=2", "p, /, q", "p, *, k=1", "*args", "p, *args, k, **kw", "p=None, **kw", "p, q=5, /, *r, k=7")
        self.emit(indent, f"def {name}({params}):")
        added = [w for w in ("p", "q", "k") if w in params.replace("kw", "").replace("args", "").replace(" ", "").replace("*", "").replace("=", ",").split(",")]
        outer_loops, self.in_loop = self.in_loop, 0
        outer_names = list(self.names)
        self.emit(indent + 1, f"{self.pick('global a, b, c', 'a = b = c = 1', 'a, b, c = 1, [2], ' + self.atom_constant())}")
        self.names += added
        self.in_function += 1
        self.block(indent + 1, depth + 1)
        self.in_function -= 1
        self.emit(indent + 1, f"return {self.expr(2)}")
        self.names = outer_names
        self.in_loop = outer_loops
        if indent == 1:
            self.functions.append(name)
        arguments = [self.atom() for _ in range(self.random.randint(0, 3))]
        if "k" in added and self.chance(0.7):
            arguments.append("k=4")
        self.show(indent, f"{name}({', '.join(arguments)})")

    def atom_constant(self):
        return self.pick(self.int_(), self.str_(), "None", "(1, 2)")

    def s_closure(self, indent, depth):
        name, inner = self.fresh("f"), self.fresh("g")
        self.emit(indent, f"def {name}(n):")
        self.emit(indent + 1, f"def {inner}(d):")
        self.emit(indent + 2, "nonlocal n")
        self.emit(indent + 2, f"n {self.pick('+=', '-=', '*=')} d")
        self.emit(indent + 2, "return n")
        self.emit(indent + 1, f"return {inner}")
        self.emit(indent, f"g = {name}({self.number(3)})")
        self.show(indent, f"[g(1), g({self.number(3)}), g(2)]")

    def s_generator(self, indent, depth):
        name = self.fresh("gen")
        self.emit(indent, f"def {name}(p):")
        self.emit(indent + 1, "try:")
        self.emit(indent + 2, f"x = yield {self.number(2)}")
        self.emit(indent + 2, "show(x)")
        self.emit(indent + 2, f"y = yield from {self.pick('limit(p)', '[1, 2]', 'other()')}")
        self.emit(indent + 2, "yield y")
        self.emit(indent + 1, f"except {self.pick('ValueError', 'GeneratorExit', 'TypeError')}:")
        self.emit(indent + 2, self.pick("yield 'caught'", "show('closed')", "raise", "return 3"))
        if self.chance(0.5):
            self.emit(indent + 1, "finally:")
            self.emit(indent + 2, "show('finally')")
        self.emit(indent + 1, f"return {self.atom()}")
        self.guarded(indent, f"g = held({name}({self.expr(2)}))")
        for _ in range(self.random.randint(2, 5)):
            self.show(indent, self.pick("next(g)", "g.send(5)", "next(g, 'end')", "g.throw(ValueError('t'))", "g.close()", "list(limit(g))", "[*limit(g)]", "g.send(None)"))

    def s_class(self, indent, depth):
        name = self.fresh("K")
        base = self.pick("", "(Box)", "(int)", "(list)", "(str)", "(Box, metaclass=type)", "(dict)")
        self.emit(indent, f"class {name}{base}:")
        functions, self.in_function = self.in_function, 0
        loops, self.in_loop = self.in_loop, 0
        self.emit(indent + 1, f"x = {self.expr(3)}")
        if self.chance(0.4) and base in ("", "(Box)"):
            self.emit(indent + 1, f"__slots__ = {self.pick(chr(39) + 'y' + chr(39), '()', '(' + chr(39) + 'y' + chr(39) + ', ' + chr(39) + 'z' + chr(39) + ')')}")
        self.emit(indent + 1, f"def m(self, p=1): return (self.x, p, {self.expr(3)})")
        if self.chance(0.5):
            self.emit(indent + 1, "@property")
            self.emit(indent + 1, f"def prop(self): return {self.expr(3)}")
        if self.chance(0.4):
            self.emit(indent + 1, self.pick("@classmethod", "@staticmethod"))
            self.emit(indent + 1, "def cm(*args): return len(args)")
        if self.chance(0.5):
            self.emit(indent + 1, self.pick("def __repr__(self): return 'R'", "def __eq__(self, o): return True", "def __len__(self): return 3", "def __getattr__(self, n): return n * 2",
                                            "def __iter__(self): return iter([1, 2])", "def __bool__(self): return False", "def __add__(self, o): return 'sum'", "def __index__(self): return 2",
                                            "def __call__(self, *a): return a", "def __contains__(self, x): return x == 1", "def __lt__(self, o): return NotImplemented", "def __hash__(self): return 7",
                                            "def __format__(self, s): return 'F' + s", "def __class_getitem__(cls, i): return i", "def __missing__(self, k): return k", "def __len__(self): return -1"))
        self.in_function = functions
        self.in_loop = loops
        self.emit(indent, f"o = {name}()")
        for _ in range(self.random.randint(1, 4)):
            self.show(indent, self.pick(
                "o.m()", "o.m(2)", "o.prop", f"{name}.x", "o.cm(1)", f"{name}.cm()", "len(o)", "list(o)", "o + 1", "o == 1", "bool(o)", "o.zzz", f"{name}.__mro__[1].__name__", "o(1, 2)", "1 in o",
                f"{name}[3]", "f'{o:x}'", "o < 3", "hash(o) == 7", "[1, 2, 3][o]", "range(4)[o]", "sorted([o, o]) == [o, o]", f"isinstance(o, {name})", "o[9]", f"super({name}, o).nope", f"{name}(1, 2, 3)",
                "vars(o)", f"{name}.m.__qualname__", "o.m.__name__", "repr(o)[:1]"))
        if self.chance(0.5):
            self.emit(indent, self.pick("o.y = 1", "o.x = 2", "del o.x", "del o.y", "o.prop = 1", f"{name}.x = 5", "o.m = 1"))
            self.show(indent, self.pick("o.x", "o.y", "o.m"))

    def s_with(self, indent, depth):
        self.emit(indent, f"with Manager({self.pick('True', 'False')}) as m{', Manager(False) as m2' if self.chance(0.3) else ''}:")
        self.block(indent + 1, depth + 1)

    def s_match(self, indent, depth):
        self.emit(indent, f"match {self.expr(1)}:")
        patterns = ["0", "1 | 2", "-1", "'a' | 'abc'", "None", "[]", "[x]", "[x, *_]", "[x, y]", "(1, z)", "{'k': v}", "{'k': 1, **rest}", "{}", "str()", "int(n)", "float() | bool()", "Box(value=v)",
                    "Box(0)", "[int(), *others]", "str(s) if s", "list() as whole", "b'abc'", "1.5", "True"]
        for pattern in self.random.sample(patterns, self.random.randint(1, 5)):
            self.emit(indent + 1, f"case {pattern}:")
            self.emit(indent + 2, f"show({pattern!r})")
            if self.chance(0.3):
                self.block(indent + 2, depth + 2, 1)
        if self.chance(0.6):
            self.emit(indent + 1, "case other:" if self.chance(0.5) else "case _:")
            self.emit(indent + 2, "show('default')")

    def program(self):
        for name in self.names[:3]:
            self.emit(0, f"{name} = {self.expr(2)}")
        # the three names exist, whatever happens
        # the names exist, whatever happens
        start = ["a, b, c = 1, 'two', [3]", "num, text, items, table = 5, 'some text', [3, 1, 2], {'k': 1, 2: 'v'}", "try:"]
        self.lines = start + ["    " + line for line in self.lines] + ["except Exception as e:", "    caught(e)"]
        for _ in range(self.random.randint(3, 7)):
            self.emit(0, "try:")
            self.block(1, 0)
            self.emit(0, "except BaseException as e:")
            self.emit(1, "caught(e)")
        return "\n".join(self.lines) + "\n"


COMPILE_ONLY = "# compile only\n"

PIECES = ["(", ")", "[", "]", "{", "}", ":", ",", "=", "==", ":=", ".", "*", "**", "->", "@", "'", '"', '"""', "f'", "\\", ";", "!", "~",
          " in ", " is ", " not ", " if ", " else ", " for ", " lambda ", " as ", " await ", " yield ", " from ", " import ", "None", "1", "0x", "1_", "e",
          "\n", "    ", "\t", "async ", "def ", "class ", "return ", "with ", "except ", "case ", "match ", "type ", "del ", "global ", "nonlocal a\n",
          "b'é'", "f'{'", "f'{a!x}'", "$", "?", "é", "0777", "1.e", "<>", "++", "print a", "exec 'a'", "raise a, b", "...", "break\n", "a b"]


def mutant(seed):
    """A program with a few things put in, taken out or exchanged: mostly it does not compile."""
    chance = random.Random(f"plait mutant:{seed}")
    text = Generator(seed).program()
    if chance.random() < 0.5:
        # single statements, or the program would mostly be a matter of indentation
        tree = ast.parse(text)
        simple = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and not hasattr(node, "handlers")]
        text = "\n".join(ast.unparse(chance.choice(simple)) for _ in range(3)) + "\n"
    for _ in range(chance.choice([1, 1, 1, 2])):
        at = chance.choice([n for n, c in enumerate(text) if c != " "])
        kind = chance.randrange(5)
        if kind < 2:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif kind == 2:
            text = text[:at] + text[at + chance.randint(1, 3) :]
        elif kind == 3:
            text = text[:at] + chance.choice(PIECES) + text[at + chance.randint(1, 6) :]
        else:
            other = chance.randrange(len(text) + 1)
            text = text[:at] + text[other : other + chance.randint(1, 12)] + text[at:]
    return COMPILE_ONLY + text


def program(seed):
    """Every fourth seed stands for a program that is only compiled, every fourth for one that gets hot."""
    if seed % 4 == 3:
        return mutant(seed)
    return hot.program(seed) if seed % 4 == 1 else Generator(seed).program()


if __name__ == "__main__":
    import sys

    print(program(int(sys.argv[1])))
