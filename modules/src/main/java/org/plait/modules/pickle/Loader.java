package org.plait.modules.pickle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyMemoryView;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** One run of an unpickler: a stack machine over the opcodes. Used by one thread. */
final class Loader {
  private final PyUnpickler unpickler;
  private final PickleInput in;
  private final UnpicklerMemo memo;

  private PyObject[] stack = new PyObject[32];
  private int size;

  /** Nothing below may be popped: the innermost mark. */
  private int fence;

  private int[] marks = new int[16];
  private int markCount;

  Loader(PyUnpickler unpickler, PickleInput in) {
    this.unpickler = unpickler;
    this.in = in;
    this.memo = unpickler.memo;
    unpickler.protocol = 0;
  }

  PyObject load() {
    while (true) {
      int op = in.op();
      if (op == Op.STOP) {
        PyObject result = pop();
        in.skipConsumed();
        return result;
      }
      step(op);
    }
  }

  // ---- stack

  private void push(PyObject o) {
    if (size == stack.length) {
      stack = Arrays.copyOf(stack, 2 * size);
    }
    stack[size++] = o;
  }

  private PyException underflow() {
    return PickleErrors.unpickling(
        markCount > 0 ? "unexpected MARK found" : "unpickling stack underflow");
  }

  private PyObject pop() {
    if (size <= fence) {
      throw underflow();
    }
    PyObject o = stack[--size];
    stack[size] = Py.None;
    return o;
  }

  private PyObject top() {
    if (size <= fence) {
      throw underflow();
    }
    return stack[size - 1];
  }

  private void mark() {
    if (markCount == marks.length) {
      marks = Arrays.copyOf(marks, 2 * markCount);
    }
    marks[markCount++] = size;
    fence = size;
  }

  /** Removes the innermost mark and returns where it was. */
  private int unmark() {
    if (markCount == 0) {
      throw PickleErrors.unpickling("could not find MARK");
    }
    int at = marks[--markCount];
    fence = markCount == 0 ? 0 : marks[markCount - 1];
    return at;
  }

  /** Removes and returns what is on the stack from a position on. */
  private PyObject[] popFrom(int at) {
    if (at < fence || at > size) {
      throw underflow();
    }
    PyObject[] items = Arrays.copyOfRange(stack, at, size);
    Arrays.fill(stack, at, size, Py.None);
    size = at;
    return items;
  }

  // ---- opcodes

