package org.plait.runtime.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.PyCell;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyClassMethod;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStaticMethod;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code type.__new__}: making a class; and changing its bases later. */
final class TypeBuilder {
  private TypeBuilder() {}

  // Compare CPython type_new in typeobject.c.
  static PyObject make(
      PyType metatype,
      PyStr name,
      PyTuple bases,
      PyDict namespace,
      PyObject[] args,
      String @Nullable [] kwnames) {
    PyType winner = calculateMetaclass(metatype, bases);
    if (winner != metatype) {
      PyObject winnerNew = winner.special(Special.NEW);
      if (winnerNew != PyType.TYPE.special(Special.NEW)) {
        return PyObjects.getAttr(winner, "__new__").call(PyCalls.prepend(winner, args), kwnames);
      }
      metatype = winner;
    }
    if (bases.size() == 0) {
      bases = Py.tuple(PyBaseObject.TYPE);
    }
    PyType base = bestBase(bases);
    PyDict dict = namespace.copy();
    checkName(name);
    checkKeys(name, dict);
    PyType type = new PyType(name.toString().intern(), metatype, 0);
    setModule(dict);
    setQualname(type, name, dict);
    wrapSpecialMethods(dict);
    PyObject classCell = dict.removeStr("__classcell__");
    if (classCell != null && !(classCell instanceof PyCell)) {
      throw Errors.typeError(
          "__classcell__ must be a nonlocal cell, not " + classCell.type().fullReprName());
    }
    PyObject classDictCell = dict.removeStr("__classdictcell__");
    if (classDictCell instanceof PyCell c) {
      c.set(dict);
    }
    int reserved = layout(type, base, bases, dict, name);
    // After the slots, one of which may be __doc__.
    setDocIsStr(dict);
    hashFollowsEq(dict);
    PyType[] baseTypes = new PyType[bases.size()];
    for (int i = 0; i < baseTypes.length; i++) {
      baseTypes[i] = (PyType) bases.get(i);
    }
    inheritFlags(type, base, baseTypes);
    if (classCell instanceof PyCell c) {
      c.set(type);
    }
    if (hasOwnMro(metatype)) {
      // The class must be usable while its metaclass computes the order.
      type.prepareForMro(baseTypes, c3OrNull(baseTypes, type), dict, reserved);
    }
    PyType[] mro = computeMro(type, metatype, baseTypes);
    type.complete(base, baseTypes, mro, dict, reserved);
    type.basesTuple = bases;
    try {
      setNames(type);
      initSubclass(type, args, kwnames);
    } catch (PyException e) {
      for (PyType b : baseTypes) {
        b.removeSubclass(type);
      }
      throw e;
    }
    return type;
  }

  private static void checkKeys(PyStr name, PyDict dict) {
    for (PyObject key : dict.snapshotKeys()) {
      if (!(key instanceof PyStr)) {
        Warnings.warn(
            Exceptions.RuntimeWarning, "non-string key in the __dict__ of class " + name, 1);
      }
    }
  }

  static void checkName(PyStr name) {
    if (name.toString().indexOf('\0') >= 0) {
      throw Errors.valueError("type name must not contain null characters");
    }
    PyCodecs.encode(name, null, null);
  }

  // Compare CPython _PyType_CalculateMetaclass in typeobject.c.
  static PyType calculateMetaclass(PyType metatype, PyTuple bases) {
    PyType winner = metatype;
    for (PyObject b : bases.array()) {
      PyType t = b.type();
      if (winner.isSubtypeOf(t)) {
        continue;
      }
      if (t.isSubtypeOf(winner)) {
        winner = t;
        continue;
      }
      throw Errors.typeError(
          "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of"
              + " the metaclasses of all its bases");
    }
    return winner;
  }

