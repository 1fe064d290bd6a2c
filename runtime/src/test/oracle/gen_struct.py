"""Prints cases for StructTest: run with CPython 3.14. Usage: gen_struct.py COUNT SEED"""
import random
import struct
import sys

from gen_numbers import esc


def shown(v):
    if isinstance(v, bool):
        return "?" + str(v)
    if isinstance(v, int):
        return "i%d" % v
    if isinstance(v, float):
        return "f" + v.hex()
    if isinstance(v, complex):
        return "c%s,%s" % (v.real.hex(), v.imag.hex())
    return "b" + v.decode("latin1")


def main(count, seed):
    r = random.Random(seed)

    def value(c):
        if c in "cs":
            return bytes(r.randrange(3, 256) for _ in range(1 if c == "c" else r.randrange(6)))
        if c == "p":
            return bytes(r.randrange(3, 256) for _ in range(r.choice([0, 3, 8])))
        if c == "?":
            return r.random() < 0.5
        if c in "efd":
            return r.choice([0.0, -0.0, 1.5, 65504.0, 65519.9, 65520.0, 1e-8, 6e-8, 1.0009765625, 1.00048828125,
                             1e300, -3.4028235677973366e38, 3.4e38, float("inf"), r.uniform(-1, 1) * 2.0**r.randrange(-30, 17)])
        if c in "FD":
            return complex(r.uniform(-9, 9), r.choice([0.0, 1e300, 2.5]))
        b = r.choice([8, 16, 32, 64, 65])
        return r.choice([0, 1, -1, 2**b - 1, 2**b, 2**(b - 1), 2**(b - 1) - 1, -2**(b - 1), -2**(b - 1) - 1, r.getrandbits(7)])

    for _ in range(count):
        f = r.choice(["", "@", "=", "<", ">", "!"])
        values = []
        for _ in range(r.randrange(1, 4)):
            c = r.choice("xcbB?hHiIlLqQnNefdFDsp" + ("z " if r.random() < 0.05 else ""))
            n = r.choice([None, None, 0, 1, 2, 3, 9])
            f += ("" if n is None else str(n)) + c
            if c in "sp":
                values.append(value(c))
            elif c not in "x ":
                values += [value(c) for _ in range(1 if n is None else n)]
        if r.random() < 0.02:
            f += r.choice(["3", "99999999999999999999s", "\0", "9223372036854775807q"])
        try:
            packed = struct.pack(f, *values)
            result = "=%d|%s" % (len(packed), packed.decode("latin1"))
            back = "\x02".join(map(shown, struct.unpack(f, packed)))
        except (struct.error, OverflowError) as e:
            result = "!" + type(e).__name__ + ": " + str(e)
            back = ""
        if "int too large" in result:
            continue
        print(esc(f), esc("\x02".join(map(shown, values))), esc(result), esc(back), sep="\t")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
