"""What the generated programs call; finds in conformance/regress import it."""

import os
import zlib

HELD = []

# How often the functions of a hot program are called with arguments of a kind, times two to five.
ROUNDS = int(os.environ.get("PLAIT_FUZZ_ROUNDS", "12"))
CHANGES_SHOWN = 12


class Oops(Exception):
    pass


class Box:
    __match_args__ = ("value",)

    def __init__(self, value=None):
        self.value = value

    def __repr__(self):
        return f"Box({self.value!r})"

    def __eq__(self, other):
        return self.value == other.value if isinstance(other, Box) else NotImplemented

    __hash__ = None

    def __lt__(self, other):
        return self.value < other.value if isinstance(other, Box) else NotImplemented

    def __add__(self, other):
        return Box(self.value + (other.value if isinstance(other, Box) else other))

    def __radd__(self, other):
        return Box(other + self.value)

    def __neg__(self):
        return Box(-self.value)

    def __len__(self):
        return len(self.value)

    def __getitem__(self, index):
        return self.value[index]

    def __call__(self, *args):
        return self.value, args


class Manager:
    def __init__(self, swallow):
        self.swallow = swallow

    def __enter__(self):
        show("enter")
        return self

    def __exit__(self, kind, value, trace):
        show("exit", None if kind is None else kind.__name__)
        return self.swallow


def clean(text):
    # addresses differ, and very long values say no more than their start
    while True:
        at = text.find(" at 0x")
        if at < 0:
            break
        end = at + 6
        while end < len(text) and text[end] in "0123456789abcdef":
            end += 1
        text = text[:at] + " at ADDR" + text[end:]
    return text if len(text) < 400 else text[:400] + "..."


def show(*values):
    print(*(clean(ascii(value)) for value in values))


def caught(e):
    text = clean(ascii(str(e)))
    cause = "" if e.__cause__ is None else " from " + type(e.__cause__).__name__
    # the lines of the program itself: the traceback begins in it
    trace = e.__traceback__
    program = trace.tb_frame.f_code.co_filename
    lines = []
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == program:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    print("caught", type(e).__name__, text + cause, *lines)


def limit(iterable):
    for n, item in enumerate(iterable):
        if n == 5:
            return
        yield item


def held(generator):
    # when a dropped generator runs its finally is a matter of the collector
    HELD.append(generator)
    return generator


def other():
    yield 7
    return 8


def yield_all(iterable):
    yield from iterable


# ---- for hot programs


def drive(function, *plans):
    """Calls a function with the arguments that each plan makes, and prints what comes of it when that changes."""
    for times, make in plans:
        last, count, changes, rest = None, 0, 0, 0
        for n in range(times * ROUNDS):
            try:
                text = clean(ascii(function(*make(n))))
            except Exception as e:
                text = trail(e)
            if text == last:
                count += 1
                continue
            if changes < CHANGES_SHOWN:
                print(f"{function.__name__} {n}: {text}")
            last, changes = text, changes + 1
            rest = zlib.crc32(f"{count} {text}".encode(), rest)
            count = 0
        print(f"{function.__name__}: {changes} changes, {rest:x} {count}")


def trail(e):
    """An exception, its way through the program, and the variables at its end."""
    places, variables = [], ""
    trace = e.__traceback__.tb_next  # drive itself
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_name in PRELUDE:
            break
        places.append(f"{frame.f_code.co_name}:{trace.tb_lineno}")
        variables = ascii(sorted((k, v) for k, v in frame.f_locals.items() if type(v) in PLAIN))
        trace = trace.tb_next
    context = [] if e.__context__ is None else ["while", type(e.__context__).__name__]
    return clean(ascii(" ".join([type(e).__name__, str(e), *context, *places, variables])))


PLAIN = {int, float, str, bool, type(None), list, Box}
PRELUDE = {"noted", "counted", "limit", "ready", "driven", "__enter__", "__exit__", "__anext__", "__await__"}


class Guard:
    def __init__(self, log, swallow):
        self.log = log
        self.swallow = swallow

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, kind, value, trace):
        self.log.append(kind and kind.__name__)
        return self.swallow


def noted(log, value):
    log.append(value)
    return value


def counted(items):
    for item in items:
        yield item


class ready:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield self.value
        return self.value


class stepped:
    def __init__(self, end):
        self.at = 0
        self.end = end

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.at += 1
        if self.at > self.end:
            raise StopAsyncIteration
        return await ready(self.at)


def driven(coroutine):
    """Runs a coroutine to its end."""
    try:
        while True:
            coroutine.send(None)
    except StopIteration as e:
        return e.value