  // Compare CPython best_base in typeobject.c.
  private static PyType bestBase(PyTuple bases) {
    PyType winner = null;
    PyType base = null;
    for (PyObject o : bases.array()) {
      if (!(o instanceof PyType b)) {
        if (PyObjects.getOptionalAttr(o, "__mro_entries__") != null) {
          throw Errors.typeError(
              "type() doesn't support MRO entry resolution; use types.new_class()");
        }
        throw Errors.typeError("bases must be types");
      }
      if (!b.hasFlag(PyType.BASETYPE)) {
        throw Errors.typeError("type '" + b.fullName() + "' is not an acceptable base type");
      }
      PyType solid = solidBase(b);
      if (winner == null || solid.isSubtypeOf(winner)) {
        if (winner != solid || base == null) {
          base = b;
        }
        winner = solid;
      } else if (!winner.isSubtypeOf(solid)) {
        throw Errors.typeError("multiple bases have instance lay-out conflict");
      }
    }
    return base;
  }

  /** The class that decides the layout: the nearest built-in one, or one that adds __slots__. */
  private static PyType solidBase(PyType t) {
    while (true) {
      PyType b = t.base();
      if (b == null) {
        return t;
      }
      if (t.isHeap()) {
        if (t.rootShape().slotCount() > b.rootShape().slotCount()) {
          return t;
        }
      } else if (t.addsLayout()) {
        return t;
      }
      t = b;
    }
  }

  private static void setModule(PyDict dict) {
    if (dict.getStr("__module__") == null) {
      var frame = ThreadState.current().frame;
      if (frame != null) {
        PyObject module = frame.globals.getStr("__name__");
        if (module != null) {
          dict.putStr("__module__", module);
        }
      }
    }
  }

  private static void setQualname(PyType type, PyStr name, PyDict dict) {
    PyObject q = dict.getStr("__qualname__");
    if (q == null) {
      type.setQualname(name.toString());
      return;
    }
    if (!(q instanceof PyStr s)) {
      throw Errors.typeError("type __qualname__ must be a str, not " + q.type().name());
    }
    type.setQualname(s.toString());
    dict.removeStr("__qualname__");
  }

  private static void setDocIsStr(PyDict dict) {
    PyObject doc = dict.getStr("__doc__");
    if (doc == null) {
      dict.putStr("__doc__", Py.None);
    } else if (doc instanceof PyStr s) {
      PyCodecs.encode(s, null, null);
    }
  }

  private static void wrapSpecialMethods(PyDict dict) {
    if (dict.getStr("__new__") instanceof PyFunction f) {
      dict.putStr("__new__", new PyStaticMethod(f));
    }
    if (dict.getStr("__init_subclass__") instanceof PyFunction f) {
      dict.putStr("__init_subclass__", new PyClassMethod(f));
    }
    if (dict.getStr("__class_getitem__") instanceof PyFunction f) {
      dict.putStr("__class_getitem__", new PyClassMethod(f));
    }
  }

  /** A class that defines __eq__ but not __hash__ is unhashable. */
  private static void hashFollowsEq(PyDict dict) {
    if (dict.getStr("__eq__") != null && dict.getStr("__hash__") == null) {
      dict.putStr("__hash__", Py.None);
    }
  }

  // ---- slots

