package org.plait.modules;

import org.plait.modules.interpreters.CrossQueues;
import org.plait.modules.interpreters.QueueFunctions;
import org.plait.modules.interpreters.QueueTypes;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyModule;

/** {@code _interpqueues}: queues between interpreters. */
@PyModuleDef(
    name = "_interpqueues",
    doc =
        "Queues between the interpreters of this process.\n"
            + "The module concurrent.interpreters is the one to use.")
public final class InterpqueuesModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new InterpqueuesModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("QueueError", CrossQueues.ERROR);
    m.add("QueueNotFoundError", CrossQueues.NOT_FOUND);
    CrossQueues all = CrossQueues.current();
    PyInterpreter i = ThreadState.current().interpreter;
    i.onEnd(() -> all.forget(i));
  }

  @PyFunction(
      sig = "!(maxsize, unboundop=-1, fallback=-1)",
      doc = "Makes a queue and returns its identifier.")
  static long create(long maxsize, int unboundop, int fallback) {
    return QueueFunctions.create(maxsize, unboundop, fallback);
  }

  @PyFunction(sig = "!(qid)", doc = "Ends a queue and lets go of its items.")
  static void destroy(PyObject qid) {
    QueueFunctions.destroy(qid);
  }

  @PyFunction(
      name = "list_all",
      sig = "()",
      doc = "A list of identifier, unbound op and fallback of all queues.")
  static PyObject listAll() {
    return QueueFunctions.listAll();
  }

  @PyFunction(
      sig = "!(qid, obj, unboundop=-1, fallback=-1)",
      doc = "Adds an object's data to the queue.")
  static void put(PyObject qid, PyObject obj, int unboundop, int fallback) {
    QueueFunctions.put(qid, obj, unboundop, fallback);
  }

  @PyFunction(
      sig = "!(qid)",
      doc =
          "Takes the next object of the queue; returns it and None, or None and the unbound op if"
              + " its interpreter is gone.")
  static PyObject get(PyObject qid) {
    return QueueFunctions.get(qid);
  }

  @PyFunction(sig = "!(qid)", doc = "Takes a reference, which keeps the queue.")
  static void bind(PyObject qid) {
    QueueFunctions.bind(qid);
  }

  @PyFunction(sig = "!(qid)", doc = "Gives a reference back; the queue ends with the last one.")
  static void release(PyObject qid) {
    QueueFunctions.release(qid);
  }

  @PyFunction(name = "get_maxsize", sig = "!(qid)", doc = "How many items the queue may hold.")
  static long getMaxsize(PyObject qid) {
    return QueueFunctions.maxSize(qid);
  }

  @PyFunction(
      name = "get_queue_defaults",
      sig = "!(qid)",
      doc = "The unbound op and fallback that the queue was made with.")
  static PyObject getQueueDefaults(PyObject qid) {
    return QueueFunctions.defaults(qid);
  }

  @PyFunction(name = "is_full", sig = "!(qid)", doc = "Whether the queue holds all it may.")
  static boolean isFull(PyObject qid) {
    return QueueFunctions.isFull(qid);
  }

  @PyFunction(name = "get_count", sig = "!(qid)", doc = "How many items the queue holds.")
  static int getCount(PyObject qid) {
    return QueueFunctions.count(qid);
  }

  @PyFunction(name = "_register_heap_types", sig = "!(queuetype, emptyerror, fullerror)")
  static void registerHeapTypes(PyObject queuetype, PyObject emptyerror, PyObject fullerror) {
    QueueTypes.current()
        .register(
            type(queuetype, "queuetype"),
            type(emptyerror, "emptyerror"),
            type(fullerror, "fullerror"));
  }

  private static PyType type(PyObject o, String name) {
    if (o instanceof PyType t) {
      return t;
    }
    throw Errors.typeError("expected a type for '" + name + "'");
  }
}
