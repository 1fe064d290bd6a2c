package org.plait.runtime.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeDef;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyMemberDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;

/**
 * Struct sequences: tuples whose items have names too ({@code sys.version_info}, {@code
 * os.stat_result}, {@code time.struct_time}). Items behind the visible ones are attributes only.
 */
public final class PyStructSequence extends PyTuple {
  private final Kind kind;
  private final PyObject[] all;

  /** Where {@link Kind#missing} finds missing values. */
  private final @Nullable Object source;

  private PyStructSequence(Kind kind, PyObject[] all, @Nullable Object source) {
    super(Arrays.copyOf(all, kind.visible));
    this.kind = kind;
    this.all = all;
    this.source = source;
  }

  @Override
  public PyType type() {
    return kind.type;
  }

  /** The value of a field, visible or not. */
  public PyObject item(int index) {
    PyObject v = all[index];
    return v == null ? kind.missing(this, index, source) : v;
  }

  /** One struct sequence type. */
  public static class Kind {
    final String module;
    final String name;
    final String[] fields;
    final int visible;
    final PyType type;

    /**
     * @param fields names; null for items without one
     * @param visible how many of them are tuple items
     * @param instantiable whether Python code may make instances
     */
    public Kind(String module, String name, boolean instantiable, int visible, String... fields) {
      this.module = module;
      this.name = name;
      this.fields = fields;
      this.visible = visible;
      Table table = new Table(this, instantiable);
      type = PyType.builtin(table);
      PyDict dict = type.dict();
      int unnamed = 0;
      for (int i = 0; i < fields.length; i++) {
        if (fields[i] == null) {
          unnamed++;
        } else {
          dict.putStr(fields[i], new Field(type, fields[i], i));
        }
      }
      dict.putStr("n_sequence_fields", Py.int_(visible));
      dict.putStr("n_fields", Py.int_(fields.length));
      dict.putStr("n_unnamed_fields", Py.int_(unnamed));
      PyObject[] match = new PyObject[visible - unnamed];
      for (int i = 0, k = 0; i < visible; i++) {
        if (fields[i] != null) {
          match[k++] = PyStr.intern(fields[i]);
        }
      }
      dict.putStr("__match_args__", PyTuple.of(match));
      type.modified();
    }

    public final PyType type() {
      return type;
    }

    /** Fills in what Python code has left out when it made an instance; None marks those. */
    protected void complete(PyObject[] all) {}

    /**
     * The value of an attribute that {@link #makeLazily} was given null for.
     *
     * @param source what it was given besides
     */
    protected PyObject missing(PyStructSequence s, int index, @Nullable Object source) {
      return Py.None;
    }

    /** An instance some of whose invisible values, null here, are found when they are asked for. */
    public final PyStructSequence makeLazily(@Nullable Object source, PyObject... values) {
      return new PyStructSequence(this, values, source);
    }

    /** An instance; missing values at the end are None. */
    public final PyStructSequence make(PyObject... values) {
      PyObject[] all = Arrays.copyOf(values, fields.length);
      for (int i = values.length; i < all.length; i++) {
        all[i] = Py.None;
      }
      return new PyStructSequence(this, all, null);
    }

    /** The parameters of a call of the class. */
    protected String signature() {
      return "(sequence, dict=None)";
    }

    // Compare CPython structseq_new_impl in structseq.c.
    /** An instance from a call's arguments; {@code extra} is null where it was not given. */
    protected PyObject fromArguments(PyObject sequence, @Nullable PyObject extra) {
      PyObject[] given = PySequences.fast(sequence, "constructor requires a sequence");
      if (extra != null && !(extra instanceof PyDict)) {
        throw Errors.typeError(name() + "() takes a dict as second arg, if any");
      }
      int n = given.length;
      if (n < visible || n > fields.length) {
        String takes =
            visible == fields.length
                ? "a " + visible + "-sequence"
                : n < visible
                    ? "an at least " + visible + "-sequence"
                    : "an at most " + fields.length + "-sequence";
        throw Errors.typeError(name() + "() takes " + takes + " (" + n + "-sequence given)");
      }
      PyObject[] all = Arrays.copyOf(given, fields.length);
      int found = 0;
      for (int i = n; i < all.length; i++) {
        PyObject v = extra instanceof PyDict d && fields[i] != null ? d.getStr(fields[i]) : null;
        found += v == null ? 0 : 1;
        all[i] = v == null ? Py.None : v;
      }
      if (extra instanceof PyDict d && d.size() > found) {
        throw Errors.typeError(name() + "() got duplicate or unexpected field name(s)");
      }
      complete(all);
      return new PyStructSequence(this, all, null);
    }

    private String name() {
      return module.equals("builtins") ? name : module + "." + name;
    }

