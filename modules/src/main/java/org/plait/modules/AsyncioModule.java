package org.plait.modules;

import org.plait.modules.asyncio.Loops;
import org.plait.modules.asyncio.PyFuture;
import org.plait.modules.asyncio.PyTask;
import org.plait.modules.asyncio.Tasks;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;

/** {@code _asyncio}: futures, tasks and what a thread runs. */
@PyModuleDef(name = "_asyncio", doc = "The fast parts of asyncio.")
public final class AsyncioModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new AsyncioModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("Future", PyFuture.TYPE);
    m.add("Task", PyTask.TYPE);
  }

  @PyFunction(name = "_get_running_loop", sig = "()", doc = "The running event loop or None.")
  static PyObject getRunningLoopOrNone() {
    return Py.orNone(Loops.running());
  }

  @PyFunction(
      name = "_set_running_loop",
      sig = "(loop, /)",
      doc = "Sets the running event loop; for loops only.")
  static void setRunningLoop(PyObject loop) {
    Loops.setRunning(loop);
  }

  @PyFunction(
      name = "get_running_loop",
      sig = "()",
      doc = "The running event loop; RuntimeError if there is none.")
  static PyObject getRunningLoop() {
    return Loops.requireRunning();
  }

  @PyFunction(
      name = "get_event_loop",
      sig = "()",
      doc = "The running event loop, otherwise that of the policy.")
  static PyObject getEventLoop() {
    return Loops.current();
  }

  @PyFunction(name = "current_task", sig = "(loop=None)", doc = "The task a loop runs, or None.")
  static PyObject currentTask(PyObject loop) {
    return Py.orNone(Loops.taskOf(loop == Py.None ? Loops.requireRunning() : loop));
  }

  @PyFunction(name = "all_tasks", sig = "(loop=None)", doc = "The tasks of a loop not done yet.")
  static PyObject allTasks(PyObject loop) {
    return Tasks.all(loop == Py.None ? Loops.requireRunning() : loop);
  }

  @PyFunction(name = "_register_task", sig = "(task)", doc = "Adds a task to all_tasks().")
  static void registerTask(PyObject task) {
    Tasks.register(task);
  }

  @PyFunction(name = "_unregister_task", sig = "(task)", doc = "Forgets a task that has ended.")
  static void unregisterTask(PyObject task) {
    Tasks.unregister(task);
  }

  @PyFunction(
      name = "_register_eager_task",
      sig = "(task)",
      doc = "Adds a task whose first step is about to run.")
  static void registerEagerTask(PyObject task) {
    Tasks.registerEager(task);
  }

  @PyFunction(
      name = "_unregister_eager_task",
      sig = "(task)",
      doc = "Takes away a task whose first step has run.")
  static void unregisterEagerTask(PyObject task) {
    Tasks.unregisterEager(task);
  }

  @PyFunction(name = "_enter_task", sig = "(loop, task)", doc = "Makes a task the running one.")
  static void enterTask(PyObject loop, PyObject task) {
    Loops.enter(loop, task);
  }

  @PyFunction(name = "_leave_task", sig = "(loop, task)", doc = "The running task is no longer.")
  static void leaveTask(PyObject loop, PyObject task) {
    Loops.leave(loop, task);
  }

  @PyFunction(
      name = "_swap_current_task",
      sig = "(loop, task)",
      doc = "Makes a task the running one; returns which it was.")
  static PyObject swapCurrentTask(PyObject loop, PyObject task) {
    return Loops.swap(loop, task);
  }

  @PyFunction(
      name = "future_add_to_awaited_by",
      sig = "(fut, waiter, /)",
      doc = "Notes that a task awaits a future.")
  static void futureAddToAwaitedBy(PyObject fut, PyObject waiter) {
    PyTask.addAwaitedBy(fut, waiter);
  }

  @PyFunction(
      name = "future_discard_from_awaited_by",
      sig = "(fut, waiter, /)",
      doc = "Notes that a task no longer awaits a future.")
  static void futureDiscardFromAwaitedBy(PyObject fut, PyObject waiter) {
    PyTask.discardAwaitedBy(fut, waiter);
  }
}
