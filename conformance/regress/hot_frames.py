"""Hot recursive functions, looked at from deep inside: frames, tracebacks, limits, threads."""

import sys
import threading
import traceback

look = None


def leaf(n):
    return n + 1 if look is None else look(n)


def down(n, tag):
    mine = n * 2
    if n == 0:
        return leaf(mine)
    below = down(n - 1, tag)
    return below + mine - n * 2


class Node:
    def __init__(self, depth, parent):
        self.depth = depth
        self.parent = parent
        self.child = None if depth == 0 else Node(depth - 1, self)
        self.size = self.count()

    def count(self):
        child = self.child
        return 1 if child is None else 1 + child.count()


def warm():
    for _ in range(900):
        down(4, "warm")
        Node(2, None)
        total([1, 2, 3], 0)


def total(values, start):
    for v in values:
        start += v
    return start


def with_look(function, *args):
    global look
    look = function
    try:
        return down(*args)
    finally:
        look = None


def stack(n):
    f = sys._getframe()
    seen = []
    while f is not None and f.f_code.co_name != "with_look":
        seen.append((f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno, sorted(f.f_locals.items())))
        f = f.f_back
    assert sys._getframe(1) is sys._getframe().f_back
    return seen and 7


def show_stack():
    found = []

    def note(n):
        f = sys._getframe(1)
        first = f
        while f is not None:
            name = f.f_code.co_name
            found.append((name, f.f_lineno - f.f_code.co_firstlineno))
            if name == "down":
                found.append(sorted(f.f_locals.items()))
            f = f.f_back
        again = sys._getframe(1)
        found.append(first is again and first.f_back is again.f_back)
        return n

    print(with_look(note, 3, "x"), found)


def trace_back():
    def fail(n):
        raise KeyError(n)

    try:
        with_look(fail, 3, "boom")
    except KeyError as e:
        for f, line in traceback.walk_tb(e.__traceback__):
            print(f.f_code.co_name, line - f.f_code.co_firstlineno, f.f_locals.get("n"))
        tb = e.__traceback__
        frames = [f for f, _ in traceback.walk_tb(tb)]
        print([a is b.f_back for a, b in zip(frames, frames[1:])])
    try:
        total([1, 2, None], 0)
    except TypeError as e:
        print(e, e.__traceback__.tb_next.tb_lineno - total.__code__.co_firstlineno)
        print(sorted(e.__traceback__.tb_next.tb_frame.f_locals.items()))
    try:
        Node("x", None)
    except TypeError as e:
        print(e, e.__traceback__.tb_next.tb_frame.f_code.co_name)


def write_locals():
    def write(n):
        f = sys._getframe(3)
        f.f_locals["mine"] = 1000
        return n

    print(with_look(write, 2, "w"))


def traced():
    events = []

    def tracer(frame, event, arg):
        events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
        return tracer

    def start(n):
        f = sys._getframe(1)
        while f.f_code.co_name == "down" or f.f_code.co_name == "leaf":
            f.f_trace = tracer
            f = f.f_back
        sys.settrace(tracer)
        return n

    try:
        with_look(start, 2, "t")
    finally:
        sys.settrace(None)
    print([e for e in events if e[0] in ("down", "leaf")])


def limits():
    depths = []
    for _ in range(3):
        try:
            down(5000, "deep")
        except RecursionError as e:
            depth = len(list(traceback.walk_tb(e.__traceback__)))
            depths.append((str(e).split(":")[0], depth > 500))
        depths.append(down(5, "shallow"))
    try:
        Node(5000, None)
    except RecursionError as e:
        depths.append(str(e)[:32])
    print(depths)


def rebound():
    global leaf
    stop = []
    wrong = []

    def work():
        while not stop:
            if down(6, "t") not in (1, 2):
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for t in threads:
        t.start()
    one = leaf

    def other(n):
        return sys._getframe().f_back.f_locals["n"] + 2

    for _ in range(200):
        leaf = other
        down(6, "m")
        leaf = one
        down(6, "m")
        frames = sys._current_frames()
        for t in threads:
            f = frames.get(t.ident)
            while f is not None:
                f.f_lineno
                f = f.f_back
    stop.append(1)
    for t in threads:
        t.join()
    print(wrong)


def generator(n):
    while n:
        yield leaf(n)
        n -= 1


def use(n, items):
    for v in items:
        n += v
    return n


def generators():
    out = []
    for _ in range(600):
        use(0, [1])
    out.append(use(1, generator(4)))

    def gen_look(n):
        out.append((sys._getframe(1).f_code.co_name, sys._getframe(2).f_code.co_name, sys._getframe(3).f_code.co_name))
        return n

    global look
    look = gen_look
    out.append(use(1, generator(2)))
    look = None
    print(out)


def init_results():
    class Plain:
        def __init__(self, v):
            self.v = v

    class Odd:
        def __init__(self, v):
            self.v = v
            if v == 700:
                return 5

    def make(cls, n):
        return cls(n)

    for n in range(700):
        make(Plain, n)
        make(Odd, n)
    try:
        make(Odd, 700)
    except TypeError as e:
        print(e, e.__traceback__.tb_next.tb_frame.f_code.co_name)
    Plain.__init__ = lambda self, v: setattr(self, "v", (v, sys._getframe(1).f_code.co_name))
    print(make(Plain, 3).v)


warm()
print(with_look(stack, 2, "y"))
show_stack()
trace_back()
write_locals()
traced()
limits()
rebound()
generators()
init_results()
warm()
show_stack()
