# Lists of tuples whose columns are plain, and others, against a sort that compares by a function
import random, functools
random.seed(5)
def ref(L):
    # plain merge sort by tuple.__lt__, stable
    return sorted(L, key=functools.cmp_to_key(lambda a,b: -1 if a<b else (1 if b<a else 0)))
def rnd(kind):
    return {'i':lambda:random.randrange(-5,5),'f':lambda:random.choice([0.0,-0.0,1.5,-2.5,float('inf')]),'s':lambda:random.choice(['','a','ab','b','\u20ac','z'])}[kind]()
for kinds in ('i','f','s','ii','is','si','fs','sif',''):
    for n in (0,1,2,5,31,32,33,200,1000):
        L=[tuple(rnd(k) for k in kinds) for _ in range(n)]
        a=sorted(L); b=ref(L)
        assert [id(x) for x in a]==[id(x) for x in b],(kinds,n)
        a=sorted(L,reverse=True); assert a==ref(L)[::-1]
        idx=list(range(n)); assert [L[i] for i in sorted(idx,key=lambda i:L[i])]==b
mixed=[(1,'a'),(2,),(True,'x'),(1.5,'b'),(2**70,'c')]
assert sorted(mixed)==[(1,'a'),(True,'x'),(1.5,'b'),(2,),(2**70,'c')]
try: sorted([(1,'a'),(1,2)]); assert 0
except TypeError as e: print(e)
L=[(3,),(1,),(2,)]; L.sort(); print(L)
