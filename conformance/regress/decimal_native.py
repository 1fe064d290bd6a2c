"""_decimal: random operations in random contexts, whose results and flags are hashed, one hash for
each kind; special values and messages; flags of a context that threads share."""
import hashlib
import random
import threading
from decimal import *

ROUNDINGS = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR,
             ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
R = random.Random(20261122)


def context():
    prec = R.choice([1, 2, 3, 7, 9, 16, 18, 19, 28, 28, 28, 34, 50, 110])
    limit = R.choice([5, 30, 400, 999999])
    return Context(prec=prec, Emin=-R.choice([0, limit]), Emax=R.choice([0, limit]),
                   rounding=R.choice(ROUNDINGS), clamp=R.randrange(2), traps=[])


def digits(n):
    kind = R.randrange(5)
    if kind == 0:
        return "9" * n
    if kind == 1:
        return "1" + "0" * (n - 1)
    if kind == 2:
        return "".join(R.choice("05") for _ in range(n)) + "5"
    return str(R.randrange(10 ** (n - 1), 10 ** n))


def number(c):
    sign = R.choice(["", "-"])
    kind = R.randrange(20)
    if kind == 0:
        return Decimal(sign + "0E%d" % R.randrange(-40, 40))
    if kind == 1:
        return Decimal(sign + R.choice(["Inf", "NaN", "sNaN", "NaN123", "sNaN" + digits(30)]))
    n = R.choice([1, 2, 3, 5, 9, 17, 18, 19, 28, 29, 37, 60])
    e = R.choice([0, -2, R.randrange(-12, 12), -n, c.Emin - n + R.randrange(-4, 4),
                  c.Emax - n + R.randrange(-4, 4), c.Etiny() + R.randrange(-3, 4)])
    return Decimal(sign + digits(n) + "E%d" % e)


KINDS = {
    "sums": (["add", "subtract"], 2, 1500),
    "products": (["multiply", "divide"], 2, 1500),
    "remainders": (["divide_int", "remainder", "remainder_near", "divmod"], 2, 800),
    "fma": (["fma"], 3, 400),
    "order": (["compare", "compare_signal", "max", "max_mag", "min", "min_mag", "compare_total",
               "compare_total_mag", "same_quantum", "next_toward", "copy_sign"], 2, 900),
    "digits": (["rotate", "shift", "scaleb", "quantize", "logical_and", "logical_xor"], 2, 900),
    "unary": (["abs", "minus", "plus", "next_minus", "next_plus", "normalize", "to_integral_exact",
               "sqrt", "logb", "logical_invert", "number_class", "to_sci_string", "to_eng_string",
               "create_decimal"], 1, 1500),
    "transcendental": (["exp", "ln", "log10"], 1, 300),
    "power": (["power"], 2, 300),
}
for kind, (names, arguments, count) in KINDS.items():
    seen = hashlib.sha256()
    for _ in range(count):
        c = context()
        name = R.choice(names)
        args = [number(c) for _ in range(arguments)]
        if kind == "digits" and R.randrange(3):
            args = [args[0], Decimal(R.randrange(-c.prec - 1, c.prec + 2))]
            if name == "quantize":
                args[1] = args[1].scaleb(args[1], Context(traps=[]))
            elif name.startswith("logical"):
                args = [Decimal("".join(R.choice("01") for _ in range(30))) for _ in args]
        if kind == "power" and R.randrange(2):
            args[1] = Decimal(R.randrange(-400, 400)) / 8
        result = getattr(c, name)(*args)
        flags = [s.__name__ for s, on in c.flags.items() if on]
        seen.update(repr((name, args, result, flags)).encode())
    print(kind, seen.hexdigest()[:16])

seen = hashlib.sha256()
with localcontext() as c:
    for _ in range(1500):
        c.rounding = R.choice(ROUNDINGS)
        spec = (R.choice(["", "*<", "x>", "=", "_^"]) + R.choice(["", "+", " "]) + R.choice(["", "12", "30"])
                + R.choice(["", ","]) + R.choice(["", ".0", ".3", ".20"]) + R.choice(["", *"eEfFgGn%"]))
        x = Decimal(R.choice(["NaN", "-Infinity", "0E5", "0E-5", "-1234567.8955", "1E+10", "99.5", digits(20) + "E-9"]))
        try:
            text = format(x, spec)
        except ValueError as e:
            text = str(e)
        seen.update(repr((str(x), spec, text)).encode())
print("format", seen.hexdigest()[:16])

# Other numbers.
print(Decimal(0.1), Decimal((1, (1, 2, 3), -2)), Decimal(" \u0661\u0662_3e-2\n"), int(Decimal("1E+30")))
print(hash(Decimal("1.5")) == hash(1.5), hash(Decimal("1E+500")) == hash(10 ** 500), Decimal("0.5") == 0.5)
print(pow(10, 2, Decimal(7)), divmod(Decimal(-7), 2), 2 ** Decimal("0.5"), round(Decimal("2.675"), 2))
print(Decimal("-3.5").as_integer_ratio(), Decimal("1.20").as_tuple(), f"{Decimal('1234567.891'):_.1f}")

# What goes wrong.
for text in ("Decimal('1_0x')", "Decimal('1e9999999999999999999')", "Decimal(1) / 0", "Decimal(0) / 0",
             "divmod(Decimal(1), 0)", "Decimal(-1).sqrt()", "Decimal('sNaN') == 1", "hash(Decimal('sNaN'))",
             "Decimal(1) + 1.5", "Decimal(1).sqrt(5)", "int(Decimal('NaN'))", "Context(prec=0)",
             "Context(rounding='up')", "Context(prec=2**70)", "format(Decimal(1), 'd')", "IEEEContext(33)",
             "getcontext().flags['x']", "delattr(getcontext(), 'prec')", "Decimal([])", "Decimal(None)",
             "Context(prec=MAX_PREC).divide(1, 3)", "int(Decimal('1E+999999999999'))"):
    try:
        print(text, eval(text))
    except (ArithmeticError, TypeError, ValueError, KeyError, AttributeError, MemoryError) as e:
        print(text, "->", type(e).__name__, e)

# Flags that threads set in one context are all there.
shared = Context(prec=5, Emin=-5, Emax=5, traps=[])
work = [lambda: shared.divide(1, 3), lambda: shared.divide(1, 0), lambda: shared.sqrt(-1),
        lambda: shared.multiply(Decimal("9E5"), Decimal("9E5")), lambda: shared.multiply(Decimal("1E-5"), Decimal("1.23456E-3")),
        lambda: shared.create_decimal(0.5)]
lost = 0
for _ in range(200):
    shared.clear_flags()
    barrier = threading.Barrier(len(work))

    def run(f):
        barrier.wait()
        f()

    threads = [threading.Thread(target=run, args=(f,)) for f in work]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    lost += not all(shared.flags[s] for s in (InvalidOperation, DivisionByZero, Overflow, Underflow, Inexact, FloatOperation))
print("flags lost", lost)
