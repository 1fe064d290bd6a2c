package org.plait.runtime.interp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.types.PyDict;

/**
 * An activation of a code object: the registers and where execution stands. It is also the Python
 * {@code frame} object; what Python sees of it is in {@link FrameAccess}.
 *
 * <p>Only the thread that runs the frame writes it. {@link #pc} is the instruction being executed,
 * so the line of a suspended caller is right. Registers stay after the frame has ended, for
 * tracebacks.
 */
@PyTypeDef(name = "frame")
public final class PyFrame extends FrameAccess {
  public static final PyType TYPE = PyType.builtin(PyFrameTable.INSTANCE);

  private static final VarHandle EXTRAS;

  static {
    try {
      EXTRAS = MethodHandles.lookup().findVarHandle(PyFrame.class, "extras", FrameExtras.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  public final PyCode code;
  public final PyObject[] r;
  public final PyDict globals;

  /** The mapping behind names that are not global: usually a dict. */
  public final PyObject builtins;

  /** The namespace of a module or class body; null in functions. */
  public @Nullable PyObject locals;

  /** The function being run, null for module and class bodies run by exec. */
  public final @Nullable PyFunction function;

  public int pc;

  /** The caller, while running. */
  public @Nullable PyFrame back;

  /** The generator this frame belongs to. */
  public @Nullable PyGeneratorBase generator;

  /** The thread that runs it, while running. */
  public @Nullable ThreadState ts;

  /** What RETURN_VALUE or a yield hands over to the interpreter loop. */
  @Nullable PyObject result;

  /** An instruction is throwing a caught exception again: no new traceback entry. */
  boolean reraising;

  /** The exception being thrown again keeps the position of the one that led to its handler. */
  boolean reraisingInPlace;

  /** Where the exception was raised whose handler was entered last. */
  int raisedAt;

  public boolean finished;

  /** How compiled code has left the frame, when it has not returned: as {@link Instr#exec}. */
  int exit;

  /** Somebody has set a variable from outside while compiled code may have it elsewhere. */
  boolean poked;

  /** What is left when the frame, which was left by code without frames, has ended. */
  QuietMethods.@Nullable Scope scope;

  /** Made when it is needed: threads that wait have many frames. */
  @SuppressWarnings("unused")
  private volatile @Nullable FrameExtras extras;

  public PyFrame(
      PyCode code,
      PyObject[] registers,
      PyDict globals,
      PyObject builtins,
      @Nullable PyObject locals,
      @Nullable PyFunction function) {
    this.code = code;
    this.r = registers;
    this.globals = globals;
    this.builtins = builtins;
    this.locals = locals;
    this.function = function;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** What tracing keeps, or null if there is nothing. */
  @Nullable FrameExtras extrasOrNull() {
    return extras;
  }

  /** What tracing keeps, of which there is one. */
  FrameExtras extras() {
    FrameExtras x = extras;
    if (x != null) {
      return x;
    }
    FrameExtras fresh = new FrameExtras();
    FrameExtras other = (FrameExtras) EXTRAS.compareAndExchange(this, null, fresh);
    return other == null ? fresh : other;
  }

  /** Its trace function, or null. */
  @Nullable PyObject trace() {
    FrameExtras x = extras;
    return x == null ? null : x.trace;
  }

  /** Lets go of what the registers hold. */
  void forgetVariables() {
    java.util.Arrays.fill(r, null);
  }

  /** Whether a comprehension inlined in this module or class body is running. */
  public boolean hasHiddenLocals() {
    boolean[] hidden = code.unit.hidden;
    if (hidden != null && locals != null) {
      for (int i = 0; i < hidden.length; i++) {
        if (hidden[i] && r[i] != null) {
          return true;
        }
      }
    }
    return false;
  }

  /** The current line, or -1. */
  public int line() {
    return pc < 0 ? code.unit.firstLine : code.unit.line(pc);
  }
}
