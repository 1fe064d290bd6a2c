# A list refuses at once what can never fit, rather than fill the memory with it.


class Hinted:
    def __init__(self, hint):
        self.hint = hint

    def __iter__(self):
        yield from (1, 2, 3)

    def __length_hint__(self):
        return self.hint


def grow(name, f):
    try:
        print(name, f())
    except (MemoryError, OverflowError) as e:
        print(name, repr(e))


grow("range", lambda: list(range(10**12)))
grow("display", lambda: [*range(10**12)])
grow("extend", lambda: [0].extend(range(10**12)))
for hint in (10**7, 2**40, 2**63 - 1, 2**63):
    grow(hint, lambda: list(Hinted(hint)))
# A sum that is no length says nothing.
grow("overflow", lambda: [0].extend(Hinted(2**63 - 1)))
