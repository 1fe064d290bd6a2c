package org.plait.modules.asyncio;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** The callback that wakes a task when the future is done that it waits for. */
@PyTypeDef(
    name = "builtin_function_or_method",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
final class PyTaskWakeup extends PyObject {
  static final PyType TYPE = PyType.builtin(PyTaskWakeupTable.INSTANCE);

  private final PyTask task;

  PyTaskWakeup(PyTask task) {
    this.task = task;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null && kwnames.length > 0) {
      throw Errors.typeError("Task.task_wakeup() takes no keyword arguments");
    }
    if (args.length != 1) {
      throw Errors.typeError(
          "Task.task_wakeup() takes exactly one argument (" + args.length + " given)");
    }
    return call1(args[0]);
  }

  @Override
  public PyObject call1(PyObject future) {
    task.wakeUp(future);
    return Py.None;
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject call_(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<built-in method task_wakeup of " + task.type().simpleName() + " object>";
  }

  @PyGetter("__self__")
  PyObject getSelf() {
    return task;
  }

  @PyGetter("__name__")
  PyObject getName() {
    return Py.str("task_wakeup");
  }

  @PyGetter("__qualname__")
  PyObject getQualname() {
    return Py.str(task.type().simpleName() + ".task_wakeup");
  }
}
