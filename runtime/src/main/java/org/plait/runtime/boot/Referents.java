package org.plait.runtime.boot;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.PyAsyncGenerator;
import org.plait.runtime.interp.PyCell;
import org.plait.runtime.interp.PyCoroutine;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.interp.PyGenerator;
import org.plait.runtime.interp.PyMethod;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBuiltinFunction;
import org.plait.runtime.object.PyMemberDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyClassMethod;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PySetBase;
import org.plait.runtime.types.PyStaticMethod;
import org.plait.runtime.types.PyTuple;

/**
 * What an object refers to, for {@code gc.get_referents}: elements, attributes, and what built-in
 * objects tell of themselves by attributes. What a built-in object keeps to itself, as an iterator
 * does, isn't found, nor is None.
 */
final class Referents {
  /** Attributes of built-in objects that hold what they refer to, besides their members. */
  private static final Map<PyType, List<String>> ATTRIBUTES =
      Map.of(
          PyFunction.TYPE,
          List.of(
              "__code__",
              "__globals__",
              "__module__",
              "__defaults__",
              "__kwdefaults__",
              "__doc__",
              "__name__",
              "__qualname__",
              "__builtins__",
              "__closure__"),
          PyMethod.TYPE,
          List.of("__func__", "__self__"),
          PyBuiltinFunction.TYPE,
          List.of("__self__"),
          PyCell.TYPE,
          List.of("cell_contents"),
          PyStaticMethod.TYPE,
          List.of("__func__", "__dict__"),
          PyClassMethod.TYPE,
          List.of("__func__", "__dict__"),
          PyGenerator.TYPE,
          List.of("__name__", "__qualname__", "gi_code", "gi_yieldfrom"),
          PyCoroutine.TYPE,
          List.of("__name__", "__qualname__", "cr_code", "cr_await"),
          PyAsyncGenerator.TYPE,
          List.of("__name__", "__qualname__", "ag_code", "ag_await"));

  /** The attributes that hold a generator's frame. */
  private static final List<String> FRAMES = List.of("gi_frame", "cr_frame", "ag_frame");

  private final PyList found;
  private final Map<PyObject, Boolean> seen = new IdentityHashMap<>();

  private Referents(PyList found) {
    this.found = found;
  }

  /** Appends what the object refers to. */
  static void addTo(PyList found, PyObject o) {
    new Referents(found).visit(o);
  }

  /** A member may also be an attribute of the table, or another member. */
  private void add(@Nullable PyObject x) {
    if (x != null && x != Py.None && seen.put(x, true) == null) {
      found.append(x);
    }
  }

  private void addAll(PyObject[] items) {
    for (PyObject x : items) {
      found.append(x);
    }
  }

  private void visit(PyObject o) {
    switch (o) {
      case PyType t -> visitType(t);
      case PyDict d -> addAll(d.snapshotItems());
      case PyList _, PyTuple _, PySetBase _ -> addAll(PySequences.toArray(o));
      case PyModule m -> add(m.dict());
      case PyBaseException e -> {
        add(PyObjects.getOptionalAttr(e, "args"));
        add(PyObjects.getOptionalAttr(e, "__cause__"));
        add(PyObjects.getOptionalAttr(e, "__context__"));
        add(PyObjects.getOptionalAttr(e, "__traceback__"));
      }
      default -> addAll(PyAsyncGenerator.heldBy(o));
    }
    if (!(o instanceof PyType)) {
      visitAttributes(o);
    }
  }

  private void visitType(PyType t) {
    if (t.isHeap()) {
      found.append(t.dict());
      add(PyObjects.getOptionalAttr(t, "__mro__"));
      add(PyObjects.getOptionalAttr(t, "__bases__"));
      add(PyObjects.getOptionalAttr(t, "__base__"));
    }
  }

  private void visitAttributes(PyObject o) {
    PyType type = o.type();
    for (String name : ATTRIBUTES.getOrDefault(type, List.of())) {
      add(value(o, name));
    }
    for (String name : FRAMES) {
      PyObject frame = ATTRIBUTES.containsKey(type) ? value(o, name) : null;
      if (frame != null && frame != Py.None) {
        addAll(PySequences.toArray(PyMappings.values(PyObjects.getAttr(frame, "f_locals"))));
      }
    }
    if (type.isHeap() && value(o, "__dict__") instanceof PyDict own) {
      addAll(PySequences.toArray(PyMappings.values(own)));
    }
    for (PyType t : type.mro()) {
      for (PyObject member : PySequences.toArray(PyMappings.values(t.dict()))) {
        if (member instanceof PyMemberDescriptor d) {
          add(unlessUnset(() -> d.descriptorGet(o, type)));
        }
      }
    }
    if (type.isHeap()) {
      found.append(type);
    }
  }

  private static @Nullable PyObject value(PyObject o, String name) {
    return unlessUnset(() -> o.getAttribute(name));
  }

  /** The attribute that is read, null where it has no value. */
  private static @Nullable PyObject unlessUnset(Supplier<@Nullable PyObject> read) {
    try {
      return read.get();
    } catch (PyException e) {
      if (e.matches(Exceptions.AttributeError) || e.matches(Exceptions.ValueError)) {
        return null;
      }
      throw e;
    }
  }
}
