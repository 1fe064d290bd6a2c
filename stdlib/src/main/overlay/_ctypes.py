"""The C data types under ctypes, over memory that _cmemory hands out or another object exports.

Simple types, arrays, structures, unions and pointers are all here: what multiprocessing's shared
values need, and what programs use to lay out bytes. Functions of C libraries can't be called, nor
can Python functions be handed to C: loading a library says so.

A data object is a window on memory: `_b_view_` is a memoryview of its bytes, `_b_base_` the object
whose memory it shares, `_b_kept_` what its pointers point at (kept by the owner of the memory).
What a class knows of its layout is in `_b_info_`.
"""

import sys
from struct import Struct, calcsize

import _cmemory

__version__ = "1.1.0"

RTLD_LOCAL = 0
RTLD_GLOBAL = 256
FUNCFLAG_CDECL = 1
FUNCFLAG_PYTHONAPI = 4
FUNCFLAG_USE_ERRNO = 8
FUNCFLAG_USE_LASTERROR = 16
CTYPES_MAX_ARGCOUNT = 1024
SIZEOF_TIME_T = 8

_ORDER = '<' if sys.byteorder == 'little' else '>'
_POINTER = Struct('P')
_LONG_DOUBLE = 'g'


class ArgumentError(Exception):
    pass


class _Info:
    """Size, alignment and format of a type; final once an object or a pointer type depends on it."""

    __slots__ = ('size', 'align', 'format', 'shape', 'fields', 'pointers', 'final')

    def __init__(self, size, align, format, shape=(), fields=(), pointers=False):
        self.size = size
        self.align = align
        self.format = format
        self.shape = shape
        self.fields = fields
        self.pointers = pointers
        self.final = False


def _info(cls):
    info = getattr(cls, '_b_info_', None)
    if info is None:
        raise TypeError('abstract class')
    return info


def _writable(source, size, offset, copy):
    view = source if copy and isinstance(source, memoryview) else memoryview(source)
    if not copy and view.readonly:
        raise TypeError('underlying buffer is not writable')
    if not view.c_contiguous:
        raise TypeError('underlying buffer is not C contiguous')
    if offset < 0:
        raise ValueError('offset cannot be negative')
    if size + offset > view.nbytes:
        raise ValueError(f'Buffer size too small ({view.nbytes} instead of at least '
                         f'{size + offset} bytes)')
    sys.audit('ctypes.cdata/buffer', 0, view.nbytes, offset)  # not all memory has an address
    return view.cast('B')[offset:offset + size]


class CType_Type(type):
    def __mul__(cls, length):
        return _array_type(cls, length)

    __rmul__ = __mul__

    def from_address(cls, address):
        if not isinstance(address, int):
            raise TypeError('integer expected')
        sys.audit('ctypes.cdata', address)
        return _window(cls, memoryview(_cmemory.at(address, _info(cls).size)), None)

    def from_buffer(cls, source, offset=0):
        made = _window(cls, _writable(source, _info(cls).size, offset, False), None)
        _keep(made, -1, source)
        return made

    def from_buffer_copy(cls, source, offset=0):
        size = _info(cls).size
        made = cls.__new__(cls)
        made._b_view_[:] = _writable(source, size, offset, True)
        return made

    def in_dll(cls, library, name):
        sys.audit('ctypes.dlsym', library, name)
        raise ValueError(f'{library._name}: undefined symbol: {name}')

    def from_param(cls, value):
        if isinstance(value, cls):
            return value
        parameter = getattr(value, '_as_parameter_', None)
        if parameter is not None:
            return cls.from_param(parameter)
        raise TypeError(f'expected {cls.__name__} instance instead of {type(value).__name__}')


class _CData(metaclass=CType_Type):
    _b_base_ = None
    _b_kept_ = None
    _b_needsfree_ = 1

    def __new__(cls, *args, **kwargs):
        info = _info(cls)
        info.final = True
        self = object.__new__(cls)
        self._b_view_ = memoryview(_cmemory.Block(info.size))
        return self

    @property
    def _objects(self):
        return self._b_kept_

    def __ctypes_from_outparam__(self):
        return self

    def __buffer__(self, flags):
        return _exported(self)

    def __reduce__(self):
        if _info(type(self)).pointers:
            raise ValueError('ctypes objects containing pointers cannot be pickled')
        state = {k: v for k, v in self.__dict__.items() if not k.startswith('_b_')}
        return _unpickled, (type(self), (state, bytes(self._b_view_)))

    def __setstate__(self, state):
        attributes, data = state
        size = min(len(data), len(self._b_view_))
        self._b_view_[:size] = data[:size]
        self.__dict__.update(attributes)

    __hash__ = object.__hash__


