"""The largest singular value of a matrix given by a formula. Prints it in billionths."""

from math import sqrt


def a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    n = len(v)
    return [sum(a(i, j) * v[j] for j in range(n)) for i in range(n)]


def transposed_times(v):
    n = len(v)
    return [sum(a(j, i) * v[j] for j in range(n)) for i in range(n)]


def run():
    u = [1.0] * 130
    v = u
    for _ in range(6):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    uv = sum(x * y for x, y in zip(u, v))
    vv = sum(y * y for y in v)
    return round(sqrt(uv / vv) * 1e9)


if __name__ == "__main__":
    print(run())
