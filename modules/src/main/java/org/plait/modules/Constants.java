package org.plait.modules;

import org.plait.runtime.object.Py;
import org.plait.runtime.types.PyModule;

/** Integer constants of native modules, written as one text: {@code "NAME=value NAME=value"}. */
final class Constants {
  private Constants() {}

  static void add(PyModule m, String text) {
    for (String item : text.trim().split(" ")) {
      int at = item.indexOf('=');
      m.add(item.substring(0, at), Py.int_(Long.parseLong(item.substring(at + 1))));
    }
  }
}