  private void step(int op) {
    switch (op) {
      case Op.NONE -> push(Py.None);
      case Op.NEWTRUE -> push(Py.True);
      case Op.NEWFALSE -> push(Py.False);
      case Op.BININT -> push(Py.int_((int) in.number(4)));
      case Op.BININT1 -> push(Py.int_(in.number(1)));
      case Op.BININT2 -> push(Py.int_(in.number(2)));
      case Op.INT -> loadInt();
      case Op.LONG -> loadLong();
      case Op.LONG1 -> big(in.number(1));
      case Op.LONG4 -> {
        int n = (int) in.number(4);
        if (n < 0) {
          throw PickleErrors.unpickling("LONG pickle has negative byte count");
        }
        big(n);
      }
      case Op.FLOAT -> loadFloat();
      case Op.BINFLOAT -> push(Py.float_(Double.longBitsToDouble(Long.reverseBytes(in.number(8)))));
      case Op.SHORT_BINBYTES -> push(Py.bytes(in.copy(in.number(1))));
      case Op.BINBYTES -> push(Py.bytes(in.copy(in.number(4))));
      case Op.BINBYTES8 -> push(Py.bytes(in.copy(length8("BINBYTES8"))));
      case Op.BYTEARRAY8 -> push(PyByteArray.of(in.copy(length8("BYTEARRAY8"))));
      case Op.SHORT_BINSTRING -> oldString(in.copy(in.number(1)));
      case Op.BINSTRING -> {
        int n = (int) in.number(4);
        if (n < 0) {
          throw PickleErrors.unpickling("BINSTRING pickle has negative byte count");
        }
        oldString(in.copy(n));
      }
      case Op.STRING -> loadString();
      case Op.UNICODE -> push(codec("raw_unicode_escape_decode", in.line()));
      case Op.SHORT_BINUNICODE -> str(in.number(1));
      case Op.BINUNICODE -> str(in.number(4));
      case Op.BINUNICODE8 -> str(length8("BINUNICODE8"));
      case Op.NEXT_BUFFER, Op.READONLY_BUFFER -> buffer(op);
      case Op.EMPTY_LIST -> push(new PyList());
      case Op.EMPTY_DICT -> push(new PyDict());
      case Op.EMPTY_SET -> push(new PySet());
      case Op.EMPTY_TUPLE -> push(Py.EmptyTuple);
      case Op.TUPLE1, Op.TUPLE2, Op.TUPLE3 -> countedTuple(op - Op.TUPLE1 + 1);
      case Op.MARK -> mark();
      case Op.TUPLE -> push(Py.tuple(popFrom(unmark())));
      case Op.LIST -> push(Py.list(popFrom(unmark())));
      case Op.DICT -> loadDict();
      case Op.FROZENSET -> push(PyFrozenSet.of(popFrom(unmark())));
      case Op.ADDITEMS -> addItems(popFrom(unmark()));
      case Op.APPEND -> {
        PyObject item = pop();
        append(new PyObject[] {item});
      }
      case Op.APPENDS -> append(popFrom(unmark()));
      case Op.SETITEM -> {
        PyObject value = pop();
        PyObject key = pop();
        setItems(new PyObject[] {key, value});
      }
      case Op.SETITEMS -> setItems(popFrom(unmark()));
      default -> more(op);
    }
  }

  private void more(int op) {
    switch (op) {
      case Op.POP -> {
        if (markCount > 0 && marks[markCount - 1] == size) {
          unmark();
        } else {
          pop();
        }
      }
      case Op.POP_MARK -> popFrom(unmark());
      case Op.DUP -> push(top());
      case Op.GET -> get(decimal());
      case Op.BINGET -> get(in.number(1));
      case Op.LONG_BINGET -> get(in.number(4));
      case Op.PUT -> {
        long n = decimal();
        top();
        if (n < 0) {
          throw Errors.valueError("negative PUT argument");
        }
        put(n);
      }
      case Op.BINPUT -> put(in.number(1));
      case Op.LONG_BINPUT -> put(in.number(4));
      case Op.MEMOIZE -> put(memo.size());
      case Op.GLOBAL -> {
        PyObject module = identifier();
        PyObject name = identifier();
        push(unpickler.find(module, name));
      }
      case Op.STACK_GLOBAL -> stackGlobal();
      case Op.INST -> loadInst();
      case Op.OBJ -> loadObj();
      case Op.NEWOBJ -> newObj("NEWOBJ", false);
      case Op.NEWOBJ_EX -> newObj("NEWOBJ_EX", true);
      case Op.REDUCE -> {
        PyObject args = pop();
        PyObject callable = pop();
        if (!(args instanceof PyTuple t)) {
          throw Errors.typeError("argument list must be a tuple");
        }
        push(PyCalls.call(callable, t, null));
      }
      case Op.BUILD -> build();
      case Op.PERSID -> {
        byte[] line = in.line();
        for (byte b : line) {
          if (b < 0) {
            throw PickleErrors.unpickling("persistent IDs in protocol 0 must be ASCII strings");
          }
        }
        push(unpickler.loadPersistent(latin1(line)));
      }
      case Op.BINPERSID -> push(unpickler.loadPersistent(pop()));
      case Op.EXT1 -> extension(in.number(1));
      case Op.EXT2 -> extension(in.number(2));
      case Op.EXT4 -> extension((int) in.number(4));
      case Op.PROTO -> {
        int p = (int) in.number(1);
        if (p > Op.HIGHEST_PROTOCOL) {
          throw Errors.valueError("unsupported pickle protocol: " + p);
        }
        unpickler.protocol = p;
      }
      case Op.FRAME -> {
        int n = PickleInput.checked(length8("FRAME"));
        // The whole frame is made available at once.
        in.need(n);
        in.at -= n;
      }
      default -> {
        String key =
            op >= 0x20 && op <= 0x7e && op != '\'' && op != '\\'
                ? "" + (char) op
                : "\\x" + Character.forDigit(op >> 4, 16) + Character.forDigit(op & 15, 16);
        throw PickleErrors.unpickling("invalid load key, '" + key + "'.");
      }
    }
  }

