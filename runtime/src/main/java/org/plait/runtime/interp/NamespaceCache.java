package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.DictDescriptors;
import org.plait.runtime.object.NativeDef;
import org.plait.runtime.object.PyGetSetDescriptor;
import org.plait.runtime.object.PyMemberDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyProperty;

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

  /** The getter of a property if that is what the attribute is, and the cache holds; or null. */
  default @Nullable PyFunction getter(PyObject o) {
    return null;
  }

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
        ? data(o, type, version, attribute)
        : null;
  }

  private static NamespaceCache data(PyObject o, PyType type, int version, PyObject attribute) {
    boolean known = o instanceof PyFrame || o instanceof PyCode;
    return known && attribute instanceof PyGetSetDescriptor d && d.definition() != null
        ? new Getter(o.getClass(), d.definition())
        : new DataDescriptor(type, version, attribute);
  }

  /** An entry in the dict of one module; the class module itself never changes. */
  record OfModule(PyModule module, PyDict.EntryRef entry) implements NamespaceCache {
    @Override
    public boolean isQuiet() {
      return true;
    }

    @Override
    public @Nullable PyObject get(PyObject o) {
      return o == module && module.type() == PyModule.TYPE ? module.dict().valueAt(entry) : null;
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
      // There are fields whose reading raises an event.
      return attribute instanceof PyMemberDescriptor && !Audit.isUsed()
          || DictDescriptors.isPlainDict(attribute);
    }

    @Override
    public @Nullable PyFunction getter(PyObject o) {
      return attribute instanceof PyProperty p
              && p.getter() instanceof PyFunction fn
              && o.type() == type
              && type.version() == version
          ? fn
          : null;
    }

    @Override
    public @Nullable PyObject get(PyObject o) {
      return o.type() == type && type.version() == version
          ? PyDescriptors.get(attribute, o, type)
          : null;
    }
  }

  /** A computed attribute of a built-in class, whose instances are those of one Java class. */
  record Getter(Class<?> java, NativeDef def) implements NamespaceCache {
    @Override
    public boolean isQuiet() {
      // Where a frame stands isn't up to date while code without a frame is called from it.
      return java == PyCode.class
          || def.name.equals("f_code") && !Audit.isUsed()
          || def.name.equals("f_back");
    }

    @Override
    public @Nullable PyObject get(PyObject o) {
      return o.getClass() == java ? def.table.get(def.id, o) : null;
    }
  }
}
