"""What a yield gives is in the frame of a generator that is compiled with its consumer."""

import sys


def generate(n):
    x = yield n
    yield 2
    if n == 3000:
        print(sorted(sys._getframe().f_locals.items()))
    yield 3


for i in range(6000):
    sum(generate(i))
