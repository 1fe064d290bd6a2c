package org.plait.compiler.scope;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A small insertion-ordered map from names to non-zero ints; 0 means absent. */
public final class SymbolMap {
  private String[] keys = new String[8];
  private int[] values = new int[8];
  private int size;

  /** Open-addressed index into keys, plus one; null while a linear search is quick. */
  private int @Nullable [] table;

  private int find(String key) {
    int[] t = table;
    if (t == null) {
      int h = key.hashCode();
      for (int i = 0; i < size; i++) {
        String k = keys[i];
        if (k == key || (k.hashCode() == h && k.equals(key))) {
          return i;
        }
      }
      return -1;
    }
    int mask = t.length - 1;
    for (int p = spread(key) & mask; ; p = (p + 1) & mask) {
      int i = t[p] - 1;
      if (i < 0) {
        return -1;
      }
      if (keys[i].equals(key)) {
        return i;
      }
    }
  }

  private static int spread(String key) {
    int h = key.hashCode();
    return h ^ (h >>> 16);
  }

  /** The value, or 0. */
  public int get(String key) {
    int i = find(key);
    return i < 0 ? 0 : values[i];
  }

  /** Whether there is a value for the key. */
  public boolean contains(String key) {
    return find(key) >= 0;
  }

  /** Sets a value. */
  public void put(String key, int value) {
    int i = find(key);
    if (i >= 0) {
      values[i] = value;
      return;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    keys[size] = key;
    values[size] = value;
    size++;
    if (table != null && size * 2 < table.length) {
      insert(table, key, size);
    } else if (size > 8) {
      rebuild();
    }
  }

  private void rebuild() {
    int[] t = new int[Integer.highestOneBit(size) * 8];
    for (int i = 0; i < size; i++) {
      insert(t, keys[i], i + 1);
    }
    table = t;
  }

  private static void insert(int[] t, String key, int entry) {
    int mask = t.length - 1;
    int p = spread(key) & mask;
    while (t[p] != 0) {
      p = (p + 1) & mask;
    }
    t[p] = entry;
  }

  /** Number of entries. */
  public int size() {
    return size;
  }

  /** The i-th key in order of insertion. */
  public String key(int i) {
    return keys[i];
  }

  /** The value of the i-th key. */
  public int value(int i) {
    return values[i];
  }

  /** Changes the value of the i-th key. */
  public void setValue(int i, int value) {
    values[i] = value;
  }

  /** The keys in order of insertion. */
  public String[] keys() {
    return Arrays.copyOf(keys, size);
  }
}
