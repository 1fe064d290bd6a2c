def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def lengths(words):
    t = 0
    for w in words:
        t += len(w)
    return t


def handled(n):
    t = 0
    for i in range(n):
        try:
            t += 10 // i
        except ZeroDivisionError:
            t -= 1
    return t


fib(5)
lengths(["a", "bc", "def", "", "x"])
handled(5)
