match x:
    case 1 | -2 | 3.5 | -1 + 2j | 1 - 3J: pass
    case "a" "b" | b"c" | None | True | False: pass
    case _: pass
    case name: pass
    case a.b.c: pass
    case (a): pass
    case (a, b) | [a, b] | (a,) | [] | (): pass
    case a, *b: pass
    case *_, a if a > 1: pass
    case [*a, _, *_]: pass
    case {}: pass
    case {"a": 1, b.c: x, -1: y, **rest,}: pass
    case {None: a, **rest}: pass
    case Cls() | a.Cls(1, x=2,) | Cls(a, b) | Cls(x=1, y=_): pass
    case (1 | 2) as n: pass
    case [Point(x=0 as z), {"k": [a, b]}] as whole if (y := z): pass
match x, y:
    case a, b: pass
match *a, b:
    case _:
        match (x):
            case 1: pass
            case 2:
                pass
match -x: 
    case _: ...
match = 1
match.case = match[1]
match * a
match -1
match (x)
case = _ = 1
