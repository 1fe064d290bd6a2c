# += of long texts: shared beginnings, branches, other kinds of characters, threads
import threading
def grow(n, piece):
    s = ""
    for i in range(n):
        s += piece
    return s
for piece in ("a", "0123456789", "\xe9", "\u0100", "\U0001f600", "\ud800", "\udc00"):
    s = grow(3000, piece)
    assert s == piece * 3000, piece
    assert len(s) == 3000 * len(piece)
    assert hash(s) == hash(piece * 3000)
base = grow(2000, "x")
a = base
a += "one"
b = base
b += "two!"
c = a
c += "\u20ac"
d = a
d += ""
e = c
e += "\U0001f600tail"
assert base == "x" * 2000 and len(base) == 2000
assert a == "x" * 2000 + "one" and b == "x" * 2000 + "two!"
assert c == "x" * 2000 + "one\u20ac" and d is a
assert e == "x" * 2000 + "one\u20ac\U0001f600tail" and len(e) == 2009
assert a[-3:] == "one" and a.find("o") == 2000 and a.encode()[-3:] == b"one"
keep = []
s = "y" * 1024
for i in range(500):
    s += str(i)
    if i % 50 == 0:
        keep.append((len(s), s))
full = "y" * 1024 + "".join(map(str, range(500)))
assert s == full
for n, t in keep:
    assert t == full[:n] and len(t) == n
start = "z" * 1024 + ""
start += "!"
results = []
def work(k):
    mine = start
    for i in range(2000):
        mine += str(k)
    results.append((k, mine))
threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
for t in threads: t.start()
for t in threads: t.join()
for k, text in results:
    assert text == "z" * 1024 + "!" + str(k) * 2000, k
high = "a" * 1024 + "\ud83d"
high += "\ude00"
assert len(high) == 1026 and high[-1] == "\ude00"
print("ok")
