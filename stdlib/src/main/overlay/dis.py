"""Disassembler of Plait's instructions, with the interface of CPython's dis.

An instruction works on registers and has up to three operands, which are shown
together as its argrepr: `name` is a local, `&name` a cell, `$n` a temporary,
`.name` a global name or an attribute, `#n` a count, `to n` a jump. Offsets count
two per instruction.
"""

import collections
import io
import sys
import types

import _opcode
from opcode import *
from opcode import __all__ as _names

__all__ = ["code_info", "dis", "disassemble", "distb", "disco",
           "findlinestarts", "findlabels", "show_code",
           "get_instructions", "Instruction", "Bytecode"] + _names
del _names

_UNIT = 2

_have_code = (types.MethodType, types.FunctionType, types.CodeType,
              classmethod, staticmethod, type)

COMPILER_FLAG_NAMES = {
    0x1: "OPTIMIZED",
    0x2: "NEWLOCALS",
    0x4: "VARARGS",
    0x8: "VARKEYWORDS",
    0x10: "NESTED",
    0x20: "GENERATOR",
    0x40: "NOFREE",
    0x80: "COROUTINE",
    0x100: "ITERABLE_COROUTINE",
    0x200: "ASYNC_GENERATOR",
    0x4000000: "HAS_DOCSTRING",
    0x8000000: "METHOD",
}


def pretty_flags(flags):
    """The names of the bits in co_flags."""
    names = []
    bit = 1
    while flags:
        if flags & bit:
            names.append(COMPILER_FLAG_NAMES.get(bit, hex(bit)))
            flags &= ~bit
        bit <<= 1
    return ", ".join(names) or hex(0)


# ---- what can be disassembled

def _try_compile(source, name):
    try:
        return compile(source, name, 'eval')
    except SyntaxError:
        return compile(source, name, 'exec')


def _code_of(x):
    """The code of a function, method, generator or the like; otherwise x itself."""
    x = getattr(x, '__func__', x)
    for name in ('__code__', 'gi_code', 'ag_code', 'cr_code'):
        if hasattr(x, name):
            return getattr(x, name)
    return x


def _get_code_object(x):
    x = _code_of(x)
    if isinstance(x, str):
        x = _try_compile(x, "<disassembly>")
    if hasattr(x, 'co_code'):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


# ---- facts about code