  /** Sets up __slots__, __dict__ and __weakref__; returns how many slots are reserved. */
  private static int layout(PyType type, PyType base, PyTuple bases, PyDict dict, PyStr className) {
    boolean mayAddDict = !base.hasDict();
    boolean variable = base.nativeBase().isVariableSized();
    boolean mayAddWeak = !base.hasFlag(PyType.HAS_WEAKREF) && !variable;
    int reserved = base.rootShape().slotCount();
    PyObject slots = dict.getStr("__slots__");
    boolean addDict = mayAddDict;
    boolean addWeak = mayAddWeak;
    if (slots != null) {
      addDict = false;
      addWeak = false;
      List<PyStr> given = slotList(slots);
      if (!given.isEmpty() && variable) {
        throw Errors.typeError(
            "nonempty __slots__ not supported for subtype of '" + base.name() + "'");
      }
      List<String> names = new ArrayList<>();
      for (PyStr s : given) {
        if (!s.isIdentifier()) {
          throw Errors.typeError("__slots__ must be identifiers");
        }
        switch (s.toString()) {
          case "__dict__" -> {
            if (!mayAddDict || addDict) {
              throw Errors.typeError("__dict__ slot disallowed: we already got one");
            }
            addDict = true;
          }
          case "__weakref__" -> {
            if (!mayAddWeak || addWeak) {
              throw Errors.typeError("__weakref__ slot disallowed: we already got one");
            }
            addWeak = true;
          }
          default -> {
            String n = mangle(s.toString(), className.toString());
            PyObject clash = dict.getStr(n);
            if (clash != null && !n.equals("__qualname__") && !n.equals("__classcell__")) {
              throw Errors.valueError(
                  PyObjects.repr(PyStr.of(n)) + " in __slots__ conflicts with class variable");
            }
            names.add(n);
          }
        }
      }
      for (PyObject b : bases.array()) {
        if (b instanceof PyType t && t != base) {
          if (mayAddDict && !addDict && t.hasDict()) {
            addDict = true;
          }
          if (mayAddWeak && !addWeak && t.hasFlag(PyType.HAS_WEAKREF)) {
            addWeak = true;
          }
        }
      }
      names.sort(null);
      for (String n : names) {
        dict.putStr(n, new PySlotDescriptor(type, n, reserved++));
      }
    }
    if (addDict && mayAddDict && dict.getStr("__dict__") == null) {
      dict.putStr("__dict__", DictDescriptors.dict(type));
    }
    if (addWeak && mayAddWeak && dict.getStr("__weakref__") == null) {
      dict.putStr("__weakref__", DictDescriptors.weakref(type));
    }
    type.setFlag(PyType.HAS_DICT, addDict || base.hasDict());
    type.setFlag(PyType.HAS_WEAKREF, addWeak || base.hasFlag(PyType.HAS_WEAKREF));
    return reserved;
  }

  private static List<PyStr> slotList(PyObject slots) {
    List<PyStr> list = new ArrayList<>();
    if (slots instanceof PyStr s) {
      list.add(s);
      return list;
    }
    PyObject it = PyIters.getIter(slots);
    for (PyObject o = PyIters.next(it); o != null; o = PyIters.next(it)) {
      if (!(o instanceof PyStr s)) {
        throw Errors.typeError("__slots__ items must be strings, not '" + o.type().name() + "'");
      }
      list.add(s);
    }
    return list;
  }

  /** Private name mangling. */
  static String mangle(String name, String className) {
    if (!name.startsWith("__") || name.endsWith("__") || name.indexOf('.') >= 0) {
      return name;
    }
    int i = 0;
    while (i < className.length() && className.charAt(i) == '_') {
      i++;
    }
    return i == className.length() ? name : "_" + className.substring(i) + name;
  }

  /** The names of the slots that instances have, in slot order. */
  static List<String> slotNames(PyType type) {
    List<String> names = new ArrayList<>();
    for (PyType t = type; t != null; t = t.base()) {
      if (!t.isHeap()) {
        continue;
      }
      List<String> own = new ArrayList<>();
      for (PyObject v : t.dict().snapshotValues()) {
        if (v instanceof PySlotDescriptor d && d.owner() == t) {
          own.add(d.name());
        }
      }
      own.sort(null);
      names.addAll(0, own);
    }
    return names;
  }

  // ---- flags and MRO

  private static void inheritFlags(PyType type, PyType base, PyType[] bases) {
    type.setFlag(PyType.BASETYPE, true);
    type.setFlag(PyType.MATCH_SELF, base.hasFlag(PyType.MATCH_SELF));
    int pattern = 0;
    for (PyType b : bases) {
      pattern = b.flags() & (PyType.SEQUENCE | PyType.MAPPING);
      if (pattern != 0) {
        break;
      }
    }
    type.setFlag(pattern, true);
  }

  static boolean hasOwnMro(PyType metatype) {
    PyObject mro = metatype == PyType.TYPE ? null : metatype.lookup("mro");
    return mro != null && mro != PyType.TYPE.getOwn("mro");
  }

