package org.plait.runtime.interp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyMemberDescriptor;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.object.Shape;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyProperty;

/**
 * Attribute access with inline caches. A cache is an immutable record; it holds while the instance
 * has the shape and the class the version it was made for. A shape belongs to one class. A site
 * that meets several shapes, as a base class's method does, has a chain of caches.
 */
final class AttributeInstrs {
  private AttributeInstrs() {}

  /** After this many misses a site keeps the caches it has. */
  private static final int MAX_MISSES = 64;

  /** So many caches are kept at one site, the latest first. */
  private static final int MAX_CACHES = 4;

  /**
   * What a lookup found.
   *
   * @param shape of the instance, or null for objects without attributes of their own
   * @param slot of the instance attribute, or -1 for a class attribute
   * @param attribute the class attribute, unbound; null when {@code slot} is used
   * @param java the Java class of which all objects have this type and nothing of their own, or
   *     null where that is not known
   * @param rest the other caches of the site
   */
  private record Cache(
      PyType type,
      int version,
      @Nullable Shape shape,
      int slot,
      @Nullable PyObject attribute,
      @Nullable Class<?> java,
      @Nullable Cache rest) {

    private Cache(Cache c, @Nullable Cache rest) {
      this(c.type, c.version, c.shape, c.slot, c.attribute, c.java, rest);
    }

    /** This one before those of a chain that may still hold. */
    Cache before(@Nullable Cache chain) {
      return new Cache(this, others(chain, MAX_CACHES - 1));
    }

    private @Nullable Cache others(@Nullable Cache c, int count) {
      if (c == null || count == 0) {
        return null;
      }
      boolean stale = c.type.version() != c.version || c.type == type && c.shape == shape;
      return stale ? others(c.rest, count) : new Cache(c, others(c.rest, count - 1));
    }
  }

  /** The cache for an attribute found by the plain algorithm, or null when it can't be cached. */
  private static @Nullable Cache find(PyObject o, String name) {
    PyType type = o.type();
    int version = type.version();
    if (!type.usesObjectGetattribute()) {
      return null;
    }
    PyObject attribute = type.lookup(name);
    PyInstance attrs = o.attrs();
    if (attribute != null && PyDescriptors.isData(attribute)) {
      return attrs == o ? inSlot(attribute, type, version, attrs) : null;
    }
    if (attrs == null) {
      return attribute == null
          ? null
          : new Cache(type, version, null, -1, attribute, onlyClass(o, type), null);
    }
    Shape shape = attrs.shape();
    if (attrs.detached() || shape.type() != type) {
      return null;
    }
    int slot = shape.slotOf(name);
    if (slot >= 0) {
      return attrs == o ? new Cache(type, version, shape, slot, null, null, null) : null;
    }
    return attribute == null || !shape.canGrow()
        ? null
        : new Cache(type, version, shape, -1, attribute, null, null);
  }

  /** The Java class of an object if it alone says what the type is, which never changes. */
  private static @Nullable Class<?> onlyClass(PyObject o, PyType type) {
    boolean known =
        o instanceof QuietMethods.Lock
            || o instanceof QuietMethods.Source
            || o instanceof QuietMethods.Sequence
            || CompiledSupport.isPlain(o);
    return known && !type.isHeap() ? o.getClass() : null;
  }

  /** The cache for an attribute of {@code __slots__}, null for other data descriptors. */
  private static @Nullable Cache inSlot(
      PyObject attribute, PyType type, int version, PyInstance o) {
    Shape shape = o.shape();
    if (shape.type() != type || !(attribute instanceof PyMemberDescriptor d)) {
      return null;
    }
    int slot = d.slotIn(o);
    return slot < 0 ? null : new Cache(type, version, shape, slot, null, null, null);
  }

  /** The caches that keep no class alive that could die. */
  private static @Nullable Cache withoutHeapType(@Nullable Cache c) {
    if (c == null) {
      return null;
    }
    Cache rest = withoutHeapType(c.rest);
    return c.type.isHeap() ? rest : rest == c.rest ? c : new Cache(c, rest);
  }

  /** The cache of a chain for the class attribute that a lookup on an object finds, or null. */
  private static @Nullable Cache forClassAttribute(@Nullable Cache c, PyObject o) {
    while (c != null && (c.slot >= 0 || !holdsForClassAttribute(c, o))) {
      c = c.rest;
    }
    return c;
  }