  private long length8(String name) {
    long n = in.number(8);
    if (n < 0) {
      throw Errors.overflowError(
          name.equals("FRAME")
              ? "FRAME length exceeds system's maximum of " + Long.MAX_VALUE + " bytes"
              : name.replace("8", name.startsWith("BYTEARRAY") ? "8" : "")
                  + " exceeds system's maximum size of "
                  + Long.MAX_VALUE
                  + " bytes");
    }
    return n;
  }

  // ---- numbers

  private static PyObject latin1(byte[] b) {
    return PyStr.of(new String(b, StandardCharsets.ISO_8859_1));
  }

  /** The number in a line, with the error of {@code int()}. */
  private long decimal() {
    byte[] line = in.fullLine();
    PyInt n = PyInt.parse((PyStr) latin1(withEnd(line)), 10);
    if (!n.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C ssize_t");
    }
    return n.longValue();
  }

  private static byte[] withEnd(byte[] line) {
    byte[] l = Arrays.copyOf(line, line.length + 1);
    l[line.length] = '\n';
    return l;
  }

  private void loadInt() {
    byte[] line = in.fullLine();
    String text = new String(line, StandardCharsets.ISO_8859_1);
    if (text.equals("00") || text.equals("01")) {
      push(Py.bool_(text.equals("01")));
      return;
    }
    try {
      push(PyInt.parse(PyStr.of(text), 10));
    } catch (PyException e) {
      throw e.matches(Exceptions.ValueError)
          ? Errors.valueError("could not convert string to int")
          : e;
    }
  }

  private void loadLong() {
    byte[] line = in.fullLine();
    int n = line.length;
    if (n > 0 && line[n - 1] == 'L') {
      line = Arrays.copyOf(line, n - 1);
      push(PyInt.parse((PyStr) latin1(line), 10));
    } else {
      push(PyInt.parse((PyStr) latin1(withEnd(line)), 10));
    }
  }

  private void big(long bytes) {
    byte[] b = in.copy(bytes);
    for (int i = 0, j = b.length - 1; i < j; i++, j--) {
      byte t = b[i];
      b[i] = b[j];
      b[j] = t;
    }
    push(b.length == 0 ? Py.int_(0) : Py.int_(new BigInteger(b)));
  }

  private void loadFloat() {
    byte[] line = in.fullLine();
    try {
      push(PyFloat.parse(latin1(line)));
    } catch (PyException e) {
      throw e.matches(Exceptions.ValueError)
          ? Errors.valueError("could not convert string to float: '" + latin1(line) + "\n'")
          : e;
    }
  }

  // ---- strings

  private void str(long n) {
    int length = PickleInput.checked(n);
    int at = in.need(length);
    push(PyUnpickler.utf8(in.data, at, length));
  }

  private void oldString(byte[] b) {
    push(
        unpickler.encoding.equals("bytes")
            ? Py.bytes(b)
            : PyCalls.callMethod(
                Py.bytes(b), "decode", Py.str(unpickler.encoding), Py.str(unpickler.errors)));
  }

  private void loadString() {
    byte[] line = in.line();
    int n = line.length;
    boolean quoted = n >= 2 && line[0] == line[n - 1] && (line[0] == '"' || line[0] == '\'');
    if (!quoted) {
      throw PickleErrors.unpickling("the STRING opcode argument must be quoted");
    }
    oldString(((PyBytes) codec("escape_decode", Arrays.copyOfRange(line, 1, n - 1))).toByteArray());
  }

