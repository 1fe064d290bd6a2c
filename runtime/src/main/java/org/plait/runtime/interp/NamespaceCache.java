package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.DictDescriptors;
import org.plait.runtime.object.PyMemberDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;

/**
 * Inline caches for attributes that are found neither in an instance's slots nor as a plain class
 * attribute: those of one module, those of one class, and data descriptors such as properties.
 * Immutable. A descriptor whose class is written in Python could become another kind of descriptor
 * unnoticed, so those are not remembered.
 */
sealed interface NamespaceCache {

  /** The attribute, or null when the cache does not hold for the object. */
  @Nullable PyObject get(PyObject o);

  /** Whether {@link #get} runs no Python code. */
  boolean isQuiet();

  /** What can be remembered about an attribute of this object, or null. */
  static @Nullable NamespaceCache find(PyObject o, String name) {
    PyType type = o.type();
    int version = type.version();
    if (o instanceof PyModule m && type == PyModule.TYPE) {
      PyDict.EntryRef entry = m.dict().entryRef(name);
      PyObject own = type.lookup(name);
      return entry == null || own != null && PyDescriptors.isData(own)
          ? null
          : new OfModule(m, entry);
    }
    if (o instanceof PyType c) {
      return OfClass.find(c, type, version, name);
    }
    PyObject attribute = type.lookup(name);
    return attribute != null
            && type.usesObjectGetattribute()
            && !attribute.type().isHeap()
            && PyDescriptors.isData(attribute)
        ? new DataDescriptor(type, version, attribute)
        : null;
  }

  /** An entry in the dict of one module; the class module itself never changes. */
  record OfModule(PyModule module, PyDict.EntryRef entry) implements NamespaceCache {
    @Override
    public boolean isQuiet() {
      return true;
    }

    @Override
    public @Nullable PyObject get(PyObject o) {
      return o == module && module.type() == PyModule.TYPE
          ? module.dict().valueAt(entry.generation(), entry.entry())
          : null;
    }
  }

  /** An attribute of one class, not yet bound, which its metaclass has no say in. */
  record OfClass(PyType cls, int version, PyType meta, int metaVersion, PyObject attribute)
      implements NamespaceCache {

    static @Nullable NamespaceCache find(PyType cls, PyType meta, int metaVersion, String name) {
      int version = cls.version();
      if (!meta.usesGenericGetattribute()) {
        return null;
      }
      PyObject metaAttribute = meta.lookup(name);
      if (metaAttribute != null
          && (metaAttribute.type().isHeap() || PyDescriptors.isData(metaAttribute))) {
        return null;
      }
      PyObject attribute = cls.lookup(name);
      return attribute == null ? null : new OfClass(cls, version, meta, metaVersion, attribute);
    }

    @Override
    public boolean isQuiet() {
      return PyDescriptors.bindsQuietly(attribute);
    }

    @Override
    public @Nullable PyObject get(PyObject o) {
      return o == cls
              && cls.version() == version
              && cls.type() == meta
              && meta.version() == metaVersion
          ? PyDescriptors.getOnClass(attribute, cls)
          : null;
    }
  }

  /** A data descriptor in the class, which precedes whatever the instance has. */
  record DataDescriptor(PyType type, int version, PyObject attribute) implements NamespaceCache {
    @Override
    public boolean isQuiet() {
      return attribute instanceof PyMemberDescriptor || DictDescriptors.isPlainDict(attribute);
    }

    @Override
    public @Nullable PyObject get(PyObject o) {
      return o.type() == type && type.version() == version
          ? PyDescriptors.get(attribute, o, type)
          : null;
    }
  }
}
