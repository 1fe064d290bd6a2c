"""What CPython's tests reach through the C API and Plait offers otherwise; see README.md."""

import _datetime as datetime
import io
import operator
import os
import struct
import sys
from _typeversion import get as type_get_version, modified as type_modified

INT_MAX = 2**31 - 1
INT_MIN = -(2**31)
UINT_MAX = 2**32 - 1
LONG_MAX = 2**63 - 1
LONG_MIN = -(2**63)
ULONG_MAX = 2**64 - 1
LLONG_MAX = LONG_MAX
LLONG_MIN = LONG_MIN
ULLONG_MAX = ULONG_MAX
PY_SSIZE_T_MAX = sys.maxsize
PY_SSIZE_T_MIN = -sys.maxsize - 1
SHRT_MAX = 2**15 - 1
SHRT_MIN = -(2**15)
USHRT_MAX = 2**16 - 1
CHAR_MAX = 127
CHAR_MIN = -128
UCHAR_MAX = 255
SIZEOF_TIME_T = 8
SIZEOF_WCHAR_T = 4
FLT_MAX = 3.4028234663852886e38
FLT_MIN = 1.1754943508222875e-38
DBL_MAX = sys.float_info.max
DBL_MIN = sys.float_info.min
WITH_PYMALLOC = False
WITH_MIMALLOC = False
nan_msb_is_signaling = False


class error(Exception):
    pass


def config_get(name, /):
    if name != "code_debug_ranges":
        raise ValueError(f"unknown config option name: {name}")
    off = not sys.flags.ignore_environment and os.environ.get("PYTHONNODEBUGRANGES")
    return not (off or "no_debug_ranges" in sys._xoptions)


# versions of types: each has one at any time, and another from the moment of a change


def type_assign_version(kind, /):
    return int(type_get_version(kind) != 0)


# exceptions and tracebacks: Plait's own display, not the traceback module


def exception_print(exc, legacy=False, /):
    if not isinstance(exc, BaseException):
        raise TypeError("an exception is required")
    sys.__excepthook__(type(exc), exc, exc.__traceback__)


def traceback_print(tb, file, /):
    stderr, sys.stderr = sys.stderr, io.StringIO()
    try:
        sys.__excepthook__(Exception, Exception(), tb)
        text = sys.stderr.getvalue()
    finally:
        sys.stderr = stderr
    file.write(text.removesuffix("Exception\n"))


def config_get(name, /):
    if name == "code_debug_ranges":
        return int("no_debug_ranges" not in sys._xoptions and not os.environ.get("PYTHONNODEBUGRANGES"))
    raise ValueError(f"unknown config option name: {name}")


def code_offset_to_line(code, offset, /):
    for start, end, line in code.co_lines():
        if start <= offset < end:
            return -1 if line is None else line
    return -1


class CodeLike:
    """Stands for code whose monitoring events C code sends."""

    def __init__(self, events):
        self.events = events


def raise_exception(kind, count, /):
    raise kind(*range(count))


def raise_memoryerror():
    raise MemoryError


def make_exception_with_doc(name, doc=None, base=Exception, dict=None):
    module, _, short = name.rpartition(".")
    if not module:
        raise SystemError("PyErr_NewException: name must be module.class")
    bases = base if isinstance(base, tuple) else (base,)
    namespace = {"__module__": module} | ({} if dict is None else dict)
    if doc is not None:
        namespace["__doc__"] = doc
    return type(short, bases, namespace)


def set_errno(number, /):
    raise NotImplementedError("there is no errno variable on Plait")


# awaitables


class awaitType:
    """An object whose __await__ gives back whatever it was made from."""

    def __init__(self, result, /):
        self.result = result

    def __await__(self):
        return self.result


# datetime


def _checker(kind):
    def check(obj, exact=False, /):
        return type(obj) is kind if exact else isinstance(obj, kind)

    return check


datetime_check_date = _checker(datetime.date)
datetime_check_time = _checker(datetime.time)
datetime_check_datetime = _checker(datetime.datetime)
datetime_check_delta = _checker(datetime.timedelta)
datetime_check_tzinfo = _checker(datetime.tzinfo)


def test_datetime_capi():
    return None


def get_timezone_utc_capi(macro=False, /):
    return datetime.timezone.utc


def make_timezones_capi():
    offset = datetime.timedelta(hours=-5)
    return (datetime.timezone(offset, "EST"), datetime.timezone(offset, "EST"), datetime.timezone(offset))