def _exported(data):
    view = data._b_view_
    cls = type(data)
    shape = []
    while issubclass(cls, Array):
        shape.append(cls._length_)
        cls = cls._type_
    code = getattr(cls, '_type_', None) if issubclass(cls, _SimpleCData) else None
    if code == 'u':
        code = 'I'
    if code is None or code not in 'bBhHiIlLqQfdc?P' or getattr(cls, '_b_swapped_', False):
        return view
    return view.cast(code, shape) if all(shape) else view.cast(code)


def _unpickled(cls, state):
    made = cls.__new__(cls)
    made.__setstate__(state)
    return made


def _window(cls, view, base):
    """An object of the type on memory that belongs to somebody else."""
    _info(cls).final = True
    self = object.__new__(cls)
    self._b_view_ = view
    self._b_needsfree_ = 0
    if base is not None:
        self._b_base_ = base
    return self


def _part(base, cls, start):
    return _window(cls, base._b_view_[start:start + _info(cls).size], base)


def _keep(data, key, kept):
    """Keeps an object alive as long as the memory that refers to it."""
    while data._b_base_ is not None:
        key = (id(type(data)), key)
        data = data._b_base_
    if data._b_kept_ is None:
        data._b_kept_ = {}
    data._b_kept_[key] = kept


def _is_simple(cls):
    """Whether values of the type are read as Python values: true of c_int, not of its subclasses."""
    return cls.__base__ is _SimpleCData


def _load(base, cls, start):
    part = _part(base, cls, start)
    return part.value if _is_simple(cls) else part


def _store(base, cls, start, value, key):
    part = _part(base, cls, start)
    if isinstance(value, cls):
        part._b_view_[:] = value._b_view_
        if _info(cls).pointers:
            _keep(base, key, value)
    elif issubclass(cls, _SimpleCData):
        kept = cls._b_code_.store(part._b_view_, value)
        if kept is not None:
            _keep(base, key, kept)
    elif issubclass(cls, _Pointer) and isinstance(value, Array) and value._type_ is cls._type_:
        _POINTER.pack_into(part._b_view_, 0, _own_address(value))
        _keep(base, key, value)
    elif issubclass(cls, (_Pointer, CFuncPtr)) and value is None:
        _POINTER.pack_into(part._b_view_, 0, 0)
    elif issubclass(cls, (Array, Structure, Union)) and isinstance(value, tuple):
        made = cls(*value)
        part._b_view_[:] = made._b_view_
        if _info(cls).pointers:
            _keep(base, key, made)
    elif issubclass(cls, Array) and cls._type_._type_ in ('c', 'u'):
        part.value = value
    else:
        raise TypeError(f'expected {cls.__name__} instance, got {type(value).__name__}')


# ---- simple types


class _Code:
    """How the values of one `_type_` letter are stored."""

    def __init__(self, code, order=_ORDER):
        native = {'u': 'I', 'z': 'P', 'Z': 'P', 'O': 'P', _LONG_DOUBLE: 'd'}.get(code, code)
        self.size = calcsize(native)
        self.code = code
        self.format = order + {8: 'q', 4: 'i'}[self.size].upper() if native == 'P' else order + {
            'l': 'q' if self.size == 8 else 'i', 'L': 'Q' if self.size == 8 else 'I'}.get(
                native, native)
        self.struct = Struct(self.format)

    def load(self, view):
        return self.struct.unpack_from(view)[0]

    def store(self, view, value):
        self.struct.pack_into(view, 0, value)


class _Int(_Code):
    def __init__(self, code, order=_ORDER):
        super().__init__(code, order)
        self.mask = (1 << 8 * self.size) - 1
        self.top = 1 << (8 * self.size - 1) if code in 'bhilq' else self.mask + 1

    def store(self, view, value):
        # type(int) has no overflow: what doesn't fit is cut off, as C does
        if not isinstance(value, int):
            index = getattr(type(value), '__index__', None)
            if index is None:
                raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
            value = index(value)
        value &= self.mask
        self.struct.pack_into(view, 0, value if value < self.top else value - self.mask - 1)


class _Float(_Code):
    def store(self, view, value):
        if not isinstance(value, float):
            if not hasattr(type(value), '__float__') and not hasattr(type(value), '__index__'):
                raise TypeError(f'must be real number, not {type(value).__name__}')
            value = float(value)
        self.struct.pack_into(view, 0, value)


class _Bool(_Code):
    def store(self, view, value):
        view[0] = bool(value)


class _VariantBool(_Code):
    """Automation's boolean: 16 bits, all of them set for true."""

    def __init__(self, code, order=_ORDER):
        super().__init__('h', order)
        self.code = code
        self.format = order + code

    def load(self, view):
        return super().load(view) != 0

    def store(self, view, value):
        super().store(view, -bool(value))


class _Char(_Code):
    def store(self, view, value):
        if isinstance(value, (bytes, bytearray)):
            if len(value) != 1:
                raise TypeError('one character bytes, bytearray, or an integer in range(256) '
                                f'expected, not a {type(value).__name__} object of length {len(value)}')
            view[0] = value[0]
        elif isinstance(value, int):
            if not 0 <= value < 256:
                raise TypeError('integer not in range(256)')
            view[0] = value
        else:
            raise TypeError('one character bytes, bytearray, or an integer in range(256) '
                            f'expected, not {type(value).__name__}')


