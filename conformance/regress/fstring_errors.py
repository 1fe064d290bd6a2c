# The first error of a line with an f-string in it, and its place.
for source in ("f'{a!x}'", "f'{a!}'", "f'{'", "f'{}'", "f'{a:{b:{c:{d}}}}'", "f'{a b}'", "f'{*a}'", "f'{lambda x: 1}'",
               "f'{a = !r:^20}' 5", "t'{a!x}'", "f'}'", "f'{a!r x}'", "f'{a:}}'", "rf'{\\'", "f'{yield}'", "f'{a:=5}'", "f'{(a:=5)}'"):
    try:
        compile(source, "s", "exec")
        print(source, "compiles")
    except SyntaxError as e:
        print(source, type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
