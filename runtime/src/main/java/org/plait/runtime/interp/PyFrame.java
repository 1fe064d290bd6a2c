package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
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

  /** Where to go on after the loop was left to turn tracing on. */
  int resumeAt;

  public boolean finished;

  /** How compiled code has left the frame, when it has not returned: as {@link Instr#exec}. */
  int exit;

  /** Somebody has set a variable from outside while compiled code may have it elsewhere. */
  boolean poked;

  // ---- tracing

  /** {@code f_trace}. */
  public volatile @Nullable PyObject trace;

  public boolean traceLines = true;
  public boolean traceOpcodes;

  /** A line event is being told: {@code f_lineno} may be set. */
  boolean mayJump;

  /** What kind of event is being told, for refusing to set {@code f_lineno}; null if none. */
  @Nullable String event;

  /** Where setting {@code f_lineno} has the frame go on, else -1. */
  int jumpTo = -1;

  /** The frame runs in the loop of {@link Tracer}. */
  boolean inTracedLoop;

  /** Line last reported to the trace function. */
  int tracedLine = -1;

  /** Variables that {@code f_locals} was asked to keep beside the real ones. */
  public @Nullable PyDict extraLocals;

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
