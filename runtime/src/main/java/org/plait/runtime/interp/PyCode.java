package org.plait.runtime.interp;

import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.SliceValue;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PySlice;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.syntax.ast.BytesValue;
import org.plait.syntax.ast.CodePoints;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.FrozenSetValue;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.TupleValue;

/**
 * {@code code}: a {@link CodeUnit} with its constants as Python objects and, from the first run on,
 * its linked instructions. What Python sees of it is in {@link CodeAccess}. Immutable but for
 * {@link #linked}, which is built once, and for what the compiler makes of it.
 */
@PyTypeDef(
    name = "code",
    flags = {TypeFlag.WEAKREF})
public final class PyCode extends CodeAccess {
  public static final PyType TYPE = PyType.builtin(PyCodeTable.INSTANCE);

  public final CodeUnit unit;
  public final PyObject[] consts;

  /** {@code co_name}, {@code co_qualname}, {@code co_filename}. */
  public final PyStr name;

  public final PyStr qualname;

  /** Changed only by {@link #fixFilename}, while nobody else knows the code yet. */
  public PyStr filename;

  /** Whether code made from now on knows columns; false with {@code -X no_debug_ranges}. */
  public static volatile boolean debugRanges = true;

  /** No defaults are needed, no *args, no keyword-only parameters: registers are the arguments. */
  final boolean simpleArgs;

  /** The number of parameters if they are that simple, else -1. */
  final int plainArgs;

  /** Takes {@code *args}, and no parameter that must be named. */
  final boolean takesRest;

  /**
   * Whether there is a try or with statement: a generator that dies suspended may have to leave it.
   */
  final boolean hasHandlers;

  /**
   * Whether a handler may leave its exception the one that is being handled: a generator of other
   * code never handles one while it is suspended.
   */
  final boolean handlesExceptions;

  /** Where a call of a generator function makes the generator; -1 in other code. */
  final int returnGenerator;

  private volatile Instr @Nullable [] linked;

  /** Where it stands on the way to the compiler; null until it is warm. */
  private volatile @Nullable CodeTier tier;

  /** The compiled code from the first instruction on; racy, any value it ever had will do. */
  @Nullable CompiledCode entry;

  /** The compiled code without a frame; racy, any value it ever had will do. */
  @Nullable FastCode fast;

  /** The first step of a generator as code without a frame; racy as {@link #fast}. */
  @Nullable FastCode started;

  /** What tools want to hear of this code; null until one asks. */
  volatile Monitoring.@Nullable Local monitors;

  /** All code that has been linked. */
  private static final Queue<WeakReference<PyCode>> LINKED = new ConcurrentLinkedQueue<>();

  /** Made when {@code gc.collect()} first meets a frame of this code. */
  volatile @Nullable DeadRegisters deadRegisters;

  public PyCode(CodeUnit unit) {
    this(unit, objects(unit.consts), PyStr.of(unit.filename));
  }

  public PyCode(CodeUnit unit, PyObject[] consts, PyStr filename) {
    this.unit = debugRanges ? unit : unit.withoutColumns();
    this.consts = consts;
    this.name = PyStr.intern(unit.name);
    this.qualname = unit.qualname.equals(unit.name) ? name : PyStr.intern(unit.qualname);
    this.filename = filename;
    this.simpleArgs =
        unit.kwOnlyArgCount == 0 && !unit.has(CodeFlags.VARARGS | CodeFlags.VARKEYWORDS);
    this.plainArgs = simpleArgs ? unit.argCount : -1;
    this.takesRest = unit.has(CodeFlags.VARARGS) && unit.kwOnlyArgCount == 0;
    this.hasHandlers = hasHandlers(unit.exceptionTable);
    this.handlesExceptions = hasHandlers && handlesExceptions(unit.exceptionTable);
    this.returnGenerator =
        unit.has(CodeFlags.GENERATOR) && !unit.has(CodeFlags.ITERABLE_COROUTINE)
            ? find(Opcode.RETURN_GENERATOR)
            : -1;
  }

  private int find(Opcode op) {
    for (int pc = 0; pc < unit.length(); pc++) {
      if (opcode(pc) == op) {
        return pc;
      }
    }
    return -1;
  }

  /**
   * Whether code without a frame can be the first step of a generator. One that handles exceptions
   * keeps them apart from those of its caller, which is not done there.
   */
  public boolean startsGenerator() {
    return returnGenerator >= 0 && !handlesExceptions;
  }

  /** Whether there is more than one handler; every generator has the one for StopIteration. */
  private static boolean hasHandlers(int[] table) {
    for (int i = CodeUnit.EXCEPTION_WORDS; i < table.length; i += CodeUnit.EXCEPTION_WORDS) {
      if (table[i + 2] != table[2]) {
        return true;
      }
    }
    return false;
  }