  /** Whether the class attribute in the cache is what a lookup on {@code o} finds. */
  private static boolean holdsForClassAttribute(Cache c, PyObject o) {
    if (c.shape == null) {
      return c.java != null
          ? c.java == o.getClass()
          : o.type() == c.type && c.type.version() == c.version && o.attrs() == null;
    }
    PyInstance attrs = o instanceof PyInstance i ? i : o.attrs();
    return attrs != null && attrs.shape() == c.shape && c.type.version() == c.version;
  }

  /** The instance attribute if one of the caches holds for it. */
  private static @Nullable PyObject slotOf(@Nullable Cache first, PyObject o) {
    if (o instanceof PyInstance i) {
      Shape shape = i.shape();
      for (Cache c = first; c != null; c = c.rest) {
        if (shape == c.shape) {
          return c.slot >= 0 && c.type.version() == c.version ? i.slot(c.slot) : null;
        }
      }
    }
    return null;
  }

  /**
   * What compiled code takes as constants of a chain of caches: the stamp of each shape that has
   * the attribute in a slot, and the slot, negative where those of wide instances differ.
   */
  private static long[] slots(@Nullable Cache first) {
    long[] all = new long[2 * MAX_CACHES];
    int n = 0;
    for (Cache c = first; c != null; c = c.rest) {
      if (c.slot < 0) {
        return new long[0];
      }
      long stamp = c.shape.stamp();
      if (stamp != 0 && c.type.version() == c.version) {
        all[n++] = stamp;
        all[n++] = known(c.type, c.slot);
      }
    }
    return Arrays.copyOf(all, n);
  }

  private static long known(PyType type, int slot) {
    return type.isWide() && slot >= PyInstance.INLINE ? -slot : slot;
  }

  /**
   * A method that compiled code finds for instances of one shape, by its stamp. The function is
   * taken away with the caches of the instruction, and found again when it is needed.
   */
  static final class MethodOfShape {
    final long stamp;
    private @Nullable PyObject function;

    MethodOfShape(long stamp, PyObject function) {
      this.stamp = stamp;
      this.function = function;
    }

    /** The function, or null when it has been taken away. */
    @Nullable PyObject function() {
      return function;
    }
  }

  static final class LoadAttr extends Instr {
    private final int dst;
    private final int src;
    private final String name;
    private final int next;
    private @Nullable Cache cache;
    private @Nullable NamespaceCache namespace;
    private int misses;

    LoadAttr(Operands o) {
      dst = o.a;
      src = o.b;
      name = o.name(o.c);
      next = o.next;
    }

    @Override
    void forget() {
      cache = AttributeInstrs.withoutHeapType(cache);
      namespace = null;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject o = r[src];
      PyObject v = cached(o);
      r[dst] = v != null ? v : load(o);
      return next;
    }

    /** The instance attribute if the cache holds for it; runs no Python code. */
    @Nullable PyObject cached(PyObject o) {
      return slotOf(cache, o);
    }

    /** For compiled code: see {@link AttributeInstrs#slots}. */
    long[] slots() {
      return AttributeInstrs.slots(cache);
    }

    /** The attribute if a cache holds for it and no Python code is run for it; else null. */
    @Nullable PyObject quietly(PyObject o) {
      PyObject v = slotOf(cache, o);
      return v != null ? v : bound(o);
    }

    /** Whether a property was met. */
    boolean isProperty() {
      return namespace instanceof NamespaceCache.DataDescriptor d
          && d.attribute() instanceof PyProperty;
    }

    /** The getter of a property, if the cache holds for it; else null. */
    @Nullable PyFunction getter(PyObject o) {
      NamespaceCache n = namespace;
      return n == null ? null : n.getter(o);
    }

    private @Nullable PyObject bound(PyObject o) {
      NamespaceCache n = namespace;
      if (n != null && n.isQuiet()) {
        PyObject v = n.get(o);
        if (v != null) {
          return v;
        }
      }
      Cache c = forClassAttribute(cache, o);
      if (c == null) {
        return null;
      }
      if (c.attribute instanceof PyMethodDescriptor d) {
        return d.descriptorGet(o, c.type);
      }
      return PyDescriptors.bindsQuietly(c.attribute)
          ? PyDescriptors.get(c.attribute, o, c.type)
          : null;
    }

    /** Any attribute. */
    PyObject load(PyObject o) {
      NamespaceCache n = namespace;
      PyObject v = n == null ? null : n.get(o);
      if (v != null) {
        return v;
      }
      Cache c = forClassAttribute(cache, o);
      if (c != null) {
        return PyDescriptors.get(c.attribute, o, c.type);
      }
      if (misses < MAX_MISSES) {
        misses++;
        c = find(o, name);
        if (c != null) {
          cache = c.before(cache);
        } else {
          namespace = NamespaceCache.find(o, name);
        }
      }
      return PyObjects.getAttr(o, name);
    }
  }

