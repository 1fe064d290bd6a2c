"""Prints cases for NumberTextTest: run with CPython 3.14.

One case per line: operation, arguments, result, tab separated, with escapes as in Java strings.
The result is "=" and the value or "!" and the exception. Usage: gen_numbers.py COUNT SEED
"""
import random
import struct
import sys


def esc(s):
    out = []
    for ch in s:
        c = ord(ch)
        if ch == "\\":
            out.append("\\\\")
        elif 32 <= c < 127:
            out.append(ch)
        elif c < 0x10000:
            out.append("\\u%04x" % c)
        else:
            c -= 0x10000
            out.append("\\u%04x\\u%04x" % (0xD800 + (c >> 10), 0xDC00 + (c & 0x3FF)))
    return "".join(out)


def case(op, func, *args):
    try:
        result = "=" + func()
    except Exception as e:
        result = "!" + type(e).__name__ + ": " + str(e)
    print("\t".join([op] + [esc(str(a)) for a in args] + [esc(result)]))


def main(count, seed):
    r = random.Random(seed)

    def a_float():
        k = r.randrange(9)
        if k == 0:
            return struct.unpack("d", struct.pack("Q", r.getrandbits(64)))[0]
        if k == 1:
            return r.choice([0.0, -0.0, 1e16, 1e15, 123456789012345680.0, 1e22, 1e23, 5e-324,
                             1.7976931348623157e308, 2.2250738585072014e-308, 0.5, 1.5, 2.5, 1e-4,
                             1e-5, 9999999.0, 1e7, 0.001, float("inf"), float("-inf"),
                             float("nan"), 2.0**53, 2.0**53 - 1, 9.5, 99.5, 0.125, 2e-323,
                             1e-323, 8e-323])
        if k == 2:
            return r.randrange(-10**r.randrange(1, 20), 10**r.randrange(1, 20)) / 1.0
        if k == 3:
            return round(r.uniform(-1000, 1000), r.randrange(6))
        if k == 4:
            return r.randrange(1, 2**r.randrange(2, 53)) * 2.0**r.randrange(-1074, 970)
        if k == 5:
            return r.randrange(1, 1000) / 8
        if k == 6:
            return r.randrange(10**r.randrange(1, 18)) * 10.0**r.randrange(-30, 30)
        return r.uniform(-1, 1) * 10.0**r.randrange(-10, 20)

    def a_int():
        k = r.randrange(4)
        if k == 0:
            return r.randrange(-300, 300)
        if k == 1:
            return r.randrange(-2**63, 2**63)
        if k == 2:
            return r.randrange(-2**r.randrange(1, 300), 2**r.randrange(1, 300))
        return r.choice([0, -1, 2**63, -2**63, 2**63 - 1, 0x10ffff, 0x110000, 65, 10**18, 10**19])

    def a_spec(types):
        s = ""
        if r.random() < 0.3:
            if r.random() < 0.6:
                s += r.choice("*x0 \u00e9\U0001f600")
            s += r.choice("<>=^")
        if r.random() < 0.3:
            s += r.choice("+- ")
        if r.random() < 0.1:
            s += "z"
        if r.random() < 0.15:
            s += "#"
        if r.random() < 0.25:
            s += "0"
        if r.random() < 0.5:
            s += str(r.randrange(1, 45))
        if r.random() < 0.25:
            s += r.choice(",_,_,_,") if r.random() < 0.97 else ",_"
        if r.random() < 0.35:
            s += "." + (str(r.randrange(0, 30)) if r.random() < 0.95 else "")
            if r.random() < 0.2:
                s += r.choice(",_")
        if r.random() < 0.8:
            s += r.choice(types)
        if r.random() < 0.02:
            s += r.choice("dfqs\u1234\x01")
        return s

    def text(chars, n):
        return "".join(r.choice(chars) for _ in range(r.randrange(n)))

    for _ in range(count):
        x = a_float()
        hx = x.hex()
        case("frepr", lambda: repr(x), hx)
        case("hex", lambda: x.hex(), hx)
        n = r.choice([r.randrange(-5, 25), r.randrange(-330, 340)])
        case("round", lambda: repr(round(x, n)), hx, n)
        spec = a_spec("eEfFgGn%eEfFgG%" + ("dxsq" if r.random() < 0.1 else ""))
        case("ffmt", lambda: format(x, spec), hx, spec)
        i = a_int()
        spec = a_spec("bcdoxXnbdoxX" + ("sqef" if r.random() < 0.1 else ""))
        if not spec[-1:] in "eEfFgG%" or not spec:
            case("ifmt", lambda: format(i, spec), i, spec)
        spec = a_spec("s" if r.random() < 0.9 else "dq")
        s = text("ab\u00e9\u1234\U0001f600", 8)
        case("sfmt", lambda: format(s, spec), s, spec)
        y = a_float()
        spec = a_spec("eEfFgGn" + ("%dq" if r.random() < 0.1 else ""))
        z = complex(x, y)
        if r.random() < 0.1:
            z = complex(0.0, y)
        case("cfmt", lambda: format(z, spec), z.real.hex(), z.imag.hex(), spec)
        s = text("0123456789" if r.random() < 0.5 else "0011.eE+-_ \uff11\u0663\xa0xinfaNI", 14)
        if r.random() < 0.4:
            s = repr(x)
        if r.random() < 0.2:
            s = "%d.%se%d" % (r.randrange(10**r.randrange(1, 30)), text("0123456789", 40),
                              r.randrange(-330, 310))
        case("fparse", lambda: float(s).hex(), s)
        s = text("0123456789abcdefzZ" if r.random() < 0.5 else "00117_xobXOB +-\uff11\u0663", 12)
        base = r.choice([0, 10, 10, 2, 8, 16, 36, 7])
        case("iparse", lambda: str(int(s, base)), s, base)
        s = text("0x1.8fp+-39 naif", 14)
        if r.random() < 0.5:
            s = "%s0x%s.%sp%d" % (r.choice(["", "-", "+"]), text("0123456789abcdefF", 20),
                                  text("0008fF", 20), r.randrange(-1150, 1030))
        case("fromhex", lambda: float.fromhex(s).hex(), s)
        if x == x and x not in (float("inf"), float("-inf")):
            case("ratio", lambda: "%d/%d" % x.as_integer_ratio(), hx)
        s = text("ab'\"\\\n\t\x00\x7f\x80\xad\xff\u0100\u200b\ud800\ue000\uffff\U0001f600\U000e0001", 9)
        case("srepr", lambda: repr(s), s)
        case("sascii", lambda: ascii(s), s)
        b = text("ab'\"\\\n\t\x00\x7f\x80\xff", 9)
        case("brepr", lambda: repr(b.encode("latin1")), b)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
