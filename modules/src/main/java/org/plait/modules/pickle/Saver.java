package org.plait.modules.pickle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** One run of a pickler: writes an object and all it refers to. Used by one thread. */
final class Saver {
  /** One object, so that it is written once. */
  private static final PyObject LATIN1 = PyStr.intern("latin1");

  private final PyPickler pickler;
  private final PickleOutput out;
  private final Globals globals;
  private final int protocol;
  private final boolean bin;
  private final @Nullable PyObject persistentId;
  private final @Nullable PyObject reducerOverride;
  private final @Nullable PyObject dispatchTable;
  private final ThreadState thread = ThreadState.current();

  /** Containers being written in fast mode, where there is no memo to find cycles. */
  private final @Nullable Memo fastMemo;

  Saver(PyPickler pickler, PickleOutput out) {
    this.pickler = pickler;
    this.out = out;
    this.globals = new Globals(this, out, pickler);
    this.protocol = pickler.protocol;
    this.bin = pickler.bin != 0;
    this.persistentId = pickler.persistentIdFunction();
    this.reducerOverride =
        pickler.attrs() == null ? null : PyObjects.getOptionalAttr(pickler, "reducer_override");
    this.dispatchTable = pickler.dispatchTable;
    this.fastMemo = pickler.fast != 0 ? new Memo() : null;
  }

  void dump(PyObject obj) {
    if (protocol >= 2) {
      out.op(Op.PROTO, protocol, 1);
      if (protocol >= 4) {
        out.startFraming();
      }
    }
    save(obj);
    out.op(Op.STOP);
    out.finish();
  }

  // ---- memo

  void memoize(PyObject o) {
    if (pickler.fast != 0) {
      return;
    }
    Memo memo = pickler.memo;
    int number = memo.size();
    memo.put(o, number);
    if (protocol >= 4) {
      out.op(Op.MEMOIZE);
    } else if (!bin) {
      out.ascii("p" + number + "\n");
    } else if (number < 256) {
      out.op(Op.BINPUT, number, 1);
    } else {
      out.op(Op.LONG_BINPUT, number, 4);
    }
  }

  private void get(int number) {
    if (!bin) {
      out.ascii("g" + number + "\n");
    } else if (number < 256) {
      out.op(Op.BINGET, number, 1);
    } else {
      out.op(Op.LONG_BINGET, number, 4);
    }
  }

  // ---- dispatch

  void save(PyObject o) {
    save(o, true);
  }

  // Compare CPython save in _pickle.c.
  private void save(PyObject o, boolean askPersistentId) {
    if (persistentId != null && askPersistentId) {
      PyObject id = persistentId.call1(o);
      if (id != Py.None) {
        savePersistent(id);
        out.boundary();
        return;
      }
    }
    if (!saveAtom(o)) {
      int number = pickler.memo.get(o);
      if (number >= 0) {
        get(number);
      } else if (o.getClass() == PyStr.class) {
        saveStr((PyStr) o);
      } else if (o.getClass() == PyBytes.class) {
        saveBytes(o, ((PyBytes) o).array());
      } else {
        thread.enterRecursive(" while pickling an object");
        try {
          saveCompound(o);
        } finally {
          thread.leaveRecursive();
        }
      }
    }
    out.boundary();
  }

  private boolean saveAtom(PyObject o) {
    if (o == Py.None) {
      out.op(Op.NONE);
    } else if (o instanceof PyBool) {
      if (protocol >= 2) {
        out.op(o == Py.True ? Op.NEWTRUE : Op.NEWFALSE);
      } else {
        out.ascii(o == Py.True ? "I01\n" : "I00\n");
      }
    } else if (o instanceof PyInt i && i.type() == PyInt.TYPE) {
      saveInt(i);
    } else if (o.getClass() == PyFloat.class) {
      saveFloat((PyFloat) o);
    } else {
      return false;
    }
    return true;
  }

  private void saveCompound(PyObject o) {
    Class<?> c = o.getClass();
    if (o instanceof PyDict && o.type() == PyDict.TYPE) {
      saveDict((PyDict) o);
    } else if (c == PySet.class) {
      saveSet((PySet) o);
    } else if (c == PyFrozenSet.class) {
      saveFrozenSet((PyFrozenSet) o);
    } else if (c == PyList.class) {
      saveList((PyList) o);
    } else if (c == PyTuple.class) {
      saveTuple((PyTuple) o);
    } else if (c == PyByteArray.class) {
      saveByteArray(o, ((PyByteArray) o).toByteArray());
    } else if (c == PyPickleBuffer.class) {
      saveBuffer((PyPickleBuffer) o);
    } else {
      saveOther(o);
    }
  }

