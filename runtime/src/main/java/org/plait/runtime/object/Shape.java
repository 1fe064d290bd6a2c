package org.plait.runtime.object;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A hidden class: the Python class of an instance plus which attribute lives in which slot.
 *
 * <p>Shapes form a tree per class. A shape is immutable but for its transition table, which grows
 * under the shape's monitor and is read without it. A slot number, once given to a name, keeps
 * naming it in all descendants: an instance may move to a descendant while others still store
 * through the ancestor.
 *
 * <p>Deleting an attribute empties its slot and keeps its name; setting it again moves the name to
 * the end of the order ({@link #movedToEnd}), so that iteration follows insertion as a dict does.
 */
public final class Shape {
  /** Attributes beyond this many live in an instance's overflow dict. */
  static final int MAX_SLOTS = 128;

  private static final VarHandle LAST;

  static {
    try {
      LAST = MethodHandles.lookup().findVarHandle(Shape.class, "last", Shape.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final AtomicLong NEXT_STAMP = new AtomicLong(1);

  private final PyType type;
  private final @Nullable Shape parent;

  /** See {@link #stamp()}; written under the shape's monitor. */
  private volatile long stamp;

  /** The name this shape adds (or moves to the end), null for a root. */
  private final @Nullable String name;

  private final int slot;
  private final int slotCount;
  private final int depth;

  /** Names in insertion order; built at first need. */
  private volatile String @Nullable [] order;

  private volatile @Nullable Map<String, Integer> index;

  /** The last transition taken: most shapes have one child. */
  private @Nullable Shape last;

  private @Nullable Map<String, Shape> transitions;

  /** A root shape for instances of {@code type}; {@code first} slots are reserved for __slots__. */
  Shape(PyType type, int first) {
    this(type, first, NEXT_STAMP.getAndIncrement());
  }

  private Shape(PyType type, int first, long stamp) {
    this.type = type;
    this.parent = null;
    this.name = null;
    this.slot = -1;
    this.slotCount = first;
    this.depth = 0;
    this.stamp = stamp;
  }

  /** The shape of one instance that keeps its attributes elsewhere: no cache may know it. */
  static Shape unknown(PyType type) {
    return new Shape(type, type.rootShape().slotCount(), 0);
  }

  private Shape(Shape parent, String name, int slot, int slotCount) {
    this.type = parent.type;
    this.parent = parent;
    this.name = name;
    this.slot = slot;
    this.slotCount = slotCount;
    this.depth = parent.depth + 1;
    this.stamp = parent.stamp == 0 ? 0 : NEXT_STAMP.getAndIncrement();
  }

  /**
   * The number of this shape while its class and the class's bases stay as they are: a change takes
   * it away for good, from then on the shape has another. It stands for the shape and the {@link
   * PyType#version} in one, and nobody is kept alive by it. 0 during a change.
   */
  public long stamp() {
    return stamp;
  }

  /** The class is being changed, or has been: all shapes of it lose or get their stamps. */
  void restamp(boolean changing) {
    ArrayDeque<Shape> todo = new ArrayDeque<>();
    todo.add(this);
    while (!todo.isEmpty()) {
      Shape s = todo.poll();
      synchronized (s) {
        s.stamp = changing ? 0 : NEXT_STAMP.getAndIncrement();
        if (s.transitions != null) {
          todo.addAll(s.transitions.values());
        }
      }
    }
  }

  public PyType type() {
    return type;
  }

  /** The slot of {@code name}, or -1. */
  public int slotOf(String name) {
    if (depth <= 6) {
      for (Shape s = this; s.name != null; s = s.parent) {
        if (s.name == name) {
          return s.slot;
        }
      }
      for (Shape s = this; s.name != null; s = s.parent) {
        if (s.name.equals(name)) {
          return s.slot;
        }
      }
      return -1;
    }
    Integer slotNumber = index().get(name);
    return slotNumber == null ? -1 : slotNumber;
  }

  private Map<String, Integer> index() {
    Map<String, Integer> map = index;
    if (map == null) {
      map = HashMap.newHashMap(depth);
      for (Shape s = this; s.name != null; s = s.parent) {
        map.putIfAbsent(s.name, s.slot);
      }
      index = map;
    }
    return map;
  }

  /** Names in insertion order. Callers must not change the array. */
  String[] names() {
    String[] names = order;
    if (names == null) {
      List<String> list = new ArrayList<>();
      java.util.HashSet<String> seen = new java.util.HashSet<>();
      for (Shape s = this; s.name != null; s = s.parent) {
        if (seen.add(s.name)) {
          list.add(s.name);
        }
      }
      names = list.reversed().toArray(new String[0]);
      order = names;
    }
    return names;
  }

  /** How many slots an instance of this shape may use. */
  public int slotCount() {
    return slotCount;
  }

  /** Whether {@code next} is this shape with that name more. */
  public boolean leadsTo(Shape next, String name) {
    return next.parent == this && next.slotCount == slotCount + 1 && name.equals(next.name);
  }

  /**
   * Whether all attributes of an instance are in slots: none has had to go to the overflow dict.
   */
  public boolean canGrow() {
    return hasRoom();
  }

  /** Whether a further name can get a slot. */
  boolean hasRoom() {
    return slotCount < MAX_SLOTS;
  }

  /** The shape that adds {@code name} after the existing ones. The name must be new. */
  Shape with(String name) {
    return transition(name, slotCount, slotCount + 1);
  }

  /** The shape in which the existing {@code name} comes last in the order. */
  Shape movedToEnd(String name) {
    if (name.equals(this.name)) {
      return this;
    }
    return transition(name, slotOf(name), slotCount);
  }

  /** The transition taken last, or null. */
  @Nullable Shape next() {
    return (Shape) LAST.getAcquire(this);
  }

  private Shape transition(String name, int newSlot, int newCount) {
    Shape recent = (Shape) LAST.getAcquire(this);
    if (recent != null && name.equals(recent.name)) {
      return recent;
    }
    synchronized (this) {
      Shape next = transitions == null ? null : transitions.get(name);
      if (next == null) {
        next = new Shape(this, name.intern(), newSlot, newCount);
        if (transitions == null) {
          transitions = new HashMap<>(2);
        }
        transitions.put(name, next);
      }
      LAST.setRelease(this, next);
      return next;
    }
  }
}
