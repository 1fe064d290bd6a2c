package org.plait.runtime.object;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyMappingProxy;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.runtime.types.PyUnion;

/**
 * A Python class.
 *
 * <p>Invariants. The dict is filled before the type can be seen by others, or, for built-in types,
 * at the first lookup ({@link #ready}). {@link #mro}, {@link #bases} and {@link #version} are read
 * with acquire. Every change of the dict, bases or MRO of a type that others can see stands between
 * {@link #beginChange} and {@link #endChange}: meanwhile this type and its subclasses have no
 * version, and afterwards a new one. Whoever caches a lookup reads the version before the lookup
 * and trusts the result only while the version stays, so that from the moment of the change nobody
 * sees the old value any more. User code never runs while {@link #TYPES_LOCK} is held.
 */
@PyTypeDef(
    name = "type",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    sig = "none")
public class PyType extends PyObject {
  // flags (Py_TPFLAGS_* where CPython has one)
  public static final int HEAP = 1 << 9;
  public static final int BASETYPE = 1 << 10;
  public static final int IMMUTABLE = 1 << 8;
  public static final int DISALLOW_INSTANTIATION = 1 << 7;
  public static final int ABSTRACT = 1 << 20;
  public static final int SEQUENCE = 1 << 5;
  public static final int MAPPING = 1 << 6;
  public static final int HAS_DICT = 1 << 4;
  public static final int HAS_WEAKREF = 1 << 3;

  /**
   * Class patterns with one positional sub-pattern match the subject itself ({@code case int(x)}).
   */
  public static final int MATCH_SELF = 1 << 22;

  /** Guards subclass lists and changes of bases and MRO. Leaf lock; see docs/synchronization.md. */
  static final Object TYPES_LOCK = new Object();

  /** What makes a class attribute more than its value, if its own class has it. */
  private static final Set<String> DESCRIPTOR_METHODS = Set.of("__get__", "__set__", "__delete__");

  private static final AtomicInteger NEXT_VERSION = new AtomicInteger(1);
  private static final VarHandle SPECIALS;

