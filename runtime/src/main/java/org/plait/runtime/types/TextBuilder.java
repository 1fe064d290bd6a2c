package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.text.CodePointSource;

/** Puts a str together: in a Java string while each char of it is one code point. Of one thread. */
final class TextBuilder {
  private final StringBuilder simple;

  /** What takes all from the first piece with characters above U+FFFF on. */
  private @Nullable CodePointBuilder wide;

  TextBuilder(int capacity) {
    simple = new StringBuilder(capacity);
  }

  /** Appends a text whose chars are code points. */
  void append(String s) {
    if (wide == null) {
      simple.append(s);
    } else {
      wide.append(CodePointSource.ofBmp(s));
    }
  }

  void append(long n) {
    if (wide == null) {
      simple.append(n);
    } else {
      wide.append(Long.toString(n));
    }
  }

  void append(PyStr s) {
    if (wide == null && s.points == null) {
      simple.append(s.text());
    } else {
      if (wide == null) {
        wide = new CodePointBuilder(simple.length() + s.length());
        wide.append(CodePointSource.ofBmp(simple.toString()));
      }
      wide.append(s.source());
    }
  }

  PyStr toStr() {
    if (wide != null) {
      return PyStr.of(wide.toSource());
    }
    return PyStr.ofChars(simple.toString());
  }
}
