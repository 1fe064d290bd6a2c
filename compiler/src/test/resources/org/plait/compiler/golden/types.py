def f[T: int, *Ts, **P = [int]](x: T = 1, *, y=2) -> T: ...


class C[T: (int, str) = int](B):
    def m[U](self, u: U): ...


type A[T] = list[T]
type B = int
