"""What sys says of itself: its types make no more instances, and interning keeps the object."""

import sys
import warnings

for value in sys.flags, sys.version_info:
    kind = type(value)
    for make in kind, lambda v: kind.__new__(kind, v), lambda v: tuple.__new__(kind, v):
        try:
            print(make(value))
        except TypeError as e:
            print(e)
    print("__new__" in vars(kind), kind.__new__ is tuple.__new__)
print(sys.get_asyncgen_hooks(), type(sys.get_asyncgen_hooks()).__module__)

with warnings.catch_warnings(record=True, action="always") as seen:
    sys._clear_type_cache()
print(seen[0].category.__name__, seen[0].message)

first = "never interned before " + str(len(sys.argv))
print(sys._is_interned(first), sys.intern(first) is first, sys._is_interned(first))
second = first.swapcase().swapcase()
print(sys._is_interned(second), sys.intern(second) is first, sys._is_interned(second))
two = "\ud800" + "\udc00"
print(len(sys.intern(two)), len(sys.intern("\U00010000")), len(sys.intern(two)))
print(sys._is_interned(""), sys._is_interned("a"), sys._is_interned("\xc8"))


class Text(str):
    pass


print(sys._is_interned(Text("x")))
for no_str in Text("x"), b"x":
    try:
        sys.intern(no_str)
    except TypeError as e:
        print(e)
