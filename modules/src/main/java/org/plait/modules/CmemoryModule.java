package org.plait.modules;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.plait.modules.cmemory.PyBlock;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyModule;
import org.plait.sched.PlaitThread;
import org.plait.sched.SafePoint;

/** {@code _cmemory}: native memory and addresses, under {@code _ctypes}. */
@PyModuleDef(name = "_cmemory")
public final class CmemoryModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new CmemoryModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("Block", PyBlock.TYPE);
  }

  @PyFunction(name = "at", sig = "(address, size, /)", doc = "The memory at an address.")
  static PyObject at(long address, long size) {
    return PyBlock.at(address, size);
  }

  @PyFunction(
      name = "address",
      sig = "(buffer, /)",
      doc = "Where a buffer's memory is; objects on the heap move, and have no address.")
  static long address(PyObject exporter) {
    try (Buffer b = PyBuffers.get(exporter, PyBuffers.SIMPLE)) {
      MemorySegment memory = b.segment;
      if (memory == null) {
        throw Errors.bufferError("memory on the heap has no address");
      }
      return memory.address() + b.offset;
    }
  }

  @PyFunction(name = "strlen", sig = "(address, /)", doc = "The bytes before the first zero.")
  static long strlen(long address) {
    if (address == 0) {
      throw Errors.valueError("NULL pointer access");
    }
    MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE);
    long n = 0;
    while (memory.get(ValueLayout.JAVA_BYTE, n) != 0) {
      n++;
    }
    return n;
  }

  // Compare CPython PyThreadState_SetAsyncExc in pystate.c.
  @PyFunction(
      name = "set_async_exc",
      sig = "(ident, exception, /)",
      doc =
          "Has a thread raise an exception, or none after all (None); says how many there are"
              + " of that identity.")
  static int setAsyncException(long ident, PyObject exception) {
    PyInterpreter interpreter = ThreadState.current().interpreter;
    for (PlaitThread thread : PlaitThread.current().scheduler().threads()) {
      ThreadState state = thread.ident() == ident ? ThreadState.of(thread, interpreter) : null;
      if (state != null) {
        state.setAsyncException(exception == Py.None ? null : exception);
        thread.request(SafePoint.ASYNC_EXCEPTION);
        return 1;
      }
    }
    return 0;
  }
}
