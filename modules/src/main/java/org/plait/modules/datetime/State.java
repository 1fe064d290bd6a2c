package org.plait.modules.datetime;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyStr;

/** The bytes that pickles hold, and arguments of constructors. */
final class State {
  private State() {}

  /** The bytes of a pickled state of some length, null when the argument is none. */
  static byte @Nullable [] of(@Nullable PyObject o, int length) {
    if (o instanceof PyBytes b) {
      return b.size() == length ? b.array() : null;
    }
    // Python 2 pickled str; such pickles are read as Latin-1.
    if (o instanceof PyStr s && s.length() == length) {
      for (int i = 0; i < length; i++) {
        if (s.codePointAt(i) > 255) {
          throw Errors.valueError(
              "Failed to encode latin1 string when unpickling a date, time or datetime object."
                  + " pickle.load(data, encoding='latin1') is assumed.");
        }
      }
      return s.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
    return null;
  }

  static boolean isMonth(byte b) {
    int m = b & 0x7f;
    return m >= 1 && m <= 12;
  }

  static @Nullable PyTzinfo zone(@Nullable PyObject o) {
    if (o == null || o == Py.None) {
      return null;
    }
    if (o instanceof PyTzinfo tz) {
      return tz;
    }
    throw Errors.typeError("bad tzinfo state arg");
  }

  /** A required int argument. */
  static int required(@Nullable PyObject o, String name, int position) {
    if (o == null) {
      throw Errors.typeError(
          "function missing required argument '" + name + "' (pos " + position + ")");
    }
    return ArgumentConverters.toInt(o);
  }

  static int or(@Nullable PyObject o, int otherwise) {
    return o == null ? otherwise : ArgumentConverters.toInt(o);
  }
}
