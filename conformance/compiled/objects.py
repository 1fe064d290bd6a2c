class Counter:
    def __init__(self):
        self.value = 0

    def add(self, n):
        self.value += n
        return self


def attributes(c, n):
    for i in range(n):
        c.add(i)
    return c.value


def items(a, d):
    for i in range(5):
        a[i] = a[i] + d["x"]
    return a


def squares(n):
    for i in range(n):
        yield i * i


def pairs(n):
    x, y = 0, 1
    for _ in range(n):
        x, y = y, x + y
    return x


attributes(Counter(), 5)
items([1, 2, 3, 4, 5], {"x": 2})
list(squares(5))
pairs(5)
