package org.plait.modules.expat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.modules.expat.XmlEvents.Kind;

/** Which prefixes mean what where the parser is, and what names become by that. */
final class XmlNamespaces {
  private static final String XML = "http://www.w3.org/XML/1998/namespace";
  private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

  /** A binding that ends: of which prefix, and what it meant before. */
  record Undo(String prefix, @Nullable String before) {}

  /** Between the URI and the name; null where prefixes mean nothing. */
  private final @Nullable String separator;

  /** By prefix; the default namespace is that of the empty one. */
  private final Map<String, String> bindings = new HashMap<>();

  /** The entities that are being replaced by the parsers around this one. */
  private final Set<String> openEntities = new HashSet<>();

  /** Whether names are followed by their prefix. */
  volatile boolean triplets;

  XmlNamespaces(@Nullable String separator) {
    this.separator = separator;
    if (separator != null) {
      bindings.put("xml", XML);
    }
  }

  boolean enabled() {
    return separator != null;
  }

  boolean isOpen(String entity) {
    return openEntities.contains(entity);
  }

  /** What {@link #context} says. */
  XmlNamespaces ofContext(String context) {
    XmlNamespaces n = new XmlNamespaces(separator);
    n.triplets = triplets;
    for (String item : context.split("\f", -1)) {
      int equals = item.indexOf('=');
      if (equals < 0) {
        n.openEntities.add(item);
      } else if (separator != null) {
        n.bindings.put(item.substring(0, equals), item.substring(equals + 1));
      }
    }
    return n;
  }

  /** What an external entity needs to know of the place where it is referred to. */
  String context(Iterable<XmlDtd.Entity> entities) {
    StringBuilder s = new StringBuilder();
    bindings.forEach((prefix, uri) -> item(s).append(prefix).append('=').append(uri));
    for (XmlDtd.Entity e : entities) {
      if (e.open) {
        item(s).append(e.name);
      }
    }
    openEntities.forEach(name -> item(s).append(name));
    return s.toString();
  }

  private static StringBuilder item(StringBuilder s) {
    return s.isEmpty() ? s : s.append('\f');
  }

  /**
   * Begins a binding.
   *
   * @param undone gets what ends it
   */
  void bind(String prefix, String uri, List<Undo> undone, XmlEvents events) throws XmlFailure {
    if (!prefix.isEmpty() && uri.isEmpty()) {
      throw new XmlFailure(XmlError.UNDECLARING_PREFIX);
    }
    if (prefix.equals("xmlns")) {
      throw new XmlFailure(XmlError.RESERVED_PREFIX_XMLNS);
    }
    if (prefix.equals("xml") != uri.equals(XML)) {
      throw new XmlFailure(
          prefix.equals("xml") ? XmlError.RESERVED_PREFIX_XML : XmlError.RESERVED_NAMESPACE_URI);
    }
    if (uri.equals(XMLNS)) {
      throw new XmlFailure(XmlError.RESERVED_NAMESPACE_URI);
    }
    // Names could not be taken apart again.
    if (!separator.isEmpty() && !isUriChar(separator.charAt(0)) && uri.contains(separator)) {
      throw new XmlFailure(XmlError.SYNTAX);
    }
    undone.add(
        new Undo(prefix, uri.isEmpty() ? bindings.remove(prefix) : bindings.put(prefix, uri)));
    if (events.wants(Kind.START_NAMESPACE_DECL)) {
      events.startNamespace(prefix.isEmpty() ? null : prefix, uri.isEmpty() ? null : uri);
    }
  }

  private static boolean isUriChar(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c < 0x80 && "%-._~:/?#[]@!$&'()*+,;=".indexOf(c) >= 0;
  }

  void undo(Undo u) {
    if (u.before == null) {
      bindings.remove(u.prefix);
    } else {
      bindings.put(u.prefix, u.before);
    }
  }

  /** The name with its URI. The default namespace is for elements only. */
  String expand(String name, boolean element) throws XmlFailure {
    int colon = name.indexOf(':');
    if (colon < 0 && !element) {
      return name;
    }
    String prefix = colon < 0 ? "" : name.substring(0, colon);
    String uri = bindings.get(prefix);
    if (uri == null) {
      if (colon < 0) {
        return name;
      }
      throw new XmlFailure(XmlError.UNBOUND_PREFIX);
    }
    String local = name.substring(colon + 1);
    return triplets && colon >= 0
        ? uri + separator + local + separator + prefix
        : uri + separator + local;
  }
}
