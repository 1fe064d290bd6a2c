package org.plait.modules.expat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content that a DTD allows an element, or a part of it. */
final class XmlModel {
  static final int EMPTY = 1;
  static final int ANY = 2;
  static final int MIXED = 3;
  static final int NAME = 4;
  static final int CHOICE = 5;
  static final int SEQUENCE = 6;

  static final int ONCE = 0;
  static final int OPTIONAL = 1;
  static final int REPEATED = 2;
  static final int PLUS = 3;

  int type;
  int quantifier;
  final @Nullable String name;
  final List<XmlModel> children = new ArrayList<>();

  XmlModel(int type, int quantifier, @Nullable String name) {
    this.type = type;
    this.quantifier = quantifier;
    this.name = name;
  }
}
