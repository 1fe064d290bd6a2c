"""What the generated programs call; finds in conformance/regress import it."""

HELD = []


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
