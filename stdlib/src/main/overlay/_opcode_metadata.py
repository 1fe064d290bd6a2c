"""The numbers of Plait's instructions."""

from _opcode import _opmap as opmap

_specializations = {}
_specialized_opmap = {}

# Every instruction has room for three operands.
HAVE_ARGUMENT = 0
MIN_INSTRUMENTED_OPCODE = len(opmap)
