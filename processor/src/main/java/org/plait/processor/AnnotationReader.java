package org.plait.processor;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** One annotation of an element, with its default values filled in. */
final class AnnotationReader {
  private static final String PACKAGE = "org.plait.processor.annotation.";

  private final Map<? extends ExecutableElement, ? extends AnnotationValue> values;

  private AnnotationReader(Map<? extends ExecutableElement, ? extends AnnotationValue> values) {
    this.values = values;
  }

  /** The element's annotation of that simple name, or null. */
  static @Nullable AnnotationReader of(Elements elements, Element element, String simpleName) {
    for (AnnotationMirror m : element.getAnnotationMirrors()) {
      if (m.getAnnotationType().toString().equals(PACKAGE + simpleName)) {
        return new AnnotationReader(elements.getElementValuesWithDefaults(m));
      }
    }
    return null;
  }

  private Object value(String name) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> e : values.entrySet()) {
      if (e.getKey().getSimpleName().contentEquals(name)) {
        return Objects.requireNonNull(e.getValue().getValue());
      }
    }
    throw new IllegalArgumentException(name);
  }

  String string(String name) {
    return (String) value(name);
  }

  boolean bool(String name) {
    return (Boolean) value(name);
  }

  /** The class named by a class element, or null for the default {@code void}. */
  @Nullable TypeMirror type(String name) {
    // A class that can't be resolved yet comes as a string or an error type; javac reports it.
    return value(name) instanceof TypeMirror t && !t.toString().equals("void") ? t : null;
  }

  String enumName(String name) {
    return ((VariableElement) value(name)).getSimpleName().toString();
  }

  List<String> enumNames(String name) {
    return ((List<?>) value(name))
        .stream()
            .map(
                v ->
                    ((VariableElement) ((AnnotationValue) v).getValue()).getSimpleName().toString())
            .toList();
  }
}
