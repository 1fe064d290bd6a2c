"""Names, numbers and kinds of Plait's instructions.

They work on the registers of a frame: see org.plait.compiler.code.Opcode.
"""

import _opcode
from _opcode import stack_effect
from _opcode_metadata import (
    _specializations, _specialized_opmap, opmap, HAVE_ARGUMENT, MIN_INSTRUMENTED_OPCODE)

__all__ = ["cmp_op", "stack_effect", "hascompare", "opname", "opmap",
           "HAVE_ARGUMENT", "EXTENDED_ARG", "hasarg", "hasconst", "hasname",
           "hasjump", "hasjrel", "hasjabs", "hasfree", "haslocal", "hasexc"]

# Operands are whole ints; no instruction carries on another's operand.
EXTENDED_ARG = -1

opname = list(opmap)

cmp_op = ('<', '<=', '==', '!=', '>', '>=')


def _all(test):
    return [number for number in opmap.values() if test(number)]


hasarg = _all(_opcode.has_arg)
hasconst = _all(_opcode.has_const)
hasname = _all(_opcode.has_name)
hasjump = _all(_opcode.has_jump)
hasjrel = []
hasjabs = hasjump
hasfree = _all(_opcode.has_free)
haslocal = _all(_opcode.has_local)
hasexc = _all(_opcode.has_exc)
hascompare = [number for name, number in opmap.items() if name.startswith("COMPARE_")]

_cache_format = {}
_inline_cache_entries = {}