    String repr(PyStructSequence s) {
      StringBuilder b = new StringBuilder(name()).append('(');
      int named = 0;
      for (int i = 0; i < visible; i++) {
        // As in CPython, an item without a name of its own goes by the next one.
        while (fields[named] == null) {
          named++;
        }
        b.append(i == 0 ? "" : ", ").append(fields[named++]).append('=');
        b.append(PyObjects.repr(s.get(i)));
      }
      return b.append(')').toString();
    }

    protected PyObject reduce(PyStructSequence s) {
      PyDict extra = new PyDict();
      for (int i = visible; i < fields.length; i++) {
        if (fields[i] != null) {
          extra.putStr(fields[i], s.item(i));
        }
      }
      return Py.tuple(type, Py.tuple(PyTuple.of(s.toArray()), extra));
    }

    PyObject replace(PyStructSequence s, PyObject[] args, String @Nullable [] kwnames) {
      if (args.length > (kwnames == null ? 0 : kwnames.length)) {
        throw Errors.typeError("__replace__() takes no positional arguments");
      }
      List<String> names = Arrays.asList(fields);
      if (names.contains(null)) {
        throw Errors.typeError(
            "__replace__() is not supported for " + name() + " because it has unnamed field(s)");
      }
      PyObject[] all = s.all.clone();
      List<PyObject> unexpected = new ArrayList<>();
      for (int k = 0; kwnames != null && k < kwnames.length; k++) {
        int at = names.indexOf(kwnames[k]);
        if (at < 0) {
          unexpected.add(Py.str(kwnames[k]));
        } else {
          all[at] = args[k];
        }
      }
      if (!unexpected.isEmpty()) {
        PyObject list = PyList.of(unexpected.toArray(new PyObject[0]));
        throw Errors.typeError("Got unexpected field name(s): " + PyObjects.repr(list));
      }
      return new PyStructSequence(this, all, null);
    }
  }

  private static final class Field extends PyMemberDescriptor {
    private final int index;

    Field(PyType owner, String name, int index) {
      super(owner, name);
      this.index = index;
    }

    @Override
    protected PyObject read(PyObject self) {
      return ((PyStructSequence) self).item(index);
    }

    @Override
    protected boolean writable() {
      return false;
    }
  }

  /** Written by hand, since the types come into being at run time. */
  private static final class Table extends NativeTable {
    private static final int NEW = 0;
    private static final int REPR = 1;
    private static final int REDUCE = 2;
    private static final int REPLACE = 3;

    private final Kind kind;
    private final boolean instantiable;

    Table(Kind kind, boolean instantiable) {
      this.kind = kind;
      this.instantiable = instantiable;
    }

    @Override
    protected NativeDef[] createDefs() {
      NativeDef make = new NativeDef(this, NEW, NativeDef.NEW, "__new__", kind.signature(), null);
      NativeDef repr = new NativeDef(this, REPR, NativeDef.WRAPPER, "__repr__", "()", null);
      NativeDef reduce = new NativeDef(this, REDUCE, NativeDef.METHOD, "__reduce__", "()", null);
      NativeDef replace =
          new NativeDef(
              this, REPLACE, NativeDef.METHOD | NativeDef.RAW, "__replace__", "(**changes)", null);
      return instantiable
          ? new NativeDef[] {make, repr, reduce, replace}
          : new NativeDef[] {repr, reduce, replace};
    }

    @Override
    public String typeName() {
      return kind.name;
    }

    @Override
    public String moduleName() {
      return kind.module;
    }

    @Override
    public PyType base() {
      return PyTuple.TYPE;
    }

    @Override
    public int flags() {
      return instantiable ? 0 : PyType.DISALLOW_INSTANTIATION;
    }

    @Override
    public boolean accepts(PyObject o) {
      return o instanceof PyStructSequence s && s.kind == kind;
    }

    @Override
    public PyObject call0(int id, PyObject self) {
      return switch (id) {
        case REPR -> Py.str(kind.repr((PyStructSequence) self));
        case REDUCE -> kind.reduce((PyStructSequence) self);
        default -> super.call0(id, self);
      };
    }

    @Override
    public PyObject call1(int id, PyObject self, PyObject a) {
      return id == NEW ? kind.fromArguments(a, null) : super.call1(id, self, a);
    }

    @Override
    public PyObject callN(int id, PyObject self, PyObject[] args) {
      return id == NEW
          ? kind.fromArguments(args[0], args.length < 2 ? null : args[1])
          : super.callN(id, self, args);
    }

    @Override
    public PyObject callRaw(int id, PyObject self, PyObject[] args, String @Nullable [] kwnames) {
      return kind.replace((PyStructSequence) self, args, kwnames);
    }
  }
}