class _Wchar(_Code):
    def load(self, view):
        return chr(self.struct.unpack_from(view)[0])

    def store(self, view, value):
        if not isinstance(value, str):
            raise TypeError(f'a unicode character expected, not instance of {type(value).__name__}')
        if len(value) != 1:
            raise TypeError(f'a unicode character expected, not a string of length {len(value)}')
        self.struct.pack_into(view, 0, ord(value))


class _Object(_Code):
    """A reference to a Python object, found by the number that is in the memory."""

    objects = {}

    def load(self, view):
        number = self.struct.unpack_from(view)[0]
        if number == 0:
            raise ValueError('PyObject is NULL')
        return self.objects[number][0]

    def store(self, view, value):
        kept = _Reference(value, self.objects)
        self.struct.pack_into(view, 0, kept.number)
        return kept


class _Reference:
    def __init__(self, value, objects):
        self.number = id(self)
        self.objects = objects
        self.value = value
        objects[self.number] = (value,)

    def __del__(self):
        self.objects.pop(self.number, None)


class _Address(_Code):
    def load(self, view):
        return self.struct.unpack_from(view)[0] or None

    def store(self, view, value):
        if value is None:
            value = 0
        elif not isinstance(value, int):
            raise TypeError('cannot be converted to pointer')
        self.struct.pack_into(view, 0, value & (1 << 8 * self.size) - 1)


class _Text(_Code):
    """The address of bytes ('z') or of wide characters ('Z') that end with a zero."""

    def load(self, view):
        address = self.struct.unpack_from(view)[0]
        if not address:
            return None
        return _string_at(address) if self.code == 'z' else _wstring_at(address)

    def store(self, view, value):
        kept = None
        if value is None:
            value = 0
        elif isinstance(value, bytes if self.code == 'z' else str):
            data = value + b'\0' if self.code == 'z' else (value + '\0').encode(_UTF32)
            kept = _cmemory.Block(len(data))
            memoryview(kept)[:] = data
            value = kept.address
        elif not isinstance(value, int):
            kind = 'bytes' if self.code == 'z' else 'unicode string'
            raise TypeError(f'{kind} or integer address expected instead of '
                            f'{type(value).__name__} instance')
        self.struct.pack_into(view, 0, value)
        return kept


_UTF32 = 'utf-32-le' if sys.byteorder == 'little' else 'utf-32-be'
_KINDS = {'c': _Char, '?': _Bool, 'u': _Wchar, 'O': _Object, 'P': _Address, 'z': _Text,
          'Z': _Text, 'f': _Float, 'd': _Float, _LONG_DOUBLE: _Float,
          'v': _VariantBool}
_KINDS.update(dict.fromkeys('bBhHiIlLqQ', _Int))
_POINTER_CODES = 'zZPO'
_SWAPPABLE = 'hHiIlLqQfd'


class PyCSimpleType(CType_Type):
    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if '_type_' not in namespace and hasattr(cls, '_b_code_'):
            info = cls._b_info_
            cls._b_info_ = _Info(info.size, info.align, info.format, pointers=info.pointers)
            return cls
        code = getattr(cls, '_type_', None)
        if code is None:
            if not bases or bases[0] is _CData:
                return cls
            raise AttributeError("class must define a '_type_' attribute")
        if not isinstance(code, str):
            raise TypeError("class must define a '_type_' string attribute")
        if len(code) != 1:
            raise ValueError("class must define a '_type_' attribute which must be a string of length 1")
        kind = _KINDS.get(code)
        if kind is None:
            raise AttributeError("class must define a '_type_' attribute which must be\n"
                                 "a single character string containing one of the\n"
                                 f"supported types: '{''.join(_KINDS)}'.")
        cls._describe(kind(code), code)
        if code in _SWAPPABLE and bases[0] is _SimpleCData:
            order = '>' if _ORDER == '<' else '<'
            suffix, here, there = (('_be', '__ctype_le__', '__ctype_be__') if _ORDER == '<'
                                   else ('_le', '__ctype_be__', '__ctype_le__'))
            other = type.__new__(meta, name + suffix, bases, dict(namespace))
            other._describe(kind(code, order), code)
            other._b_swapped_ = True
            for each in cls, other:
                setattr(each, here, cls)
                setattr(each, there, other)
        return cls

    def _describe(cls, code, letter):
        cls._b_code_ = code
        cls._b_info_ = _Info(code.size, code.size, code.format, pointers=letter in _POINTER_CODES)

    def from_param(cls, value):
        if isinstance(value, cls):
            return value
        code = getattr(cls, '_type_', None)
        if code in 'zZP':
            if value is None or isinstance(value, {'z': bytes, 'Z': str}.get(code, int)):
                return cls(value)
            if isinstance(value, (Array, _Pointer, byref)) or code == 'P' and isinstance(
                    value, (_SimpleCData, bytes, str)):
                return value
            parameter = getattr(value, '_as_parameter_', None)
            if parameter is not None:
                return cls.from_param(parameter)
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as "
                            f"ctypes.{cls.__name__}")
        parameter = getattr(value, '_as_parameter_', None)
        if parameter is not None:
            return cls.from_param(parameter)
        return cls(value)


