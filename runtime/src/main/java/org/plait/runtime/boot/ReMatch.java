package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.sre.SreMatcher;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code re.Match}. Immutable. */
@PyTypeDef(
    name = "Match",
    module = "re",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc =
        "The result of re.match() and re.search().\nMatch objects always have a boolean value of"
            + " True.")
public final class ReMatch extends PyObject {
  public static final PyType TYPE = PyType.builtin(ReMatchTable.INSTANCE);

  @PyMember(value = "re", doc = "The regular expression object.")
  final RePattern re;

  @PyMember(value = "string", doc = "The string passed to match() or search().")
  final PyObject string;

  @PyMember(value = "pos", doc = "The index into the string at which the search started.")
  final PyObject pos;

  @PyMember(value = "endpos", doc = "The index into the string beyond which it did not look.")
  final PyObject endpos;

  /** Start and end of the match and of each group, -1 where it is not set. */
  private final int[] marks;

  private final int lastIndex;

  ReMatch(RePattern re, SreSubject s, SreMatcher m, int pos, int endpos) {
    this.re = re;
    this.string = s.object;
    this.pos = Py.int_(pos);
    this.endpos = Py.int_(endpos);
    int n = re.code.groups();
    int[] all = new int[2 * n + 2];
    all[0] = m.start();
    all[1] = m.end();
    for (int g = 1; g <= n; g++) {
      all[2 * g] = m.start(g);
      all[2 * g + 1] = m.end(g);
    }
    this.marks = all;
    this.lastIndex = m.lastIndex();
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private static PyException noGroup() {
    return Errors.indexError("no such group");
  }

  /** The number of a group given as a number or name. */
  private int index(PyObject group) {
    long i = -1;
    if (group.getClass() == PyInt.class || PyNumbers.isIndex(group)) {
      PyInt n = PyNumbers.index(group);
      i = n.isLong() ? n.longValue() : -1;
    } else if (group instanceof PyStr || group instanceof PyBytes || isHashable(group)) {
      PyObject n = re.groupIndex.get(group);
      if (n instanceof PyInt v) {
        i = v.longValue();
      }
    }
    if (i < 0 || i > re.code.groups()) {
      throw noGroup();
    }
    return (int) i;
  }

  private static boolean isHashable(PyObject o) {
    try {
      PyObjects.hash(o);
      return true;
    } catch (PyException e) {
      return false;
    }
  }

  /** A group's text, or the default when it is not set. */
  PyObject group(int i, PyObject otherwise) {
    int from = marks[2 * i];
    if (string == Py.None || from < 0) {
      return otherwise;
    }
    return string instanceof PyStr s
        ? s.substring(from, marks[2 * i + 1])
        : new SreSubject(string).slice(from, marks[2 * i + 1]);
  }

  @PyMethod(
      name = "group",
      sig = "!(*args)",
      raw = true,
      doc =
          "group([group1, ...]) -> str or tuple.\nReturn subgroup(s) of the match by indices or"
              + " names.\nFor 0 returns the entire match.")
  PyObject groupArgs(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("Match.group() takes no keyword arguments");
    }
    switch (args.length) {
      case 0:
        return group(0, Py.None);
      case 1:
        return group(index(args[0]), Py.None);
      default:
        PyObject[] items = new PyObject[args.length];
        for (int k = 0; k < args.length; k++) {
          items[k] = group(index(args[k]), Py.None);
        }
        return Py.tuple(items);
    }
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    return group(index(key), Py.None);
  }

  @PyMethod(
      sig = "(group=0, /)",
      doc = "Return index of the start of the substring matched by group.")
  int start(PyObject group) {
    return marks[2 * index(group)];
  }

  @PyMethod(
      sig = "(group=0, /)",
      doc = "Return index of the end of the substring matched by group.")
  int end(PyObject group) {
    return marks[2 * index(group) + 1];
  }

  private PyTuple span(int i) {
    return Py.tuple(Py.int_(marks[2 * i]), Py.int_(marks[2 * i + 1]));
  }

  @PyMethod(
      sig = "(group=0, /)",
      doc = "For match object m, return the 2-tuple (m.start(group), m.end(group)).")
  PyObject span(PyObject group) {
    return span(index(group));
  }

  @PyMethod(
      sig = "(default=None)",
      doc = "Return a tuple containing all the subgroups of the match, from 1.")
  PyObject groups(PyObject otherwise) {
    PyObject[] items = new PyObject[re.code.groups()];
    for (int g = 1; g <= items.length; g++) {
      items[g - 1] = group(g, otherwise);
    }
    return Py.tuple(items);
  }

  @PyMethod(
      sig = "(default=None)",
      doc = "Return a dictionary containing all the named subgroups, keyed by the subgroup name.")
  PyObject groupdict(PyObject otherwise) {
    PyDict d = Py.dict();
    PyObject[] items = re.groupIndex.snapshotItems();
    for (int k = 0; k < items.length; k += 2) {
      d.put(items[k], group(index(items[k + 1]), otherwise));
    }
    return d;
  }

  @PyMethod(
      sig = "(template)",
      doc =
          "Return the string obtained by doing backslash substitution on the string template, as"
              + " done by the sub() method.")
  PyObject expand(PyObject template) {
    PyObject t = re.compileTemplate(template);
    return t instanceof ReTemplate r ? r.expand(this) : t.call1(this);
  }

  @PyGetter(value = "lastindex", doc = "The integer index of the last matched capturing group.")
  PyObject getLastindex() {
    return lastIndex < 0 ? Py.None : Py.int_(lastIndex);
  }

  @PyGetter(value = "lastgroup", doc = "The name of the last matched capturing group.")
  PyObject getLastgroup() {
    return lastIndex >= 0 && lastIndex < re.indexGroup.size()
        ? re.indexGroup.get(lastIndex)
        : Py.None;
  }

  @PyGetter("regs")
  PyObject getRegs() {
    PyObject[] items = new PyObject[re.code.groups() + 1];
    for (int g = 0; g < items.length; g++) {
      items[g] = span(g);
    }
    return Py.tuple(items);
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    PyStr head =
        Py.str(
            "<" + type().fullName() + " object; span=(" + marks[0] + ", " + marks[1] + "), match=");
    PyStr text = PyObjects.repr(group(0, Py.None));
    return head.concat(text.substring(0, Math.min(50, text.length()))).concat(Py.str(">"));
  }

  @PyMethod(name = "__copy__", sig = "()")
  PyObject copy() {
    return this;
  }

  @PyMethod(name = "__deepcopy__", sig = "(memo, /)")
  PyObject deepcopy(PyObject memo) {
    return this;
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
