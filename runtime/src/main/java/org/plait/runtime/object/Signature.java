package org.plait.runtime.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.Suggestions;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyTuple;

/**
 * The parameters of a native method: binds the arguments of a call to them, or raises the TypeError
 * that CPython raises for the same mistake. Which one that is depends on the calling convention
 * that Argument Clinic would have chosen, hence {@link Style}. Immutable.
 */
public final class Signature {

  /** How CPython would receive the arguments, which decides the wording of errors. */
  private enum Style {
    /** METH_NOARGS. */
    NONE,
    /** METH_O. */
    ONE,
    /** Positional only: {@code _PyArg_CheckPositional}. */
    POSITIONAL,
    /** With keywords: {@code _PyArg_UnpackKeywords}. */
    KEYWORDS,
    /** A slot wrapper. */
    WRAPPER,
    /** {@code __new__} or {@code __init__} with positional parameters only. */
    TYPE
  }

  private final NativeDef def;
  private final Style style;

  /** How errors about keyword-capable and positional parameters name the callable. */
  private final String shortName;

  /** Names of positional, then keyword-only parameters; without {@code *args, **kwargs}. */
  private final String[] names;

  private final boolean[] required;
  private final int positionalOnly;

  /** Positional parameters, and those of them that are required. */
  private final int maxPositional;

  private final int minPositional;
  private final boolean varPositional;
  private final boolean varKeyword;

  private Signature(
      NativeDef def,
      List<String> names,
      boolean[] required,
      int positionalOnly,
      int maxPositional,
      boolean varPositional,
      boolean varKeyword) {
    this.def = def;
    this.names = names.toArray(String[]::new);
    this.required = required;
    this.positionalOnly = positionalOnly;
    this.maxPositional = maxPositional;
    this.varPositional = varPositional;
    this.varKeyword = varKeyword;
    int min = 0;
    while (min < maxPositional && required[min]) {
      min++;
    }
    minPositional = min;
    boolean ofType = def.kind == NativeDef.NEW || def.isWrapper() && def.name.equals("__init__");
    shortName = ofType ? def.table.typeName() : def.name;
    if (varKeyword || positionalOnly < this.names.length) {
      style = Style.KEYWORDS;
    } else if (ofType) {
      style = Style.TYPE;
    } else if (def.isWrapper()) {
      style = Style.WRAPPER;
    } else if (maxPositional == 0 && !varPositional) {
      style = Style.NONE;
    } else if (maxPositional == 1 && min == 1 && !varPositional) {
      style = Style.ONE;
    } else {
      style = Style.POSITIONAL;
    }
  }

  // ---- text

  /** Parses the text that the annotation processor has checked. */
  static Signature parse(NativeDef def, String text) {
    List<String> names = new ArrayList<>();
    boolean[] required = new boolean[64];
    int positionalOnly = 0;
    int maxPositional = -1;
    boolean varPositional = false;
    boolean varKeyword = false;
    for (String part : parts(text)) {
      if (part.equals("/")) {
        positionalOnly = names.size();
      } else if (part.startsWith("**")) {
        varKeyword = true;
      } else if (part.startsWith("*")) {
        maxPositional = names.size();
        varPositional = part.length() > 1;
      } else {
        int eq = part.indexOf('=');
        required[names.size()] = eq < 0;
        names.add((eq < 0 ? part : part.substring(0, eq)).strip().intern());
      }
    }
    if (maxPositional < 0) {
      maxPositional = names.size();
    }
    return new Signature(
        def,
        names,
        Arrays.copyOf(required, names.size()),
        positionalOnly,
        maxPositional,
        varPositional,
        varKeyword);
  }

