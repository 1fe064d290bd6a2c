"""What CPython's tests reach through the limited C API and Plait offers otherwise; see README.md."""

import codecs
import operator


def sequence_getitem(obj, index, /):
    # the C function adds the length to a negative index, and the type does so not once more
    if index < 0:
        index += len(obj)
        if index < 0:
            raise IndexError("index out of range")
    return obj[index]


def _index(obj, index):
    index = operator.index(index)
    if index < 0:
        index += len(obj)
        if index < 0:
            raise IndexError("assignment index out of range")
    return index


def sequence_setitem(obj, index, value, /):
    obj[_index(obj, index)] = value


def sequence_delitem(obj, index, /):
    del obj[_index(obj, index)]


def object_hasattrstring(obj, name, /):
    # errors of all kinds count as "no"
    try:
        getattr(obj, name.decode())
    except Exception:
        return 0
    return 1


def codec_incrementalencoder(encoding, errors=None, /):
    return codecs.getincrementalencoder(encoding)(errors or "strict")


def codec_incrementaldecoder(encoding, errors=None, /):
    return codecs.getincrementaldecoder(encoding)(errors or "strict")