  private void saveOther(PyObject o) {
    PyType type = o.type();
    PyObject reduced = null;
    if (reducerOverride != null) {
      reduced = reducerOverride.call1(o);
      if (reduced == Py.NotImplemented) {
        reduced = null;
      }
    }
    if (reduced == null) {
      if (type == PyType.TYPE) {
        globals.saveType((PyType) o);
        return;
      }
      if (type == PyFunction.TYPE) {
        globals.saveGlobal(o, null);
        return;
      }
      reduced = reduce(o, type);
      if (reduced == null) {
        globals.saveGlobal(o, null);
        return;
      }
    }
    if (reduced instanceof PyStr name) {
      globals.saveGlobal(o, name);
      return;
    }
    try {
      if (!(reduced instanceof PyTuple t)) {
        throw PickleErrors.pickling(
            "__reduce__ must return a string or tuple, not " + typeName(reduced));
      }
      saveReduce(t, o);
    } catch (PyException e) {
      throw noted(e, "when serializing " + typeName(o) + " object");
    }
  }

  /** What the reduce function gives; null when the object is to be found by its name. */
  private @Nullable PyObject reduce(PyObject o, PyType type) {
    PyObject function;
    if (dispatchTable == null) {
      function = PyMappings.getOptionalItem(copyreg("dispatch_table"), type);
    } else {
      function = PyMappings.getOptionalItem(dispatchTable, type);
    }
    if (function != null) {
      return function.call1(o);
    }
    if (type.isSubtypeOf(PyType.TYPE)) {
      return null;
    }
    PyObject ex = PyObjects.getOptionalAttr(o, "__reduce_ex__");
    if (ex != null) {
      return ex.call1(Py.int_(protocol));
    }
    PyObject plain = PyObjects.getOptionalAttr(o, "__reduce__");
    if (plain != null) {
      return plain.call0();
    }
    throw PickleErrors.pickling("Can't pickle " + typeName(o) + " object");
  }

  static PyObject copyreg(String name) {
    return PyObjects.getAttr(Imports.importModule("copyreg"), name);
  }

  /** CPython's %T. */
  static String typeName(PyObject o) {
    String name = o.type().fullName();
    return name.startsWith("__main__.") ? name.substring("__main__.".length()) : name;
  }

  static PyException noted(PyException e, String note) {
    e.value.addNote(note);
    return e;
  }

  private void saveNoted(PyObject o, PyObject of, String what) {
    try {
      save(o);
    } catch (PyException e) {
      throw noted(e, "when serializing " + typeName(of) + " " + what);
    }
  }

