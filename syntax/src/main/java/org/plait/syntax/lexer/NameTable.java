package org.plait.syntax.lexer;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * The identifiers of one source: each spelling gets a number and one String. Identifiers outside
 * ASCII are normalised (NFKC), so two spellings may share a String. Used by one thread.
 */
final class NameTable {
  private int[] slots = new int[1024];
  private int[] hashes = new int[512];
  private int[] starts = new int[512];
  private int[] lengths = new int[512];
  private byte[][] sources = new byte[512][];
  private String[] names = new String[512];
  private int size;

  String name(int id) {
    return names[id];
  }

  /** The number of the identifier in {@code bytes[from, to)}, whose hash is given. */
  int id(byte[] bytes, int from, int to, int hash, boolean ascii) {
    int mask = slots.length - 1;
    int at = mix(hash) & mask;
    int length = to - from;
    for (int slot; (slot = slots[at]) != 0; at = (at + 1) & mask) {
      int id = slot - 1;
      if (hashes[id] == hash
          && lengths[id] == length
          && Arrays.equals(bytes, from, to, sources[id], starts[id], starts[id] + length)) {
        return id;
      }
    }
    int id = size++;
    if (id == names.length) {
      grow();
      return addGrown(bytes, from, length, hash, ascii, id);
    }
    slots[at] = id + 1;
    set(bytes, from, length, hash, ascii, id);
    return id;
  }

  private int addGrown(byte[] bytes, int from, int length, int hash, boolean ascii, int id) {
    set(bytes, from, length, hash, ascii, id);
    insert(id);
    return id;
  }

  private void set(byte[] bytes, int from, int length, int hash, boolean ascii, int id) {
    hashes[id] = hash;
    starts[id] = from;
    lengths[id] = length;
    sources[id] = bytes;
    names[id] =
        ascii
            ? new String(bytes, from, length, StandardCharsets.ISO_8859_1)
            : Normalizer.normalize(
                new String(bytes, from, length, StandardCharsets.UTF_8), Normalizer.Form.NFKC);
  }

  private void insert(int id) {
    int mask = slots.length - 1;
    int at = mix(hashes[id]) & mask;
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = id + 1;
  }

  private void grow() {
    int capacity = names.length * 2;
    hashes = Arrays.copyOf(hashes, capacity);
    starts = Arrays.copyOf(starts, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    sources = Arrays.copyOf(sources, capacity);
    names = Arrays.copyOf(names, capacity);
    slots = new int[capacity * 2];
    for (int id = 0; id < size - 1; id++) {
      insert(id);
    }
  }

  private static int mix(int h) {
    return h ^ (h >>> 15);
  }
}