  /** Splits {@code (a, b=(), /)} at its top-level commas. */
  private static List<String> parts(String text) {
    String s = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
    List<String> parts = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    int start = 0;
    for (int i = 0; i <= s.length(); i++) {
      char c = i < s.length() ? s.charAt(i) : ',';
      if (quote != 0 && i < s.length()) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        String part = s.substring(start, Math.min(i, s.length())).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        start = i + 1;
      }
    }
    return parts;
  }

  /**
   * The {@code __text_signature__} for a signature text.
   *
   * @param self {@code $self}, {@code $type}, {@code $module}, or null for none
   */
  static String text(String sig, @Nullable String self) {
    List<String> parts = parts(sig);
    StringBuilder b = new StringBuilder("(");
    if (self != null) {
      b.append(self);
      if (!parts.contains("/")) {
        b.append(", /");
      }
    }
    for (String part : parts) {
      if (b.length() > 1) {
        b.append(", ");
      }
      b.append(part.endsWith("=NULL") ? part.replace("=NULL", "=<unrepresentable>") : part);
    }
    return b.append(')').toString();
  }

  // ---- binding

  /**
   * Binds the arguments of a vectorcall.
   *
   * @param self the instance or class, for messages that depend on it
   * @return one entry per parameter in the order of the signature, null where absent; {@code *args}
   *     is a tuple and {@code **kwargs} a dict
   */
  public PyObject[] bind(PyObject self, PyObject[] args, String @Nullable [] kwnames) {
    int keywords = kwnames == null ? 0 : kwnames.length;
    int given = args.length - keywords;
    if (style == Style.KEYWORDS) {
      return bindKeywords(args, given, kwnames, keywords);
    }
    if (keywords > 0 && !ignoresKeywords(self)) {
      throw noKeywords();
    }
    if (given < minPositional || given > maxPositional && !varPositional) {
      throw wrongCount(given);
    }
    if (!varPositional) {
      return given == names.length && keywords == 0 ? args : copy(args, given, names.length);
    }
    PyObject[] bound = copy(args, Math.min(given, maxPositional), maxPositional + 1);
    bound[maxPositional] = rest(args, given);
    return bound;
  }

  private static PyObject[] copy(PyObject[] args, int n, int length) {
    PyObject[] out = new PyObject[length];
    System.arraycopy(args, 0, out, 0, n);
    return out;
  }

  private PyTuple rest(PyObject[] args, int given) {
    return given <= maxPositional
        ? Py.EmptyTuple
        : PyTuple.of(Arrays.copyOfRange(args, maxPositional, given));
  }

  // Compare CPython _PyArg_UnpackKeywords in getargs.c: the order of the checks is observable.
  private PyObject[] bindKeywords(
      PyObject[] args, int given, String @Nullable [] kwnames, int keywords) {
    int n = names.length;
    if (!varPositional && !varKeyword && given + keywords > n) {
      throw Errors.typeError(
          shortName
              + "() takes at most "
              + n
              + (given == 0 ? " keyword" : "")
              + plural(" argument", n)
              + " ("
              + (given + keywords)
              + " given)");
    }
    if (given > maxPositional && !varPositional) {
      throw tooManyPositional(given);
    }
    int least = Math.min(positionalOnly, minPositional);
    if (given < least) {
      throw Errors.typeError(
          shortName
              + "() takes "
              + (least < maxPositional ? "at least " : "exactly ")
              + least
              + plural(" positional argument", least)
              + " ("
              + given
              + " given)");
    }
    // Named parameters first; *args and **kwargs are put in their places at the end.
    int filled = Math.min(given, maxPositional);
    PyObject[] bound = copy(args, filled, n);
    PyDict kwargs = varKeyword ? new PyDict() : null;
    String unexpected = null;
    for (int k = 0; k < keywords; k++) {
      String name = kwnames[k];
      int at = indexOf(name);
      if (at >= filled) {
        bound[at] = args[given + k];
      } else if (at < 0 && kwargs != null) {
        kwargs.putStr(name, args[given + k]);
      } else if (at < 0 && unexpected == null) {
        unexpected = name;
      }
    }
    for (int i = 0; i < n; i++) {
      if (bound[i] == null && required[i]) {
        throw Errors.typeError(
            shortName + "() missing required argument '" + names[i] + "' (pos " + (i + 1) + ")");
      }
    }
    if (keywords > 0) {
      checkKeywords(filled, kwnames, unexpected);
    }
    return varPositional || varKeyword ? withRest(bound, args, given, kwargs) : bound;
  }

  private void checkKeywords(int filled, String[] kwnames, @Nullable String unexpected) {
    for (int i = positionalOnly; i < filled; i++) {
      for (String name : kwnames) {
        if (name.equals(names[i])) {
          throw Errors.typeError(
              "argument for "
                  + shortName
                  + "() given by name ('"
                  + name
                  + "') and position ("
                  + (i + 1)
                  + ")");
        }
      }
    }
    if (unexpected != null) {
      String text = shortName + "() got an unexpected keyword argument '" + unexpected + "'";
      String near =
          Suggestions.nearest(
              unexpected, Arrays.asList(names).subList(positionalOnly, names.length));
      throw Errors.typeError(near == null ? text : text + ". Did you mean '" + near + "'?");
    }
  }

  private int indexOf(String name) {
    for (int i = positionalOnly; i < names.length; i++) {
      if (names[i] == name || names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private PyObject[] withRest(
      PyObject[] named, PyObject[] args, int given, @Nullable PyDict kwargs) {
    int n = names.length;
    PyObject[] out = new PyObject[n + (varPositional ? 1 : 0) + (kwargs == null ? 0 : 1)];
    System.arraycopy(named, 0, out, 0, maxPositional);
    int at = maxPositional;
    if (varPositional) {
      out[at++] = rest(args, given);
    }
    System.arraycopy(named, maxPositional, out, at, n - maxPositional);
    if (kwargs != null) {
      out[out.length - 1] = kwargs;
    }
    return out;
  }

  // ---- errors

  /**
   * Whether a {@code __new__} or {@code __init__} leaves keywords to the other one: it only
   * complains when nobody has overridden that.
   */
  private boolean ignoresKeywords(PyObject self) {
    if (style != Style.TYPE) {
      return false;
    }
    boolean isNew = def.kind == NativeDef.NEW;
    PyType type = isNew && self instanceof PyType t ? t : self.type();
    PyType owner = type;
    while (owner.table() != def.table && owner.base() != null) {
      owner = owner.base();
    }
    if (type == owner) {
      return false;
    }
    Special other = isNew ? Special.INIT : Special.NEW;
    return type.special(other) != owner.special(other);
  }

  private RuntimeException noKeywords() {
    return Errors.typeError(
        switch (style) {
          case WRAPPER -> "wrapper " + def.name + "() takes no keyword arguments";
          case TYPE -> shortName + "() takes no keyword arguments";
          default -> def.fullName() + "() takes no keyword arguments";
        });
  }

  private RuntimeException wrongCount(int given) {
    return Errors.typeError(
        switch (style) {
          case NONE -> def.fullName() + "() takes no arguments (" + given + " given)";
          case ONE -> def.fullName() + "() takes exactly one argument (" + given + " given)";
          case WRAPPER -> wrapperCount(given);
          case TYPE ->
              maxPositional == 0 && !varPositional
                  ? shortName + "() takes no arguments"
                  : positionalCount(given);
          default -> positionalCount(given);
        });
  }

  /** The texts of CPython's check_num_args, or of PyArg_UnpackTuple where the wrapper uses that. */
  private String wrapperCount(int given) {
    switch (def.name) {
      case "__pow__", "__rpow__", "__ipow__":
        return "expected 1 or 2 arguments, got " + given;
      case "__buffer__", "__release_buffer__":
        return positionalCount(given);
      default:
        return maxPositional == minPositional && maxPositional < 2
            ? "expected " + maxPositional + plural(" argument", maxPositional) + ", got " + given
            : positionalCount(given);
    }
  }

  private String positionalCount(int given) {
    int n = given < minPositional ? minPositional : maxPositional;
    String bound =
        minPositional == maxPositional && !varPositional
            ? ""
            : given < minPositional ? "at least " : "at most ";
    return shortName + " expected " + bound + n + plural(" argument", n) + ", got " + given;
  }

  private RuntimeException tooManyPositional(int given) {
    return Errors.typeError(
        maxPositional == 0
            ? shortName + "() takes no positional arguments"
            : shortName
                + "() takes "
                + (minPositional < maxPositional ? "at most " : "exactly ")
                + maxPositional
                + plural(" positional argument", maxPositional)
                + " ("
                + given
                + " given)");
  }

  private static String plural(String noun, int n) {
    return n == 1 ? noun : noun + "s";
  }
}
