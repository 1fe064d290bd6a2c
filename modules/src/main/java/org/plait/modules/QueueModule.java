package org.plait.modules;

import org.plait.modules.queue.PySimpleQueue;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
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
    module.add("Empty", PySimpleQueue.emptyType());
    module.add("SimpleQueue", PySimpleQueue.TYPE);
  }
}
