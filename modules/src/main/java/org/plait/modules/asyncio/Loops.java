package org.plait.modules.asyncio;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;

/**
 * The event loop and the task that the current thread runs, and calls of loops. Each thread keeps
 * its own in its {@link ThreadState}, so that loops in several threads share nothing.
 */
public final class Loops {
  private static final String[] CONTEXT = {"context"};

  private Loops() {}

  /** A class or function of a module of the {@code asyncio} package. */
  static PyObject library(String module, String name) {
    return PyObjects.getAttr(Imports.importModule("asyncio." + module), name);
  }

  static PyType exception(String name) {
    return (PyType) library("exceptions", name);
  }

  public static @Nullable PyObject running() {
    return ThreadState.current().runningLoop;
  }

  public static void setRunning(PyObject loop) {
    ThreadState ts = ThreadState.current();
    ts.runningLoop = loop == Py.None ? null : loop;
  }

  /** The running loop; RuntimeError when there is none. */
  public static PyObject requireRunning() {
    PyObject loop = running();
    if (loop == null) {
      throw Errors.runtimeError("no running event loop");
    }
    return loop;
  }

  /** The running loop, or that of the policy. */
  public static PyObject current() {
    PyObject loop = running();
    return loop != null
        ? loop
        : PyCalls.callMethod(library("events", "_get_event_loop_policy").call0(), "get_event_loop");
  }

  /** {@code loop.call_soon(callback[, arg], context=context)}. */
  static void callSoon(PyObject loop, PyObject callback, @Nullable PyObject arg, PyObject context) {
    PyObject[] args =
        arg == null ? new PyObject[] {callback, context} : new PyObject[] {callback, arg, context};
    PyObjects.getAttr(loop, "call_soon").call(args, CONTEXT);
  }

  // ---- the task that runs

  private static ThreadState stateOf(PyObject loop) {
    ThreadState ts = ThreadState.current();
    if (ts.runningLoop != loop) {
      throw Errors.runtimeError("loop " + PyObjects.repr(loop) + " is not the running loop");
    }
    return ts;
  }

  public static void enter(PyObject loop, PyObject task) {
    ThreadState ts = stateOf(loop);
    PyObject other = ts.runningTask;
    if (other != null) {
      throw Errors.runtimeError(
          "Cannot enter into task "
              + PyObjects.repr(task)
              + " while another task "
              + PyObjects.repr(other)
              + " is being executed.");
    }
    ts.runningTask = task;
  }

  public static void leave(PyObject loop, PyObject task) {
    ThreadState ts = stateOf(loop);
    if (ts.runningTask != task) {
      throw Errors.runtimeError(
          "Invalid attempt to leave task "
              + PyObjects.repr(task)
              + " while task "
              + PyObjects.repr(Py.orNone(ts.runningTask))
              + " is entered.");
    }
    ts.runningTask = null;
  }

  /** Makes a task, or None, the running one and gives back which it was. */
  public static PyObject swap(PyObject loop, PyObject task) {
    ThreadState ts = stateOf(loop);
    PyObject previous = ts.runningTask;
    ts.runningTask = task == Py.None ? null : task;
    return Py.orNone(previous);
  }

  /** The task that a loop runs, in whichever thread; null for none. */
  public static @Nullable PyObject taskOf(PyObject loop) {
    ThreadState own = ThreadState.current();
    if (own.runningLoop == loop) {
      return own.runningTask;
    }
    for (ThreadState ts : own.interpreter.threads.values()) {
      if (ts.runningLoop == loop) {
        return ts.runningTask;
      }
    }
    return null;
  }
}