def get_timezones_offset_zero():
    zero = datetime.timedelta(0)
    return datetime.timezone.utc, datetime.timezone.utc, datetime.timezone(zero, "")


def get_date_fromdate(macro, year, month, day, /):
    return datetime.date(year, month, day)


def get_datetime_fromdateandtime(macro, *fields):
    return datetime.datetime(*fields)


def get_datetime_fromdateandtimeandfold(macro, *fields):
    *fields, fold = fields
    return datetime.datetime(*fields, fold=fold)


def get_time_fromtime(macro, *fields):
    return datetime.time(*fields)


def get_time_fromtimeandfold(macro, *fields):
    *fields, fold = fields
    return datetime.time(*fields, fold=fold)


def get_delta_fromdsu(macro, days, seconds, microseconds, /):
    return datetime.timedelta(days, seconds, microseconds)


def get_date_fromtimestamp(ts, macro=False, /):
    return datetime.date.fromtimestamp(ts)


def get_datetime_fromtimestamp(ts, tzinfo, usetz=True, macro=False, /):
    return datetime.datetime.fromtimestamp(*((ts, tzinfo) if usetz else (ts,)))


def PyDateTime_GET(obj, /):
    return obj.year, obj.month, obj.day


def PyDateTime_DATE_GET(obj, /):
    return obj.hour, obj.minute, obj.second, obj.microsecond, obj.tzinfo


def PyDateTime_TIME_GET(obj, /):
    return obj.hour, obj.minute, obj.second, obj.microsecond, obj.tzinfo


def PyDateTime_DELTA_GET(obj, /):
    return obj.days, obj.seconds, obj.microseconds


# members of C structs


class _Member:
    """A field of a struct in memory that threads share."""

    def __init__(self, code, offset):
        self.code, self.offset = code, offset

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        (value,) = struct.unpack_from(self.code, obj._memory, self.offset)
        return value.decode() if self.code == "c" else value

    def __set__(self, obj, value):
        if self.code == "?" and not isinstance(value, bool):
            raise TypeError("attribute value type must be bool")
        if self.code == "c":
            value = value.encode()
        elif self.code in "fd":
            value = float(value)
        elif self.code != "?":
            value = operator.index(value)
        struct.pack_into(self.code, obj._memory, self.offset, value)


class _test_structmembersType_OldAPI:
    __slots__ = ("_memory",)

    T_BOOL = _Member("?", 0)
    T_BYTE = _Member("b", 1)
    T_UBYTE = _Member("B", 2)
    T_CHAR = _Member("c", 3)
    T_SHORT = _Member("h", 4)
    T_USHORT = _Member("H", 6)
    T_INT = _Member("i", 8)
    T_UINT = _Member("I", 12)
    T_LONG = _Member("l", 16)
    T_ULONG = _Member("L", 24)
    T_PYSSIZET = _Member("n", 32)
    T_FLOAT = _Member("f", 40)
    T_DOUBLE = _Member("d", 48)
    T_LONGLONG = _Member("q", 56)
    T_ULONGLONG = _Member("Q", 64)

    def __init__(self):
        self._memory = bytearray(72)


class _test_structmembersType_NewAPI(_test_structmembersType_OldAPI):
    __slots__ = ()


# threads and processes


def finalize_thread_hang(callback, /):
    callback()
    os.abort()  # a daemon thread that blocks while the program ends does not come back


_temporary = []


def call_in_temporary_c_thread(callback, wait=True, /):
    if _temporary:
        raise RuntimeError("test_c_thread already set")
    import _thread

    _temporary.append(_thread.start_joinable_thread(callback))
    if wait:
        join_temporary_c_thread()


def join_temporary_c_thread():
    _temporary[0].join()
    _temporary.clear()


def W_STOPCODE(signal, /):
    return signal << 8 | 0x7F


def run_in_subinterp(code, /):
    """Runs a script in an interpreter of its own, which ends afterwards."""
    import _crossinterp
    import _interpreters

    interp = _crossinterp.create_interpreter(whence=_interpreters.WHENCE_LEGACY_CAPI)
    try:
        return _crossinterp.exec_interpreter(interp, code)
    finally:
        _crossinterp.destroy_interpreter(interp)


def __getattr__(name):
    if name.startswith("fire_event_"):

        def missing(*args):
            raise NotImplementedError(f"{name}: C code sends no monitoring events")

        return missing
    raise AttributeError(f"module '_testcapi' has no attribute '{name}'")
