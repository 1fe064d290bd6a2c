"""Writes what CPython makes of Python sources, for the syntax module's tests.

    cpython oracle.py trees FILE...      a tree per file, as TreeDump writes it
    cpython oracle.py hashes LIST        "md5 path" per file named in LIST
    cpython oracle.py errors FILE        the errors of the snippets in a file, in four modes each
    cpython oracle.py tokens FILE        the tokens of a file as the tokenize module gets them
"""

import ast
import hashlib
import struct
import sys
import warnings


def dump(node):
    out = []
    write = out.append

    def text(s):
        return '"' + "".join(
            c if " " <= c <= "~" and c not in '"\\' else "\\%x;" % ord(c) for c in s
        ) + '"'

    def constant(v):
        if v is None or v is True or v is False:
            write(str(v))
        elif v is ...:
            write("Ellipsis")
        elif isinstance(v, str):
            write(text(v))
        elif isinstance(v, bytes):
            write("b" + v.hex())
        elif isinstance(v, int):
            write("i%x" % v)
        elif isinstance(v, float):
            write("f" + struct.pack(">d", v).hex())
        elif isinstance(v, complex):
            write("c" + struct.pack(">d", v.imag).hex())
        else:
            raise TypeError(v)

    def visit(n):
        cls = type(n)
        write(cls.__name__)
        if cls._attributes:
            write("@%d:%d-%d:%d" % (n.lineno, n.col_offset, n.end_lineno, n.end_col_offset))
        if isinstance(n, (ast.operator, ast.cmpop, ast.boolop, ast.unaryop, ast.expr_context)):
            return
        write("(")
        first = True
        for name in cls._fields:
            if not first:
                write(",")
            first = False
            value(getattr(n, name), cls in CONSTANTS and name in ("value", "str"))
        write(")")

    def value(v, const):
        if const and not (isinstance(v, ast.AST)):
            constant(v)
        elif isinstance(v, ast.AST):
            visit(v)
        elif isinstance(v, list):
            write("[")
            for i, x in enumerate(v):
                if i:
                    write(",")
                value(x, False)
            write("]")
        elif isinstance(v, str):
            write(text(v))
        else:
            write(str(v))

    visit(node)
    return "".join(out)


CONSTANTS = (ast.Constant, ast.MatchSingleton, ast.Interpolation)


def read(path):
    with open(path, "rb") as f:
        return f.read()


def trees(paths):
    for path in paths:
        print(dump(ast.parse(read(path), path)))


def hashes(listing):
    for line in open(listing):
        path = line.rstrip("\n")
        try:
            digest = hashlib.md5(dump(ast.parse(read(path), path)).encode()).hexdigest()
        except (SyntaxError, ValueError) as e:
            digest = "error:" + type(e).__name__
        print(digest, path)


def escaped(v):
    if not isinstance(v, str):
        return str(v)
    return "".join(c if " " <= c <= "~" and c != "\\" else "\\%x;" % ord(c) for c in v)


def describe(source, mode="exec", filename="<snippet>", flags=0):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, filename, mode, ast.PyCF_ONLY_AST | flags)
    except SyntaxError as e:
        return [type(e).__name__, e.msg, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset]
    except (ValueError, MemoryError, OverflowError) as e:
        return [type(e).__name__, str(e)]
    return ["ok"]


INCOMPLETE = 0x4200  # PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT


def errors(path):
    for snippet in read(path).decode().split("\n----\n"):
        for mode, flags in ("exec", 0), ("eval", 0), ("single", 0), ("single", INCOMPLETE):
            print("|".join(escaped(v) for v in describe(snippet, mode, flags=flags)))


def tokens(path):
    import _tokenize

    with open(path, "rb") as f:
        try:
            for t in _tokenize.TokenizerIter(f.readline, encoding="utf-8", extra_tokens=True):
                print(t[0], *t[2], *t[3], escaped(t[1]), escaped(t[4]), sep="|")
        except SyntaxError as e:
            print("|".join(escaped(v) for v in [type(e).__name__, e.msg, e.lineno, e.offset]))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(100000)
    command, *rest = sys.argv[1:]
    if command == "trees":
        trees(rest)
    elif command == "hashes":
        hashes(*rest)
    elif command == "errors":
        errors(*rest)
    elif command == "tokens":
        tokens(*rest)
    else:
        sys.exit(__doc__)
