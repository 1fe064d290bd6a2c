package org.plait.runtime.types;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;

/**
 * A map from Python objects that never changes: {@link #with} and {@link #without} give a new one,
 * which shares all but a path of nodes with the old. Contexts keep their values in it, so that
 * copying one takes no time, and setting a variable takes the logarithm of their number.
 *
 * <p>A hash array mapped trie: each level looks at five bits of a 32-bit hash, and a branch holds
 * only the children that there are; keys whose whole hashes are equal stand in a list below the
 * last level. A branch below the root always has two entries or more under it, so that a map looks
 * the same whichever way it came about.
 *
 * <p>All fields are final: any thread may read. {@code __hash__} and {@code __eq__} of keys run
 * without a lock, in {@link #find} alone: the entry that it finds is then replaced or left out by
 * its identity.
 */
public final class PersistentMap {
  public static final PersistentMap EMPTY = new PersistentMap(new Branch(0, new Object[0]), 0);

  /** Bits of a hash that one level looks at. */
  private static final int BITS = 5;

  private static final int MASK = (1 << BITS) - 1;

  private final Branch root;
  private final int size;

  private PersistentMap(Branch root, int size) {
    this.root = root;
    this.size = size;
  }

  /** A key with its value; {@code hash} is the key's, folded to 32 bits. */
  public record Entry(int hash, PyObject key, PyObject value) {}

  /** Children at the positions of the bits that are set: entries, branches and collisions. */
  private record Branch(int bitmap, Object[] children) {
    int index(int bit) {
      return Integer.bitCount(bitmap & (bit - 1));
    }

    /** This branch with a child more, one less (null), or another one. */
    Branch with(int bit, @Nullable Object child) {
      int at = index(bit);
      boolean had = (bitmap & bit) != 0;
      int tail = children.length - at - (had ? 1 : 0);
      int room = child == null ? 0 : 1;
      Object[] changed = new Object[at + room + tail];
      System.arraycopy(children, 0, changed, 0, at);
      if (child != null) {
        changed[at] = child;
      }
      System.arraycopy(children, children.length - tail, changed, at + room, tail);
      return new Branch(child == null ? bitmap & ~bit : bitmap | bit, changed);
    }
  }

  /** Two entries or more of the same hash. */
  private record Collision(int hash, Entry[] entries) {}

  public int size() {
    return size;
  }

  /** The value of a key, or null. */
  public @Nullable PyObject get(PyObject key) {
    Entry found = find(key, hash(key));
    return found == null ? null : found.value;
  }

  /** This map with another value for a key; itself if it has that very value already. */
  public PersistentMap with(PyObject key, PyObject value) {
    int hash = hash(key);
    Entry old = find(key, hash);
    if (old == null) {
      return new PersistentMap(
          (Branch) added(root, 0, new Entry(hash, key, value)), Math.addExact(size, 1));
    }
    if (old.value == value) {
      return this;
    }
    Entry changed = new Entry(hash, old.key, value);
    return new PersistentMap(replacedIn(root, 0, old, changed), size);
  }

  /** This map without a key; itself if it hasn't got it. */
  public PersistentMap without(PyObject key) {
    Entry old = find(key, hash(key));
    if (old == null) {
      return this;
    }
    return size == 1 ? EMPTY : new PersistentMap(replacedIn(root, 0, old, null), size - 1);
  }

  /** Goes through the entries, in no particular order. */
  public void forEach(Consumer<Entry> visitor) {
    visit(root, visitor);
  }

  private static void visit(Object node, Consumer<Entry> visitor) {
    switch (node) {
      case Branch branch -> {
        for (Object child : branch.children) {
          visit(child, visitor);
        }
      }
      case Collision collision -> {
        for (Entry entry : collision.entries) {
          visitor.accept(entry);
        }
      }
      default -> visitor.accept((Entry) node);
    }
  }

  private static int hash(PyObject key) {
    return Long.hashCode(PyObjects.hash(key));
  }

  private static int bit(int hash, int shift) {
    return 1 << (hash >>> shift & MASK);
  }

  private @Nullable Entry find(PyObject key, int hash) {
    Object node = root;
    for (int shift = 0; node instanceof Branch branch; shift += BITS) {
      int bit = bit(hash, shift);
      if ((branch.bitmap & bit) == 0) {
        return null;
      }
      node = branch.children[branch.index(bit)];
    }
    if (node instanceof Collision collision) {
      if (collision.hash == hash) {
        for (Entry entry : collision.entries) {
          if (is(key, entry)) {
            return entry;
          }
        }
      }
      return null;
    }
    Entry entry = (Entry) node;
    return entry.hash == hash && is(key, entry) ? entry : null;
  }

  private static boolean is(PyObject key, Entry entry) {
    return entry.key == key || PyObjects.equal(key, entry.key);
  }

  private static int hashOf(Object leaf) {
    return leaf instanceof Collision collision ? collision.hash : ((Entry) leaf).hash;
  }

  /** The node with an entry whose key is not in it. */
  private static Object added(Object node, int shift, Entry entry) {
    if (node instanceof Branch branch) {
      int bit = bit(entry.hash, shift);
      if ((branch.bitmap & bit) == 0) {
        return branch.with(bit, entry);
      }
      Object child = branch.children[branch.index(bit)];
      return branch.with(bit, added(child, shift + BITS, entry));
    }
    if (hashOf(node) != entry.hash) {
      return fork(node, entry, shift);
    }
    if (node instanceof Collision(int hash, Entry[] entries)) {
      Entry[] more = java.util.Arrays.copyOf(entries, entries.length + 1);
      more[entries.length] = entry;
      return new Collision(hash, more);
    }
    return new Collision(entry.hash, new Entry[] {(Entry) node, entry});
  }

  /** A branch over two leaves whose hashes differ from this level on. */
  private static Branch fork(Object leaf, Entry entry, int shift) {
    int one = bit(hashOf(leaf), shift);
    int other = bit(entry.hash, shift);
    if (one == other) {
      return new Branch(one, new Object[] {fork(leaf, entry, shift + BITS)});
    }
    boolean first = Integer.compareUnsigned(one, other) < 0;
    return new Branch(one | other, first ? new Object[] {leaf, entry} : new Object[] {entry, leaf});
  }

  private static Branch replacedIn(Branch branch, int shift, Entry old, @Nullable Entry entry) {
    int bit = bit(old.hash, shift);
    Object child = branch.children[branch.index(bit)];
    return branch.with(bit, replaced(child, shift + BITS, old, entry));
  }

  /** The node with another entry in the place of one, or without that; null if nothing is left. */
  private static @Nullable Object replaced(
      Object node, int shift, Entry old, @Nullable Entry entry) {
    return switch (node) {
      case Branch branch -> {
        Branch changed = replacedIn(branch, shift, old, entry);
        boolean one = changed.children.length == 1 && !(changed.children[0] instanceof Branch);
        yield one ? changed.children[0] : changed;
      }
      case Collision(int hash, Entry[] entries) -> {
        Entry[] others =
            java.util.Arrays.stream(entries)
                .map(e -> e == old ? entry : e)
                .filter(e -> e != null)
                .toArray(Entry[]::new);
        yield others.length == 1 ? others[0] : new Collision(hash, others);
      }
      default -> entry;
    };
  }
}
