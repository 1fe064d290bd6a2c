package org.plait.modules.expat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads attributes and the values of them and of entities for an {@link XmlParser}. */
final class XmlAttributes {
  private final XmlParser parser;

  XmlAttributes(XmlParser parser) {
    this.parser = parser;
  }

  /** Names and values in turn; the specified ones come first. */
  record Found(String[] items, int specified) {}

  private static final Found NONE = new Found(new String[0], 0);

  /**
   * Reads the attributes of the tag that was scanned last.
   *
   * @param bindings gets the namespaces that the tag declares; null where there are none
   */
  Found read(XmlText t, String element, @Nullable List<XmlNamespaces.Undo> bindings)
      throws XmlFailure {
    Map<String, XmlDtd.Attribute> declared = parser.dtd.attributes.get(element);
    int count = parser.scanner.attributeCount;
    if (count == 0 && declared == null) {
      return NONE;
    }
    int[] at = parser.scanner.attributes;
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < 4 * count; i += 4) {
      String name = new String(t.chars, at[i], at[i + 1] - at[i]);
      XmlDtd.Attribute a = declared == null ? null : declared.get(name);
      boolean cdata = a == null || a.cdata();
      if (values.containsKey(name)) {
        throw new XmlFailure(XmlError.DUPLICATE_ATTRIBUTE, at[i]);
      }
      values.put(name, value(t.chars, at[i + 2], at[i + 3], cdata, false));
    }
    int specified = values.size();
    if (declared != null) {
      for (XmlDtd.Attribute a : declared.values()) {
        if (a.value() != null) {
          values.putIfAbsent(a.name(), a.value());
        }
      }
    }
    return bindings == null ? found(values, specified) : expand(values, specified, bindings);
  }

  private static Found found(Map<String, String> values, int specified) {
    String[] items = new String[2 * values.size()];
    int k = 0;
    for (Map.Entry<String, String> e : values.entrySet()) {
      items[k++] = e.getKey();
      items[k++] = e.getValue();
    }
    return new Found(items, 2 * specified);
  }

  private Found expand(Map<String, String> values, int specified, List<XmlNamespaces.Undo> bindings)
      throws XmlFailure {
    XmlNamespaces namespaces = parser.namespaces;
    for (Map.Entry<String, String> e : values.entrySet()) {
      String name = e.getKey();
      if (isBinding(name)) {
        String prefix = name.length() == 5 ? "" : name.substring(6);
        namespaces.bind(prefix, e.getValue(), bindings, parser.events);
      }
    }
    Map<String, String> expanded = new LinkedHashMap<>();
    Set<String> qualified = new HashSet<>();
    int k = 0;
    int kept = 0;
    for (Map.Entry<String, String> e : values.entrySet()) {
      boolean given = k++ < specified;
      String name = e.getKey();
      if (isBinding(name)) {
        continue;
      }
      String full = namespaces.expand(name, false);
      if (name.indexOf(':') >= 0) {
        int prefix = namespaces.triplets ? full.length() - name.indexOf(':') : full.length();
        if (!qualified.add(full.substring(0, prefix))) {
          throw new XmlFailure(XmlError.DUPLICATE_ATTRIBUTE);
        }
      }
      kept += given ? 1 : 0;
      expanded.put(full, e.getValue());
    }
    return found(expanded, kept);
  }

  private static boolean isBinding(String name) {
    return name.startsWith("xmlns") && (name.length() == 5 || name.charAt(5) == ':');
  }

  /** The character that a reference from an ampersand to a semicolon stands for, or -1. */
  int character(char[] chars, int from, int to) {
    boolean hex = chars[from + 2] == 'x';
    long c = 0;
    for (int i = from + (hex ? 3 : 2); i < to - 1; i++) {
      c = c * (hex ? 16 : 10) + Character.digit(chars[i], 16);
      if (c > 0x10FFFF) {
        return -1;
      }
    }
    return XmlChars.isLegalCodePoint(c) ? (int) c : -1;
  }

  /** Where a value is being read: in the document or in an entity. */
  private static final class Place {
    final char[] chars;
    int at;
    final int end;
    final XmlDtd.@Nullable Entity entity;

    Place(char[] chars, int at, int end, XmlDtd.@Nullable Entity entity) {
      this.chars = chars;
      this.at = at;
      this.end = end;
      this.entity = entity;
    }
  }

  /**
   * The value of an attribute, normalized.
   *
   * @param cdata whether spaces stay as they are
   * @param inDtd whether it is the value that the DTD gives
   */
  String value(char[] chars, int from, int to, boolean cdata, boolean inDtd) throws XmlFailure {
    StringBuilder s = new StringBuilder(to - from);
    Deque<Place> places = new ArrayDeque<>();
    XmlScanner scanner = new XmlScanner(parser.namespaces.enabled());
    places.addFirst(new Place(chars, from, to, null));
    try {
      for (Place p = current(places); p != null; p = current(places)) {
        int at = p.at;
        char c = p.chars[at];
        if (c == '&') {
          scanner.set(p.chars, p.end);
          switch (scanner.valueReference(at)) {
            case CHAR_REF -> {
              int code = character(p, at, scanner.next);
              if (code == ' ') {
                space(s, cdata);
              } else {
                s.appendCodePoint(code);
              }
            }
            case ENTITY_REF -> entity(s, places, p, at, scanner.next, inDtd);
            case INVALID -> throw failure(XmlError.INVALID_TOKEN, p, scanner.next);
            default -> throw failure(XmlError.INVALID_TOKEN, p, at);
          }
          p.at = scanner.next;
        } else if (c == '<' && p.entity != null || !XmlChars.isLegal(c)) {
          throw failure(XmlError.INVALID_TOKEN, p, at);
        } else if (XmlChars.isSpace(c)) {
          p.at += c == '\r' && at + 1 < p.end && p.chars[at + 1] == '\n' ? 2 : 1;
          space(s, cdata);
        } else {
          s.append(c);
          p.at++;
        }
      }
    } finally {
      close(places);
    }
    if (!cdata && !s.isEmpty() && s.charAt(s.length() - 1) == ' ') {
      s.setLength(s.length() - 1);
    }
    return s.toString();
  }

  /** Where to read on; leaves the entities whose end is reached. Null at the end of it all. */
  private static @Nullable Place current(Deque<Place> places) {
    while (!places.isEmpty()) {
      Place p = places.getFirst();
      if (p.at < p.end) {
        return p;
      }
      places.removeFirst();
      if (p.entity != null) {
        p.entity.open = false;
      }
    }
    return null;
  }

  /** The text of an entity is read next. */
  private void open(Deque<Place> places, XmlDtd.Entity e) throws XmlFailure {
    parser.budget.expanded(e.text.length);
    e.open = true;
    places.addFirst(new Place(e.text, 0, e.text.length, e));
  }

  private int character(Place p, int from, int to) throws XmlFailure {
    int code = character(p.chars, from, to);
    if (code < 0) {
      throw failure(XmlError.BAD_CHAR_REF, p, from);
    }
    return code;
  }

  private static void close(Deque<Place> places) {
    for (Place p : places) {
      if (p.entity != null) {
        p.entity.open = false;
      }
    }
  }

  private static XmlFailure failure(XmlError error, Place p, int at) {
    return new XmlFailure(error, p.entity == null ? at : XmlFailure.HERE);
  }

  private static void space(StringBuilder s, boolean cdata) {
    if (cdata || !s.isEmpty() && s.charAt(s.length() - 1) != ' ') {
      s.append(' ');
    }
  }

  private void entity(
      StringBuilder s, Deque<Place> places, Place p, int from, int to, boolean inDtd)
      throws XmlFailure {
    String name = new String(p.chars, from + 1, to - from - 2);
    char c = XmlDtd.predefined(name);
    if (c != 0) {
      s.append(c);
      return;
    }
    XmlDtd dtd = parser.dtd;
    XmlDtd.Entity e = dtd.general.get(name);
    boolean mustBe =
        inDtd
            ? parser.parent == null
                && (dtd.standalone ? parser.entities.isEmpty() : !dtd.hasParamRefs)
            : !dtd.hasParamRefs || dtd.standalone;
    if (mustBe) {
      if (e == null) {
        throw new XmlFailure(XmlError.UNDEFINED_ENTITY);
      }
      if (!e.internal) {
        throw new XmlFailure(XmlError.ENTITY_DECLARED_IN_PE);
      }
    } else if (e == null) {
      return;
    }
    if (e.open) {
      throw failure(XmlError.RECURSIVE_ENTITY_REF, p, from);
    }
    if (e.notation != null) {
      throw failure(XmlError.BINARY_ENTITY_REF, p, from);
    }
    if (e.text == null) {
      throw failure(XmlError.ATTRIBUTE_EXTERNAL_ENTITY_REF, p, from);
    }
    open(places, e);
  }

  /** The text of an entity: characters for their references, parameter entities replaced. */
  char[] entityText(XmlText t, int from, int to) throws XmlFailure {
    StringBuilder s = new StringBuilder(to - from);
    Deque<Place> places = new ArrayDeque<>();
    XmlScanner scanner = new XmlScanner(parser.namespaces.enabled());
    places.addFirst(new Place(t.chars, from, to, null));
    try {
      for (Place p = current(places); p != null; p = current(places)) {
        int at = p.at;
        char c = p.chars[at];
        if (c == '&' || c == '%') {
          scanner.set(p.chars, p.end);
          XmlToken token = scanner.valueReference(at);
          p.at = scanner.next;
          switch (token) {
            case CHAR_REF -> s.appendCodePoint(character(p, at, scanner.next));
            case ENTITY_REF -> s.append(p.chars, at, scanner.next - at);
            case PARAM_REF -> parameter(places, p, at, scanner.next);
            case INVALID -> throw failure(XmlError.INVALID_TOKEN, p, scanner.next);
            default -> throw failure(XmlError.INVALID_TOKEN, p, at);
          }
        } else if (c == '\r') {
          p.at += at + 1 < p.end && p.chars[at + 1] == '\n' ? 2 : 1;
          s.append('\n');
        } else {
          s.append(c);
          p.at++;
        }
      }
    } finally {
      close(places);
    }
    char[] text = new char[s.length()];
    s.getChars(0, text.length, text, 0);
    return text;
  }

  private void parameter(Deque<Place> places, Place p, int from, int to) throws XmlFailure {
    if (parser.parent == null && parser.entities.isEmpty()) {
      throw failure(XmlError.PARAM_ENTITY_REF, p, from);
    }
    XmlDtd dtd = parser.dtd;
    XmlDtd.Entity e = dtd.parameter.get(new String(p.chars, from + 1, to - from - 2));
    if (e == null) {
      dtd.keepProcessing = dtd.standalone;
      return;
    }
    if (e.open) {
      throw failure(XmlError.RECURSIVE_ENTITY_REF, p, from);
    }
    if (e.text == null) {
      if (!parser.events.wants(XmlEvents.Kind.EXTERNAL_ENTITY_REF)) {
        dtd.keepProcessing = dtd.standalone;
        return;
      }
      // Its text would have to be read into the value; the handler can't give it there.
      throw failure(XmlError.EXTERNAL_ENTITY_HANDLING, p, from);
    }
    open(places, e);
  }
}
