def f(it, n):
    for i in it:
        if i > n:
            continue
        if i == n:
            break
    else:
        n()
    while True:
        n -= 1
        if not n:
            return
    while n:
        pass
    for a, (b, c) in it:
        a, b, c
    for k in [1, 2, 3]:
        assert k, n
