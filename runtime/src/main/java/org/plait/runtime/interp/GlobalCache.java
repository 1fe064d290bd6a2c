package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/**
 * Where a global name was found. HotSpot takes the fields of a record for constants where the
 * record is one, as in compiled code; which keeps nothing alive by that.
 *
 * @param entry the name's in the globals, or in the built-ins
 * @param end of the globals that a built-in is absent from, null for a name of the globals
 *     themselves
 */
record GlobalCache(PyDict.EntryRef entry, PyDict.@Nullable EndRef end) {

  /** What can be remembered, or null. The dicts are no instances of subclasses. */
  static @Nullable GlobalCache find(PyDict globals, PyDict builtins, String name) {
    PyDict.EntryRef ref = globals.entryRef(name);
    if (ref != null) {
      return new GlobalCache(ref, null);
    }
    // Taken before looking: an entry added in between then invalidates the cache.
    PyDict.EndRef end = globals.endRef();
    ref = builtins.entryRef(name);
    // Dicts without an entry have one table between them, those of subclasses included.
    return ref != null && end.entry() > 0 && globals.getStr(name) == null
        ? new GlobalCache(ref, end)
        : null;
  }

  /** The value, or null if it must be looked for. */
  @Nullable PyObject value(PyFrame f) {
    return value(f.globals, f.builtins);
  }

  /** As {@link #value(PyFrame)}, for a function that runs without a frame. */
  @Nullable PyObject value(PyFunction fn) {
    return value(fn.globals, fn.builtins);
  }

  private @Nullable PyObject value(PyDict globals, PyObject builtins) {
    if (end == null) {
      return globals.valueAt(entry);
    }
    return globals.isAt(end) && builtins instanceof PyDict b ? b.valueAt(entry) : null;
  }
}
