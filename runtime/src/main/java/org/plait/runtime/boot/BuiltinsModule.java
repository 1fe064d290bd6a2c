package org.plait.runtime.boot;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.Drain;
import org.plait.runtime.interp.OpcodeImpl;
import org.plait.runtime.interp.PyFrame;
import org.plait.runtime.interp.PyFrameLocalsProxy;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.protocol.WholeWriter;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyCallableIterator;
import org.plait.runtime.types.PyClassMethod;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyEnumerate;
import org.plait.runtime.types.PyFilter;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyMap;
import org.plait.runtime.types.PyMemoryView;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyProperty;
import org.plait.runtime.types.PyRange;
import org.plait.runtime.types.PyReversed;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PySlice;
import org.plait.runtime.types.PyStaticMethod;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PySuper;
import org.plait.runtime.types.PyTuple;
import org.plait.runtime.types.PyZip;

/** {@code builtins}. */
@PyModuleDef(name = "builtins")
public final class BuiltinsModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new BuiltinsModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("None", Py.None);
    m.add("Ellipsis", Py.Ellipsis);
    m.add("NotImplemented", Py.NotImplemented);
    m.add("False", Py.False);
    m.add("True", Py.True);
    for (PyType t : TYPES) {
      m.add(t.name(), t);
    }
    m.add("__debug__", Py.bool_(BootOptions.current().optimize == 0));
    for (PyType t : Exceptions.all()) {
      m.add(t.name(), t);
    }
    m.add("EnvironmentError", Exceptions.OSError);
    m.add("IOError", Exceptions.OSError);
  }

  private static final PyType[] TYPES = {
    PyBool.TYPE,
    PyMemoryView.TYPE,
    PyByteArray.TYPE,
    PyBytes.TYPE,
    PyClassMethod.TYPE,
    PyComplex.TYPE,
    PyDict.TYPE,
    PyEnumerate.TYPE,
    PyFilter.TYPE,
    PyFloat.TYPE,
    PyFrozenSet.TYPE,
    PyProperty.TYPE,
    PyInt.TYPE,
    PyList.TYPE,
    PyMap.TYPE,
    PyBaseObject.TYPE,
    PyRange.TYPE,
    PyReversed.TYPE,
    PySet.TYPE,
    PySlice.TYPE,
    PyStaticMethod.TYPE,
    PyStr.TYPE,
    PySuper.TYPE,
    PyTuple.TYPE,
    PyType.TYPE,
    PyZip.TYPE,
  };

  // ---- classes and imports

  // Compare CPython builtin___build_class__ in bltinmodule.c.
  @PyFunction(name = "__build_class__", raw = true)
  static PyObject buildClass(PyObject[] args, String @Nullable [] kwnames) {
    return ClassBuilding.build(args, kwnames);
  }

  @PyFunction(name = "__import__", sig = "(name, globals=None, locals=None, fromlist=(), level=0)")
  static PyObject import_(
      PyObject name, PyObject globals, PyObject locals, PyObject fromlist, int level) {
    return Imports.importModule(name, globals, locals, fromlist, level);
  }

  // ---- numbers

  @PyFunction(sig = "(x, /)")
  static PyObject abs(PyObject x) {
    return PyNumbers.absolute(x);
  }

  @PyFunction(sig = "(x, y, /)")
  static PyObject divmod(PyObject x, PyObject y) {
    return PyNumbers.divmod(x, y);
  }

  @PyFunction(sig = "(base, exp, mod=None)")
  static PyObject pow(PyObject base, PyObject exp, PyObject mod) {
    return PyNumbers.pow(base, exp, mod);
  }

  @PyFunction(sig = "(number, ndigits=None)")
  static PyObject round(PyObject number, PyObject ndigits) {
    PyObject f = number.type().special(Special.ROUND);
    if (f == null) {
      throw Errors.typeError("type " + number.type().name() + " doesn't define __round__ method");
    }
    return ndigits == Py.None ? PyCalls.invoke(f, number) : PyCalls.invoke(f, number, ndigits);
  }

  @PyFunction(sig = "(number, /)")
  static PyObject bin(PyObject number) {
    return radix(number, 2, "0b");
  }

  @PyFunction(sig = "(number, /)")
  static PyObject oct(PyObject number) {
    return radix(number, 8, "0o");
  }

  @PyFunction(sig = "(number, /)")
  static PyObject hex(PyObject number) {
    return radix(number, 16, "0x");
  }

  private static PyObject radix(PyObject number, int base, String prefix) {
    PyInt i = PyNumbers.index(number);
    String digits =
        i.isLong() && i.longValue() != Long.MIN_VALUE
            ? Long.toString(Math.abs(i.longValue()), base)
            : i.bigValue().abs().toString(base);
    return PyStr.ofBmp((i.signum() < 0 ? "-" : "") + prefix + digits);
  }

  // Compare CPython builtin_sum_impl in bltinmodule.c.
  @PyFunction(sig = "(iterable, /, start=0)")
  static PyObject sum(PyObject iterable, PyObject start) {
    return Sum.of(iterable, start);
  }

  // ---- iterables

  @PyFunction(sig = "(iterable, /)")
  static boolean all(PyObject iterable) {
    PyObject it = PyIters.getIter(iterable);
    Drain d = new Drain(Drain.ALL);
    for (PyObject v = d.next(it); v != null; v = d.next(it)) {
      if (!OpcodeImpl.truth(v)) {
        return false;
      }
    }
    return true;
  }

  @PyFunction(sig = "(iterable, /)")
  static boolean any(PyObject iterable) {
    PyObject it = PyIters.getIter(iterable);
    Drain d = new Drain(Drain.ANY);
    for (PyObject v = d.next(it); v != null; v = d.next(it)) {
      if (OpcodeImpl.truth(v)) {
        return true;
      }
    }
    return false;
  }

  @PyFunction(
      raw = true,
      doc =
          "min(iterable, *[, default=obj, key=func]) -> value\n"
              + "min(arg1, arg2, *args, *[, key=func]) -> value\n\n"
              + "The smallest item of the iterable, or the smallest of several arguments.\n"
              + "An empty iterable gives the default, or a ValueError where there is none.")
  static PyObject min(PyObject[] args, String @Nullable [] kwnames) {
    return extreme("min", args, kwnames, CompareOp.LT);
  }

  @PyFunction(
      raw = true,
      doc =
          "max(iterable, *[, default=obj, key=func]) -> value\n"
              + "max(arg1, arg2, *args, *[, key=func]) -> value\n\n"
              + "The biggest item of the iterable, or the biggest of several arguments.\n"
              + "An empty iterable gives the default, or a ValueError where there is none.")
  static PyObject max(PyObject[] args, String @Nullable [] kwnames) {
    return extreme("max", args, kwnames, CompareOp.GT);
  }

  // Compare CPython min_max in bltinmodule.c.
  private static PyObject extreme(
      String name, PyObject[] args, String @Nullable [] kwnames, CompareOp op) {
    if (args.length == 1 && args[0].getClass() == PyList.class) {
      PyObject best = bestInt((PyList) args[0], op);
      if (best != null) {
        return best;
      }
    }
    int n = PyCalls.positional(args, kwnames);
    if (n == 0) {
      throw Errors.typeError(name + " expected at least 1 argument, got 0");
    }
    PyObject key = null;
    PyObject otherwise = null;
    for (int i = n; i < args.length; i++) {
      switch (kwnames[i - n]) {
        case "key" -> key = args[i] == Py.None ? null : args[i];
        case "default" -> otherwise = args[i];
        default ->
            throw Errors.typeError(
                name + "() got an unexpected keyword argument '" + kwnames[i - n] + "'");
      }
    }
    if (n > 1 && otherwise != null) {
      throw Errors.typeError(
          "Cannot specify a default for " + name + "() with multiple positional arguments");
    }
    PyObject it = PyIters.getIter(n == 1 ? args[0] : PyTuple.of(Arrays.copyOf(args, n)));
    PyObject best = null;
    PyObject bestKey = null;
    if (key == null) {
      best = best(it, op);
      it = null;
    }
    for (PyObject v = it == null ? null : PyIters.next(it); v != null; v = PyIters.next(it)) {
      PyObject k = key.call1(v);
      if (best == null || PyObjects.compareBool(k, bestKey, op)) {
        best = v;
        bestKey = k;
      }
    }
    if (best != null) {
      return best;
    }
    if (otherwise != null) {
      return otherwise;
    }
    throw Errors.valueError(name + "() iterable argument is empty");
  }

  /** The least or greatest of a list of plain ints; null when it is none, or empty. */
  private static @Nullable PyObject bestInt(PyList list, CompareOp op) {
    PyInt best = null;
    for (int i = 0; ; i++) {
      PyObject v = list.get(i);
      if (v == null) {
        return best;
      }
      if (v.getClass() != PyInt.class) {
        return null;
      }
      if (best == null || op.test(((PyInt) v).compareTo(best))) {
        best = (PyInt) v;
      }
    }
  }

  /** The least or greatest item, or null when there is none. */
  private static @Nullable PyObject best(PyObject it, CompareOp op) {
    Drain d = new Drain(op == CompareOp.LT ? Drain.MIN : Drain.MAX);
    for (PyObject v = d.next(it); v != null; v = d.next(it)) {
      PyObject best = d.best();
      if (best == null || PyObjects.compareBool(v, best, op)) {
        d.best(v);
      }
    }
    return d.best();
  }

  @PyFunction(sig = "(iterable, /, *, key=None, reverse=False)", raw = true)
  static PyObject sorted(PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    if (n != 1) {
      throw Errors.typeError("sorted expected 1 argument, got " + n);
    }
    PyList list = PySequences.list(args[0]);
    if (kwnames == null || kwnames.length == 1 && kwnames[0].equals("key")) {
      list.sort(kwnames == null ? Py.None : args[1], false);
      return list;
    }
    PyObjects.getAttr(list, "sort").call(Arrays.copyOfRange(args, 1, args.length), kwnames);
    return list;
  }

  @PyFunction(sig = "!(object, sentinel=NULL, /)")
  static PyObject iter(PyObject object, @Nullable PyObject sentinel) {
    if (sentinel == null) {
      return PyIters.getIter(object);
    }
    if (object.type().special(Special.CALL) == null) {
      throw Errors.typeError("iter(v, w): v must be callable");
    }
    return new PyCallableIterator(object, sentinel);
  }

  @PyFunction(sig = "!(iterator, default=NULL, /)")
  static PyObject next(PyObject iterator, @Nullable PyObject otherwise) {
    if (!PyIters.isIterator(iterator)) {
      throw Errors.typeError("'" + iterator.type().name() + "' object is not an iterator");
    }
    PyObject f = iterator.type().special(Special.NEXT);
    PyObject v;
    try {
      // A native iterator says by null that it has ended.
      v = PyCalls.invoke(f, iterator);
    } catch (PyException e) {
      if (otherwise != null && e.matches(Exceptions.StopIteration)) {
        return otherwise;
      }
      throw e;
    }
    if (v == null && otherwise == null) {
      throw Errors.of(Exceptions.StopIteration);
    }
    return v == null ? otherwise : v;
  }

  @PyFunction(sig = "(async_iterable, /)")
  static PyObject aiter(PyObject iterable) {
    PyObject f = iterable.type().special(Special.AITER);
    if (f == null) {
      throw Errors.typeError("'" + iterable.type().name() + "' object is not an async iterable");
    }
    PyObject it = PyCalls.invoke(f, iterable);
    if (it.type().special(Special.ANEXT) == null) {
      throw Errors.typeError(
          "aiter() returned not an async iterator of type '" + it.type().name() + "'");
    }
    return it;
  }

  @PyFunction(sig = "(aiterator, default=NULL, /)", raw = true)
  static PyObject anext(PyObject[] args, String @Nullable [] kwnames) {
    return AnextAwaitable.anext(args, kwnames);
  }

  @PyFunction(sig = "(obj, /)")
  static PyObject len(PyObject obj) {
    return Py.int_(PySequences.length(obj));
  }

  // ---- objects

  @PyFunction(sig = "(obj, /)")
  static boolean callable(PyObject obj) {
    return obj.type().special(Special.CALL) != null;
  }

  @PyFunction(sig = "(obj, /)")
  static PyObject hash(PyObject obj) {
    return Py.int_(PyObjects.hash(obj));
  }

  @PyFunction(sig = "(obj, /)")
  static PyObject id(PyObject obj) {
    PyObject id = Py.int_(PyIdentity.id(obj));
    Audit.raise("builtins.id", id);
    return id;
  }

  @PyFunction(sig = "(obj, /)")
  static PyObject repr(PyObject obj) {
    return PyObjects.repr(obj);
  }

  @PyFunction(sig = "(obj, /)")
  static PyObject ascii(PyObject obj) {
    return PyObjects.ascii(obj);
  }

  @PyFunction(sig = "(value, format_spec='', /)")
  static PyObject format(PyObject value, PyObject spec) {
    if (!(spec instanceof PyStr)) {
      throw Errors.typeError("format() argument 2 must be str, not " + spec.type().name());
    }
    return PyObjects.format(value, spec);
  }

  @PyFunction(sig = "(i, /)")
  static PyObject chr(PyObject i) {
    PyInt n = PyNumbers.index(i);
    if (!n.isLong() || n.longValue() < 0 || n.longValue() > 0x10ffff) {
      throw Errors.valueError("chr() arg not in range(0x110000)");
    }
    return PyStr.ofCodePoint((int) n.longValue());
  }

  @PyFunction(sig = "(character, /)")
  static PyObject ord(PyObject c) {
    long size;
    if (c instanceof PyStr s) {
      if (s.length() == 1) {
        return Py.int_(s.codePointAt(0));
      }
      size = s.length();
    } else if (c instanceof PyBytes b) {
      if (b.size() == 1) {
        return Py.int_(b.byteAt(0) & 0xff);
      }
      size = b.size();
    } else if (c instanceof PyByteArray a) {
      byte[] bytes = a.toByteArray();
      if (bytes.length == 1) {
        return Py.int_(bytes[0] & 0xff);
      }
      size = bytes.length;
    } else {
      throw Errors.typeError(
          "ord() expected string of length 1, but " + c.type().name() + " found");
    }
    throw Errors.typeError("ord() expected a character, but string of length " + size + " found");
  }

  @PyFunction(sig = "!(object, name, default=NULL, /)")
  static PyObject getattr(PyObject object, PyObject name, @Nullable PyObject otherwise) {
    String n = PyObjects.attributeName(name);
    if (otherwise == null) {
      return PyObjects.getAttr(object, n);
    }
    PyObject v = PyObjects.getOptionalAttr(object, n);
    return v == null ? otherwise : v;
  }

  @PyFunction(sig = "(obj, name, /)")
  static boolean hasattr(PyObject obj, PyObject name) {
    return PyObjects.getOptionalAttr(obj, PyObjects.attributeName(name)) != null;
  }

  @PyFunction(sig = "(obj, name, value, /)")
  static void setattr(PyObject obj, PyObject name, PyObject value) {
    PyObjects.setAttr(obj, PyObjects.attributeName(name).intern(), value);
  }

  @PyFunction(sig = "(obj, name, /)")
  static void delattr(PyObject obj, PyObject name) {
    PyObjects.delAttr(obj, PyObjects.attributeName(name));
  }

  @PyFunction(sig = "(obj, class_or_tuple, /)")
  static boolean isinstance(PyObject obj, PyObject cls) {
    return PyObjects.isInstance(obj, cls);
  }

  @PyFunction(sig = "(cls, class_or_tuple, /)")
  static boolean issubclass(PyObject cls, PyObject of) {
    return PyObjects.isSubclass(cls, of);
  }

  // ---- namespaces

  /** The namespace where no frame is running: that of a call from another interpreter. */
  static PyDict baseGlobals() {
    PyDict d = ThreadState.current().baseGlobals;
    if (d == null) {
      throw Errors.systemError("globals and locals cannot be NULL");
    }
    return d;
  }

  @PyFunction(sig = "()")
  static PyObject globals() {
    PyFrame f = ThreadState.current().frame;
    return f == null ? baseGlobals() : f.globals;
  }

  /** A namespace as {@code locals()} gives it: the mapping itself, or a snapshot of variables. */
  static PyObject localsOf(PyFrame f) {
    return f.locals != null && !f.hasHiddenLocals() ? f.locals : new PyFrameLocalsProxy(f).toDict();
  }

  @PyFunction(sig = "()")
  static PyObject locals() {
    PyFrame f = ThreadState.current().frame;
    return f == null ? baseGlobals() : localsOf(f);
  }

  @PyFunction(sig = "!(object=NULL, /)")
  static PyObject vars(@Nullable PyObject object) {
    if (object == null) {
      return locals();
    }
    PyObject d = PyObjects.getOptionalAttr(object, "__dict__");
    if (d == null) {
      throw Errors.typeError("vars() argument must have __dict__ attribute");
    }
    return d;
  }

  // Compare CPython _dir_locals and _dir_object in object.c.
  @PyFunction(sig = "!(object=NULL, /)")
  static PyObject dir(@Nullable PyObject object) {
    PyObject names;
    if (object == null) {
      names = PyMappings.keys(locals());
    } else {
      PyObject f = object.type().special(Special.DIR);
      if (f == null) {
        throw Errors.typeError("object does not provide __dir__");
      }
      names = PyCalls.invoke(f, object);
    }
    PyList list = PySequences.list(names);
    PyObjects.getAttr(list, "sort").call0();
    return list;
  }

  // ---- code

  @PyFunction(
      sig =
          "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *,"
              + " _feature_version=-1)")
  static PyObject compile(
      PyObject source,
      PyObject filename,
      String mode,
      int flags,
      boolean dontInherit,
      int optimize,
      int featureVersion) {
    return Compiling.compile(source, filename, mode, flags, dontInherit, optimize, featureVersion);
  }

  @PyFunction(sig = "(source, /, globals=None, locals=None)")
  static PyObject eval(PyObject source, PyObject globals, PyObject locals) {
    return Compiling.eval(source, globals, locals);
  }

  @PyFunction(sig = "(source, /, globals=None, locals=None, *, closure=None)")
  static void exec(PyObject source, PyObject globals, PyObject locals, PyObject closure) {
    Compiling.exec(source, globals, locals, closure);
  }

  // ---- input and output

  @PyFunction(sig = "(*args, sep=' ', end='\\n', file=None, flush=False)")
  static void print(PyTuple args, PyObject sep, PyObject end, PyObject file, boolean flush) {
    PyObject out = file;
    if (out == Py.None) {
      out = ThreadState.current().interpreter.sys("stdout");
      if (out == null) {
        throw Errors.runtimeError("lost sys.stdout");
      }
      if (out == Py.None) {
        return;
      }
    }
    if (sep != Py.None && !(sep instanceof PyStr)) {
      throw Errors.typeError("sep must be None or a string, not " + sep.type().name());
    }
    if (end != Py.None && !(end instanceof PyStr)) {
      throw Errors.typeError("end must be None or a string, not " + end.type().name());
    }
    PyStr separator = sep instanceof PyStr s ? s : PyStr.of(" ");
    PyStr last = end instanceof PyStr s ? s : PyStr.of("\n");
    if (out instanceof WholeWriter w && w.writesWhole()) {
      Printing.whole(args, separator, last, w);
    } else {
      Printing.byParts(args, separator, last, out);
    }
    if (flush) {
      PyCalls.callMethod(out, "flush");
    }
  }

  @PyFunction(sig = "(prompt='', /)", raw = true)
  static PyObject input(PyObject[] args, String @Nullable [] kwnames) {
    return Input.input(args, kwnames);
  }

  @PyFunction(sig = "(*args, **kws)", raw = true)
  static PyObject breakpoint(PyObject[] args, String @Nullable [] kwnames) {
    PyObject hook = ThreadState.current().interpreter.sys("breakpointhook");
    if (hook == null) {
      throw Errors.runtimeError("lost sys.breakpointhook");
    }
    Audit.raise("builtins.breakpoint", hook);
    return hook.call(args, kwnames);
  }
}