  /** The MRO by the metaclass's {@code mro()} if it has its own, else C3. */
  static PyType[] computeMro(PyType type, PyType metatype, PyType[] bases) {
    if (!hasOwnMro(metatype)) {
      return c3(bases, type);
    }
    PyObject result = PyCalls.invoke(metatype.lookup("mro"), type);
    List<PyType> line = new ArrayList<>();
    PyObject it = PyIters.getIter(result);
    for (PyObject o = PyIters.next(it); o != null; o = PyIters.next(it)) {
      if (!(o instanceof PyType t)) {
        throw Errors.typeError("mro() returned a non-class ('" + o.type().name() + "')");
      }
      if (!isLayoutBehind(t, type)) {
        throw Errors.typeError("mro() returned base with unsuitable layout ('" + t.name() + "')");
      }
      line.add(t);
    }
    return line.toArray(new PyType[0]);
  }

  /** Whether the layout of a class is one that another's builds on. */
  private static boolean isLayoutBehind(PyType t, PyType type) {
    PyType solid = solidBase(t);
    PyType own = solidBase(type);
    return isBehind(solid, own);
  }

  private static PyType @Nullable [] c3OrNull(PyType[] bases, PyType type) {
    try {
      return c3(bases, type);
    } catch (PyException e) {
      return null;
    }
  }

  // Compare CPython mro_implementation and pmerge in typeobject.c.
  static PyType[] c3(PyType[] bases, PyType type) {
    for (int i = 0; i < bases.length; i++) {
      if (bases[i].isIncomplete()) {
        throw Errors.typeError("Cannot extend an incomplete type '" + bases[i].name() + "'");
      }
      for (int j = i + 1; j < bases.length; j++) {
        if (bases[i] == bases[j]) {
          throw Errors.typeError("duplicate base class " + bases[i].name());
        }
      }
    }
    if (bases.length == 1) {
      PyType[] parent = bases[0].mro();
      PyType[] line = new PyType[parent.length + 1];
      line[0] = type;
      System.arraycopy(parent, 0, line, 1, parent.length);
      return line;
    }
    List<PyType[]> lists = new ArrayList<>();
    for (PyType b : bases) {
      lists.add(b.mro());
    }
    lists.add(bases);
    int[] at = new int[lists.size()];
    List<PyType> line = new ArrayList<>();
    line.add(type);
    while (true) {
      boolean empty = true;
      PyType next = null;
      for (int i = 0; i < at.length && next == null; i++) {
        PyType[] l = lists.get(i);
        if (at[i] == l.length) {
          continue;
        }
        empty = false;
        PyType candidate = l[at[i]];
        boolean inTail = false;
        for (int j = 0; j < at.length && !inTail; j++) {
          PyType[] m = lists.get(j);
          for (int k = at[j] + 1; k < m.length && !inTail; k++) {
            inTail = m[k] == candidate;
          }
        }
        if (!inTail) {
          next = candidate;
        }
      }
      if (empty) {
        return line.toArray(new PyType[0]);
      }
      if (next == null) {
        throw mroConflict(lists, at);
      }
      line.add(next);
      for (int i = 0; i < at.length; i++) {
        if (at[i] < lists.get(i).length && lists.get(i)[at[i]] == next) {
          at[i]++;
        }
      }
    }
  }