class _SimpleCData(_CData, metaclass=PyCSimpleType):
    def __init__(self, value=None):
        if value is not None:
            self.value = value

    @property
    def value(self):
        return self._b_code_.load(self._b_view_)

    @value.setter
    def value(self, value):
        kept = self._b_code_.store(self._b_view_, value)
        if kept is not None:
            _keep(self, 0, kept)

    def __bool__(self):
        return any(self._b_view_)

    def __repr__(self):
        if type(self).__base__ is not _SimpleCData:
            return f'<{type(self).__name__} object at {id(self):#x}>'
        return f'{type(self).__name__}({self.value!r})'


# ---- arrays


class PyCArrayType(CType_Type):
    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if bases[0] is _CData:
            return cls
        length = getattr(cls, '_length_', None)
        item = getattr(cls, '_type_', None)
        if length is None:
            raise AttributeError("class must define a '_length_' attribute")
        if not isinstance(length, int):
            raise TypeError("The '_length_' attribute must be an integer")
        if length < 0:
            raise ValueError("The '_length_' attribute must not be negative")
        if item is None:
            raise AttributeError("class must define a '_type_' attribute")
        info = getattr(item, '_b_info_', None)
        if info is None:
            raise TypeError('_type_ must have storage info')
        if info.size * length > sys.maxsize:
            raise OverflowError('array too large')
        info.final = True
        cls._b_info_ = _Info(info.size * length, info.align, info.format, (length, *info.shape),
                             pointers=info.pointers)
        letter = getattr(item, '_type_', None) if issubclass(item, _SimpleCData) else None
        if letter == 'c':
            cls.value = property(_chars_value, _set_chars_value)
            cls.raw = property(_chars_raw, _set_chars_raw)
        elif letter == 'u':
            cls.value = property(_wchars_value, _set_wchars_value)
        return cls

    def from_param(cls, value):
        if isinstance(value, cls):
            return value
        letter = getattr(cls._type_, '_type_', None)
        if letter == 'c' and isinstance(value, bytes) or letter == 'u' and isinstance(value, str):
            if len(value) > cls._length_:
                raise ValueError('Invalid length')
            made = cls()
            made.value = value
            return made
        if isinstance(value, tuple):
            return cls(*value)
        return super().from_param(value)


_array_types = {}


def _array_type(item, length):
    if not hasattr(type(length), '__index__'):
        raise TypeError(f"can't multiply sequence by non-int of type '{type(length).__name__}'")
    length = length.__index__()
    if length < 0:
        raise ValueError(f'Array length must be >= 0, not {length}')
    made = _array_types.get((item, length))
    if made is None:
        made = PyCArrayType(f'{item.__name__}_Array_{length}', (Array,),
                            {'_length_': length, '_type_': item,
                             '__module__': sys._getframe(2).f_globals.get('__name__')})
        made = _array_types.setdefault((item, length), made)
    return made


def _chars_value(self):
    data = bytes(self._b_view_)
    end = data.find(0)
    return data if end < 0 else data[:end]


def _set_chars_value(self, value):
    if not isinstance(value, bytes):
        raise TypeError(f'bytes expected instead of {type(value).__name__} instance')
    size = len(self._b_view_)
    if len(value) > size:
        raise ValueError('byte string too long')
    if len(value) < size:
        value += b'\0'
    self._b_view_[:len(value)] = value


def _chars_raw(self):
    return bytes(self._b_view_)


def _set_chars_raw(self, value):
    data = memoryview(value).cast('B')
    if len(data) > len(self._b_view_):
        raise ValueError('byte string too long')
    self._b_view_[:len(data)] = data


def _wchars_value(self):
    text = bytes(self._b_view_).decode(_UTF32, 'surrogatepass')
    end = text.find('\0')
    return text if end < 0 else text[:end]


def _set_wchars_value(self, value):
    if not isinstance(value, str):
        raise TypeError(f'unicode string expected instead of {type(value).__name__} instance')
    if len(value) > self._length_:
        raise ValueError('string too long')
    if len(value) < self._length_:
        value += '\0'
    data = value.encode(_UTF32, 'surrogatepass')
    self._b_view_[:len(data)] = data