  private static PyObject codec(String function, byte[] data) {
    PyObject codecs = Imports.importModule("_codecs");
    return ((PyTuple) PyCalls.callMethod(codecs, function, Py.bytes(data))).get(0);
  }

  private void buffer(int op) {
    if (op == Op.READONLY_BUFFER) {
      PyObject buffer = top();
      PyMemoryView view = PyMemoryView.from(buffer);
      if (!PyObjects.isTrue(PyObjects.getAttr(view, "readonly"))) {
        pop();
        push(PyCalls.callMethod(view, "toreadonly"));
      }
      return;
    }
    PyObject buffers = unpickler.buffers;
    if (buffers == null) {
      throw PickleErrors.unpickling(
          "pickle stream refers to out-of-band data but no *buffers* argument was given");
    }
    PyObject b = PyIters.next(buffers);
    if (b == null) {
      throw PickleErrors.unpickling("not enough out-of-band buffers");
    }
    push(b);
  }

  // ---- containers

  private void countedTuple(int n) {
    if (size - n < fence) {
      throw underflow();
    }
    push(Py.tuple(popFrom(size - n)));
  }

  private void loadDict() {
    PyObject[] items = popFrom(unmark());
    if (items.length % 2 != 0) {
      throw PickleErrors.unpickling("odd number of items for DICT");
    }
    PyDict d = new PyDict();
    for (int i = 0; i < items.length; i += 2) {
      d.put(items[i], items[i + 1]);
    }
    push(d);
  }

  private void append(PyObject[] items) {
    PyObject list = top();
    if (list instanceof PyList l && l.getClass() == PyList.class) {
      l.appendAll(items);
      return;
    }
    if (items.length == 0) {
      return;
    }
    PyObject extend = PyObjects.getOptionalAttr(list, "extend");
    if (extend != null) {
      extend.call1(Py.list(items));
      return;
    }
    PyObject append = PyObjects.getAttr(list, "append");
    for (PyObject item : items) {
      append.call1(item);
    }
  }

  private void setItems(PyObject[] items) {
    PyObject d = top();
    if (items.length % 2 != 0) {
      throw PickleErrors.unpickling("odd number of items for SETITEMS");
    }
    for (int i = 0; i < items.length; i += 2) {
      if (d.getClass() == PyDict.class) {
        ((PyDict) d).put(items[i], items[i + 1]);
      } else {
        PyMappings.setItem(d, items[i], items[i + 1]);
      }
    }
  }

  private void addItems(PyObject[] items) {
    PyObject set = top();
    if (set.getClass() == PySet.class) {
      for (PyObject item : items) {
        ((PySet) set).add(item);
      }
      return;
    }
    PyObject add = PyObjects.getAttr(set, "add");
    for (PyObject item : items) {
      add.call1(item);
    }
  }

  // ---- memo

  private void get(long number) {
    PyObject o = memo.get(number);
    if (o == null) {
      throw PickleErrors.unpickling("Memo value not found at index " + number);
    }
    push(o);
  }

  private void put(long number) {
    memo.put(number, top());
  }

  // ---- objects

  private PyObject identifier() {
    byte[] line = in.fullLine();
    return PyCalls.callMethod(Py.bytes(line), "decode", Py.str("utf-8"));
  }

  private void stackGlobal() {
    PyObject name = pop();
    PyObject module = pop();
    if (name.getClass() != PyStr.class || module.getClass() != PyStr.class) {
      throw PickleErrors.unpickling("STACK_GLOBAL requires str");
    }
    push(unpickler.find(module, name));
  }

