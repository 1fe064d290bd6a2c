package org.plait.modules.expat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a document declares. Shared by the parser of a document and those of its entities. */
final class XmlDtd {
  /** An entity. */
  static final class Entity {
    final String name;

    /** The text of an internal entity. */
    char @Nullable [] text;

    @Nullable String base;
    @Nullable String systemId;
    @Nullable String publicId;
    @Nullable String notation;

    /** Whether it was declared in the document itself. */
    boolean internal;

    /** Whether it is being replaced. */
    boolean open;

    Entity(String name) {
      this.name = name;
    }
  }

  /** An attribute that the DTD declares. */
  record Attribute(String name, boolean cdata, @Nullable String value) {}

  final Map<String, Entity> general = new HashMap<>();
  final Map<String, Entity> parameter = new HashMap<>();

  /** The attributes of the elements by name, in the order of their declarations. */
  final Map<String, Map<String, Attribute>> attributes = new HashMap<>();

  boolean keepProcessing = true;
  boolean hasParamRefs;
  boolean standalone;
  boolean paramRead;

  @Nullable Attribute attribute(String element, String name) {
    Map<String, Attribute> of = attributes.get(element);
    return of == null ? null : of.get(name);
  }

  void declare(String element, Attribute a) {
    attributes.computeIfAbsent(element, k -> new LinkedHashMap<>()).putIfAbsent(a.name(), a);
  }

  /** The character that one of the five entities of XML itself stands for, or 0. */
  static char predefined(String name) {
    return switch (name) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> 0;
    };
  }
}