class Array(_CData, metaclass=PyCArrayType):
    def __init__(self, *values):
        for i, value in enumerate(values):
            self[i] = value

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)

    def _start(self, index):
        if index < 0:
            index += self._length_
        if not 0 <= index < self._length_:
            raise IndexError('invalid index')
        return index * self._type_._b_info_.size

    def __len__(self):
        return self._length_

    def __getitem__(self, index):
        if isinstance(index, slice):
            items = [self[i] for i in range(*index.indices(self._length_))]
            letter = getattr(self._type_, '_type_', None)
            if letter == 'c' and _is_simple(self._type_):
                return b''.join(items)
            if letter == 'u' and _is_simple(self._type_):
                return ''.join(items)
            return items
        if not hasattr(type(index), '__index__'):
            raise TypeError('indices must be integers')
        return _load(self, self._type_, self._start(index.__index__()))

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            places = range(*index.indices(self._length_))
            if len(places) != len(value):
                raise ValueError('Can only assign sequence of same size')
            for i, each in zip(places, value):
                self[i] = each
            return
        if not hasattr(type(index), '__index__'):
            raise TypeError('indices must be integers')
        index = index.__index__()
        _store(self, self._type_, self._start(index), value, index)

    def __delitem__(self, index):
        raise TypeError('Array does not support item deletion')


# ---- structures and unions


class CField:
    """Where a field is in its structure; the structure's class holds one for each name."""

    def __init__(self, *, name, type, byte_size, byte_offset, index, bit_size=None, bit_offset=None,
                 _internal_use=False):
        if not _internal_use:
            raise TypeError('CField is not for use outside ctypes')
        if not isinstance(name, str):
            raise TypeError(f"field {name!r}: name must be a string, not {name.__class__.__name__}")
        self.name = name
        self.type = type
        self.byte_size = byte_size
        self.byte_offset = self.offset = byte_offset
        self.is_bitfield = bit_size is not None
        self.bit_size = bit_size if self.is_bitfield else 8 * byte_size
        self.bit_offset = bit_offset if self.is_bitfield else 0
        self.size = byte_size
        if self.is_bitfield:
            self.size = self.bit_size << 16 | self.bit_offset
            code = getattr(type, '_b_code_', None)
            if not isinstance(code, (_Int, _Bool)):
                raise TypeError(f'bit fields not allowed for type {type.__name__}')
        self.is_anonymous = False
        self._index = index

    def __repr__(self):
        what = f'type={self.type.__name__}, ofs={self.byte_offset}'
        if self.is_bitfield:
            return (f"<ctypes.CField {self.name!r} {what}, bit_size={self.bit_size}, "
                    f"bit_offset={self.bit_offset}>")
        return f"<ctypes.CField {self.name!r} {what}, size={self.byte_size}>"

    def _whole(self, data):
        """The bytes around a bit field as a number, and how to write it back."""
        view = data._b_view_[self.byte_offset:self.byte_offset + self.byte_size]
        order = 'little' if self.type._b_code_.struct.format[0] == '<' else 'big'
        return view, int.from_bytes(view, order), order

    def __get__(self, data, owner=None):
        if data is None:
            return self
        if not self.is_bitfield:
            return _load(data, self.type, self.byte_offset)
        _, whole, _ = self._whole(data)
        value = whole >> self.bit_offset & (1 << self.bit_size) - 1
        code = self.type._b_code_
        if isinstance(code, _Bool):
            return bool(value)
        if code.code in 'bhilq' and value >> self.bit_size - 1:
            value -= 1 << self.bit_size
        return value

    def __set__(self, data, value):
        if not self.is_bitfield:
            _store(data, self.type, self.byte_offset, value, self.name)
            return
        made = self.type(value)
        view, whole, order = self._whole(data)
        mask = (1 << self.bit_size) - 1 << self.bit_offset
        bits = int(made.value) << self.bit_offset & mask
        view[:] = (whole & ~mask | bits).to_bytes(self.byte_size, order)


