def count(n):
    s = 0
    for i in range(n):
        s += i * 2
    return s


def logistic(n):
    x = 0.5
    while n > 0:
        x = 3.7 * x * (1 - x)
        n -= 1
    return x


def bits(n):
    h = 7
    for i in range(n):
        h = (h << 3 ^ h >> 2 ^ i) & 0xFFFF
    return h


count(5)
logistic(5)
bits(5)
