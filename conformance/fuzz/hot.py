"""Makes random programs for the compiler of hot code.

A program has a class, some functions full of loops, numbers, attributes, exceptions and calls of
each other, and calls each function again and again: with arguments of one kind, so that it is
compiled for these, then with others, for which the guesses are wrong. What is printed is what each
call returns or raises, with the line numbers and the variables of the function that raised it.

Numbers stay small enough: what is kept from turn to turn grows by sums and small factors alone.
"""

from writer import Writer

BIG = ["2**62", "2**63 - 1", "-2**63", "2**31", "10**15", "2**53"]


class Hot(Writer):
    MAX_DEPTH = 3
    MAX_COST = 400

    def __init__(self, seed):
        super().__init__(f"plait hot:{seed}")
        self.functions = []  # (name, roles of its parameters, turns of its loops, kind)
        self.slots = self.chance(0.2)
        self.attributes = ["n", "m"] + [f"a{i}" for i in range(self.random.randint(0, 9))]

    # ---- helpers

    def risky(self, text, safe):
        """What may well raise: mostly where it is caught, or each function would end at its first line."""
        return text if self.chance(0.7 if self.tried else 0.03) else safe

    def small(self):
        return str(self.random.randint(-3, 9))

    # ---- expressions

    def variable(self):
        return self.random.choice(self.numbers + self.counters) if self.chance(0.9) or not self.temps else self.random.choice(self.temps)

    def number(self, depth=0):
        """A number that is not much larger than the variables in it."""
        if depth >= 3 or self.chance(0.35):
            return self.pick(self.variable(), self.variable(), self.variable(), self.small(), self.small(), "0.5", "G", "1")
        a = lambda: self.number(depth + 1)
        kind = self.random.randrange(22)
        if kind < 5:
            return f"({a()} {self.pick('|', '^', '&')} {a()})" if self.tried and self.chance(0.15) else f"({a()} {self.pick('+', '-')} {a()})"
        if kind < 7:
            return f"{a()} * {self.random.randint(-2, 5)}" if self.chance(0.5) else f"({self.random.randint(2, 3)} * {a()})"
        if kind < 8:
            return f"({a()} {self.pick('//', '%', '/')} {self.risky(self.variable(), self.pick('2', '3', '7', '-3', '4.0'))})"
        if kind < 9:
            return self.pick(f"-{a()}", f"abs({a()})", f"(+{a()})", f"int({self.risky(self.variable(), self.counter_or_small())})", f"float({self.counter_or_small()})", f"(~{self.counter_or_small()})")
        if kind < 10:
            return f"{self.pick('min', 'max')}({a()}, {a()})"
        if kind < 11:
            return f"({a()} if {self.condition(depth + 1)} else {a()})"
        if kind < 13:
            return self.pick(f"o.{self.attribute()}", f"o.{self.attribute()}", "o.twice", "o.K", f"o.add({a()})", f"o.add({a()}, by={self.small()})")
        if kind < 15:
            return self.pick("len(l)", f"(l or [5])[{self.counter_or_small()} % max(len(l), 1)]", self.risky(f"l[{self.counter_or_small()} % len(l)]", "len(l)"), self.risky(f"l[{self.small()}]", "(l or [4])[0]"), self.risky("l[-1]", "sum(l)"), "sum(l)", "max(l, default=0)", "l.count(1)")
        if kind < 17:
            return self.pick(f"d.get({self.key()}, {self.small()})", self.risky(f"d[{self.key()}]", f"d.get({self.key()}, 2)"), "len(d)", f"d.setdefault({self.key()}, 1)")
        if kind < 18:
            return self.pick("len(s)", self.risky("ord(s[0])", "len(s)"), f"s.find({self.pick(repr('a'), repr('b'))})", self.risky(f"ord(s[{self.counter_or_small()} % len(s)])", "ord((s or 'b')[0])"), "s.count('a')")
        if kind < 19:
            return self.drained(depth)
        if kind < 20:
            return f"({self.condition(depth + 1)})"
        if kind < 21:
            return self.call() or a()
        return self.pick(f"({self.counter_or_small()} >> 1)", f"({self.counter_or_small()} << {self.random.randint(0, 3)})", f"(w := {a()})", f"({self.counter_or_small()} & 7)")

    def free(self):
        """A number of any size; nothing that is kept may be made of it."""
        return self.pick(
            f"({self.number(1)} * {self.number(1)})", f"({self.number(1)} * {self.number(1)} + {self.number(1)})", f"({self.variable()} ** 2)",
            f"({self.variable()} << {self.random.choice([1, 30, 60, 63, 64])})", f"({self.number(1)} + {self.random.choice(BIG)})", f"({self.variable()} * {self.random.choice(BIG)})",
            f"divmod({self.number(1)}, {self.number(1)})", f"({self.number(1)} / {self.number(1)})", f"round({self.number(1)}, 1)", "None", f"({self.number(1)}, {self.number(1)})", "s[:2]",
        )

    def counter_or_small(self):
        return self.random.choice(self.counters) if self.counters and self.chance(0.8) else self.small()

    def attribute(self):
        return self.random.choice(self.attributes)

    def key(self):
        return self.pick("'a'", "'b'", "1", "'no'", self.counter_or_small(), self.counter_or_small(), f"({self.counter_or_small()} % 4)", f"s[{self.small()}:]")

    def condition(self, depth=0):
        a = lambda: self.number(depth + 2)
        kind = self.random.randrange(14)
        if kind < 5:
            return f"{a()} {self.pick('<', '>', '<=', '>=', '==', '!=')} {a()}"
        if kind < 6:
            return f"{self.counter_or_small()} % {self.random.randint(2, 4)} {self.pick('==', '!=', '>')} {self.random.randint(0, 2)}"
        if kind < 7:
            return f"{a()} {self.pick('<', '<=')} {a()} {self.pick('<', '!=')} {a()}"
        if kind < 9:
            return self.pick(f"{a()} in l", f"{a()} not in l", f"{self.key()} in d", f"{self.counter_or_small()} in {{1, 2, 3}}", f"{self.counter_or_small()} in (1, 5)", "'b' in s", f"{self.counter_or_small()} in h")
        if kind < 10:
            return self.pick("l", "s", "d", self.variable(), f"{self.variable()} is None", f"isinstance({self.variable()}, int)", "flag", "type(o) is P", f"s == {self.pick(repr('ab'), repr('abc'))}")
        if depth < 2:
            c = lambda: self.condition(depth + 1)
            return self.pick(f"not {c()}", f"({c()} and {c()})", f"({c()} or {c()})")
        return self.pick("flag", "l", f"{self.variable()} > 2")

    def drained(self, depth):
        """An expression with a comprehension or a generator in it; the latter makes cells of the variables."""
        v = self.fresh("v")
        outer = list(self.counters)
        source = self.pick("l", "range(4)", "range(1, 6, 2)", "d.values()", "(1, 2.5)", "h", "range(3, 0, -1)")
        self.counters = outer + [v]
        self.guard += 1
        body, test = self.number(depth + 2), self.condition(depth + 2)
        self.guard -= 1
        self.counters = outer
        if not self.closed:
            return self.pick(f"sum([{body} for {v} in {source}])", f"len([{v} for {v} in {source} if {test}])", f"max([{body} for {v} in {source}], default=0)", f"len({{{v}: {body} for {v} in {source}}})", "sum(counted(l))")
        return self.pick(
            f"sum({body} for {v} in {source})", f"sum({body} for {v} in {source} if {test})", f"max([{body} for {v} in {source}], default=0)", f"min(({body} for {v} in {source}), default=0)",
            f"len([{v} for {v} in {source} if {test}])", f"any({test} for {v} in {source})", f"all({test} for {v} in {source})", f"sum([{body} for {v} in {source}])",
            f"len({{{v}: {body} for {v} in {source}}})", f"sum(map(lambda {v}: {body}, {source}))" if ":=" not in body else "0")

    def call(self):
        """A call of an earlier function, or None."""
        fit = [f for f in self.functions if f[2] * self.turns <= self.MAX_COST and f[3] == "plain"]
        if not fit or self.guard or not self.chance(0.8):
            return None
        name, roles, turns, _ = self.random.choice(fit)
        self.cost += turns * self.turns
        arguments = [self.argument(role) for role, _, _ in roles]
        given = []
        for (role, parameter, default), argument in zip(roles, arguments):
            if default is not None and self.chance(0.5):
                continue
            named = any("=" in g.split("(")[0] for g in given) or len(given) < roles.index((role, parameter, default)) or self.chance(0.2)
            given.append(f"{parameter}={argument}" if named else argument)
        if self.chance(0.1):
            given = [f"*({', '.join(arguments)},)"]
        elif self.chance(0.1):
            given = ["**{" + ", ".join(f"{parameter!r}: {argument}" for (_, parameter, _), argument in zip(roles, arguments)) + "}"]
        elif self.chance(0.03):
            given = given[:-1]
        elif self.chance(0.03):
            given.append(f"zz={self.small()}")
        return f"{name}({', '.join(given)})"

    def argument(self, role):
        if role == "number":
            return self.pick(self.variable(), self.small(), self.counter_or_small(), self.small(), "0.5")
        return {"list": self.pick("l", "[1, 2, 3]"), "dict": self.pick("d", "{'a': 1}"), "str": self.pick("s", "'ab'"), "object": self.pick("o", "o", "P(1)")}[role]

    # ---- statements

    def block(self, indent, depth, most=3):
        start = len(self.lines)
        for _ in range(self.random.randint(1, most)):
            self.statement(indent, depth)
        if len(self.lines) == start:
            self.emit(indent, "pass")

    def statement(self, indent, depth):
        if len(self.lines) - self.start > 45:
            depth = self.MAX_DEPTH
        choices = [self.s_number] * 5 + [self.s_conditional] * 3 + [self.s_attribute] * 3 + [self.s_item] * 3 + [self.s_list, self.s_list, self.s_dict, self.s_str, self.s_swap, self.s_free, self.s_jump, self.s_jump, self.s_set, self.s_slice, self.s_new, self.s_print]
        if depth < self.MAX_DEPTH:
            choices += [self.s_if] * 4 + [self.s_for] * 4 + [self.s_while] + [self.s_try] * 4 + [self.s_finally] * 2 + [self.s_match, self.s_with, self.s_del, self.s_rare, self.s_coroutine, self.s_key_error, self.s_key_error]
            if self.closed:
                choices += [self.s_closure, self.s_closure, self.s_generator, self.s_generator]
        self.random.choice(choices)(indent, depth)

    def s_number(self, indent, depth):
        target = self.random.choice(self.numbers)
        if self.chance(0.5):
            op = self.pick("+=", "+=", "-=", "*=", "//=", "%=", "|=", "^=")
            value = {"*=": lambda: self.small(), "//=": lambda: self.risky(self.variable(), self.pick("2", "3")), "%=": lambda: self.risky(self.variable(), self.pick("1000", "7", "10.0"))}.get(op, self.number)()
            if op in ("|=", "^="):
                value = self.counter_or_small()
                op = self.risky(op, "+=")
            self.emit(indent, f"{target} {op} {value}")
        else:
            self.emit(indent, f"{target} = {self.number()}")

    def s_conditional(self, indent, depth):
        self.emit(indent, f"if {self.condition()}:")
        target = self.random.choice(self.numbers)
        self.emit(indent + 1, f"{target} {self.pick('+=', '-=', '=')} {self.pick('1', '2', '0.5', self.number(1))}")
        if self.chance(0.2):
            self.emit(indent, "else:")
            self.emit(indent + 1, f"{target} = {self.pick('0', '0.0', 'None', 'True', self.number(1))}")

    def s_attribute(self, indent, depth):
        name = self.attribute()
        self.emit(indent, self.pick(f"o.{name} += {self.number(1)}", f"o.{name} = {self.number(1)}", f"o.{name} -= {self.small()}", f"o.{name} = {self.pick('None', '1.5', 's')}" if self.chance(0.15) else f"o.n = {self.variable()}",
                                    f"o.add({self.number(1)})", "o.bump().n += 1", f"o.extra = {self.small()}" if self.chance(0.3) else "o.m += 1", f"del o.{name}" if self.tried and self.chance(0.2) else f"o.{name} += 1"))

    def s_item(self, indent, depth):
        self.emit(indent, self.pick(
            f"if l: l[{self.counter_or_small()} % len(l)] {self.pick('=', '+=', '-=')} {self.counter_or_small()}", f"if len(l) > 2: l[{self.random.randint(-3, 2)}] {self.pick('=', '+=')} {self.small()}", f"d['c'] = {self.counter_or_small()}; d['c'] += {self.small()}", f"d[{self.key()}] = {self.counter_or_small()}",
            f"d[{self.key()}] = d.get({self.key()}, 0) + {self.counter_or_small()}") if not self.tried and self.chance(0.95) else self.pick(
            f"l[{self.counter_or_small()} % len(l)] {self.pick('=', '+=', '-=')} {self.counter_or_small()}", f"l[{self.small()}] {self.pick('=', '+=')} {self.small()}", f"d[{self.key()}] = d.get({self.key()}, 0) + {self.counter_or_small()}",
            f"d[{self.key()}] = {self.counter_or_small()}", f"d['a'] += {self.small()}", f"l[noted(log, {self.counter_or_small()}) % len(l)] += noted(log, {self.small()})"))

    def s_list(self, indent, depth):
        self.emit(indent, self.pick(
            f"l.append({self.counter_or_small()})", f"l.append({self.counter_or_small()})", f"l.insert({self.small()}, {self.counter_or_small()})", self.risky("l.pop()", "if l: l.pop()"), self.risky("l.pop(0)", "if len(l) > 1: l.pop(0)"), self.risky(f"l.remove({self.counter_or_small()})", "if 1 in l: l.remove(1)"),
            f"l.extend(({self.counter_or_small()}, 3))", "l.reverse()", self.risky("l.sort()", "l.reverse()"), self.risky(f"del l[{self.small()}]", "del l[2:3]"), self.risky(f"x = l.index({self.counter_or_small()})", "if 2 in l: x = l.index(2)"), f"if (c1 := {self.counter_or_small()}) in l: l.remove(c1)",
            f"if {self.counter_or_small()} not in l: l.append({self.counter_or_small()})", "l = [*l, 1]", "l = l[:6]", self.risky("l.clear()", "l = l[-5:]")))

    def s_dict(self, indent, depth):
        self.emit(indent, self.pick(f"d.pop({self.key()}, None)", self.risky(f"del d[{self.key()}]", "d.pop(1, 0)"), f"d.update(a={self.small()})", f"d |= {{{self.key()}: 1}}", f"d = {{**d, {self.key()}: {self.small()}}}", self.risky(f"d.pop({self.key()})", "d.pop('a', 0)")))

    def s_str(self, indent, depth):
        self.emit(indent, self.pick(f"s = s[{self.small()}:] + {self.pick(repr('a'), repr('xy'))}", "s = (s + 'q')[-5:]", f"s = f'{{{self.variable()}}}a'[:9]", f"s = f'{{{self.variable()}:>4}}b'[-6:]", f"s = str({self.variable()})[:8] + 'a'",
                                    "s = ''.join([c for c in s if c != 'b'][:5]) + 'a'", "s = s.replace('a', 'b') or 'a'", "s = '%s' % (s,)", f"s = s.strip('a') + str({self.counter_or_small()})"))

    def s_set(self, indent, depth):
        self.emit(indent, self.pick(f"h.add({self.counter_or_small()})", f"h.discard({self.counter_or_small()})", f"h = {{{self.counter_or_small()}, {self.small()}}}", f"h |= {{{self.counter_or_small()}}}", self.risky(f"h.remove({self.counter_or_small()})", "h.discard(2)")))

    def s_slice(self, indent, depth):
        n = lambda: self.pick("", self.small(), self.counter_or_small())
        self.emit(indent, self.pick(f"l = l[{n()}:{n()}] or [1]", f"l[{n()}:{n()}] = l[{n()}:{n()}][:3]", f"l[:2] = l[1::-1]", f"{self.random.choice(self.numbers)} = len(l[{n()}:{n()}])", f"s = s[{n()}:{n()}] + 'a'", f"l[:k2 + 1] = l[k2::-1]" if "k2" in self.counters else "l = l[::-1]"))

    def s_swap(self, indent, depth):
        a, b = self.random.choice(self.numbers), self.random.choice(self.numbers)
        self.emit(indent, self.pick(f"{a}, {b} = {b}, {a}", f"{a}, {b} = {b}, {a} + {self.small()}", f"{a} = {b} = {self.number(1)}", self.risky(f"[{a}, *rest] = l", f"[{a}, *rest] = l or [1]"), f"{a}, {b} = divmod({self.number(1)}, {self.pick('3', '7')})"))

    def s_free(self, indent, depth):
        t = self.fresh("t")
        self.emit(indent, f"{t} = {self.free()}")
        self.emit(indent, self.pick(f"if {t} == {self.small()}: {self.numbers[0]} = {self.small()}", f"log.append({t})", f"log.append({t})"))

    def s_jump(self, indent, depth):
        ways = [f"return {self.pick(self.number(1), self.free(), 'x, y')}", self.risky(f"raise {self.pick('Oops', 'ValueError(x)', 'KeyError(1)')}", "x += 1")]
        if self.in_generator:
            ways = ["return", f"yield {self.number(1)}"] + ways[1:]
        if self.loops:
            ways += ["break", "continue", "continue", "break"]
        self.emit(indent, f"if {self.condition()}: {self.random.choice(ways)}")

    def s_new(self, indent, depth):
        name = self.pick("P", "Q")
        self.emit(indent, self.pick(f"o = {name}({self.variable()})", f"o = {name}({self.number(2)}, m={self.small()})", f"o = {name}(*({self.small()},))", f"x = {name}({self.counter_or_small()}).{self.attribute()}", f"x += {name}(m={self.small()}, n={self.counter_or_small()}).add(1)", f"{name}()"))

    def s_print(self, indent, depth):
        self.emit(indent, f"log.append(f'{{{self.variable()}!r}}{self.pick('', ' {s:.3}', ' {len(l)}')}')")

    def s_rare(self, indent, depth):
        self.emit(indent, self.pick(self.risky(f"if {self.counter_or_small()} == 3: x = None", "x = 0"), "if len(l) > 6: l = list(map(float, l))", self.risky("if y == 4: y = 'text'", "y = 2.5"), "if x == 7: x = 2**63", self.risky("assert x != 5, x", "x = 4"), "if z == 2: z = True", self.risky("if len(log) == 9: del z", "z = len(log)"),
                                    "log.append(sorted(vars(o).items()) if hasattr(o, '__dict__') else 0)", "log.append(sorted(locals(), key=str))"))

    def s_if(self, indent, depth):
        self.emit(indent, f"if {self.condition()}:")
        self.block(indent + 1, depth + 1)
        if self.chance(0.3):
            self.emit(indent, f"elif {self.condition()}:")
            self.block(indent + 1, depth + 1, 2)
        if self.chance(0.5):
            self.emit(indent, "else:")
            self.block(indent + 1, depth + 1, 2)

    def s_for(self, indent, depth):
        i = self.fresh("i")
        head, turns = self.random.choice([
            (f"for {i} in range(5):", 5), (f"for {i} in range({self.counter_or_small()} & 7):", 7), (f"for {i} in range(6, 0, {self.pick('-1', '-2')}):", 6), (f"for {i} in range(1, {self.small()}, 2):", 5),
            (f"for {i} in list(l[:6]):", 6), (f"for {i}, e{i} in enumerate(l[:5]):", 5), (f"for {i} in (1, 2, 3.5):", 3), (f"for {i} in sorted(d, key=str)[:4]:", 4), (f"for {i}, e{i} in zip(range(4), s):", 4),
            (f"for {i} in map(len, ('a', 'bc')):", 2), (f"for {i} in (j * 2 for j in range(4)):", 4), (f"for {i} in l:", 12), (f"for {i}, e{i} in list(d.items())[:3]:", 3), (f"for {i} in s:", 5), (f"for {i} in limit(counted(l)):", 5),
        ])
        if self.turns * turns > 60:
            return self.s_number(indent, depth)
        self.emit(indent, head)
        if head.endswith("in l:"):
            self.emit(indent + 1, "if len(l) > 12: break")
        self.turns *= turns
        self.cost += self.turns
        self.loops += 1
        outer = list(self.counters)
        if " in s" not in head and "d" not in head.split(" in ")[1][:8]:
            self.counters.append(i)
        self.block(indent + 1, depth + 1, 4)
        self.counters = outer
        self.loops -= 1
        self.turns //= turns
        if self.chance(0.2):
            self.emit(indent, "else:")
            self.block(indent + 1, depth + 1, 1)

    def s_while(self, indent, depth):
        if self.turns > 12:
            return self.s_number(indent, depth)
        n = self.fresh("n")
        self.emit(indent, f"{n} = 0")
        self.emit(indent, f"while {self.pick(f'{n} < 5', f'{n} < 5', f'{n} < 5 and {self.condition(1)}', 'True')}:")
        self.emit(indent + 1, f"{n} += 1")
        self.emit(indent + 1, f"if {n} > 6: break")
        self.turns *= 6
        self.cost += self.turns
        self.loops += 1
        self.counters.append(n)
        self.block(indent + 1, depth + 1, 4)
        self.counters.remove(n)
        self.loops -= 1
        self.turns //= 6

    def s_try(self, indent, depth):
        self.emit(indent, "try:")
        self.tried += 1
        self.block(indent + 1, depth + 1)
        self.tried -= 1
        if self.chance(0.5):
            self.emit(indent + 1, self.pick(f"l[{self.counter_or_small()}] += 1", f"{self.numbers[0]} += d[{self.key()}]", f"{self.numbers[0]} //= {self.variable()}", "raise Oops", "s.index('zz')", "o.nope"))
        for kind in self.random.sample(["KeyError", "(IndexError, KeyError)", "ZeroDivisionError", "ValueError", "Oops", "TypeError"], self.random.randint(0, 2)):
            self.emit(indent, f"except {kind}{self.pick('', ' as e')}:")
            self.block(indent + 1, depth + 1, 2)
        self.emit(indent, "except Exception as e:")
        self.emit(indent + 1, "log.append(type(e).__name__)")
        if self.chance(0.3):
            self.block(indent + 1, depth + 1, 2)
        if self.chance(0.1):
            self.emit(indent + 1, "raise")
        if self.chance(0.2):
            self.emit(indent, "else:")
            self.block(indent + 1, depth + 1, 2)
        if self.chance(0.3):
            self.emit(indent, "finally:")
            self.plain_block(indent + 1, depth + 1)

    def plain_block(self, indent, depth):
        # a jump out of finally is a SyntaxWarning since 3.14; most of them would only hide what comes
        loops, self.loops = self.loops, 0
        if self.chance(0.9):
            self.emit(indent, f"{self.random.choice(self.numbers)} = {self.number(1)}")
            self.emit(indent, "log.append('finally')")
        else:
            self.block(indent, depth, 2)
        self.loops = loops

    def s_finally(self, indent, depth):
        self.emit(indent, "try:")
        self.block(indent + 1, depth + 1)
        if not self.in_generator and self.chance(0.5):
            self.emit(indent + 1, f"if {self.condition()}: return {self.number(1)}")
        if self.loops:
            self.emit(indent + 1, f"if {self.condition()}: {self.pick('break', 'continue')}")
        self.emit(indent, "finally:")
        self.plain_block(indent + 1, depth + 1)

    def s_key_error(self, indent, depth):
        target = self.random.choice(self.numbers)
        self.emit(indent, "try:")
        self.emit(indent + 1, self.pick(f"{target} += d[{self.key()}]", f"{target} = d[{self.key()}] + {self.number(1)}", f"l[{self.counter_or_small()}] = d[{self.key()}]", f"x = d[{self.key()}][0]"))
        self.emit(indent, f"except {self.pick('KeyError', 'LookupError', '(KeyError, TypeError)', 'KeyError')}{self.pick(' as e', '')}:")
        self.block(indent + 1, depth + 1, 2)

    def s_with(self, indent, depth):
        self.emit(indent, f"with Guard(log, {self.pick('True', 'False', self.condition())}) as m:")
        self.block(indent + 1, depth + 1)

    def s_del(self, indent, depth):
        t = self.fresh("t")
        self.emit(indent, f"{t} = {self.number(1)}")
        self.emit(indent, f"if {self.condition()}: del {t}")
        self.emit(indent, "try:")
        self.emit(indent + 1, f"{self.random.choice(self.numbers)} = {t}")
        self.emit(indent, "except UnboundLocalError as e:")
        self.emit(indent + 1, "log.append(str(e))")

    def nested(self):
        """The state of what is inside of a nested function."""
        saved = self.loops, self.numbers, self.counters, self.temps, self.in_generator, self.guard, self.tried
        self.loops = 0
        return saved

    def restore(self, saved):
        self.loops, self.numbers, self.counters, self.temps, self.in_generator, self.guard, self.tried = saved

    def s_closure(self, indent, depth):
        name = self.fresh("inner")
        changed = self.random.choice(self.cells)
        self.emit(indent, f"def {name}(p, q={self.small()}):")
        self.emit(indent + 1, f"nonlocal {changed}")
        saved = self.nested()
        self.in_generator = False
        self.guard += 1
        self.emit(indent + 1, f"{changed} {self.pick('+=', '-=', '=')} {self.pick('p', 'q', 'p + q', '1', '0.5')}")
        self.emit(indent + 1, f"return {changed} + {self.pick('p', 'q', '1', self.random.choice(self.cells))}")
        self.restore(saved)
        arguments = self.pick(self.number(2), f"{self.number(2)}, {self.small()}", f"q={self.small()}, p={self.variable()}", f"*[{self.small()}]")
        if self.turns <= 12 and self.chance(0.6):
            i = self.fresh("i")
            self.emit(indent, f"for {i} in range(4):")
            indent += 1
        self.emit(indent, f"{self.random.choice(self.numbers)} {self.pick('=', '+=')} {name}({arguments})")

    def s_generator(self, indent, depth):
        name = self.fresh("made")
        parameter = self.fresh("v")
        self.emit(indent, f"def {name}({parameter}):")
        saved = self.nested()
        self.numbers, self.counters, self.in_generator = [self.fresh("u")], [parameter], True
        self.guard += 1
        self.emit(indent + 1, f"{self.numbers[0]} = 0")
        i = self.fresh("i")
        self.emit(indent + 1, f"for {i} in range(4):")
        self.counters.append(i)
        self.emit(indent + 2, f"{self.numbers[0]} += {self.pick('1', i, parameter, '0.5')}")
        self.emit(indent + 2, f"if {i} {self.pick('==', '>', '<')} {self.small()}: {self.pick('continue', 'break', 'yield 5', 'return', self.risky('raise Oops', 'pass'), 'pass')}")
        self.emit(indent + 2, f"yield {self.pick(self.numbers[0], i, f'{self.numbers[0]} * {i}', f'{self.numbers[0]} + len(l)')}")
        self.restore(saved)
        target = self.random.choice(self.numbers)
        make = f"{name}({self.pick(self.counter_or_small(), self.small(), '0.5')})"
        self.emit(indent, self.pick(f"{target} = sum({make})", f"{target} = max({make}, default=1)", f"l = list({make}) or [1]", f"for {self.fresh('i')} in {make}: {target} += 1", f"l.extend({make}); l = l[-8:]", f"log.append(sorted({make}))",
                                    f"{target} = sum(j * 2 for j in {make})", f"log.append(''.join(map(str, {make})))", f"log.append([*{make}])", f"log.append(next({make}, None))", f"log.append({self.small()} in {make})", f"log.append(tuple({make}))", f"log.append(dict(enumerate({make})))"))

    def s_coroutine(self, indent, depth):
        name = self.fresh("later")
        self.emit(indent, f"async def {name}(p):")
        self.emit(indent + 1, "for i in range(3):")
        self.emit(indent + 2, f"p {self.pick('+=', '*=')} {self.pick('i', '2', 'await ready(i)')}")
        self.emit(indent + 2, f"{self.pick('await ready(p)', 'if p == 4: return await ready(1)', 'async for w in stepped(2): p += w')}")
        self.emit(indent + 1, "return p")
        self.emit(indent, f"{self.random.choice(self.numbers)} = driven({name}({self.counter_or_small()}))")

    def s_match(self, indent, depth):
        self.emit(indent, f"match {self.pick(self.variable(), self.variable(), f'({self.variable()}, {self.counter_or_small()})', 'l', 'o', 's', 'd')}:")
        patterns = ["0", "1 | 2", "-1", "'ab' | 'abc'", "None", "[]", "[a1]", "[a1, *_]", "(1, a2)", "{'a': a3}", "int(a4)", "float()", "P(n=1)", "P(n=a5)", "str()", "[int(), *a6]", "True", "(x, _)"]
        for pattern in self.random.sample(patterns, self.random.randint(2, 4)):
            self.emit(indent + 1, f"case {pattern}{self.pick('', '', f' if {self.condition(1)}')}:")
            self.block(indent + 2, depth + 2, 2)
        if self.chance(0.5):
            self.emit(indent + 1, "case _:")
            self.block(indent + 2, depth + 2, 1)

    # ---- functions and classes

    def classes(self):
        self.emit(0, "class P:")
        if self.slots:
            self.emit(1, f"__slots__ = ({', '.join(map(repr, self.attributes))},)")
        self.emit(1, "K = 2")
        self.emit(1, f"def __init__(self, n={self.small()}, m={self.pick('0', '1.5')}):")
        first = True
        for name in self.attributes:
            value = self.pick("n", "m", "n + 1", "0", "n * 2", "None", "m", "1.0", "[]" if self.chance(0.2) else "1")
            if name == "n":
                value = "n"
            if not first and self.chance(0.15):
                self.emit(2, f"if n {self.pick('>', '<', '==')} {self.small()}:")
                self.emit(3, f"self.{name} = {value}")
            elif not first and self.chance(0.08):
                self.emit(2, f"self.{name} = self.n")
            elif not first and self.chance(0.05):
                self.emit(2, f"self.{name} = len([self.n])")
            elif not first and self.chance(0.08):
                self.emit(2, f"for i in range(2): self.{name} = i")
            else:
                self.emit(2, f"self.{name} = {value}")
            first = False
        if self.chance(0.1):
            self.emit(2, f"if n == {self.small()}: {self.pick('raise ValueError(n)', 'return', 'self.n //= 0')}")
        self.emit(1, "def add(self, v, by=1):")
        self.emit(2, f"self.m = {self.pick('v + by', 'self.m + by', 'by', 'v')}")
        self.emit(2, f"return {self.pick('self.m', 'v', 'by + v', 'self.n')}")
        self.emit(1, "def bump(self):")
        self.emit(2, "self.n += 1")
        self.emit(2, "return self")
        self.emit(1, "@property")
        self.emit(1, f"def twice(self): return {self.pick('self.n + self.n', 'self.m * 2', 'self.n * 2')}")
        self.emit(1, "def __repr__(self): return f'{type(self).__name__}({self.n!r}, {self.m!r})'")
        self.emit(0, "class Q(P):")
        if self.chance(0.5):
            self.emit(1, "def __init__(self, n=1, m=2):")
            self.emit(2, f"{self.pick('super().__init__(n, m)', 'P.__init__(self, n, m=m)', 'super().__init__(m=m, n=n)')}")
            self.emit(2, f"self.{self.attribute()} = {self.pick('n', '1', 'm')}")
        if self.chance(0.4):
            self.emit(1, f"def add(self, v, by=2): return {self.pick('super().add(v)', 'v', 'self.n + by')}")
        self.emit(1, f"{self.pick('K = 3', 'K = 2.5', 'pass')}")

    DEFAULTS = {"number": ["2", "0", "1.5"], "list": ["(1, 2)"], "dict": ["None"], "str": ["'ab'"], "object": ["None"]}
    PARAMETERS = [("number", "x"), ("number", "y"), ("number", "z"), ("list", "l"), ("dict", "d"), ("str", "s"), ("object", "o")]

    def function(self):
        name = self.fresh("f")
        kind = "generator" if self.chance(0.15) else "plain"
        count = self.random.randint(2, 7)
        chosen = self.random.sample(self.PARAMETERS, count)
        roles = []
        for role, parameter in chosen:
            last = roles and roles[-1][2] is not None
            default = None
            if role == "number" and (last or self.chance(0.15)):
                default = self.random.choice(self.DEFAULTS[role])
            elif last:
                continue
            roles.append((role, parameter, default))
        parameters = [p if v is None else f"{p}={v}" for _, p, v in roles]
        if self.chance(0.1):
            parameters.append("*rest")
        elif self.chance(0.1):
            parameters.append("*, kw=1")
        self.start = len(self.lines)
        self.emit(0, f"def {name}({', '.join(parameters)}):")
        given = {p for _, p, _ in roles}
        for parameter, value in [("x", "0"), ("y", "1"), ("z", self.pick("0.0", "0", "2")), ("l", "[1, 2, 3]"), ("d", "{'a': 1, 1: 2}"), ("s", "'abc'"), ("o", f"{self.pick('P', 'Q')}(1)")]:
            if parameter not in given:
                self.emit(1, f"{parameter} = {value}")
        self.emit(1, f"log, h, flag, w = [], {{1, 2}}, {self.pick('True', 'False', 'x == 1')}, 0")
        self.numbers, self.counters, self.temps = ["x", "y", "z"], [], []
        self.cells = ["x", "y", "z", "w"]
        self.turns, self.cost, self.loops, self.guard, self.tried = 1, 1, 0, 0, 0
        self.in_generator = kind == "generator"
        self.closed = self.chance(0.4)
        for _ in range(self.random.randint(1, 2)):
            self.block(1, 0, 2)
            if self.chance(0.4):
                self.s_for(1, 0)
            else:
                self.caught_loop()
        if self.in_generator:
            self.emit(1, "yield x, y, z, l, sorted(d.items(), key=str), s, o, log[:20]")
        else:
            self.emit(1, self.pick("return x, y, z, l, sorted(d.items(), key=str), s, o, sorted(h, key=str), w, log[:20]", "return x, y, z, w, log[:20]", "return x"))
        self.functions.append((name, roles, self.cost, kind))
        return name, roles, kind

    def caught_loop(self):
        """A loop of which each turn may raise and the next goes on."""
        i = self.fresh("i")
        self.emit(1, f"for {i} in range({self.random.randint(3, 8)}):")
        self.emit(2, "try:")
        self.turns, self.loops, self.tried = 8, 1, 1
        self.cost += 8
        self.counters.append(i)
        for _ in range(4):
            self.statement(3, 1)
        self.counters.remove(i)
        self.turns, self.loops, self.tried = 1, 0, 0
        self.emit(2, "except (LookupError, ArithmeticError, TypeError, ValueError, AttributeError, Oops, NameError) as e:")
        self.emit(3, "log.append((type(e).__name__, str(e)))")

    def values(self, role, kind):
        if role == "number":
            return {"ints": ["n", "n % 5", "3", "n - 3"], "floats": ["n * 0.5", "1.5", "n + 0.25"], "huge": ["2**63 - n", "2**62 * (n % 3)", "10**18 + n", "-2**63 + n"],
                    "any": ["None", "'text'", "True", "n", "1.5", "2**70", "P(n)", "[1]"]}[kind]
        return {"list": ["[1, 2, 3]", "[n % 4, 5, 6]", "[0]", "list(range(n % 9 + 1))"] + (["[]", "[1.5, 2]", "(1, 2)", "['a']"] if kind == "any" else []),
                "dict": ["{'a': 1, 1: 2}", "{n % 3: n, 'b': 1, 'a': 0}", "{'a': n}"] + (["{}", "None", "{'a': 1.5}"] if kind == "any" else []),
                "str": ["'abc'", "'ab'", "'xa' + str(n)"] + (["''", "'\\u65e5a'", "b'ab'", "None"] if kind == "any" else []),
                "object": ["P(n)", "Q(n % 4)", "P(1, 2)"] + (["P(1.5)", "None", "1", "Q(None)"] if kind == "any" else [])}[role]

    def drive(self, name, roles, kind):
        plans = []
        for numbers in ["ints", self.pick("ints", "floats", "huge"), self.pick("any", "floats", "huge"), "any", "ints"]:
            arguments = "".join(self.random.choice(self.values(role, numbers)) + ", " for role, _, _ in roles)
            plans.append(f"({self.random.randint(2, 5)}, lambda n: ({arguments}))")
        if self.chance(0.3):
            plans.insert(self.random.randint(1, 4), f"({self.pick(1, 1)}, lambda n: setattr({self.pick('P', 'Q', 'P')}, {self.pick(repr('K'), repr('add'), repr('n'), repr('twice'))}, {self.pick('5', 'lambda self, v, by=1: 4', '2.5')}))")
        self.emit(0, f"drive({name if kind == 'plain' else f'lambda *a: list(limit({name}(*a)))'}, {', '.join(plans)})")

    def program(self):
        self.emit(0, f"G = {self.pick('3', '1.5', '2**62')}")
        self.classes()
        made = [self.function() for _ in range(self.random.randint(2, 3))]
        for name, roles, kind in made:
            self.drive(name, roles, kind)
        return "\n".join(self.lines) + "\n"


def program(seed):
    while True:
        text = Hot(seed).program()
        try:
            compile(text, "<fuzz>", "exec")
            return text
        except SyntaxError:
            # such as a walrus where none may be, or a variable of an enclosing scope made a parameter
            seed = f"{seed}+"


if __name__ == "__main__":
    import sys

    print(program(sys.argv[1]))