class _FieldsType(CType_Type):
    def __new__(meta, name, bases, namespace):
        fields = namespace.pop('_fields_', None)
        cls = super().__new__(meta, name, bases, namespace)
        if bases[0] is _CData:
            return cls
        inherited = getattr(cls, '_b_info_', None)
        if fields is not None:
            cls._fields_ = fields
        elif inherited is not None:
            inherited.final = True
            cls._b_info_ = _Info(inherited.size, inherited.align, inherited.format,
                                 fields=inherited.fields, pointers=inherited.pointers)
        else:
            cls._b_info_ = _Info(0, 1, 'T{}' if issubclass(cls, Structure) else 'B')
            cls._b_info_.final = False
        return cls

    def __setattr__(cls, name, value):
        if name == '_fields_':
            cls._lay_out(value)
        super().__setattr__(name, value)

    def _lay_out(cls, fields):
        own = cls.__dict__.get('_b_info_')
        if own is not None and (own.final or '_fields_' in cls.__dict__):
            raise AttributeError('_fields_ is final')
        if not isinstance(fields, (list, tuple)):
            raise TypeError('_fields_ must be a sequence of pairs')
        from ctypes._layout import get_layout
        is_struct = issubclass(cls, Structure)
        base = next((b for b in cls.__mro__[1:] if b.__dict__.get('_b_info_') is not None), None)
        for field in fields:
            if (isinstance(field, tuple) and len(field) > 1
                    and getattr(field[1], '_b_info_', None) is None):
                raise TypeError('second item in _fields_ tuple (index 0) must be a C type')
        layout = get_layout(cls, fields, is_struct, base)
        inherited = base._b_info_ if base is not None else None
        pointers = inherited is not None and inherited.pointers
        names = inherited.fields if inherited is not None else ()
        for field in layout.fields:
            type.__setattr__(cls, field.name, field)
            field.type._b_info_.final = True
            pointers = pointers or field.type._b_info_.pointers
            names += (field.name,)
        cls._b_info_ = _Info(layout.size, layout.align, layout.format_spec, fields=names,
                             pointers=pointers)
        cls._lift_anonymous()

    def _lift_anonymous(cls):
        """The fields of anonymous members are reached as if they were the structure's own."""
        for name in getattr(cls, '_anonymous_', ()):
            outer = cls.__dict__.get(name)
            if not isinstance(outer, CField):
                raise AttributeError(name)
            outer.is_anonymous = True
            for inner in outer.type._b_info_.fields:
                if not hasattr(cls, inner):
                    setattr(cls, inner, property(
                        lambda self, o=name, i=inner: getattr(getattr(self, o), i),
                        lambda self, v, o=name, i=inner: setattr(getattr(self, o), i, v)))


class PyCStructType(_FieldsType):
    pass


class UnionType(_FieldsType):
    pass


def _fill(self, args, kwargs):
    names = type(self)._b_info_.fields
    if len(args) > len(names):
        raise TypeError('too many initializers')
    for name, value in zip(names, args):
        if name in kwargs:
            raise TypeError(f"duplicate values for field {name!r}")
        setattr(self, name, value)
    for name, value in kwargs.items():
        setattr(self, name, value)


class Structure(_CData, metaclass=PyCStructType):
    def __init__(self, *args, **kwargs):
        _fill(self, args, kwargs)


class Union(_CData, metaclass=UnionType):
    def __init__(self, *args, **kwargs):
        _fill(self, args, kwargs)


# ---- pointers


class PyCPointerType(CType_Type):
    def __new__(meta, name, bases, namespace):
        namespace.setdefault('__module__', sys._getframe(1).f_globals.get('__name__'))
        cls = super().__new__(meta, name, bases, namespace)
        if bases[0] is not _CData:
            cls._b_info_ = _Info(_POINTER.size, _POINTER.size, 'P', pointers=True)
            if namespace.get('_type_') is not None:
                cls.set_type(namespace['_type_'])
        return cls

    def set_type(cls, target):
        if not isinstance(target, CType_Type):
            raise TypeError('_type_ must have storage info')
        cls._type_ = target
        cls._b_info_.format = '&' + _format(target)
        if '__pointer_type__' not in target.__dict__:
            target.__pointer_type__ = cls

    def from_param(cls, value):
        if value is None:
            return None
        if isinstance(value, cls._type_):
            return byref(value)
        if isinstance(value, (Array, _Pointer)) and issubclass(value._type_, cls._type_):
            return value
        return super().from_param(value)


class _Pointer(_CData, metaclass=PyCPointerType):
    def __new__(cls, *args):
        if getattr(cls, '_type_', None) is None:
            raise TypeError('Cannot create instance: has no _type_')
        return super().__new__(cls)

    def __init__(self, target=None):
        if target is not None:
            self.contents = target

    def _address(self):
        address = _POINTER.unpack_from(self._b_view_)[0]
        if address == 0:
            raise ValueError('NULL pointer access')
        return address

    @property
    def contents(self):
        made = self._type_.from_address(self._address())
        _keep(made, -1, self)
        return made

    @contents.setter
    def contents(self, target):
        if not isinstance(target, self._type_):
            raise TypeError(f'expected {self._type_.__name__} instead of {type(target).__name__}')
        _POINTER.pack_into(self._b_view_, 0, _own_address(target))
        _keep(self, 1, target)

    def _item(self, index):
        size = _info(self._type_).size
        made = self._type_.from_address(self._address() + index * size)
        _keep(made, -1, self)
        return made

    def __getitem__(self, index):
        if isinstance(index, slice):
            step = 1 if index.step is None else index.step
            if index.stop is None:
                raise ValueError('slice stop is required')
            if index.start is None and step < 0:
                raise ValueError('slice start is required for step < 0')
            items = [self[i] for i in range(index.start or 0, index.stop, step)]
            letter = getattr(self._type_, '_type_', None)
            return {'c': b''.join, 'u': ''.join}.get(letter, list)(items)
        item = self._item(index.__index__())
        return item.value if _is_simple(self._type_) else item

    def __setitem__(self, index, value):
        index = index.__index__()
        _store(self._item(index), self._type_, 0, value, index)

    def __bool__(self):
        return any(self._b_view_)