  private void savePersistent(PyObject id) {
    if (bin) {
      save(id, false);
      out.op(Op.BINPERSID);
      return;
    }
    String text = PyObjects.str(id).toString();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        throw PickleErrors.pickling("persistent IDs in protocol 0 must be ASCII strings");
      }
    }
    out.ascii("P" + text + "\n");
  }

  // ---- numbers

  private void saveInt(PyInt i) {
    if (i.isInt()) {
      long n = i.longValue();
      if (!bin) {
        out.ascii("I" + n + "\n");
      } else if (n >= 0 && n <= 0xff) {
        out.op(Op.BININT1, n, 1);
      } else if (n >= 0 && n <= 0xffff) {
        out.op(Op.BININT2, n, 2);
      } else {
        out.op(Op.BININT, n, 4);
      }
      return;
    }
    if (protocol < 2) {
      out.ascii("L" + PyObjects.repr(i) + "L\n");
      return;
    }
    byte[] big = twosComplement(i.bigValue());
    if (big.length < 256) {
      out.op(Op.LONG1, big.length, 1);
    } else {
      out.op(Op.LONG4, big.length, 4);
    }
    out.bytes(big);
  }

  /** Little-endian, of minimal length. */
  private static byte[] twosComplement(BigInteger n) {
    byte[] b = n.toByteArray();
    for (int i = 0, j = b.length - 1; i < j; i++, j--) {
      byte t = b[i];
      b[i] = b[j];
      b[j] = t;
    }
    return b;
  }

  private void saveFloat(PyFloat f) {
    if (bin) {
      out.op(Op.BINFLOAT, Long.reverseBytes(Double.doubleToRawLongBits(f.value())), 8);
    } else {
      out.ascii("F" + PyObjects.repr(f) + "\n");
    }
  }

  // ---- str and bytes

  private static byte[] header(int op, long n, int bytes) {
    byte[] h = new byte[1 + bytes];
    h[0] = (byte) op;
    for (int i = 0; i < bytes; i++) {
      h[1 + i] = i < 8 ? (byte) (n >> 8 * i) : 0;
    }
    return h;
  }

  private void saveStr(PyStr s) {
    if (bin) {
      byte[] utf8 = utf8(s);
      int n = utf8.length;
      out.payload(
          n <= 0xff && protocol >= 4
              ? header(Op.SHORT_BINUNICODE, n, 1)
              : header(Op.BINUNICODE, n, 4),
          utf8);
    } else {
      out.ascii("V" + rawUnicodeEscape(s) + "\n");
    }
    memoize(s);
  }

  static byte[] utf8(PyStr s) {
    String text = s.toString();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return ((PyBytes) PyCalls.callMethod(s, "encode", Py.str("utf-8"), Py.str("surrogatepass")))
            .array();
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Latin-1 with escapes for the rest, backslash, and what a line may not hold. */
  private static String rawUnicodeEscape(PyStr s) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < s.length(); i++) {
      int c = s.codePointAt(i);
      if (c >= 0x10000) {
        b.append("\\U").append(hex(c, 8));
      } else if (c >= 256 || c == '\\' || c == 0 || c == '\n' || c == '\r' || c == 0x1a) {
        b.append("\\u").append(hex(c, 4));
      } else {
        b.append((char) c);
      }
    }
    return b.toString();
  }

  private static String hex(int c, int digits) {
    String h = Integer.toHexString(c);
    return "0".repeat(digits - h.length()) + h;
  }

  private void saveBytes(PyObject o, byte[] data) {
    if (protocol < 3) {
      saveReduce(
          data.length == 0
              ? Py.tuple(PyBytes.TYPE, Py.EmptyTuple)
              : Py.tuple(
                  PyObjects.getAttr(Imports.importModule("codecs"), "encode"),
                  Py.tuple(PyStr.of(new String(data, StandardCharsets.ISO_8859_1)), LATIN1)),
          o);
      return;
    }
    int n = data.length;
    out.payload(n <= 0xff ? header(Op.SHORT_BINBYTES, n, 1) : header(Op.BINBYTES, n, 4), data);
    memoize(o);
  }

  private void saveByteArray(PyObject o, byte[] data) {
    if (protocol < 5) {
      saveReduce(
          data.length == 0
              ? Py.tuple(PyByteArray.TYPE, Py.EmptyTuple)
              : Py.tuple(PyByteArray.TYPE, Py.tuple(Py.bytes(data))),
          o);
      return;
    }
    out.payload(header(Op.BYTEARRAY8, data.length, 8), data);
    memoize(o);
  }

  private void saveBuffer(PyPickleBuffer o) {
    if (protocol < 5) {
      throw PickleErrors.pickling("PickleBuffer can only be pickled with protocol >= 5");
    }
    Buffer b = o.buffer();
    if (!b.isCContiguous() && !b.isFContiguous()) {
      throw PickleErrors.pickling(
          "PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
    }
    boolean inBand = true;
    if (pickler.bufferCallback != null) {
      inBand = PyObjects.isTrue(pickler.bufferCallback.call1(o));
    }
    if (!inBand) {
      out.op(Op.NEXT_BUFFER);
      if (b.readonly) {
        out.op(Op.READONLY_BUFFER);
      }
      return;
    }
    byte[] data = b.toBytes(!b.isCContiguous());
    if (b.readonly) {
      saveBytes(o, data);
    } else {
      saveByteArray(o, data);
    }
  }

  // ---- containers

  private void enterFast(PyObject container) {
    if (fastMemo == null) {
      return;
    }
    if (fastMemo.get(container) > 0) {
      throw Errors.valueError(
          "fast mode: can't pickle cyclic objects including object type "
              + container.type().name()
              + " at "
              + org.plait.runtime.object.PyIdentity.address(container));
    }
    fastMemo.put(container, 1);
  }

  private void leaveFast(PyObject container) {
    if (fastMemo != null) {
      fastMemo.put(container, 0);
    }
  }

  private void saveTuple(PyTuple t) {
    int n = t.size();
    if (n == 0) {
      if (bin) {
        out.op(Op.EMPTY_TUPLE);
      } else {
        out.op(Op.MARK);
        out.op(Op.TUPLE);
      }
      return;
    }
    boolean small = n <= 3 && protocol >= 2;
    if (!small) {
      out.op(Op.MARK);
    }
    for (int i = 0; i < n; i++) {
      saveNoted(t.get(i), t, "item " + i);
    }
    // The items may have led back to the tuple: then it has been built already.
    int number = pickler.memo.get(t);
    if (number >= 0) {
      if (small || !bin) {
        for (int i = 0; i < (small ? n : n + 1); i++) {
          out.op(Op.POP);
        }
      } else {
        out.op(Op.POP_MARK);
      }
      get(number);
      return;
    }
    out.op(small ? Op.TUPLE1 + n - 1 : Op.TUPLE);
    memoize(t);
  }

  private void saveList(PyList l) {
    enterFast(l);
    if (bin) {
      out.op(Op.EMPTY_LIST);
    } else {
      out.op(Op.MARK);
      out.op(Op.LIST);
    }
    int n = l.size();
    memoize(l);
    if (n > 0) {
      if (bin && n > 1) {
        saveListBatches(l);
      } else {
        appends(PyIters.getIter(l), l);
      }
    }
    leaveFast(l);
  }

  private void saveListBatches(PyList l) {
    int i = 0;
    do {
      out.op(Op.MARK);
      for (int k = 0; k < Op.BATCH; k++, i++) {
        PyObject item = l.get(i);
        if (item == null) {
          break;
        }
        saveNoted(item, l, "item " + i);
      }
      out.op(Op.APPENDS);
    } while (i < l.size());
  }

  /** Items of an iterator for the list-like object on the stack. */
  private void appends(PyObject iterator, PyObject of) {
    int i = 0;
    if (!bin) {
      for (PyObject v = PyIters.next(iterator); v != null; v = PyIters.next(iterator)) {
        saveNoted(v, of, "item " + i++);
        out.op(Op.APPEND);
      }
      return;
    }
    int n;
    do {
      PyObject first = PyIters.next(iterator);
      if (first == null) {
        return;
      }
      PyObject next = PyIters.next(iterator);
      if (next == null) {
        saveNoted(first, of, "item " + i);
        out.op(Op.APPEND);
        return;
      }
      out.op(Op.MARK);
      saveNoted(first, of, "item " + i++);
      n = 1;
      while (next != null) {
        saveNoted(next, of, "item " + i++);
        if (++n == Op.BATCH) {
          break;
        }
        next = PyIters.next(iterator);
      }
      out.op(Op.APPENDS);
    } while (n == Op.BATCH);
  }

  private void saveDict(PyDict d) {
    enterFast(d);
    if (bin) {
      out.op(Op.EMPTY_DICT);
    } else {
      out.op(Op.MARK);
      out.op(Op.DICT);
    }
    memoize(d);
    int n = d.size();
    if (n > 0) {
      PyObject items = PyIters.getIter(d.items());
      if (bin && n > 1) {
        saveDictBatches(items, d);
      } else {
        setItems(items, d);
      }
    }
    leaveFast(d);
  }

  private void saveDictBatches(PyObject items, PyDict d) {
    int n = d.size();
    int k;
    do {
      k = 0;
      out.op(Op.MARK);
      while (k < Op.BATCH) {
        PyObject pair = PyIters.next(items);
        if (pair == null) {
          break;
        }
        savePair(pair, d);
        k++;
      }
      out.op(Op.SETITEMS);
      if (d.size() != n) {
        throw Errors.runtimeError("dictionary changed size during iteration");
      }
    } while (k == Op.BATCH);
  }

  private void savePair(PyObject pair, PyObject of) {
    if (!(pair instanceof PyTuple t) || t.size() != 2) {
      throw Errors.typeError("dict items iterator must return 2-tuples");
    }
    save(t.get(0));
    try {
      save(t.get(1));
    } catch (PyException e) {
      throw noted(e, "when serializing " + typeName(of) + " item " + PyObjects.repr(t.get(0)));
    }
  }

  /** Pairs of an iterator for the dict-like object on the stack. */
  private void setItems(PyObject iterator, PyObject of) {
    if (!bin) {
      for (PyObject v = PyIters.next(iterator); v != null; v = PyIters.next(iterator)) {
        savePair(v, of);
        out.op(Op.SETITEM);
      }
      return;
    }
    int n;
    do {
      PyObject first = PyIters.next(iterator);
      if (first == null) {
        return;
      }
      PyObject next = PyIters.next(iterator);
      if (next == null) {
        savePair(first, of);
        out.op(Op.SETITEM);
        return;
      }
      out.op(Op.MARK);
      savePair(first, of);
      n = 1;
      while (next != null) {
        savePair(next, of);
        if (++n == Op.BATCH) {
          break;
        }
        next = PyIters.next(iterator);
      }
      out.op(Op.SETITEMS);
    } while (n == Op.BATCH);
  }

  private void saveSet(PySet s) {
    if (protocol < 4) {
      saveReduce(Py.tuple(PySet.TYPE, Py.tuple(PySequences.list(s))), s);
      return;
    }
    out.op(Op.EMPTY_SET);
    memoize(s);
    PyObject[] items = s.toArray();
    if (items.length == 0) {
      return;
    }
    int i = 0;
    int end;
    do {
      end = Math.min(items.length, i + Op.BATCH);
      boolean full = end == i + Op.BATCH;
      out.op(Op.MARK);
      for (; i < end; i++) {
        saveNoted(items[i], s, "element");
      }
      out.op(Op.ADDITEMS);
      if (PySequences.length(s) != items.length) {
        throw Errors.runtimeError("set changed size during iteration");
      }
      if (!full) {
        return;
      }
    } while (true);
  }

  private void saveFrozenSet(PyFrozenSet s) {
    if (protocol < 4) {
      saveReduce(Py.tuple(PyFrozenSet.TYPE, Py.tuple(PySequences.list(s))), s);
      return;
    }
    enterFast(s);
    out.op(Op.MARK);
    for (PyObject item : s.toArray()) {
      saveNoted(item, s, "element");
    }
    int number = pickler.memo.get(s);
    if (number >= 0) {
      out.op(Op.POP_MARK);
      get(number);
    } else {
      out.op(Op.FROZENSET);
      memoize(s);
    }
    leaveFast(s);
  }

  // ---- reduce

  private static @Nullable PyObject given(PyTuple t, int i) {
    return i < t.size() && t.get(i) != Py.None ? t.get(i) : null;
  }

  private static void iterator(@Nullable PyObject o, String which) {
    if (o != null && !PyIters.isIterator(o)) {
      throw PickleErrors.pickling(
          which
              + " item of the tuple returned by __reduce__ must be an iterator, not "
              + typeName(o));
    }
  }

  private static boolean isCallable(PyObject o) {
    return o.type().special(Special.CALL) != null;
  }

  /**
   * Writes the tuple that __reduce__ returned.
   *
   * @param of the object it stands for, or null
   */
  // Compare CPython save_reduce in _pickle.c.
  void saveReduce(PyTuple t, @Nullable PyObject of) {
    if (t.size() < 2 || t.size() > 6) {
      throw PickleErrors.pickling("tuple returned by __reduce__ must contain 2 through 6 elements");
    }
    PyObject callable = t.get(0);
    if (!isCallable(callable)) {
      throw PickleErrors.pickling(
          "first item of the tuple returned by __reduce__ must be callable, not "
              + typeName(callable));
    }
    if (!(t.get(1) instanceof PyTuple args)) {
      throw PickleErrors.pickling(
          "second item of the tuple returned by __reduce__ must be a tuple, not "
              + typeName(t.get(1)));
    }
    PyObject state = given(t, 2);
    PyObject listItems = given(t, 3);
    iterator(listItems, "fourth");
    PyObject dictItems = given(t, 4);
    iterator(dictItems, "fifth");
    PyObject setter = given(t, 5);
    if (setter != null && !isCallable(setter)) {
      throw PickleErrors.pickling(
          "sixth item of the tuple returned by __reduce__ must be callable, not "
              + typeName(setter));
    }
    reconstructor(callable, args, of);
    if (of != null) {
      int number = pickler.memo.get(of);
      if (number >= 0) {
        // The arguments led back to the object: drop what was built twice.
        out.op(Op.POP);
        get(number);
      } else {
        memoize(of);
      }
    }
    PyObject named = of == null ? callable : of;
    if (listItems != null) {
      appends(listItems, named);
    }
    if (dictItems != null) {
      setItems(dictItems, named);
    }
    if (state != null) {
      saveState(state, setter, named);
    }
  }

  private void saveState(PyObject state, @Nullable PyObject setter, PyObject of) {
    if (setter == null) {
      saveNoted(state, of, "state");
      out.op(Op.BUILD);
      return;
    }
    saveNoted(setter, of, "state setter");
    save(of);
    saveNoted(state, of, "state");
    out.op(Op.TUPLE2);
    out.op(Op.REDUCE);
    out.op(Op.POP);
  }

  private void reconstructor(PyObject callable, PyTuple args, @Nullable PyObject of) {
    PyObject named = of == null ? callable : of;
    String name = "";
    if (protocol >= 2) {
      PyObject n = PyObjects.getOptionalAttr(callable, "__name__");
      name = n instanceof PyStr s ? s.toString() : "";
    }
    if (name.equals("__newobj_ex__")) {
      newObjEx(args, named);
    } else if (name.equals("__newobj__")) {
      newObj(args, named, of);
    } else {
      saveNoted(callable, named, "reconstructor");
      saveNoted(args, named, "reconstructor arguments");
      out.op(Op.REDUCE);
    }
  }

  private void newObjEx(PyTuple args, PyObject of) {
    if (args.size() != 3) {
      throw PickleErrors.pickling("__newobj_ex__ expected 3 arguments, got " + args.size());
    }
    if (!(args.get(0) instanceof PyType cls)) {
      throw PickleErrors.pickling(
          "first argument to __newobj_ex__() must be a class, not " + typeName(args.get(0)));
    }
    if (!(args.get(1) instanceof PyTuple positional)) {
      throw PickleErrors.pickling(
          "second argument to __newobj_ex__() must be a tuple, not " + typeName(args.get(1)));
    }
    if (!(args.get(2) instanceof PyDict keywords)) {
      throw PickleErrors.pickling(
          "third argument to __newobj_ex__() must be a dict, not " + typeName(args.get(2)));
    }
    if (protocol >= 4) {
      saveNoted(cls, of, "class");
      saveNoted(positional, of, "__new__ arguments");
      saveNoted(keywords, of, "__new__ arguments");
      out.op(Op.NEWOBJ_EX);
      return;
    }
    PyObject[] all = new PyObject[positional.size() + 2];
    all[0] = PyObjects.getAttr(cls, "__new__");
    all[1] = cls;
    System.arraycopy(positional.array(), 0, all, 2, positional.size());
    PyObject partial = PyObjects.getAttr(Imports.importModule("functools"), "partial");
    saveNoted(PyCalls.call(partial, Py.tuple(all), keywords), of, "reconstructor");
    save(Py.EmptyTuple);
    out.op(Op.REDUCE);
  }

  private void newObj(PyTuple args, PyObject named, @Nullable PyObject of) {
    if (args.size() < 1) {
      throw PickleErrors.pickling("__newobj__ expected at least 1 argument, got 0");
    }
    if (!(args.get(0) instanceof PyType cls)) {
      throw PickleErrors.pickling(
          "first argument to __newobj__() must be a class, not " + typeName(args.get(0)));
    }
    if (of != null) {
      PyObject real = PyObjects.getAttr(of, "__class__");
      if (real != cls) {
        throw PickleErrors.pickling(
            "first argument to __newobj__() must be "
                + PyObjects.repr(real)
                + ", not "
                + PyObjects.repr(cls));
      }
    }
    saveNoted(cls, named, "class");
    PyTuple rest = Py.tuple(Arrays.copyOfRange(args.toArray(), 1, args.size()));
    saveNoted(rest, named, "__new__ arguments");
    out.op(Op.NEWOBJ);
  }
}
