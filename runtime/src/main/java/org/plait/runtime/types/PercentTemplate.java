package org.plait.runtime.types;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.text.PercentFormat;

/**
 * A format of {@code %} taken apart, kept for the next time. Only formats that nothing is wrong
 * with, without {@code *}, and operands that fit them are treated here; {@link PercentFormat} does
 * the rest and knows the errors. It also does each conversion that is not one of the commonest.
 *
 * <p>Templates are immutable. The table of them is filled racily: whoever comes last wins.
 */
final class PercentTemplate {
  private static final int TABLE_SIZE = 256;

  /** Longest format that is kept, in chars. */
  private static final int MAX_LENGTH = 512;

  private static final PercentTemplate[] KNOWN = new PercentTemplate[TABLE_SIZE];

  /** Hashes of formats seen once: those that are made anew each time are not worth taking apart. */
  private static final int[] SEEN = new int[TABLE_SIZE];

  private static final char GENERAL = 'g';

  /**
   * One conversion.
   *
   * @param before the literal text before it
   * @param key of a mapping, or null
   * @param kind s, d, r or f in its plain form, else {@link #GENERAL}
   * @param precision of f
   * @param spec the conversion as a format of its own, without the key
   */
  private record Item(String before, @Nullable PyStr key, char kind, int precision, String spec) {}

  private final String format;

  /** Null where the format is none of ours. */
  private final Item @Nullable [] items;

  private final String tail;
  private final boolean keyed;

  private PercentTemplate(String format) {
    this.format = format;
    Parser p = new Parser(format);
    boolean good = p.parse();
    items = good ? p.items.toArray(new Item[0]) : null;
    tail = p.literal.toString();
    keyed = good && items[0].key != null;
  }

  /** {@code format % args}, or null where it isn't done here; then nothing has happened. */
  static @Nullable PyStr format(String format, PyObject args) {
    PercentTemplate t = of(format);
    return t == null || t.items == null ? null : t.run(t.items, args);
  }

  /** As {@link #format} of a dict, if nothing but numbers and strs is formatted. */
  static @Nullable PyStr formatPlain(String format, PyDict args) {
    PercentTemplate t = of(format);
    return t == null || t.items == null || !t.keyed ? null : t.runKeyed(t.items, args, true);
  }

  /** What is known about a format; null when it is not worth it, or seen for the first time. */
  private static @Nullable PercentTemplate of(String format) {
    if (format.length() > MAX_LENGTH) {
      return null;
    }
    int h = format.hashCode();
    int slot = (h ^ h >>> 8) & TABLE_SIZE - 1;
    PercentTemplate t = KNOWN[slot];
    if (t == null || t.format != format && !t.format.equals(format)) {
      if (SEEN[slot] != h) {
        SEEN[slot] = h;
        return null;
      }
      t = new PercentTemplate(format);
      KNOWN[slot] = t;
    }
    return t;
  }

  private @Nullable PyStr run(Item[] parts, PyObject args) {
    if (keyed) {
      return PyDict.isExact(args) ? runKeyed(parts, (PyDict) args, false) : null;
    }
    PyTuple tuple = args instanceof PyTuple t ? t : null;
    if ((tuple == null ? 1 : tuple.size()) != parts.length) {
      return null;
    }
    TextBuilder out = new TextBuilder(format.length() + 32);
    for (int i = 0; i < parts.length; i++) {
      out.append(parts[i].before);
      convert(parts[i], tuple == null ? args : tuple.get(i), out);
    }
    out.append(tail);
    return out.toStr();
  }

  /** Null when only plain values are wanted, and there is another or none. */
  private @Nullable PyStr runKeyed(Item[] parts, PyDict args, boolean plain) {
    TextBuilder out = new TextBuilder(format.length() + 32);
    for (Item part : parts) {
      PyObject v = args.get(part.key);
      if (plain && (v == null || !isPlain(v))) {
        return null;
      }
      out.append(part.before);
      convert(part, v != null ? v : PyMappings.getItem(args, part.key), out);
    }
    out.append(tail);
    return out.toStr();
  }

  private static boolean isPlain(PyObject v) {
    Class<?> c = v.getClass();
    return c == PyStr.class || c == PyInt.class || c == PyFloat.class;
  }

  private static void convert(Item item, PyObject v, TextBuilder out) {
    Class<?> c = v.getClass();
    boolean isLong = c == PyInt.class && ((PyInt) v).isLong();
    if (isLong && item.kind != GENERAL && item.kind != 'f') {
      out.append(((PyInt) v).longValue());
      return;
    }
    switch (item.kind) {
      case 's' -> out.append(c == PyStr.class ? (PyStr) v : PyObjects.str(v));
      case 'r' -> out.append(PyObjects.repr(v));
      case 'f' -> {
        if (c == PyFloat.class) {
          out.append(FloatText.fixed(((PyFloat) v).value(), item.precision, '\0'));
        } else {
          general(item, v, out);
        }
      }
      default -> general(item, v, out);
    }
  }

  private static void general(Item item, PyObject v, TextBuilder out) {
    out.append(
        PyStr.of(
            PercentFormat.format(
                CodePointSource.ofBmp(item.spec),
                new PercentArgs(PyTuple.of(v), false),
                PercentArgs.maxDigits())));
  }

  /** Takes a format apart as far as there is nothing unusual about it. */
  private static final class Parser {
    private final String format;
    private final List<Item> items = new ArrayList<>();
    private StringBuilder literal = new StringBuilder();
    private int pos;

    Parser(String format) {
      this.format = format;
    }

    /** Whether there are conversions, all with keys or all without. */
    boolean parse() {
      int n = format.length();
      while (pos < n) {
        char c = format.charAt(pos++);
        if (c != '%') {
          literal.append(c);
        } else if (pos < n && format.charAt(pos) == '%') {
          literal.append('%');
          pos++;
        } else if (!item()) {
          return false;
        }
      }
      long keys = items.stream().filter(i -> i.key != null).count();
      return !items.isEmpty() && (keys == 0 || keys == items.size());
    }

    private boolean item() {
      PyStr key = null;
      if (at(pos) == '(') {
        int end = format.indexOf(')', pos);
        String name = end < 0 ? "(" : format.substring(pos + 1, end);
        if (name.indexOf('(') >= 0) {
          return false;
        }
        key = PyStr.ofBmp(name);
        pos = end + 1;
      }
      int from = pos;
      while ("-+ #0".indexOf(at(pos)) >= 0) {
        pos++;
      }
      digits();
      boolean plain = pos == from;
      int precision = 6;
      if (at(pos) == '.') {
        int start = ++pos;
        digits();
        if (pos - start > 2) {
          return false;
        }
        precision = pos == start ? 0 : Integer.parseInt(format, start, pos, 10);
      }
      if (pos - from > 12) {
        return false;
      }
      char c = at(pos);
      plain &= c == 'f' || pos == from;
      if (c == 0 || "srdiufFeEgGxXoca".indexOf(c) < 0) {
        return false;
      }
      pos++;
      char kind = c == 'i' || c == 'u' ? 'd' : c;
      plain &= "sdrf".indexOf(kind) >= 0;
      String spec = "%" + format.substring(from, pos);
      items.add(new Item(literal.toString(), key, plain ? kind : GENERAL, precision, spec));
      literal = new StringBuilder();
      return true;
    }

    private void digits() {
      while (at(pos) >= '0' && at(pos) <= '9') {
        pos++;
      }
    }

    private char at(int i) {
      return i < format.length() ? format.charAt(i) : 0;
    }
  }
}
