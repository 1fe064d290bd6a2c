package org.plait.runtime.interp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Binds the arguments of a call to the parameters of a Python function. */
final class ArgumentBinding {
  private ArgumentBinding() {}

  /** The registers of a new frame with the parameters filled in. */
  static PyObject[] bind(PyFunction f, PyCode code, PyObject[] args, String @Nullable [] kwnames) {
    return bind(f, code, args, kwnames, code.unit.registerCount);
  }

  // Compare CPython initialize_locals in ceval.c.
  /**
   * The parameters, and room for more.
   *
   * @param size of the array, as many as there are parameters at least
   */
  static PyObject[] bind(
      PyFunction f, PyCode code, PyObject[] args, String @Nullable [] kwnames, int size) {
    CodeUnit u = code.unit;
    PyObject[] r = new PyObject[size];
    int named = u.argCount + u.kwOnlyArgCount;
    int given = kwnames == null ? args.length : args.length - kwnames.length;
    PyDict kwargs = null;
    if (u.has(CodeFlags.VARKEYWORDS)) {
      kwargs = new PyDict();
      r[named + (u.has(CodeFlags.VARARGS) ? 1 : 0)] = kwargs;
    }
    int n = Math.min(given, u.argCount);
    System.arraycopy(args, 0, r, 0, n);
    if (u.has(CodeFlags.VARARGS)) {
      r[named] = given > n ? PyTuple.of(Arrays.copyOfRange(args, n, given)) : Py.EmptyTuple;
    }
    if (kwnames != null) {
      for (int i = 0; i < kwnames.length; i++) {
        keyword(f, u, r, kwargs, kwnames, i, args[given + i]);
      }
    }
    if (given > u.argCount && !u.has(CodeFlags.VARARGS)) {
      throw tooMany(f, u, r, given);
    }
    if (given < u.argCount) {
      fillDefaults(f, u, r, given);
    }
    if (u.kwOnlyArgCount > 0) {
      fillKeywordOnly(f, u, r);
    }
    return r;
  }

  /**
   * As {@link #bind}, for code that takes further arguments as {@code *args} and has no parameter
   * that must be named; null where fewer are given than it has other parameters.
   *
   * @param self the first of the arguments, or null
   */
  static PyObject @Nullable [] spread(
      PyCode code, @Nullable PyObject self, PyObject[] args, int size) {
    CodeUnit u = code.unit;
    int n = u.argCount;
    int from = self == null ? 0 : 1;
    if (n < from || from + args.length < n) {
      return null;
    }
    PyObject[] r = new PyObject[size];
    if (self != null) {
      r[0] = self;
    }
    System.arraycopy(args, 0, r, from, n - from);
    r[n] =
        args.length == n - from
            ? Py.EmptyTuple
            : PyTuple.of(Arrays.copyOfRange(args, n - from, args.length));
    if (u.has(CodeFlags.VARKEYWORDS)) {
      r[n + 1] = new PyDict();
    }
    return r;
  }

  private static void keyword(
      PyFunction f,
      CodeUnit u,
      PyObject[] r,
      @Nullable PyDict kwargs,
      String[] kwnames,
      int i,
      PyObject value) {
    String name = kwnames[i];
    int named = u.argCount + u.kwOnlyArgCount;
    int at = indexOf(u.varNames, name, u.posOnlyArgCount, named);
    if (at >= 0) {
      if (r[at] != null) {
        throw Errors.typeError(f.qualname + "() got multiple values for argument '" + name + "'");
      }
      r[at] = value;
      return;
    }
    if (kwargs != null) {
      PyStr key = PyStr.intern(name);
      kwargs.put(key, key.hash(), value, false);
      return;
    }
    if (u.posOnlyArgCount > 0) {
      List<String> wrong = new ArrayList<>();
      for (String k : kwnames) {
        if (indexOf(u.varNames, k, 0, u.posOnlyArgCount) >= 0) {
          wrong.add(k);
        }
      }
      if (!wrong.isEmpty()) {
        throw Errors.typeError(
            f.qualname
                + "() got some positional-only arguments passed as keyword arguments: '"
                + String.join(", ", wrong)
                + "'");
      }
    }
    List<String> names = Arrays.asList(u.varNames).subList(u.posOnlyArgCount, named);
    String near = Suggestions.nearest(name, names);
    throw Errors.typeError(
        f.qualname
            + "() got an unexpected keyword argument '"
            + name
            + "'"
            + (near == null ? "" : ". Did you mean '" + near + "'?"));
  }

  private static int indexOf(String[] names, String name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (names[i] == name) {
        return i;
      }
    }
    for (int i = from; i < to; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static void fillDefaults(PyFunction f, CodeUnit u, PyObject[] r, int given) {
    PyTuple defaults = f.defaults;
    int count = defaults == null ? 0 : defaults.size();
    int firstDefault = u.argCount - count;
    List<String> missing = new ArrayList<>(0);
    for (int i = given; i < u.argCount; i++) {
      if (r[i] == null) {
        if (i >= firstDefault && defaults != null) {
          r[i] = defaults.get(i - firstDefault);
        } else {
          missing.add(u.varNames[i]);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw missing(f, "positional", missing);
    }
  }

  private static void fillKeywordOnly(PyFunction f, CodeUnit u, PyObject[] r) {
    PyDict defaults = f.kwdefaults;
    List<String> missing = new ArrayList<>(0);
    for (int i = u.argCount; i < u.argCount + u.kwOnlyArgCount; i++) {
      if (r[i] == null) {
        PyObject v = defaults == null ? null : defaults.getStr(u.varNames[i]);
        if (v == null) {
          missing.add(u.varNames[i]);
        }
        r[i] = v;
      }
    }
    if (!missing.isEmpty()) {
      throw missing(f, "keyword-only", missing);
    }
  }

  private static PyException missing(PyFunction f, String kind, List<String> names) {
    int n = names.size();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        text.append(i == n - 1 ? (n == 2 ? " and " : ", and ") : ", ");
      }
      text.append('\'').append(names.get(i)).append('\'');
    }
    return Errors.typeError(
        f.qualname
            + "() missing "
            + n
            + " required "
            + kind
            + " argument"
            + (n == 1 ? "" : "s")
            + ": "
            + text);
  }

  private static PyException tooMany(PyFunction f, CodeUnit u, PyObject[] r, int given) {
    int keywordOnly = 0;
    for (int i = u.argCount; i < u.argCount + u.kwOnlyArgCount; i++) {
      if (r[i] != null) {
        keywordOnly++;
      }
    }
    PyTuple defaults = f.defaults;
    int count = defaults == null ? 0 : defaults.size();
    boolean plural = count > 0 || u.argCount != 1;
    String takes =
        count > 0 ? "from " + (u.argCount - count) + " to " + u.argCount : "" + u.argCount;
    String extra =
        keywordOnly == 0
            ? ""
            : " positional argument"
                + (given == 1 ? "" : "s")
                + " (and "
                + keywordOnly
                + " keyword-only argument"
                + (keywordOnly == 1 ? "" : "s")
                + ")";
    return Errors.typeError(
        f.qualname
            + "() takes "
            + takes
            + " positional argument"
            + (plural ? "s" : "")
            + " but "
            + given
            + extra
            + (given == 1 && keywordOnly == 0 ? " was" : " were")
            + " given");
  }
}
