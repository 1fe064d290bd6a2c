"""Recursion without end in constructors and functions, compiled while it goes on."""


class Nested:
    def __init__(self):
        self.inner = Nested()


def count(n):
    return 0 if n == 0 else 1 + count(n - 1)


for _ in range(3):
    for call in (Nested, lambda: count(-1)):
        try:
            call()
        except RecursionError as e:
            print(e)
print(count(50))
