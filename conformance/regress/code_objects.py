"""Code made of the attributes of other code, as programs do that send functions to other processes."""

import traceback
import types

NAMES = (
    "argcount posonlyargcount kwonlyargcount nlocals stacksize flags code consts names varnames "
    "filename name qualname firstlineno linetable exceptiontable freevars cellvars"
).split()


def attributes(code):
    return [getattr(code, "co_" + name) for name in NAMES]


def remake(code):
    parts = attributes(code)
    parts[7] = tuple(remake(c) if isinstance(c, types.CodeType) else c for c in parts[7])
    made = types.CodeType(*parts)
    print(made == code, list(made.co_positions()) == list(code.co_positions()))
    return made


def attempt(*arguments, **keywords):
    try:
        print(types.CodeType(*arguments, **keywords).co_name)
    except Exception as e:
        print(type(e).__name__, e)


def closures(a, b=1, *c, d, **e):
    x = 1
    try:
        print(a, end="\n")
    except ValueError:
        pass

    def inner(y):
        return x + y + sum(k for k in range(d))

    return inner


def fails(x):
    with open(__file__) as lines:
        try:
            return [x / 0 for _ in lines]
        finally:
            print("finally")


def generator(n):
    for i in range(n):
        sent = yield i
        print("sent", sent)


again = types.FunctionType(remake(closures.__code__), globals(), "again", closures.__defaults__)
print(again(1, d=4)(5), again(1, 2, 3, d=2, z=5)(1))
try:
    types.FunctionType(remake(fails.__code__), globals())(3)
except ZeroDivisionError:
    print(traceback.format_exc().splitlines()[-2:])
g = types.FunctionType(remake(generator.__code__), globals())(2)
print(next(g), g.send(4))

known = attributes(closures.__code__)
attempt()
attempt(1)
attempt(*known)
attempt(*known, 1)
attempt(*known, co_x=1)
for index, value in [
    (0, -1),
    (0, "x"),
    (0, 9),
    (2, 7),
    (3, 1),
    (5, 0),
    (6, "x"),
    (6, b"abc"),
    (7, []),
    (8, (1,)),
    (9, ("a",)),
    (10, b"x"),
    (11, 1),
    (12, 1),
    (13, -5),
    (14, "s"),
    (16, []),
    (16, ("q",)),
    (17, (1,)),
]:
    print(index, value, end=": ")
    attempt(*known[:index], value, *known[index + 1 :])

moved = fails.__code__.replace(co_firstlineno=101)
print([line - 101 for *_, line in moved.co_lines() if line] == [
    line - fails.__code__.co_firstlineno for *_, line in fails.__code__.co_lines() if line
])
print(moved.co_linetable == fails.__code__.co_linetable)
module = compile("x = 1\n\n1 / 0", "module", "exec").replace(co_firstlineno=31)
try:
    exec(module)
except ZeroDivisionError as e:
    print(e.__traceback__.tb_next.tb_lineno, list(module.co_positions())[0][0])
