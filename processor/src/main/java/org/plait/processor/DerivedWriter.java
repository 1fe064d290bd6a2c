package org.plait.processor;

import java.util.ArrayList;
import java.util.List;
import org.plait.processor.TableModel.Constructor;

/** Writes {@code XDerived}: the Java class of instances of Python subclasses of {@code X}. */
final class DerivedWriter {
  private static final String OBJECT = "org.plait.runtime.object.";

  private DerivedWriter() {}

  static String write(TableModel model, List<Constructor> constructors) {
    String name = model.flatName() + "Derived";
    StringBuilder out = new StringBuilder();
    if (!model.packageName().isEmpty()) {
      out.append("package ").append(model.packageName()).append(";\n");
    }
    out.append("/** Generated: an instance of a Python subclass of {@link ")
        .append(model.javaClass())
        .append("}, with attributes. */\n")
        .append("@SuppressWarnings(\"all\")\n")
        .append("public final class ")
        .append(name)
        .append(" extends ")
        .append(model.javaClass())
        .append(" {\n")
        .append("  private final ")
        .append(OBJECT)
        .append("PyInstance attrs;\n");
    for (Constructor c : constructors) {
      constructor(out, name, c);
    }
    out.append("  @Override public ")
        .append(OBJECT)
        .append("PyType type() { return attrs.type(); }\n")
        .append("  @Override public ")
        .append(OBJECT)
        .append("PyInstance attrs() { return attrs; }\n}\n");
    return out.toString();
  }

  private static void constructor(StringBuilder out, String name, Constructor c) {
    List<String> parameters = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    parameters.add(OBJECT + "PyType type");
    for (int i = 0; i < c.parameterTypes().size(); i++) {
      parameters.add(c.parameterTypes().get(i) + " p" + i);
      arguments.add("p" + i);
    }
    out.append("  public ")
        .append(name)
        .append("(")
        .append(String.join(", ", parameters))
        .append(")");
    if (!c.exceptions().isEmpty()) {
      out.append(" throws ").append(String.join(", ", c.exceptions()));
    }
    out.append(" {\n    super(")
        .append(String.join(", ", arguments))
        .append(");\n    attrs = new ")
        .append(OBJECT)
        .append("PyInstance(type, this);\n  }\n");
  }
}
