package org.plait.runtime.boot;

import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyObject;
import org.plait.sched.PlaitThread;
import org.plait.sched.SafePoint;
import org.plait.sched.SafePointActions;

/** What a Python thread does at a safe point when it has been asked for something. */
final class SafePoints implements SafePointActions {
  @Override
  public void run(PlaitThread thread, int requests) {
    if ((requests & SafePoint.SIGNAL) != 0
        && thread.attachment instanceof ThreadState ts
        && !ts.interpreter.isMain()) {
      ts.missedSignals = true;
    } else if ((requests & SafePoint.SIGNAL) != 0) {
      try {
        SignalModule.runHandlers();
      } catch (Throwable t) {
        // A request is delivered once: what this one keeps from being seen to is asked for again.
        thread.request(requests & ~SafePoint.SIGNAL);
        throw t;
      }
    }
    if ((requests & SafePoint.ASYNC_EXCEPTION) != 0
        && thread.attachment instanceof ThreadState ts) {
      PyObject e = ts.takeAsyncException();
      if (e != null) {
        throw PyException.of(e);
      }
    }
  }
}
