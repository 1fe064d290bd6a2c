"""What CPython's tests reach in its inside and Plait offers otherwise; see README.md."""

import inspect
import sys

from _crossinterp import (
    create_interpreter,
    destroy_interpreter,
    exec_interpreter,
    get_code_var_counts,
    get_crossinterp_data,
    next_interpreter_id,
    restore_crossinterp_data,
    verify_stateless_code,
)
from _hamt import hamt

# Calls after which CPython's interpreter has specialised an instruction; enough for Plait's caches.
SPECIALIZATION_THRESHOLD = 2
SPECIALIZATION_COOLDOWN = 1
SIZEOF_PYGC_HEAD = 0
TIER2_THRESHOLD = 4096


def has_inline_values(obj, /):
    """Whether attributes are stored in the object itself: always, where it has any."""
    try:
        object.__getattribute__(obj, "__dict__")
    except AttributeError:
        return False
    return True


def has_split_table(mapping, /):
    """Whether a dict's keys may be shared by instances: names alone, as those of an instance are."""
    return isinstance(mapping, dict) and all(isinstance(key, str) for key in list(mapping))


def type_assign_specific_version_unsafe(kind, version, /):
    raise NotImplementedError("versions of types are counted, never chosen")


def get_recursion_depth():
    depth = 0
    frame = sys._getframe(1)
    while frame is not None:
        depth += 1
        frame = frame.f_back
    return depth


def get_c_recursion_remaining():
    return sys.getrecursionlimit()


def dict_getitem_knownhash(mapping, key, known, /):
    if not isinstance(mapping, dict):
        raise SystemError("bad argument to internal function")
    if key not in mapping:
        raise KeyError(key)
    return mapping[key]


def compiler_cleandoc(doc):
    return inspect.cleandoc(doc)


def get_static_builtin_types():
    return [kind for kind in vars(sys.modules["builtins"]).values() if isinstance(kind, type)]


def run_in_subinterp_with_config(code, config, *, xi=False):
    """Runs a script in an interpreter of its own, which ends afterwards."""
    import _interpreters

    whence = _interpreters.WHENCE_XI if xi else _interpreters.WHENCE_CAPI
    interp = create_interpreter(config, whence=whence)
    try:
        return exec_interpreter(interp, code)
    finally:
        destroy_interpreter(interp)