class byref:
    """What byref() gives: an object's address as an argument."""

    __slots__ = ('_obj', '_offset')

    def __init__(self, obj, offset=0):
        if not isinstance(obj, _CData):
            raise TypeError('byref() argument must be a ctypes instance, not '
                            f'{type(obj).__name__!r}')
        self._obj = obj
        self._offset = offset

    def __repr__(self):
        return f"<cparam 'P' ({_own_address(self._obj) + self._offset:#x})>"


byref.__name__ = byref.__qualname__ = 'CArgObject'


# ---- functions


class _Helper(int):
    """The address of one of the functions that ctypes itself is made of."""


def _own_address(obj):
    return _cmemory.address(obj._b_view_)


def _address_of(value):
    if value is None:
        return 0
    if isinstance(value, int):
        return value
    if isinstance(value, byref):
        return _own_address(value._obj) + value._offset
    if isinstance(value, (Array, Structure, Union)):
        return _own_address(value)
    if isinstance(value, (_Pointer, _SimpleCData)):
        return _POINTER.unpack_from(value._b_view_)[0]
    if isinstance(value, (bytes, bytearray)):
        raise NotImplementedError('bytes and bytearrays have no address here; '
                                  'use ctypes.create_string_buffer()')
    raise ArgumentError(f"argument 1: TypeError: '{type(value).__name__}' object cannot be "
                        "interpreted as ctypes.c_void_p")


def _memmove(target, source, count):
    address = _address_of(target)
    if isinstance(source, (bytes, bytearray)):
        data = bytes(memoryview(source)[:count])
    else:
        data = bytes(memoryview(_cmemory.at(_address_of(source), count)))
    memoryview(_cmemory.at(address, count))[:] = data
    return address


def _memset(target, value, count):
    address = _address_of(target)
    memoryview(_cmemory.at(address, count))[:] = bytes([value & 255]) * count
    return address


def _string_at(pointer, size=-1):
    if isinstance(pointer, (bytes, bytearray)):
        data = bytes(pointer)
        return data.split(b'\0', 1)[0] if size < 0 else data[:size]
    address = _address_of(pointer)
    sys.audit('ctypes.string_at', address, size)
    return bytes(memoryview(_cmemory.at(address, _cmemory.strlen(address) if size < 0 else size)))


def _wstring_at(pointer, size=-1):
    address = _address_of(pointer)
    sys.audit('ctypes.wstring_at', address, size)
    if size < 0:
        size = 0
        while any(memoryview(_cmemory.at(address + 4 * size, 4))):
            size += 1
    return bytes(memoryview(_cmemory.at(address, 4 * size))).decode(_UTF32, 'surrogatepass')


def _memoryview_at(pointer, size, readonly=False):
    address = _address_of(pointer)
    sys.audit('ctypes.memoryview_at', address, size, int(readonly))
    view = memoryview(_cmemory.at(address, size))
    return view.toreadonly() if readonly else view


def _cast(pointer, source, target):
    if not (isinstance(target, type) and (issubclass(target, (_Pointer, CFuncPtr)) or issubclass(
            target, _SimpleCData) and target._type_ in 'PzZ')):
        raise TypeError(f'cast() argument 2 must be a pointer, not {target.__name__}')
    kept = source
    if isinstance(pointer, bytes):
        kept = _cmemory.Block(len(pointer) + 1)
        memoryview(kept)[:-1] = pointer
        pointer = kept.address
    made = target()
    _POINTER.pack_into(made._b_view_, 0, _address_of(pointer))
    _keep(made, 1, kept)
    return made


_memmove_addr = _Helper(1)
_memset_addr = _Helper(2)
_string_at_addr = _Helper(3)
_wstring_at_addr = _Helper(4)
_cast_addr = _Helper(5)
_memoryview_at_addr = _Helper(6)
_HELPERS = {1: _memmove, 2: _memset, 3: _string_at, 4: _wstring_at, 5: _cast, 6: _memoryview_at}


# ---- functions of the program itself: those of the C API that have a meaning here


def _plain(argument):
    """What is in a simple object of C."""
    return argument.value if isinstance(argument, _SimpleCData) else argument


def _add_module(name):
    name = _plain(name).decode()
    return sys.modules.setdefault(name, type(sys)(name))


def _set_async_exc(ident, exception):
    ident = _plain(ident)
    known = -1 << 63 <= ident < 1 << 63
    return _cmemory.set_async_exc(ident, _plain(exception)) if known else 0


def _ensure():
    """Whoever calls is a thread that runs Python."""
    return 0


def _release(state):
    return 0


_PROGRAM = {
    'PyGILState_Ensure': _ensure,
    'PyGILState_Release': _release,
    'PyImport_AddModuleRef': _add_module,
    'PyThreadState_SetAsyncExc': _set_async_exc,
}


class PyCFuncPtrType(CType_Type):
    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        cls._b_info_ = _Info(_POINTER.size, _POINTER.size, 'X{}', pointers=True)
        return cls