def code_info(x):
    """A description of a method, function, code object or source."""
    co = _get_code_object(x)
    lines = [
        f"Name:              {co.co_name}",
        f"Filename:          {co.co_filename}",
        f"Argument count:    {co.co_argcount}",
        f"Positional-only arguments: {co.co_posonlyargcount}",
        f"Kw-only arguments: {co.co_kwonlyargcount}",
        f"Number of locals:  {co.co_nlocals}",
        f"Stack size:        {co.co_stacksize}",
        f"Flags:             {pretty_flags(co.co_flags)}",
    ]

    def listing(title, values, show=str):
        if values:
            lines.append(title + ":")
            lines.extend(f"{i:4d}: {show(v)}" for i, v in enumerate(values))

    listing("Constants", co.co_consts, repr)
    listing("Names", co.co_names)
    listing("Variable names", co.co_varnames)
    listing("Free variables", co.co_freevars)
    listing("Cell variables", co.co_cellvars)
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Prints code_info."""
    print(code_info(co), file=file)


def findlinestarts(code):
    """Pairs (offset, line) where lines start; the line may be None."""
    last = False
    for start, _, line in code.co_lines():
        if line is not last:
            last = line
            yield start, line


def findlabels(code):
    """The offsets in a co_code that are targets of jumps."""
    return list(dict.fromkeys(
        target for *_, target in _opcode._decode(code) if target is not None))


_ExceptionTableEntryBase = collections.namedtuple(
    "_ExceptionTableEntryBase", "start end target depth lasti")


class _ExceptionTableEntry(_ExceptionTableEntryBase):
    """A handler: depth is the register that gets the exception; there is no lasti."""


def _parse_exception_table(code):
    words = memoryview(code.co_exceptiontable).cast('i')
    words = words[1:1 + words[0]] if words else words  # other tables follow
    return [
        _ExceptionTableEntry(
            _UNIT * words[i], _UNIT * words[i + 1], _UNIT * words[i + 2], words[i + 3], False)
        for i in range(0, len(words), 4)]


def _find_imports(co):
    """Triples (name, level, fromlist) of the imports in the code."""
    words = memoryview(co.co_code).cast('i')
    known = {}
    load_const, import_name = opmap['LOAD_CONST'], opmap['IMPORT_NAME']
    for i in range(0, len(words), 4):
        op, a, b, c = words[i:i + 4]
        if op == load_const:
            known[a] = co.co_consts[b]
        elif op == import_name:
            yield co.co_names[c], known.get(b, 0), known.get(b + 1)


def _find_store_names(co):
    """The names that the code stores as locals of its namespace or as globals."""
    stores = {opmap['STORE_NAME'], opmap['STORE_GLOBAL']}
    names = set()
    for op, _, name, *_ in _opcode._decode(co):
        if op in stores and name not in names:
            names.add(name)
            yield name


# ---- instructions

Positions = collections.namedtuple(
    'Positions', 'lineno end_lineno col_offset end_col_offset', defaults=[None] * 4)

_Instruction = collections.namedtuple(
    "_Instruction",
    "opname opcode arg argval argrepr offset start_offset starts_line line_number"
    " label positions cache_info",
    defaults=[None, None, None])

for _field, _doc in (
        ("opname", "Human readable name for operation"),
        ("opcode", "Numeric code for operation"),
        ("arg", "Number of the operand that matters most, or None"),
        ("argval", "What that operand stands for"),
        ("argrepr", "All operands as text"),
        ("offset", "Start index of operation, two per instruction"),
        ("start_offset", "The same"),
        ("starts_line", "True if this operation starts a source line"),
        ("line_number", "Source line of the operation, or None"),
        ("label", "A number if the operation is a jump target, otherwise None"),
        ("positions", "Positions of the source code"),
        ("cache_info", "None: instructions hold no caches")):
    getattr(_Instruction, _field).__doc__ = _doc
del _field, _doc


class Instruction(_Instruction):
    """One instruction, as get_instructions() gives it."""

    @staticmethod
    def make(opname, arg, argval, argrepr, offset, start_offset, starts_line,
             line_number, label=None, positions=None, cache_info=None):
        return Instruction(opname, opmap[opname], arg, argval, argrepr, offset, start_offset,
                           starts_line, line_number, label, positions, cache_info)

    @property
    def oparg(self):
        """Alias for arg."""
        return self.arg

    @property
    def baseopcode(self):
        """The same as opcode: no instruction is specialized."""
        return self.opcode

    @property
    def baseopname(self):
        """The same as opname."""
        return self.opname

    @property
    def cache_offset(self):
        """The offset behind the instruction."""
        return self.offset + _UNIT

    @property
    def end_offset(self):
        """The offset behind the instruction."""
        return self.offset + _UNIT

    @property
    def jump_target(self):
        """The offset this instruction may jump to, or None."""
        return self.argval if self.opcode in hasjump else None

    @property
    def is_jump_target(self):
        """Whether other code jumps to here."""
        return self.label is not None

    def __str__(self):
        out = io.StringIO()
        Formatter(file=out).print_instruction(self, False)
        return out.getvalue()


def _labels(decoded, handlers):
    offsets = {target for *_, target in decoded if target is not None}
    for h in handlers:
        offsets.update((h.start, h.end, h.target))
    labels = {offset: i for i, offset in enumerate(sorted(offsets), 1)}
    for h in handlers:
        h.start_label = labels[h.start]
        h.end_label = labels[h.end]
        h.target_label = labels[h.target]
    return labels


def _instructions(code, handlers=(), line_offset=0):
    """The instructions of a code object, or of the bytes of one."""
    decoded = _opcode._decode(code)
    labels = _labels(decoded, handlers)
    real = hasattr(code, 'co_code')
    starts = dict(findlinestarts(code)) if real else {}
    positions = code.co_positions() if real else iter(())
    line = None
    for pc, (op, arg, argval, argrepr, target) in enumerate(decoded):
        offset = _UNIT * pc
        starts_line = offset in starts
        if starts_line:
            line = starts[offset]
            if line is not None:
                line += line_offset
        if target is not None:
            argrepr = argrepr.replace(f"to {target}", f"to L{labels[target]}")
        name = opname[op] if 0 <= op < len(opname) else f"<{op}>"
        yield Instruction(name, op, arg, argval, argrepr, offset, offset, starts_line, line,
                          labels.get(offset), Positions(*next(positions, ())), None)


def get_instructions(x, *, first_line=None, show_caches=None, adaptive=False):
    """The instructions of a method, function, code object or source.

    With first_line, lines are counted from there on. The other arguments change nothing.
    """
    co = _get_code_object(x)
    line_offset = 0 if first_line is None else first_line - co.co_firstlineno
    return _instructions(co, _parse_exception_table(co), line_offset)


# ---- text

class Formatter:
    """Prints instructions, one a line."""

    def __init__(self, file=None, lineno_width=0, offset_width=0, label_width=0,
                 line_offset=0, show_caches=False, *, show_positions=False):
        self.file = file
        self.lineno_width = lineno_width
        self.offset_width = offset_width
        self.label_width = label_width
        self.show_positions = show_positions

    def print_instruction(self, instr, mark_as_current=False):
        if (self.lineno_width and not self.show_positions and instr.starts_line
                and instr.offset > 0):
            print(file=self.file)
        fields = []
        if self.lineno_width:
            if self.show_positions:
                fields.append(self._positions(instr).ljust(self.lineno_width))
            elif instr.starts_line:
                line = '--' if instr.line_number is None else instr.line_number
                fields.append(f"{line:>{self.lineno_width}}")
            else:
                fields.append(' ' * self.lineno_width)
        label = f"L{instr.label}:" if instr.label is not None else ''
        fields.append(f"{label:>{self.label_width}}")
        fields.append('-->' if mark_as_current else '   ')
        if self.offset_width:
            fields.append(f"{instr.offset:>{self.offset_width}}")
        fields.append(f"{instr.opname:<20}")
        fields.append(instr.argrepr)
        print(' '.join(fields).rstrip(), file=self.file)

    def _positions(self, instr):
        p = instr.positions
        if p is None or p.lineno is None:
            return '--'
        line, end, col, end_col = ('?' if n is None else n for n in p)
        return f"{line}:{col}-{end}:{end_col}"

    def print_exception_table(self, exception_entries):
        if exception_entries:
            print("ExceptionTable:", file=self.file)
            for e in exception_entries:
                print(f"  L{e.start_label} to L{e.end_label} -> L{e.target_label} [{e.depth}]",
                      file=self.file)


def _formatter(instructions, file, show_offsets, show_positions):
    if show_positions:
        width = max((4 + sum(len(str(p)) for p in i.positions) for i in instructions), default=0)
    else:
        lines = [i.line_number for i in instructions if i.line_number is not None]
        width = max(4, len(str(max(lines)))) if lines else 0
    labels = sum(1 for i in instructions if i.label is not None)
    return Formatter(
        file, width, len(str(_UNIT * max(len(instructions), 500))) if show_offsets else 0,
        3 + len(str(labels)), show_positions=show_positions)


def _print(instructions, handlers, lasti, file, show_offsets, show_positions):
    instructions = list(instructions)
    formatter = _formatter(instructions, file, show_offsets, show_positions)
    for i in instructions:
        formatter.print_instruction(i, i.offset == lasti)
    formatter.print_exception_table(handlers)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False,
                show_offsets=False, show_positions=False):
    """Prints the instructions of a code object; the one at lasti gets an arrow."""
    handlers = _parse_exception_table(co)
    _print(_instructions(co, handlers), handlers, lasti, file, show_offsets, show_positions)


disco = disassemble


def _recursive(co, depth, file, **options):
    disassemble(co, file=file, **options)
    if depth is None or depth > 0:
        for inner in co.co_consts:
            if hasattr(inner, 'co_code'):
                print(file=file)
                print(f"Disassembly of {inner!r}:", file=file)
                _recursive(inner, None if depth is None else depth - 1, file, **options)


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False,
        show_offsets=False, show_positions=False):
    """Disassembles a class, module, function, code object, source or co_code.

    Without an argument, the code of the last traceback.
    """
    options = {"show_offsets": show_offsets, "show_positions": show_positions}
    if x is None:
        distb(file=file, **options)
        return
    x = _code_of(x)
    if hasattr(x, '__dict__'):
        for name, value in sorted(x.__dict__.items()):
            if isinstance(value, _have_code):
                print(f"Disassembly of {name}:", file=file)
                try:
                    dis(value, file=file, depth=depth, **options)
                except TypeError as e:
                    print("Sorry:", e, file=file)
                print(file=file)
    elif hasattr(x, 'co_code'):
        _recursive(x, depth, file, **options)
    elif isinstance(x, (bytes, bytearray)):
        _print(_instructions(x), (), -1, file, show_offsets, show_positions)
    elif isinstance(x, str):
        _recursive(_try_compile(x, '<dis>'), depth, file, **options)
    else:
        raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def _last_frame(tb):
    while tb.tb_next:
        tb = tb.tb_next
    return tb


def distb(tb=None, *, file=None, show_caches=False, adaptive=False,
          show_offsets=False, show_positions=False):
    """Disassembles the code of a traceback, by default of the last one."""
    if tb is None:
        try:
            tb = sys.last_exc.__traceback__ if hasattr(sys, 'last_exc') else sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
        tb = _last_frame(tb)
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file,
                show_offsets=show_offsets, show_positions=show_positions)


class Bytecode:
    """The instructions of a function, code object or source; iterating gives them."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False,
                 adaptive=False, show_offsets=False, show_positions=False):
        self.codeobj = co = _get_code_object(x)
        self.first_line = co.co_firstlineno if first_line is None else first_line
        self._line_offset = self.first_line - co.co_firstlineno
        self._original_object = x
        self.current_offset = current_offset
        self.exception_entries = _parse_exception_table(co)
        self.show_offsets = show_offsets
        self.show_positions = show_positions

    def __iter__(self):
        return _instructions(self.codeobj, self.exception_entries, self._line_offset)

    def __repr__(self):
        return f"{self.__class__.__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The code in which the traceback ends."""
        tb = _last_frame(tb)
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """code_info() of the code."""
        return code_info(self.codeobj)

    def dis(self):
        """The instructions as text."""
        out = io.StringIO()
        lasti = -1 if self.current_offset is None else self.current_offset
        _print(self, self.exception_entries, lasti, out, self.show_offsets, self.show_positions)
        return out.getvalue()


def main(args=None):
    import argparse

    parser = argparse.ArgumentParser(color=True)
    parser.add_argument('-C', '--show-caches', action='store_true',
                        help='show inline caches (there are none)')
    parser.add_argument('-O', '--show-offsets', action='store_true',
                        help='show instruction offsets')
    parser.add_argument('-P', '--show-positions', action='store_true',
                        help='show instruction positions')
    parser.add_argument('-S', '--specialized', action='store_true',
                        help='show specialized bytecode (there is none)')
    parser.add_argument('infile', nargs='?', default='-')
    args = parser.parse_args(args=args)
    if args.infile == '-':
        name, source = '<stdin>', sys.stdin.buffer.read()
    else:
        name = args.infile
        with open(name, 'rb') as f:
            source = f.read()
    dis(compile(source, name, "exec"), show_offsets=args.show_offsets,
        show_positions=args.show_positions)


if __name__ == "__main__":
    main()