  private void extension(long code) {
    if (code <= 0) {
      throw PickleErrors.unpickling("EXT specifies code <= 0");
    }
    PyObject number = Py.int_(code);
    PyObject cache = Saver.copyreg("_extension_cache");
    PyObject cached = PyMappings.getOptionalItem(cache, number);
    if (cached != null) {
      push(cached);
      return;
    }
    PyObject pair = PyMappings.getOptionalItem(Saver.copyreg("_inverted_registry"), number);
    if (pair == null) {
      throw Errors.valueError("unregistered extension code " + code);
    }
    if (!(pair instanceof PyTuple t)
        || t.size() != 2
        || !(t.get(0) instanceof PyStr)
        || !(t.get(1) instanceof PyStr)) {
      throw Errors.valueError("_inverted_registry[" + code + "] isn't a 2-tuple of strings");
    }
    PyObject found = unpickler.find(t.get(0), t.get(1));
    PyMappings.setItem(cache, number, found);
    push(found);
  }

  private static PyObject instantiate(PyObject cls, PyTuple args) {
    if (args.size() == 0
        && cls instanceof PyType
        && PyObjects.getOptionalAttr(cls, "__getinitargs__") == null) {
      return PyObjects.getAttr(cls, "__new__").call1(cls);
    }
    return PyCalls.call(cls, args, null);
  }

  private void loadInst() {
    PyTuple args = Py.tuple(popFrom(unmark()));
    PyObject module = identifier();
    PyObject name = identifier();
    push(instantiate(unpickler.find(module, name), args));
  }

  private void loadObj() {
    PyObject[] items = popFrom(unmark());
    if (items.length == 0) {
      throw underflow();
    }
    push(instantiate(items[0], Py.tuple(Arrays.copyOfRange(items, 1, items.length))));
  }

  private void newObj(String op, boolean withKeywords) {
    PyObject keywords = withKeywords ? pop() : null;
    PyObject args = pop();
    PyObject cls = pop();
    if (!(cls instanceof PyType type)) {
      throw PickleErrors.unpickling(
          op + " class argument must be a type, not " + cls.type().name());
    }
    PyObject make = PyObjects.getOptionalAttr(type, "__new__");
    if (make == null) {
      throw PickleErrors.unpickling(
          op + " class argument '" + type.name() + "' doesn't have __new__");
    }
    if (!(args instanceof PyTuple t)) {
      throw PickleErrors.unpickling(
          op + " args argument must be a tuple, not " + args.type().name());
    }
    if (keywords != null && !(keywords instanceof PyDict)) {
      throw PickleErrors.unpickling(
          op + " kwargs argument must be a dict, not " + keywords.type().name());
    }
    PyTuple all = Py.tuple(PyCalls.prepend(type, t.toArray()));
    push(PyCalls.call(make, all, (PyDict) keywords));
  }

  // Compare CPython load_build in _pickle.c.
  private void build() {
    PyObject state = pop();
    PyObject instance = top();
    PyObject setState = PyObjects.getOptionalAttr(instance, "__setstate__");
    if (setState != null) {
      setState.call1(state);
      return;
    }
    PyObject slots = null;
    if (state instanceof PyTuple t && t.size() == 2) {
      state = t.get(0);
      slots = t.get(1);
    }
    if (state != Py.None) {
      if (!(state instanceof PyDict d)) {
        throw PickleErrors.unpickling("state is not a dictionary");
      }
      PyObject dict = PyObjects.getAttr(instance, "__dict__");
      PyObject items = PyIters.getIter(d.copy().items());
      for (PyObject p = PyIters.next(items); p != null; p = PyIters.next(items)) {
        PyObject key = ((PyTuple) p).get(0);
        if (key.getClass() == PyStr.class) {
          key = PyStr.intern(key.toString());
        }
        PyMappings.setItem(dict, key, ((PyTuple) p).get(1));
      }
    }
    if (slots != null && slots != Py.None) {
      setSlots(instance, slots);
    }
  }

  private static void setSlots(PyObject instance, @Nullable PyObject slots) {
    if (!(slots instanceof PyDict d)) {
      throw PickleErrors.unpickling("slot state is not a dictionary");
    }
    PyObject items = PyIters.getIter(d.copy().items());
    for (PyObject p = PyIters.next(items); p != null; p = PyIters.next(items)) {
      PyObjects.setAttr(
          instance, PyObjects.attributeName(((PyTuple) p).get(0)), ((PyTuple) p).get(1));
    }
  }
}
