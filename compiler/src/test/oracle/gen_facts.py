"""Writes facts.tsv.gz: checksums of what CPython's compiler makes of its own standard library.

Operators are left out of the positions: which of them are folded differs a little.
One line a file: path under Lib, CRC-32 of the facts about its code objects, its symbol tables, and
the positions of instructions that can raise. With a path behind the output name the facts themselves
are printed, to compare with those of Facts.java.

Run with CPython 3.14.3:  python gen_facts.py ../resources/org/plait/compiler/facts.tsv.gz [FILE]
"""
import _symtable
import dis
import gzip
import os
import sys
import types
import warnings
import zlib

warnings.simplefilter("ignore")
KINDS = {
    "CALL": "CALL", "CALL_KW": "CALL", "CALL_FUNCTION_EX": "CALL", "LOAD_ATTR": "ATTR",
    "STORE_ATTR": "SATTR", "DELETE_ATTR": "DATTR", "LOAD_GLOBAL": "GLOBAL", "LOAD_NAME": "NAME",
    "RAISE_VARARGS": "RAISE", "FOR_ITER": "FORITER", "GET_ITER": "GETITER",
    "IMPORT_NAME": "IMPORT", "IMPORT_FROM": "IMPFROM", "STORE_SUBSCR": "SSUB",
    "DELETE_SUBSCR": "DSUB", "CONTAINS_OP": "IN", "LOAD_SPECIAL": "SPEC",
    "CHECK_EXC_MATCH": "EXC", "GET_AWAITABLE": "AWAIT", "DICT_MERGE": "DM",
    "LOAD_SUPER_ATTR": "SUPER", "MATCH_CLASS": "MC", "FORMAT_SIMPLE": "FMT",
    "BINARY_SLICE": "SLICE", "STORE_SLICE": "SSLICE",
}


def java_hash(s):
    h = 0
    b = s.encode("utf-16-le", "surrogatepass")
    for i in range(0, len(b), 2):
        h = (31 * h + (b[i] | b[i + 1] << 8)) & 0xFFFFFFFF
    return h - (1 << 32) if h >= 1 << 31 else h


def codes(c, out):
    doc = " D:%d" % java_hash(c.co_consts[0]) if c.co_flags & 0x4000000 else ""
    out.append(
        f"CODE {c.co_qualname} {c.co_name} {c.co_firstlineno} {c.co_argcount}"
        f" {c.co_posonlyargcount} {c.co_kwonlyargcount} {c.co_flags:x}"
        f" V:{','.join(c.co_varnames)} N:{','.join(c.co_names)}"
        f" C:{','.join(c.co_cellvars)} F:{','.join(c.co_freevars)}{doc}\n")
    for k in c.co_consts:
        if isinstance(k, types.CodeType):
            codes(k, out)


def positions(c, out):
    found = set()
    for i in dis.Bytecode(c):
        k = KINDS.get(i.opname)
        if k:
            p = i.positions
            found.add(f"{k}:{p.lineno}:{p.end_lineno}:{p.col_offset}:{p.end_col_offset}")
    out.append(f"CODE {c.co_qualname} {' '.join(sorted(found))}\n")
    for k in c.co_consts:
        if isinstance(k, types.CodeType):
            positions(k, out)


def symbols(t, depth, out):
    table = ", ".join(f"{k}={v}" for k, v in sorted(t.symbols.items()))
    out.append(
        f"{' ' * depth}{t.type} {t.name} {t.lineno} {'true' if t.nested else 'false'}"
        f" {','.join(t.varnames)} {{{table}}}\n")
    for c in t.children:
        symbols(c, depth + 1, out)


def facts(path):
    try:
        source = open(path, "rb").read().decode()
        code = compile(source, path, "exec")
        table = _symtable.symtable(source, path, "exec")
    except (SyntaxError, ValueError):
        return None
    result = []
    for collect in (lambda o: codes(code, o), lambda o: symbols(table, 0, o),
                    lambda o: positions(code, o)):
        out = []
        collect(out)
        result.append("".join(out))
    return result


def main():
    if len(sys.argv) > 2:
        print("".join(facts(sys.argv[2]) or ["refused\n"]), end="")
        return
    lib = os.path.dirname(os.__file__)
    with gzip.GzipFile(sys.argv[1], "wb", mtime=0) as f:
        for root, dirs, files in os.walk(lib):
            dirs.sort()
            for name in sorted(files):
                if name.endswith(".py"):
                    path = os.path.join(root, name)
                    found = facts(path)
                    sums = "\t".join(
                        "%08x" % zlib.crc32(t.encode("utf-8", "surrogatepass")) for t in found
                    ) if found else "refused"
                    f.write(f"{os.path.relpath(path, lib)}\t{sums}\n".encode())


main()