class CFuncPtr(_CData, metaclass=PyCFuncPtrType):
    """A function; those of ctypes itself, such as memmove, and a few of the C API can be called."""

    _function = None
    _function_address = 0  # those of the program have none

    def __init__(self, what=None, *rest):
        if isinstance(what, _Helper):
            self._function = _HELPERS[what]
            self._function_address = int(what)
        elif isinstance(what, tuple):
            name, library = what
            sys.audit('ctypes.dlsym', library, name)
            if library._name is None:
                self._function = _PROGRAM.get(name)
            if self._function is None:
                raise AttributeError(
                    f'{library._name or sys.executable}: undefined symbol: {name}')
        elif isinstance(what, int):
            _POINTER.pack_into(self._b_view_, 0, what)
        elif what is not None:
            raise NotImplementedError('Python functions cannot be handed to C')

    @property
    def restype(self):
        """The type of the result; the functions there are give Python objects anyway."""
        return getattr(self, '_restype_', None)

    @restype.setter
    def restype(self, kind):
        self._restype_ = kind

    @property
    def argtypes(self):
        """The types that arguments are converted to, or None."""
        return getattr(self, '_argtypes_', None)

    @argtypes.setter
    def argtypes(self, kinds):
        if kinds is not None:
            kinds = tuple(kinds)
            for at, kind in enumerate(kinds, 1):
                if not hasattr(kind, 'from_param'):
                    raise TypeError(f'item {at} in _argtypes_ has no from_param method')
        self._argtypes_ = kinds

    def __call__(self, *args):
        if self._function is None:
            raise NotImplementedError('functions of C libraries cannot be called')
        sys.audit('ctypes.call_function', self._function_address, args)
        args = self._converted(args)
        args = [a.value if isinstance(a, _SimpleCData) and a._type_ not in 'PzZO' else a
                for a in args]
        return self._function(*args)

    def _converted(self, args):
        kinds = self.__dict__.get('_argtypes_')  # the helpers above convert for themselves
        if not kinds:
            return args
        if len(args) < len(kinds):
            raise TypeError(f'this function takes at least {len(kinds)} argument'
                            f'{"s"[:len(kinds) > 1]} ({len(args)} given)')
        made = []
        for at, (kind, value) in enumerate(zip(kinds, args), 1):
            try:
                made.append(kind.from_param(value))
            except Exception as error:
                raise ArgumentError(f'argument {at}: {type(error).__name__}: {error}') from None
        return [*made, *args[len(kinds):]]

    def __bool__(self):
        return self._function is not None or any(self._b_view_)


PyCFuncPtrType.__name__ = PyCFuncPtrType.__qualname__ = 'PyCFuncPtrType'


def dlopen(name, mode=0):
    """The program itself can be opened, and has no symbols; libraries can't be loaded."""
    sys.audit('ctypes.dlopen', name)
    if name is None:
        return 0
    raise OSError(f'{name}: C libraries cannot be loaded')


def dlclose(handle):
    return None


# ---- questions about types and objects


def _format(cls):
    info = cls.__dict__.get('_b_info_') or getattr(cls, '_b_info_', None)
    return info.format if info is not None else 'B'


def _of(what):
    cls = what if isinstance(what, CType_Type) else type(what)
    info = getattr(cls, '_b_info_', None) if isinstance(cls, CType_Type) else None
    return info


def sizeof(what):
    info = _of(what)
    if info is None:
        raise TypeError('this type has no size')
    return info.size if isinstance(what, type) else len(what._b_view_)


def alignment(what):
    info = _of(what)
    if info is None:
        raise TypeError('no alignment info')
    return info.align


def addressof(obj):
    if not isinstance(obj, _CData):
        raise TypeError(f'addressof() argument must be _ctypes._CData, not {type(obj).__name__}')
    sys.audit('ctypes.addressof', obj)
    return _own_address(obj)


def resize(obj, size):
    info = _of(obj)
    if info is None or isinstance(obj, type):
        raise TypeError('expected ctypes instance')
    if size < info.size:
        raise ValueError(f'minimum size is {info.size}')
    if not obj._b_needsfree_:
        raise ValueError('Memory cannot be resized because this object doesn\'t own it')
    grown = memoryview(_cmemory.Block(size))
    kept = min(size, len(obj._b_view_))
    grown[:kept] = obj._b_view_[:kept]
    obj._b_view_ = grown


def buffer_info(what):
    info = _of(what)
    if info is None:
        raise TypeError('not a ctypes type or object')
    return info.format, len(info.shape), info.shape


_errno = None


def _errno_of_thread():
    global _errno
    if _errno is None:
        from threading import local
        _errno = local()
    return _errno


def get_errno():
    sys.audit('ctypes.get_errno')
    return getattr(_errno_of_thread(), 'value', 0)


def set_errno(value):
    sys.audit('ctypes.set_errno', value)
    here = _errno_of_thread()
    before = getattr(here, 'value', 0)
    here.value = value
    return before
