"""A set display that is only looked into: the answers, user-written comparison, and unhashable things."""

A="aa"; B="bb"; C="cc"
class K(str):
    def __eq__(self, o): print("eq"); return str.__eq__(self,o)
    def __hash__(self): return str.__hash__(self)
def f(x):
    if x in {A, B, C}: return 1
    return 0
def g(x): return x not in {A, B}
def h(x):
    y = x in {A, x, C}
    return y
def i(x):
    s = {A, B}
    if x in s: return s
    return None
def loop(v):
    t=0
    for _ in range(3000):
        for x in v:
            t+=f(x)+g(x)+h(x)+(i(x) is not None)
    return t
print(loop(["aa","b"+"b","zz",3]))
print(loop(["aa","b"+"b","zz",3]))
print(f("c"+"c"), g("c"), h(3), sorted(i("bb")))
print(f(K("dd")), f(K("aa")), h(1.5))
try: f([])
except TypeError as e: print(e)
try: h([])
except TypeError as e: print(e)
C=[]
try: f("aa")
except TypeError as e: print(e)
C="cc"
print(loop(["aa","b"+"b","zz",3]))