  static final class LoadMethod extends Instr {
    private final int dst;
    private final int src;
    private final String name;
    private final int next;
    private @Nullable Cache cache;

    /** For callables that instances keep in slots. */
    private @Nullable Cache own;

    private @Nullable NamespaceCache namespace;
    private int misses;

    /** What compiled code has; changed under the lock of all compilations. */
    private MethodOfShape[] compiled = {};

    LoadMethod(Operands o) {
      dst = o.a;
      src = o.b;
      name = o.name(o.c);
      next = o.next;
    }

    @Override
    void forget() {
      cache = AttributeInstrs.withoutHeapType(cache);
      own = AttributeInstrs.withoutHeapType(own);
      namespace = null;
      for (MethodOfShape m : compiled) {
        m.function = null;
      }
    }

    /**
     * For compiled code: the methods of the shapes that were met; none when others were met, too.
     */
    MethodOfShape[] methods() {
      MethodOfShape[] all = new MethodOfShape[MAX_CACHES];
      int n = 0;
      for (Cache c = cache; c != null; c = c.rest) {
        if (c.shape == null) {
          return new MethodOfShape[0];
        }
        long stamp = c.shape.stamp();
        if (stamp != 0 && c.type.version() == c.version) {
          all[n++] = new MethodOfShape(stamp, c.attribute);
        }
      }
      MethodOfShape[] made = Arrays.copyOf(all, n);
      MethodOfShape[] more = Arrays.copyOf(compiled, compiled.length + n);
      System.arraycopy(made, 0, more, compiled.length, n);
      compiled = more;
      return made;
    }

    /** The method that was always found, of a built-in class, or null. */
    @Nullable PyObject builtinMethod() {
      Cache c = cache;
      return c == null || c.rest != null || c.shape != null || c.type.isHeap() ? null : c.attribute;
    }

    /** As {@link #cached}, where compiled code had no method for the shape. */
    @Nullable PyObject cachedAgain(PyObject o) {
      PyObject function = cached(o);
      if (function != null && o instanceof PyInstance i) {
        for (MethodOfShape m : compiled) {
          if (m.function == null && m.stamp == i.shape().stamp()) {
            m.function = function;
          }
        }
      }
      return function;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject o = r[src];
      NamespaceCache n = namespace;
      PyObject v = n == null ? slotOf(own, o) : n.get(o);
      if (v != null) {
        r[dst] = v;
        r[dst + 1] = null;
        return next;
      }
      PyObject function = cached(o);
      if (function != null) {
        r[dst] = function;
        r[dst + 1] = o;
      } else {
        slow(o, name, r, dst);
      }
      return next;
    }

    /**
     * A callable that is no method, as {@link LoadAttr#quietly}; for what cached() doesn't find.
     */
    @Nullable PyObject quietly(PyObject o) {
      NamespaceCache n = namespace;
      return n == null ? slotOf(own, o) : n.isQuiet() ? n.get(o) : null;
    }

    /** The function if the attribute is a method that needs no binding; runs no Python code. */
    @Nullable PyObject cached(PyObject o) {
      Cache c = forClassAttribute(cache, o);
      return c != null ? c.attribute : miss(o);
    }

    private @Nullable PyObject miss(PyObject o) {
      if (misses >= MAX_MISSES) {
        return null;
      }
      misses++;
      Cache c = find(o, name);
      if (c == null) {
        namespace = NamespaceCache.find(o, name);
        return null;
      }
      if (c.slot >= 0) {
        own = c.before(own);
        return null;
      }
      if (!PyDescriptors.isMethod(c.attribute)) {
        return null;
      }
      cache = c.before(cache);
      return c.attribute;
    }
  }

  /** LOAD_METHOD without a cache. */
  static void slow(PyObject o, String name, PyObject[] r, int dst) {
    PyType type = o.type();
    if (type.usesObjectGetattribute()) {
      PyObject attribute = type.lookup(name);
      if (attribute != null && PyDescriptors.isMethod(attribute)) {
        PyInstance attrs = o.attrs();
        PyObject own = attrs == null ? null : attrs.getDictAttr(name);
        if (own == null) {
          r[dst] = attribute;
          r[dst + 1] = o;
        } else {
          r[dst] = own;
          r[dst + 1] = null;
        }
        return;
      }
    }
    r[dst] = PyObjects.getAttr(o, name);
    r[dst + 1] = null;
  }

  static final class StoreAttr extends Instr {
    private final int object;
    private final String name;
    private final int src;
    private final @Nullable PyObject constant;
    private final int next;
    private @Nullable StoreCache cache;
    private int misses;

