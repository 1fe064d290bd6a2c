package org.plait.modules.asyncio;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** The callback that makes a task go on, perhaps with an exception. */
@PyTypeDef(
    name = "TaskStepMethWrapper",
    module = "_asyncio",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
final class PyTaskStep extends PyObject {
  static final PyType TYPE = PyType.builtin(PyTaskStepTable.INSTANCE);

  private final PyTask task;
  private final @Nullable PyBaseException exception;
  private boolean eager;

  PyTaskStep(PyTask task, @Nullable PyBaseException exception) {
    this.task = task;
    this.exception = exception;
  }

  /** Makes this the step of a task that has been made the running one already. */
  PyTaskStep eager() {
    eager = true;
    return this;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    if (args.length > 0) {
      throw Errors.typeError(
          kwnames == null
              ? "function takes no positional arguments"
              : "function takes no keyword arguments");
    }
    return call0();
  }

  @Override
  public PyObject call0() {
    if (eager) {
      task.run(exception);
    } else {
      task.step(exception);
    }
    return Py.None;
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject call_(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyGetter("__self__")
  PyObject getSelf() {
    return task;
  }
}
