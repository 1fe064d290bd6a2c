package org.plait.modules;

import org.plait.modules.queue.PySimpleQueue;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;

/** {@code _queue}. */
@PyModuleDef(name = "_queue", doc = "Queues for the queue module.")
public final class QueueModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new QueueModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    PyDict namespace = Py.dict();
    namespace.putStr("__module__", Py.str("_queue"));
    namespace.putStr(
        "__doc__", Py.str("Exception raised by Queue.get(block=0)/get_nowait()."));
    module.add(
        "Empty",
        PyType.TYPE.call3(Py.str("Empty"), Py.tuple(Exceptions.Exception), namespace));
    module.add("SimpleQueue", PySimpleQueue.TYPE);
  }
}
