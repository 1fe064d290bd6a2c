"""Hot code keeps to what global names and built-ins are by now, and a recursion to what its function is."""

import builtins
import threading
import types

N = 3000
value = 1


def read():
    return value


def shadowed():
    return len("abc")


def caught():
    try:
        return value
    except NameError as e:
        return str(e)


def loop(n):
    total = 0
    for _ in range(n):
        total += read() + shadowed()
    return total


def every(count=N):
    return loop(count), caught()


print(every())
value = 2
print(every())
# The dict gets another table.
globals().update((f"name_{i}", i) for i in range(1000))
print(every())
del value
print(caught())
try:
    loop(3)
except NameError as e:
    print(e)
value = 3
print(every())
len = lambda s: 100
print(every())
del len
print(every())
builtins.value = 50
del value
print(every())
value = 4
print(every())
del builtins.value
real = builtins.len
builtins.len = lambda s: 7
print(every())
builtins.len = real
print(every())

# One code, many globals: those of modules, and a subclass of dict, whose methods exec asks.
for k in range(8):
    print(sum(types.FunctionType(read.__code__, {"value": k})() for _ in range(N)), end=" ")
print()


class Missing(dict):
    def __missing__(self, name):
        return name.upper()


code = compile("found = [value for _ in 'x' * 3000]", "?", "exec")
for scope in ({"value": 1}, Missing(), Missing(value=2), {"value": 3}):
    exec(code, scope)
    print(set(scope["found"]))


# A name that comes and goes: the table fills with deleted entries and is made anew.
def come_and_go(n):
    global passing
    total = 0
    for i in range(n):
        passing = i
        total += passing + read()
        del passing
    return total


print(come_and_go(5000), every())


# ---- recursion


def count(n):
    return n if n < 2 else count(n - 1) + count(n - 2)


def total(items, at=0):
    return items[at] + total(items, at + 1) if at < 5 else 0


def depth(n):
    return 1 + depth(n + 1)


print([count(18) for _ in range(3)], sum(total([1, 2, 3, 4, 5]) for _ in range(N)))
for _ in range(3):
    try:
        depth(0)
    except RecursionError as e:
        print(type(e).__name__)
print(count(15))
old = count
count = lambda n: 1000
print(old(10), old(1))
count = old
print(count(20))
count.__code__ = (lambda n: n * 2).__code__
print(count(20), old(20))


def swap(n):
    global swap
    if n == 50:
        kept, swap = swap, lambda n: "other"
        result = swap(n - 1)
        swap = kept
        return result
    return "end" if n == 0 else swap(n - 1)


print({swap(n) for _ in range(200) for n in (10, 49)}, swap(60), swap(40))


def kinds(x, n):
    return x if n == 0 else kinds(x + x, n - 1)


print(kinds(1, 10), sum(kinds(i, 5) for i in range(N)), kinds(1.5, 10), kinds("a", 3), kinds(1, 70))

# ---- threads that rebind what others read
seen = set()
stop = False


def reader():
    while not stop:
        seen.add(read())


readers = [threading.Thread(target=reader) for _ in range(2)]
for t in readers:
    t.start()
for i in range(2000):
    value = i % 5
    if i % 100 == 0:
        globals()[f"more_{i}"] = i
stop = True
for t in readers:
    t.join()
print(seen <= set(range(5)))
