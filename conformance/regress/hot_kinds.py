"""Operands whose kinds go on changing while the code is hot."""

class A: pass
def f(a,b,c,d,e,n):
    t = None
    for i in range(n):
        x = a[i%len(a)] + a[i%len(a)]
        y = b[i%len(b)] * 2
        z = c[i%len(c)]
        z = z - z
        w = d[i%len(d)] < d[0]
        v = e[i%len(e)]
        v = -v
        t = (x, y, z, w, v)
    return t
import random
random.seed(1)
pool = [1, 2.5, True, 2**80, 3, -1]
for r in range(60):
    random.shuffle(pool)
    k = [pool[:random.randint(1,6)] for _ in range(5)]
    if r % 3 == 0: k[0] = ['a','b']; k[1] = [(1,), [2]]
    if r % 5 == 0: k[2] = {0: 1, 1: 2.0, 2: 3}; 
    print(f(*k, 400))
