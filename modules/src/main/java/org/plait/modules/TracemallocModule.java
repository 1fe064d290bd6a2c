package org.plait.modules;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;

/**
 * {@code _tracemalloc}: never tracing, as the JVM doesn't tell where an object was allocated.
 * {@code start} says so.
 */
@PyModuleDef(
    name = "_tracemalloc",
    doc = "The interface of tracemalloc; the JVM traces no allocations.")
public final class TracemallocModule implements NativeModule {
  private static final int MAX_FRAMES = 65535;

  @Override
  public NativeTable table() {
    return new TracemallocModuleTable(this);
  }

  @PyFunction(
      sig = "(nframe=1, /)",
      doc = "Start tracing Python memory allocations: not possible on the JVM.")
  static void start(int nframe) {
    if (nframe < 1 || nframe > MAX_FRAMES) {
      throw Errors.valueError("the number of frames must be in range [1; " + MAX_FRAMES + "]");
    }
    throw Errors.notImplemented("tracemalloc.start(): the JVM doesn't trace allocations");
  }

  @PyFunction(sig = "()", doc = "Stop tracing Python memory allocations.")
  static void stop() {}

  @PyFunction(name = "is_tracing", sig = "()", doc = "Whether allocations are traced.")
  static boolean isTracing() {
    return false;
  }

  @PyFunction(name = "clear_traces", sig = "()", doc = "Forgets all traces.")
  static void clearTraces() {}

  @PyFunction(name = "_get_traces", sig = "()", doc = "The traces of all allocations.")
  static PyObject getTraces() {
    return Py.list();
  }

  @PyFunction(
      name = "_get_object_traceback",
      sig = "(obj, /)",
      doc = "Where an object was allocated.")
  static PyObject getObjectTraceback(PyObject obj) {
    return Py.None;
  }

  @PyFunction(name = "get_traceback_limit", sig = "()", doc = "How many frames a trace keeps.")
  static int getTracebackLimit() {
    return 1;
  }

  @PyFunction(
      name = "get_tracemalloc_memory",
      sig = "()",
      doc = "The memory that tracing takes itself, in bytes.")
  static int getTracemallocMemory() {
    return 0;
  }

  @PyFunction(
      name = "get_traced_memory",
      sig = "()",
      doc = "The traced memory now and at its peak, in bytes.")
  static PyObject getTracedMemory() {
    return Py.tuple(Py.int_(0), Py.int_(0));
  }

  @PyFunction(
      name = "reset_peak",
      sig = "()",
      doc = "Lets the peak start again from the memory traced now.")
  static void resetPeak() {}
}