  private boolean handlesExceptions(int[] table) {
    for (int i = 0; i < table.length; i += CodeUnit.EXCEPTION_WORDS) {
      Opcode first = opcode(table[i + 2]);
      if (first != Opcode.CLEANUP_THROW && first != Opcode.STOPITERATION_ERROR) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a generator that dies suspended at an instruction has something to leave: a try or with
   * statement, or something else than a generator that it delegates to.
   */
  boolean mustClose(int pc, PyObject[] r) {
    int handler = handlerOf(pc);
    if (handler >= 0 && opcode(handler) == Opcode.CLEANUP_THROW) {
      if (opcode(pc) == Opcode.YIELD_DELEGATE
          && !(r[unit.code[pc * CodeUnit.WORDS + 2]] instanceof PyGenerator)) {
        return true;
      }
      handler = handlerOf(handler);
    }
    return handler >= 0 && opcode(handler) != Opcode.STOPITERATION_ERROR;
  }

  private int handlerOf(int pc) {
    int entry = unit.handler(pc);
    return entry < 0 ? -1 : unit.exceptionTable[entry + 2];
  }

  private Opcode opcode(int pc) {
    return Opcode.of(unit.code[pc * CodeUnit.WORDS]);
  }

  private static PyObject[] objects(Object[] values) {
    PyObject[] objects = new PyObject[values.length];
    for (int i = 0; i < values.length; i++) {
      objects[i] = constant(values[i]);
    }
    return objects;
  }

  /** The Python object for a constant of the syntax tree or the compiler. */
  public static PyObject constant(Object v) {
    return switch (v) {
      case Singleton s ->
          switch (s) {
            case NONE -> Py.None;
            case ELLIPSIS -> Py.Ellipsis;
          };
      case String s -> isIdentifier(s) ? PyStr.intern(s) : PyStr.of(s);
      case Long n -> Py.int_(n);
      case BigInteger n -> Py.int_(n);
      case Boolean b -> Py.bool_(b);
      case Double d -> Py.float_(d);
      case Complex c -> new PyComplex(c.real(), c.imag());
      case CodePoints c -> PyStr.ofCodePoints(c.codePoints(), 0, c.codePoints().length);
      case BytesValue b -> Py.bytes(b.bytes());
      case TupleValue t -> Py.tuple(objects(t.items().toArray()));
      case FrozenSetValue t -> PyFrozenSet.of(objects(t.items().toArray()));
      case SliceValue s -> new PySlice(constant(s.start()), constant(s.stop()), constant(s.step()));
      case CodeUnit u -> new PyCode(u);
      default -> throw new IllegalArgumentException("constant of " + v.getClass());
    };
  }

  /** CPython interns constants that look like names. */
  private static boolean isIdentifier(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      boolean word =
          c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!word) {
        return false;
      }
    }
    return true;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The same code, and the code in its constants, under another file name. */
  public PyCode withFilename(String file) {
    PyObject[] renamed = consts.clone();
    for (int i = 0; i < renamed.length; i++) {
      if (renamed[i] instanceof PyCode c) {
        renamed[i] = c.withFilename(file);
      }
    }
    return new PyCode(unit, renamed, PyStr.of(file));
  }

  // Compare CPython update_code_filenames in import.c.
  /** Gives code that was just read from a cache the file name of its source. */
  public void fixFilename(PyStr file) {
    fixFilename(filename, file);
  }

  private void fixFilename(PyStr old, PyStr file) {
    if (!filename.equalTo(old)) {
      return;
    }
    filename = file;
    for (PyObject c : consts) {
      if (c instanceof PyCode code) {
        code.fixFilename(old, file);
      }
    }
  }

  /** The docstring or None. */
  PyObject docstring() {
    return unit.has(CodeFlags.HAS_DOCSTRING) ? consts[0] : Py.None;
  }

  /** The instructions, linked at the first call. */
  Instr[] linked() {
    Instr[] code = linked;
    return code == null ? link() : code;
  }

  private synchronized Instr[] link() {
    Instr[] code = linked;
    if (code == null) {
      code = Linker.link(this);
      linked = code;
      LINKED.add(new WeakReference<>(this));
    }
    return code;
  }

  /** Its state on the way to the compiler, which begins now if it hasn't yet. */
  CodeTier tier() {
    CodeTier t = tier;
    if (t == null) {
      Instr[] live = linked();
      synchronized (this) {
        t = tier;
        if (t == null) {
          t = new CodeTier(this, live);
          t.profile();
          tier = t;
        }
      }
    }
    return t;
  }

  /** The compiled code from an instruction on, or null. */
  @Nullable CompiledCode compiledAt(int pc) {
    Instr[] code = linked;
    return code != null && code[pc] instanceof CompiledEntry e ? e.compiled : null;
  }

  /** The code of a generator together with a native consumer, for a frame that stands there. */
  @Nullable CompiledCode drained(int kind, int from) {
    CodeTier t = tier;
    return t == null ? null : t.drained(kind, from);
  }

  /** Whether the parameters are one positional and {@code *args}. */
  boolean takesSelfAndRest() {
    return unit.argCount == 1
        && unit.kwOnlyArgCount == 0
        && unit.has(CodeFlags.VARARGS)
        && !unit.has(CodeFlags.VARKEYWORDS);
  }

  /** Registers that are filled by a call. */
  public int parameters() {
    return unit.argCount
        + unit.kwOnlyArgCount
        + (unit.has(CodeFlags.VARARGS) ? 1 : 0)
        + (unit.has(CodeFlags.VARKEYWORDS) ? 1 : 0);
  }

  /** As {@link #tier}, or null when it isn't warm. */
  @Nullable CodeTier warmTier() {
    return tier;
  }

  /** Drops the inline caches of all code that keep objects alive. */
  static void forgetCaches() {
    LINKED.removeIf(PyCode::forget);
  }

  /** Drops the caches of one code object; true when it is gone. */
  private static boolean forget(WeakReference<PyCode> r) {
    PyCode c = r.get();
    Instr[] code = c == null ? null : c.linked;
    if (code != null) {
      for (Instr i : code) {
        i.forget();
      }
    }
    return c == null;
  }

  /** Names of all fast locals as Python sees them. */
  public PyTuple varnames() {
    return names(unit.varNames);
  }

  /** A tuple of interned strs. */
  public static PyTuple names(String[] names) {
    PyObject[] items = new PyObject[names.length];
    for (int i = 0; i < names.length; i++) {
      items[i] = PyStr.intern(names[i]);
    }
    return PyTuple.of(items);
  }
}