    /** A store into a slot of instances of shape {@code from}, which then have shape {@code to}. */
    private record StoreCache(
        PyType type, int version, Shape from, Shape to, int slot, @Nullable StoreCache rest) {

      /** Whether the slot is of {@code __slots__}: it may be filled as it may be changed. */
      boolean isMember() {
        return slot < type.rootShape().slotCount();
      }

      boolean store(PyInstance i, PyObject v) {
        if (type.version() != version) {
          return false;
        }
        if (isMember()) {
          i.putMember(slot, v);
          return true;
        }
        return from == to ? i.replaceSlot(slot, v) : i.addSlot(from, to, slot, v);
      }

      private @Nullable StoreCache others(@Nullable StoreCache c, int count) {
        if (c == null || count == 0) {
          return null;
        }
        return c.from == from || c.type.version() != c.version
            ? others(c.rest, count)
            : new StoreCache(c.type, c.version, c.from, c.to, c.slot, others(c.rest, count - 1));
      }

      StoreCache before(@Nullable StoreCache chain) {
        return new StoreCache(type, version, from, to, slot, others(chain, MAX_CACHES - 1));
      }
    }

    StoreAttr(Operands o) {
      object = o.a;
      name = o.name(o.b);
      src = o.c;
      constant = o.constantOrNull(o.c);
      next = o.next;
    }

    @Override
    void forget() {
      // Nothing but instances of Python classes is cached.
      cache = null;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject o = r[object];
      PyObject v = constant != null ? constant : r[src];
      if (!cached(o, v)) {
        store(o, v);
      }
      return next;
    }

    /** For compiled code: as those of LoadAttr, of the shapes that stores leave as they are. */
    long[] slots() {
      return slots(false);
    }

    /** The same for {@code __slots__}. */
    long[] members() {
      return slots(true);
    }

    private long[] slots(boolean members) {
      long[] all = new long[2 * MAX_CACHES];
      int n = 0;
      for (StoreCache c = cache; c != null; c = c.rest) {
        long stamp = c.from.stamp();
        boolean stays = c.from == c.to && c.isMember() == members;
        if (stamp != 0 && stays && c.type.version() == c.version) {
          all[n++] = stamp;
          all[n++] = known(c.from.type(), c.slot);
        }
      }
      return Arrays.copyOf(all, n);
    }

    /** For compiled code: of stores of a further attribute the stamps from and to, and the slot. */
    long[] firstStores() {
      long[] all = new long[3 * MAX_CACHES];
      int n = 0;
      for (StoreCache c = cache; c != null; c = c.rest) {
        long from = c.from.stamp();
        long to = c.to.stamp();
        if (from != 0 && to != 0 && c.from != c.to && c.type.version() == c.version) {
          all[n++] = from;
          all[n++] = to;
          all[n++] = known(c.from.type(), c.slot);
        }
      }
      return Arrays.copyOf(all, n);
    }

    /** Stores if the cache holds; runs no Python code. */
    boolean cached(PyObject o, PyObject v) {
      if (o instanceof PyInstance i) {
        Shape shape = i.shape();
        for (StoreCache c = cache; c != null; c = c.rest) {
          if (shape == c.from) {
            return c.store(i, v);
          }
        }
      }
      return false;
    }

    /** Any store. */
    void store(PyObject o, PyObject v) {
      if (misses < MAX_MISSES && o instanceof PyInstance i) {
        misses++;
        Shape from = i.shape();
        PyType type = from.type();
        int version = type.version();
        int member = member(type, i);
        boolean plain = storesPlainly(type, name) && !i.detached();
        PyObjects.setAttr(o, name, v);
        Shape to = i.shape();
        int slot = member >= 0 ? member : plain ? to.slotOf(name) : -1;
        if (slot >= 0 && (from == to || from.leadsTo(to, name))) {
          cache = new StoreCache(type, version, from, to, slot, null).before(cache);
        }
      } else {
        PyObjects.setAttr(o, name, v);
      }
    }

    /** The slot, if the attribute is one of {@code __slots__} and setting it just stores there. */
    private int member(PyType type, PyInstance o) {
      return type.usesObjectSetattr() && type.lookup(name) instanceof PyMemberDescriptor d
          ? d.slotIn(o)
          : -1;
    }

    /** Whether setting the attribute just stores into the instance. */
    private static boolean storesPlainly(PyType type, String name) {
      PyObject attribute = type.lookup(name);
      return type.hasDict()
          && type.usesObjectSetattr()
          && (attribute == null || !PyDescriptors.isData(attribute));
    }
  }
}
