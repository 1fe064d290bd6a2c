a or b and not c or (d and e)
a if b else c if d else e
a < b <= c == d != e is f is not g in h not in i > j >= k
1 + 2 * 3 - -4 ** -5 // ~6 % +7 @ m << 8 >> 9 & 10 ^ 11 | 12
-x ** y; (-x) ** y; await_ ** 2
f(a, *b, c=1, **d, e=2)
f(x for x in y)
f(a)(b)[c].d[e:f, ::g, *h, i:=1]
x[*a]; x[a, b]; x[:]; x[::]; x[a:b:c]; x[()]
[], [1], [1, *a, b], [x async for x in y if a if b for z in w]
(), (1,), (1, *a), (a := 1), ((a)), (yield_), (x for x in y)
{}, {1}, {*a, b}, {1: 2, **c, 3: 4,}, {a: b for a, b in c}, {x for x in y}
lambda: 0; lambda a, b=1, /, c=2, *d, e, f=3, **g: a; lambda *, a: a; lambda **k: k
lambda x: lambda y: x if y else lambda: z
0, 0x1F, 0o17, 0b101, 1_000_000, 9223372036854775807, 9223372036854775808, 0xFFFFFFFFFFFFFFFFFF
1.5, .5, 5., 1e10, 1E-5, 1_0.0_1e1_0, 1e400, 3j, 1.5J, 00, 0_0
None, True, False, ..., __debug__
'a' "b" r'\n' u'u' U'U' '\x41\u00e9\U0001F600\N{BULLET}\101\
end' 'é😀'
b'a\x00\xff' br'\x' Rb'\d' B'' b"""x
y"""
'\ud83d\ude00', '\U0001f600', '\ud83d' '\ude00', '😀', '\ud800'
f'' f'a' 'b' f'{x}' f'{x!r:>{w}}{y=}{ z = !s:{a}{b}c}' '\n'
f"{{}}{{{x}}}" rf'\d{x}\{y}' f'''{
    a  # comment
    + b
}''' f'{x:%H:%M}' f'{f"{f'{1}'}"}' f'{ {1: 2}[1] }' f'{lambda_:{1}}' f'{(lambda: 1)}' f'{x:{y=}}'
t'' t'{x}' t"a{ b !r:c{d}}{e=}" t'x' t'{1}'
f'\N{BULLET}{x}\x41'
f"{x!a}" f"{'#'!r}" f'{a["b"]}'
f'{1!=2=}' f'{*a, b}' f'{yield_}' f'{a:={b}}'
(await x for x in y)
x = yield
x = yield a, *b
x = yield from c
print(*a, *b, **c, **d)
"""doc
string"""
