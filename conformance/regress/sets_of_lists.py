"""Sets made of lists, which get room for all items once many of the first ones were different."""

import threading

LENGTHS = (0, 1, 31, 32, 33, 64, 65, 66, 1000)
KINDS = (int, str, float, lambda n: (n,))


def items(length, different, kind):
    return [kind(n * 7 % different) for n in range(length)]


for length in LENGTHS:
    for different in (1, 2, 16, 17, 33, 10 * length + 1):
        for kind in KINDS:
            those = items(length, different, kind)
            expected = dict.fromkeys(those).keys()
            made = set(those)
            assert made == expected and len(made) == len(expected)
            assert frozenset(tuple(those)) == expected
            more = {kind(-1)}
            more.update(those)
            assert more == made | {kind(-1)}
            for item in those:
                made.discard(item)
            assert not made
            made.update(those)
            assert made == expected
print("lists and tuples")


class Clears:
    """Empties the set that it is put into, at the first comparison after so many."""

    left = 200

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 7

    def __eq__(self, other):
        Clears.left -= 1
        if Clears.left == 0:
            target.clear()
        return self.n == other.n


target = set()
target.update([Clears(n // 2) for n in range(300)])
print("cleared meanwhile", 0 < len(target) <= 150, len(target) == len(set(target)))


def together(target, *lists):
    barrier = threading.Barrier(len(lists))

    def update(those):
        barrier.wait()
        target.update(those)

    threads = [threading.Thread(target=update, args=(those,)) for those in lists]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


for _ in range(200):
    shared = set()
    together(shared, [(n, 0) for n in range(200)], [(n, 1) for n in range(200)], [(1, 1)] * 200)
    assert len(shared) == 400, len(shared)
print("threads")
