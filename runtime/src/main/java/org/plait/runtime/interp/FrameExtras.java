package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/** What a frame has when it is traced, or when {@code f_locals} was given names of its own. */
final class FrameExtras {
  /** {@code f_trace}. */
  volatile @Nullable PyObject trace;

  boolean traceLines = true;
  boolean traceOpcodes;

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

  /** Where to go on after the loop was left to turn tracing on. */
  int resumeAt;

  /** Variables that {@code f_locals} was asked to keep beside the real ones. */
  @Nullable PyDict locals;
}