  static {
    try {
      SPECIALS = MethodHandles.lookup().findVarHandle(PyType.class, "specials", SpecialCache.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Special methods as resolved at one version; an element is null while unresolved. */
  private static final class SpecialCache {
    final int version;
    final PyObject[] values = new PyObject[Special.COUNT];

    /** 0 unknown, 1 attribute lookup is the Java method's, 2 Python code takes part in it. */
    byte getattribute;

    SpecialCache(int version) {
      this.version = version;
    }
  }

  /** The built-in types, in the order in which they were made. */
  private static final Queue<PyType> BUILTIN = new ConcurrentLinkedQueue<>();

  /** The metatype {@code type}. */
  public static final PyType TYPE = builtin(PyTypeTable.INSTANCE);

  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(PyObject[].class);

  /** Marks a special method known to be absent. */
  private static final PyObject ABSENT =
      new PyObject() {
        @Override
        public PyType type() {
          throw new IllegalStateException();
        }
      };

  private volatile String name;
  private volatile String qualname;
  private volatile @Nullable PyType metatype;
  private volatile int flags;
  private volatile @Nullable PyType base;
  private volatile PyType @Nullable [] bases;
  private volatile PyType @Nullable [] mro;

  /** 0 while the type or a base is being changed: see {@link #version()}. */
  private volatile int version;

  /** How many changes of this type and its bases are under way; under {@link #TYPES_LOCK}. */
  private int changes;

  private @Nullable SpecialCache specials;
  private volatile boolean ready;

  /** Whether the metaclass's {@code mro()} is still computing the order for the first time. */
  private volatile boolean incomplete;

  /** What {@code __name__} returned last: the same object as long as the name is the same. */
  private volatile @Nullable PyStr nameText;

  private volatile @Nullable PyStr qualnameText;

  /** The tuple {@code bases} was made from, as Python gave it; may be of a subclass. */
  volatile @Nullable PyTuple basesTuple;

  /** Never changes, since a new base must have the same layout. */
  private @Nullable PyType nativeBase;

  /** See {@link #isWide}. */
  private boolean wide;

  /** Whether this is a Python class whose instances have {@code __del__}. Follows the dicts. */
  private boolean finalizes;

  /** What calling it does, for compiled code; racy, whatever it holds says when it is right. */
  TypeCalls.@Nullable Construction construction;

  /** Whether a built-in type adds nothing to the instances of its base. */
  private boolean plain;

  private final @Nullable NativeTable table;
  private @Nullable PyDict dict;
  private @Nullable Shape rootShape;

  /** Whose class this is; null for those that all interpreters share. */
  private volatile @Nullable PyInterpreter home;

  /** Whom changes of this one reach. */
  private final List<WeakReference<PyType>> subclasses = new ArrayList<>(0);

  /** Weak references to this type; types aren't PyInstances. */
  private volatile @Nullable Object extra;

  private static final VarHandle EXTRA;

  static {
    try {
      EXTRA = MethodHandles.lookup().findVarHandle(PyType.class, "extra", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A built-in type described by a generated table. Its dict is filled at first use. */
  public static PyType builtin(NativeTable table) {
    PyType t = new PyType(table, null);
    BUILTIN.add(t);
    return t;
  }

  /** As {@link #builtin}, for the rare type with several bases. */
  public static PyType builtinWithBases(NativeTable table, PyType... bases) {
    PyType t = new PyType(table, null);
    t.bases = bases;
    BUILTIN.add(t);
    return t;
  }

  /** As {@link #builtin}, for a type whose instances are made and laid out as its base's. */
  public static PyType builtinPlain(NativeTable table) {
    PyType t = new PyType(table, null);
    t.plain = true;
    BUILTIN.add(t);
    return t;
  }

  private PyType(NativeTable table, @Nullable PyType metatype) {
    this.table = table;
    this.qualname = table.typeName().intern();
    String module = table.moduleName();
    this.name = module.equals("builtins") ? qualname : (module + "." + qualname).intern();
    this.metatype = metatype;
    this.flags = table.flags() | IMMUTABLE;
    this.version = NEXT_VERSION.getAndIncrement();
  }

  /** A class made at run time; {@link TypeBuilder} fills it in. */
  PyType(String name, PyType metatype, int flags) {
    this.table = null;
    this.name = name;
    this.qualname = name;
    this.metatype = metatype;
    this.flags = flags | HEAP;
    this.version = NEXT_VERSION.getAndIncrement();
    ThreadState ts = ThreadState.currentOrNull();
    this.home = ts == null ? null : ts.interpreter;
  }

  /** Makes it immutable, and one that all interpreters share. */
  public final PyType shared() {
    setFlag(IMMUTABLE, true);
    home = null;
    return this;
  }

  // ---- becoming ready

  /** Fills the dict, bases and MRO of a built-in type. */
  private void makeReady() {
    NativeTable t = table;
    if (t == null) {
      return;
    }
    PyType b = this == PyBaseObject.TYPE ? null : t.base();
    if (b != null) {
      b.ready();
    }
    synchronized (this) {
      if (ready) {
        return;
      }
      if (bases == null) {
        bases = b == null ? new PyType[0] : new PyType[] {b};
      }
      base = b;
      mro = TypeBuilder.c3(bases, this);
      if (b != null) {
        int inherited = HAS_DICT | HAS_WEAKREF | MATCH_SELF;
        inherited |= (flags & (SEQUENCE | MAPPING)) == 0 ? SEQUENCE | MAPPING : 0;
        flags |= b.flags & inherited;
      }
      PyDict d = new PyDict();
      Natives.fill(this, t, d);
      if (b == PyBaseObject.TYPE && !plain && d.getStr("__new__") == null) {
        flags |= DISALLOW_INSTANTIATION;
      }
      dict = d;
      if (rootShape == null) {
        rootShape = new Shape(this, 0);
      }
      ready = true;
    }
    for (PyType parent : bases) {
      parent.addSubclass(this);
    }
  }

  private void ready() {
    if (!ready) {
      makeReady();
    }
  }

  /** Called by {@link TypeBuilder} once all fields are set. */
  void complete(
      @Nullable PyType base, PyType[] bases, PyType[] mro, PyDict dict, int reservedSlots) {
    this.base = base;
    this.bases = bases;
    this.mro = mro;
    this.dict = dict;
    if (rootShape == null) {
      this.rootShape = new Shape(this, reservedSlots);
    }
    this.incomplete = false;
    this.ready = true;
    modified();
    this.finalizes = lookupUncached("__del__") != null;
    this.wide = nativeBase() == PyBaseObject.TYPE && attributesSet() > PyInstance.INLINE;
    for (PyType b : bases) {
      b.addSubclass(this);
    }
    followMro();
  }

  /** Empties caches that keep classes and their attributes alive. */
  public static void clearCaches() {
    MethodCache.clear();
  }

  // ---- facts

  @Override
  public PyType type() {
    PyType m = metatype;
    return m == null ? TYPE : m;
  }

  @Override
  public @Nullable PyInstance attrs() {
    return null;
  }

  /**
   * The name as error messages show it ({@code tp_name}): {@code __name__}, with the module in
   * front for built-in types outside builtins.
   */
  public final String name() {
    return name;
  }

  /** {@code __name__}. */
  public final String simpleName() {
    return table == null ? name : table.typeName();
  }

  void setName(String name) {
    this.name = name;
  }

  /** {@code __qualname__}. */
  public final String qualname() {
    return qualname;
  }

  void setQualname(String qualname) {
    this.qualname = qualname;
  }

  /** Whether the Java class of instances differs from that of the base's. */
  final boolean addsLayout() {
    NativeTable t = table;
    return t != null && !plain && t.addsLayout();
  }

  /** Whether instances have a variable size in CPython, so that __slots__ can't be added. */
  final boolean isVariableSized() {
    return switch (name) {
      case "int", "tuple", "bytes", "type" -> table != null;
      default -> false;
    };
  }

  /** Whether the metaclass's {@code mro()} is still at work. */
  final boolean isIncomplete() {
    return incomplete;
  }

  /** Makes the class usable while a metaclass's {@code mro()} runs. */
  void prepareForMro(PyType[] bases, PyType @Nullable [] mro, PyDict dict, int reservedSlots) {
    this.base = bases[0];
    this.bases = bases;
    this.mro = mro != null ? mro : new PyType[] {this, PyBaseObject.TYPE};
    this.incomplete = true;
    this.dict = dict;
    this.rootShape = new Shape(this, reservedSlots);
    this.ready = true;
  }

  void setMetatype(PyType m) {
    metatype = m;
  }

  public final int flags() {
    ready();
    return flags;
  }

  public final boolean hasFlag(int flag) {
    ready();
    return (flags & flag) != 0;
  }

  final void setFlag(int flag, boolean on) {
    synchronized (TYPES_LOCK) {
      flags = on ? flags | flag : flags & ~flag;
    }
  }

  public final boolean isHeap() {
    return (flags & HEAP) != 0;
  }

  /** Makes instances match sequence or mapping patterns, one of which excludes the other. */
  public final void addCollectionFlags(int bits) {
    if (bits != 0) {
      ready();
      synchronized (TYPES_LOCK) {
        flags = flags & ~(SEQUENCE | MAPPING) | bits;
      }
    }
  }

  /** Whether instances have a {@code __dict__}. */
  public final boolean hasDict() {
    return (flags() & HAS_DICT) != 0;
  }

  public final @Nullable NativeTable table() {
    return table;
  }

  /** {@code __base__}. */
  public final @Nullable PyType base() {
    ready();
    return base;
  }

  /** {@code __bases__}; callers must not change the array. */
  public final PyType[] bases() {
    ready();
    return bases;
  }

  /** {@code __mro__}; callers must not change the array. */
  public final PyType[] mro() {
    ready();
    return mro;
  }

  /** The class namespace. Whoever changes it calls {@link #modified} after. */
  public final PyDict dict() {
    ready();
    return dict;
  }

  /** The empty shape of instances. */
  public final Shape rootShape() {
    ready();
    return rootShape;
  }

  /**
   * Changes with every modification of this type or a base. Read it before a lookup to cache. While
   * a modification is under way every call gives another number, under which nobody finds anything.
   */
  public final int version() {
    int v = version;
    return v != 0 ? v : NEXT_VERSION.getAndIncrement();
  }

  /** The nearest built-in type in the base chain: the one whose Java class instances have. */
  public final PyType nativeBase() {
    PyType n = nativeBase;
    if (n == null) {
      n = this;
      while (n.table == null || n.plain) {
        n = n.base();
      }
      nativeBase = n;
    }
    return n;
  }

  public final boolean isSubtypeOf(PyType other) {
    if (this == other) {
      return true;
    }
    for (PyType t : mro()) {
      if (t == other) {
        return true;
      }
    }
    return false;
  }

  /** Java-level instance check on the real type, without {@code __instancecheck__}. */
  public final boolean isInstance(PyObject o) {
    return o.type().isSubtypeOf(this);
  }

  // ---- lookup

  /** The class attribute of that name along the MRO, unbound, or null. */
  public final @Nullable PyObject lookup(String name) {
    return MethodCache.lookup(this, name);
  }

  /** As {@link #lookup}, without the cache. */
  final @Nullable PyObject lookupUncached(String name) {
    return lookupBehindUncached(null, name);
  }

  /** The attribute in this class's own namespace, or null. */
  public final @Nullable PyObject getOwn(String name) {
    return dict().getStr(name);
  }

  /** Where along the MRO the attribute is defined, or null. */
  public final @Nullable PyType whereDefined(String name) {
    for (PyType t : mro()) {
      if (t.dict().getStr(name) != null) {
        return t;
      }
    }
    return null;
  }

  /** The class attribute for a special method, unbound, or null when there is none. */
  public final @Nullable PyObject special(Special s) {
    SpecialCache cache = specials();
    PyObject value = (PyObject) ELEMENT.getAcquire(cache.values, s.ordinal());
    if (value == null) {
      value = lookupUncached(s.method);
      if (value == null) {
        value = ABSENT;
      }
      ELEMENT.setRelease(cache.values, s.ordinal(), value);
    }
    return value == ABSENT ? null : value;
  }

  /** Whether attributes of instances are set by the algorithm of {@code object}. */
  public final boolean usesObjectSetattr() {
    return isObjects(special(Special.SETATTR));
  }

  private SpecialCache specials() {
    SpecialCache cache = (SpecialCache) SPECIALS.getAcquire(this);
    int v = version();
    if (cache == null || cache.version != v) {
      ready();
      v = version();
      cache = new SpecialCache(v);
      SPECIALS.setRelease(this, cache);
    }
    return cache;
  }

  /**
   * Whether attribute lookup on instances is {@link PyObject#getAttribute}: no {@code __getattr__},
   * no {@code __getattribute__} written in Python.
   */
  public final boolean usesGenericGetattribute() {
    SpecialCache cache = specials();
    if (cache.getattribute == 0) {
      PyObject f = special(Special.GETATTRIBUTE);
      boolean generic =
          (f == null || f instanceof PyWrapperDescriptor w && w.is(Special.GETATTRIBUTE))
              && special(Special.GETATTR) == null;
      cache.getattribute = (byte) (generic ? 1 : 2);
    }
    return cache.getattribute == 1;
  }

  /** Whether instances look attributes up by the algorithm of {@code object} and nothing else. */
  public final boolean usesObjectGetattribute() {
    return usesGenericGetattribute() && isObjects(special(Special.GETATTRIBUTE));
  }

  private static boolean isObjects(@Nullable PyObject f) {
    return f instanceof PyWrapperDescriptor w && w.objclass() == PyBaseObject.TYPE;
  }

  /**
   * Sets or (null) deletes a class attribute and invalidates caches. No checks.
   *
   * @return false if there was nothing to delete
   */
  public final boolean setOwn(String name, @Nullable PyObject value) {
    PyDict d = dict();
    PyType changed = DESCRIPTOR_METHODS.contains(name) ? PyBaseObject.TYPE : this;
    Set<PyType> changing = changed.beginChange();
    try {
      if (value == null) {
        return d.removeStr(name) != null;
      }
      d.putStr(name, value);
      return true;
    } finally {
      changed.endChange(changing);
    }
  }

  /** Whether an instance that is a class's attribute may be more than its value. */
  final boolean isDescriptor() {
    return special(Special.GET) != null
        || special(Special.SET) != null
        || special(Special.DELETE) != null;
  }

  /** Takes the version away from this type and all its subclasses, for {@link #endChange}. */
  public final Set<PyType> beginChange() {
    synchronized (TYPES_LOCK) {
      Set<PyType> all = new LinkedHashSet<>(2);
      addWithSubclasses(all);
      for (PyType t : all) {
        t.changes++;
        t.version = 0;
        if (t.rootShape != null) {
          t.rootShape.restamp(true);
        }
      }
      return all;
    }
  }

  /** Gives this type, all its subclasses and those that were new versions. */
  public final void endChange(Set<PyType> changing) {
    Set<PyType> now = new LinkedHashSet<>(2);
    synchronized (TYPES_LOCK) {
      for (PyType t : changing) {
        t.changes--;
      }
      addWithSubclasses(now);
      now.addAll(changing);
      for (PyType t : now) {
        t.renewVersion();
      }
    }
    for (PyType t : now) {
      if (t.isHeap() && t.ready) {
        t.finalizes = t.lookupUncached("__del__") != null;
      }
    }
  }

  private void renewVersion() {
    if (changes == 0) {
      version = NEXT_VERSION.getAndIncrement();
      if (rootShape != null) {
        rootShape.restamp(false);
      }
    }
  }

  /** Under {@link #TYPES_LOCK}. */
  private void addWithSubclasses(Set<PyType> all) {
    if (!all.add(this)) {
      return;
    }
    for (WeakReference<PyType> r : subclasses) {
      PyType t = r.get();
      if (t != null) {
        t.addWithSubclasses(all);
      }
    }
  }

  /** Must follow every change of the namespace, bases or MRO that nobody else can see yet. */
  public final void modified() {
    endChange(Set.of());
  }

  // ---- subclasses

  /**
   * Has changes of classes reach this one that only its metaclass's {@code mro()} put into line.
   */
  private void followMro() {
    if (!TypeBuilder.hasOwnMro(type())) {
      return;
    }
    for (PyType t : mro) {
      if (t != this && !hasBaseBehind(t)) {
        t.addSubclass(this);
      }
    }
  }

  private boolean hasBaseBehind(PyType t) {
    for (PyType b : bases) {
      if (b.isSubtypeOf(t)) {
        return true;
      }
    }
    return false;
  }

  private void addSubclass(PyType sub) {
    synchronized (TYPES_LOCK) {
      subclasses.removeIf(r -> r.get() == null);
      subclasses.add(new WeakReference<>(sub));
    }
  }

  final void removeSubclass(PyType sub) {
    synchronized (TYPES_LOCK) {
      subclasses.removeIf(r -> r.get() == null || r.get() == sub);
    }
  }

  /**
   * Direct subclasses that are still alive: the built-in ones, which may not be ready yet, first.
   */
  public final List<PyType> subclasses() {
    List<PyType> alive = new ArrayList<>();
    if (table != null) {
      for (PyType t : BUILTIN) {
        if (t.isDirectlyUnder(this)) {
          t.ready();
          alive.add(t);
        }
      }
    }
    synchronized (TYPES_LOCK) {
      for (WeakReference<PyType> r : subclasses) {
        PyType t = r.get();
        if (t != null && t.table == null && t.isDirectlyUnder(this)) {
          alive.add(t);
        }
      }
    }
    return alive;
  }

  private boolean isDirectlyUnder(PyType parent) {
    PyType[] b = bases;
    return b == null
        ? table != null && this != PyBaseObject.TYPE && table.base() == parent
        : Arrays.asList(b).contains(parent);
  }

  /** The most derived of a metaclass and the metaclasses of the bases; TypeError on conflict. */
  public static PyType calculateMetaclass(PyType metatype, PyTuple bases) {
    return TypeBuilder.calculateMetaclass(metatype, bases);
  }

  /** Replaces the bases alone ({@code __bases__} assignment), see {@link TypeBuilder}. */
  final void setBaseFields(@Nullable PyType newBase, PyType[] newBases) {
    base = newBase;
    bases = newBases;
  }

  /** Moves this class from the subclass lists of old bases to those of its bases now. */
  final void rebased(PyType[] old) {
    for (PyType b : old) {
      b.removeSubclass(this);
    }
    for (PyType b : bases) {
      b.addSubclass(this);
    }
    modified();
  }

  final void setMro(PyType[] newMro) {
    boolean wasDescriptor = isDescriptor();
    Set<PyType> changing = beginChange();
    mro = newMro;
    followMro();
    endChange(changing);
    if (wasDescriptor || isDescriptor()) {
      PyBaseObject.TYPE.modified();
    }
  }

  /** The {@code __init__} to call with a plain new instance, if that is all that a call does. */
  public final @Nullable PyObject plainInit() {
    return TypeCalls.plainInit(this);
  }

  /** Whether instances, when they are made, get the fields of a {@link PyWideInstance}. */
  public final boolean isWide() {
    return wide;
  }

  /** How many slots there are, and attributes that methods of the class or its bases set. */
  private int attributesSet() {
    Set<String> names = new LinkedHashSet<>();
    for (PyType t : mro) {
      if (t.isHeap() && t.dict.getStr("__static_attributes__") instanceof PyTuple set) {
        for (int i = 0; i < set.size(); i++) {
          if (set.get(i).getClass() == PyStr.class) {
            names.add(set.get(i).toString());
          }
        }
      }
    }
    return rootShape.slotCount() + names.size();
  }

  /** The class attribute, unbound, that follows another class in the MRO of this one, or null. */
  public final @Nullable PyObject lookupBehind(PyType start, String name) {
    return MethodCache.lookupBehind(start, this, name);
  }

  final @Nullable PyObject lookupBehindUncached(@Nullable PyType start, String name) {
    PyType[] all = mro();
    int i = 0;
    if (start != null) {
      while (i < all.length && all[i] != start) {
        i++;
      }
      i++;
    }
    for (; i < all.length; i++) {
      PyObject v = all[i].getOwn(name);
      if (v != null) {
        return v;
      }
    }
    return null;
  }

  /** Whether instances made from now on have a finalizer to run. */
  final boolean finalizes() {
    return finalizes;
  }

  final @Nullable Object extra() {
    return extra;
  }

  final boolean casExtra(@Nullable Object expected, Object value) {
    return EXTRA.compareAndSet(this, expected, value);
  }

  // ---- protocol

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    return TypeCalls.call(this, args, kwnames);
  }

  @Override
  public PyObject call0() {
    return TypeCalls.call0(this);
  }

  @Override
  public PyObject call1(PyObject a) {
    return TypeCalls.call1(this, a);
  }

  @Override
  public PyObject call2(PyObject a, PyObject b) {
    return TypeCalls.call2(this, a, b);
  }

  @Override
  public @Nullable PyObject getAttribute(String name) {
    return TypeAttributes.get(this, name);
  }

  @Override
  public void setAttribute(String name, @Nullable PyObject value) {
    TypeAttributes.set(this, name, value);
  }

  /** The repr of the class, {@code <class 'module.qualname'>}. */
  public final String fullReprName() {
    return "<class '" + fullName() + "'>";
  }

  /** {@code module.qualname} as error messages and reprs show it. */
  public final String fullName() {
    return TypeAttributes.fullName(this);
  }

  /** As {@link #fullName}, without a module {@code __main__}: C's format {@code %T}. */
  public final String nameOutsideMain() {
    PyObject module = TypeAttributes.module(this);
    return module != null && module.toString().equals("__main__") ? qualname() : fullName();
  }

  // ---- what Python sees; see TypeExposure

  @PyNew(sig = "(object_or_name, bases, dict, /, **kwds)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return TypeExposure.make(cls, args, kwnames);
  }

  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    TypeExposure.init(args, kwnames);
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject call_(PyObject[] args, String @Nullable [] kwnames) {
    return TypeCalls.typeCall(this, args, kwnames);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return fullReprName();
  }

  @PyMethod(name = "__getattribute__", sig = "(name, /)")
  PyObject getattribute(PyObject name) {
    String n = PyObjects.attributeName(name);
    PyObject v = TypeAttributes.get(this, n);
    if (v == null) {
      throw Errors.noAttribute(this, n);
    }
    return v;
  }

  @PyMethod(name = "__setattr__", sig = "(name, value, /)")
  void setattr(PyObject name, PyObject value) {
    TypeAttributes.set(this, PyObjects.attributeName(name), value);
  }

  @PyMethod(name = "__delattr__", sig = "(name, /)")
  void delattr(PyObject name) {
    TypeAttributes.set(this, PyObjects.attributeName(name), null);
  }

  @PyMethod(name = "__or__")
  PyObject or(PyObject other) {
    return PyUnion.or(this, other);
  }

  @PyMethod(name = "__ror__")
  PyObject ror(PyObject other) {
    return PyUnion.or(other, this);
  }

  @PyMethod(name = "mro", sig = "()")
  PyObject mro_() {
    return TypeBuilder.mroList(this);
  }

  @PyMethod(name = "__subclasses__", sig = "()")
  PyObject subclasses_() {
    List<PyType> all = subclasses();
    PyInterpreter current = ThreadState.current().interpreter;
    if (current.runtime.hasOthers()) {
      all = new ArrayList<>(all);
      all.removeIf(t -> t.home != null && t.home != current);
    }
    return Py.list(all);
  }

  @PyClassMethod(name = "__prepare__", sig = "(*args, **kwargs)", raw = true)
  static PyObject prepare(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return Py.dict();
  }

  @PyMethod(name = "__instancecheck__", sig = "(instance, /)", kind = SlotKind.METHOD)
  boolean instancecheck(PyObject instance) {
    return PyObjects.realIsInstance(instance, this);
  }

  @PyMethod(name = "__subclasscheck__", sig = "(subclass, /)", kind = SlotKind.METHOD)
  boolean subclasscheck(PyObject subclass) {
    return PyObjects.realIsSubclass(subclass, this);
  }

  @PyMethod(name = "__dir__", sig = "()")
  PyObject dir() {
    PyDict names = new PyDict();
    TypeAttributes.mergeClassDict(names, this);
    return PyList.of(names.snapshotKeys());
  }

  @PyMethod(name = "__sizeof__", sig = "()")
  int sizeof() {
    return 1000;
  }

  @PyGetter("__name__")
  PyObject getName() {
    PyStr s = nameText;
    String now = simpleName();
    if (s == null || !s.equalTo(now)) {
      s = PyStr.of(now);
      nameText = s;
    }
    return s;
  }

  @PySetter("__name__")
  void setName_(@Nullable PyObject value) {
    TypeExposure.setName(this, value);
  }

  @PyGetter("__qualname__")
  PyObject getQualname() {
    PyStr s = qualnameText;
    String now = qualname;
    if (s == null || !s.equalTo(now)) {
      s = PyStr.of(now);
      qualnameText = s;
    }
    return s;
  }

  @PySetter("__qualname__")
  void setQualname_(@Nullable PyObject value) {
    TypeExposure.setQualname(this, value);
  }

  @PyGetter("__module__")
  PyObject getModule() {
    PyObject m = TypeAttributes.module(this);
    if (m == null) {
      throw Errors.attributeError("__module__", this, "__module__");
    }
    return m;
  }

  @PySetter("__module__")
  void setModule(@Nullable PyObject value) {
    TypeExposure.setInDict(this, "__module__", value);
    // The line number was one of the module before.
    if (getOwn("__firstlineno__") != null) {
      setOwn("__firstlineno__", null);
    }
  }

  @PyGetter("__bases__")
  PyObject getBases() {
    PyType[] now = bases();
    PyTuple given = basesTuple;
    if (given == null || !java.util.Arrays.equals(given.array(), now)) {
      given = PyTuple.of(java.util.Arrays.copyOf(now, now.length, PyObject[].class));
      basesTuple = given;
    }
    return given;
  }

  @PySetter("__bases__")
  void setBases(@Nullable PyObject value) {
    TypeBuilder.setBases(this, value);
  }

  @PyGetter(value = "__base__", member = true)
  PyObject getBase() {
    return Py.orNone(base());
  }

  @PyGetter("__mro__")
  PyObject getMro() {
    if (incomplete) {
      return Py.None;
    }
    return PyTuple.of(java.util.Arrays.copyOf(mro(), mro().length, PyObject[].class));
  }

  @PyGetter("__dict__")
  PyObject getDict() {
    return new PyMappingProxy(dict());
  }

  @PyGetter("__doc__")
  PyObject getDoc() {
    return TypeExposure.doc(this);
  }

  @PySetter("__doc__")
  void setDoc(@Nullable PyObject value) {
    TypeExposure.setDoc(this, value);
  }

  @PyGetter("__text_signature__")
  PyObject getTextSignature() {
    return Py.strOrNone(TypeExposure.textSignature(this));
  }

  @PyGetter("__abstractmethods__")
  PyObject getAbstractmethods() {
    PyObject v = this == TYPE ? null : getOwn("__abstractmethods__");
    if (v == null) {
      throw Errors.attributeError("__abstractmethods__", this, "__abstractmethods__");
    }
    return v;
  }

  @PySetter("__abstractmethods__")
  void setAbstractmethods(@Nullable PyObject value) {
    TypeExposure.setAbstractMethods(this, value);
  }

  @PyGetter("__annotations__")
  PyObject getAnnotations() {
    return TypeExposure.annotations(this);
  }

  @PySetter("__annotations__")
  void setAnnotations(@Nullable PyObject value) {
    TypeExposure.setAnnotations(this, value);
  }

  @PyGetter("__annotate__")
  PyObject getAnnotate() {
    return TypeExposure.annotate(this);
  }

  @PySetter("__annotate__")
  void setAnnotate(@Nullable PyObject value) {
    TypeExposure.setAnnotate(this, value);
  }

  @PyGetter("__type_params__")
  PyObject getTypeParams() {
    PyObject v = isHeap() ? getOwn("__type_params__") : null;
    return v == null ? Py.EmptyTuple : v;
  }

  @PySetter("__type_params__")
  void setTypeParams(@Nullable PyObject value) {
    TypeExposure.setInDict(this, "__type_params__", value);
  }

  @PyGetter(value = "__flags__", member = true)
  PyObject getFlags() {
    // The bits for dict and weak references are CPython's where it manages them.
    if (plain) {
      return Py.int_(flags() | HEAP);
    }
    return Py.int_(isHeap() ? flags() : flags() & ~(HAS_DICT | HAS_WEAKREF));
  }

  @PyGetter(value = "__basicsize__", member = true)
  PyObject getBasicsize() {
    // Plausible numbers: CPython's for int and object, and a word for each slot.
    int head = nativeBase().name().equals("int") ? 24 : 16;
    return Py.int_(head + 8L * rootShape().slotCount());
  }

  @PyGetter(value = "__itemsize__", member = true)
  PyObject getItemsize() {
    int size =
        switch (nativeBase().name()) {
          case "int" -> 4;
          case "tuple" -> 8;
          case "bytes" -> 1;
          case "type" -> 40;
          default -> 0;
        };
    return Py.int_(size);
  }

  @PyGetter(value = "__dictoffset__", member = true)
  PyObject getDictoffset() {
    return Py.int_(hasDict() ? -1 : 0);
  }

  @PyGetter(value = "__weakrefoffset__", member = true)
  PyObject getWeakrefoffset() {
    return Py.int_(hasFlag(HAS_WEAKREF) ? 24 : 0);
  }

  @Override
  public String toString() {
    return "<class " + name + ">";
  }
}