  private static PyException mroConflict(List<PyType[]> lists, int[] at) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      if (at[i] < lists.get(i).length) {
        String n = lists.get(i)[at[i]].simpleName();
        if (!names.contains(n)) {
          names.add(n);
        }
      }
    }
    return Errors.typeError(
        "Cannot create a consistent method resolution order (MRO) for bases "
            + String.join(", ", names));
  }

  // ---- hooks

  private static void setNames(PyType type) {
    PyObject[] items = type.dict().snapshotItems();
    for (int i = 0; i < items.length; i += 2) {
      PyObject value = items[i + 1];
      PyObject f = value.type().lookup("__set_name__");
      if (f == null) {
        continue;
      }
      try {
        PyCalls.invoke(f, value, type, items[i]);
      } catch (PyException e) {
        e.value.addNote(
            "Error calling __set_name__ on '"
                + value.type().name()
                + "' instance "
                + PyObjects.repr(items[i])
                + " in '"
                + type.name()
                + "'");
        throw e;
      }
    }
  }

  private static void initSubclass(PyType type, PyObject[] args, String @Nullable [] kwnames) {
    PyType[] mro = type.mro();
    int own = Arrays.asList(mro).indexOf(type);
    if (own < 0) {
      throw Errors.typeError(
          "super(type, obj): obj (type "
              + type.name()
              + ") is not an instance or subtype of type ("
              + type.name()
              + ").");
    }
    for (int i = own + 1; i < mro.length; i++) {
      PyObject f = mro[i].getOwn("__init_subclass__");
      if (f != null) {
        if (mro[i] == PyBaseObject.TYPE && kwnames == null) {
          return;
        }
        PyObject bound = org.plait.runtime.protocol.PyDescriptors.getOnClass(f, type);
        int n = kwnames == null ? 0 : kwnames.length;
        bound.call(Arrays.copyOfRange(args, args.length - n, args.length), kwnames);
        return;
      }
    }
  }

  // ---- __bases__ assignment

  // Compare CPython type_set_bases in typeobject.c.
  static void setBases(PyType type, @Nullable PyObject value) {
    TypeExposure.checkSettable(type, "__bases__", value);
    if (!(value instanceof PyTuple bases)) {
      throw Errors.typeError(
          "can only assign tuple to " + type.name() + ".__bases__, not " + value.type().name());
    }
    if (bases.size() == 0) {
      throw Errors.typeError(
          "can only assign non-empty tuple to " + type.name() + ".__bases__, not ()");
    }
    PyType[] types = new PyType[bases.size()];
    for (int i = 0; i < types.length; i++) {
      if (!(bases.get(i) instanceof PyType b)) {
        throw Errors.typeError(
            type.name()
                + ".__bases__ must be tuple of classes, not '"
                + bases.get(i).type().name()
                + "'");
      }
      if (b.isSubtypeOf(type) || isBehind(type, b)) {
        throw Errors.typeError("a __bases__ item causes an inheritance cycle");
      }
      types[i] = b;
    }
    PyType base = bestBase(bases);
    PyType old = type.base();
    if (old == null
        || solidBase(base) != solidBase(old)
        || base.hasDict() != old.hasDict() && !type.hasDict()) {
      throw Errors.typeError(
          "__bases__ assignment: '"
              + base.name()
              + "' object layout differs from '"
              + (old == null ? "object" : old.name())
              + "'");
    }
    PyType[] before = type.bases();
    PyType beforeBase = type.base();
    type.setBaseFields(base, types);
    List<Replaced> done = new ArrayList<>();
    try {
      refreshMro(type, done);
    } catch (PyException e) {
      for (Replaced r : done.reversed()) {
        if (r.type.mro() == r.now) {
          r.type.setMro(r.before);
        }
      }
      if (type.bases() == types) {
        type.setBaseFields(beforeBase, before);
      }
      throw e;
    }
    // An mro() written in Python may have assigned other bases meanwhile.
    if (type.bases() == types) {
      type.basesTuple = bases;
      type.rebased(before);
    }
  }

  /** Whether the class is in the base chain; while an {@code mro()} runs the MRO doesn't tell. */
  private static boolean isBehind(PyType type, PyType start) {
    for (PyType t = start; t != null; t = t.base()) {
      if (t == type) {
        return true;
      }
    }
    return false;
  }

  /** An MRO that was replaced. */
  private record Replaced(PyType type, PyType[] before, PyType[] now) {}

  // Compare CPython mro_hierarchy in typeobject.c.
  private static void refreshMro(PyType type, List<Replaced> done) {
    PyType[] before = type.mro();
    PyType[] now = computeMro(type, type.type(), type.bases());
    if (type.mro() != before) {
      // The metaclass's mro() has come back here and done it already.
      return;
    }
    type.setMro(now);
    done.add(new Replaced(type, before, now));
    for (PyType sub : type.subclasses()) {
      refreshMro(sub, done);
    }
  }

  static PyObject mroList(PyType type) {
    PyType[] mro = c3(type.bases(), type);
    return PyList.of(Arrays.copyOf(mro, mro.length, PyObject[].class));
  }
}
