# formats of % are taken apart once, specs are parsed once: many operands for each
import random
vals = [1, -5, 0, True, 2.5, -0.0, 1e300, float("nan"), float("inf"), "abc", "\U0001f600", "\ud800", None, 10**30, [1], (), b"x", "\udc00"]
convs = list("srdiufFeEgGxXoca%y") 
flags = ["", "-", "+", " ", "#", "0", "5", "08", ".2", ".0", ".", "-8.3", "+.1", "l", ".25", ".16"]
rng = random.Random(3)
out=[]
def tryit(f, a):
    for _ in range(3):
        try: r = ascii(f % a)
        except Exception as e: r = type(e).__name__ + str(e)
    out.append((f, r))
for n in range(400):
    k = rng.randrange(0, 4)
    keyed = rng.random() < .3
    f = ""
    for i in range(k):
        f += rng.choice(["", "x", "a b ", "%%", "\u20ac"]) + "%" + (rng.choice(["(k)", "(kk)", "()", "(nope)"]) if keyed else "") + rng.choice(flags if rng.random()<.5 else [""]) + rng.choice(convs)
    f += rng.choice(["", "tail"])
    if keyed: a = {"k": rng.choice(vals), "kk": rng.choice(vals), "": 1}
    else:
        a = tuple(rng.choice(vals) for _ in range(k if rng.random() < .9 else k+1))
        if k == 1 and rng.random() < .5: a = rng.choice(vals)
    tryit(f, a)
for spec in [",.2f", ".2f", "_.3f", ",f", ".0f", ".15f", ".16f", ".30f", ",.20f", "f", ">10", "^12.3f", "+,.1f", "08.2f", "d", ",d", "x", "#x", "n", "%", ".1%", "10.3s", "e", "z.1f", "#.0f", ""]:
    for v in vals + [1234567.891, 0.5, 1.5, 2.675, 123456789012345.678, 4503599627370496.0, 9007199254740993.0, 0.05, 999.995, -1234.5, 1e15, 1e16, 1e22, 5e-324]:
        for _ in range(2):
            try: r = ascii(format(v, spec))
            except Exception as e: r = type(e).__name__ + str(e)
        out.append((spec, r))
x, y = "\ud800", "\udc00"
out.append((len(f"{x}{y}"), len(f"{x}{y}!"), len("%s%s" % (x, y)), len("".join([x,y]))))
for o in out:
    print(*o)
