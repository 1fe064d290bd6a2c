package org.plait.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.plait.processor.TableModel.Constructor;

/**
 * Generates {@code XTable} for each class {@code X} marked {@code @PyTypeDef} or
 * {@code @PyModuleDef}, and {@code XDerived} for subclassable types. Each unit depends on its one
 * annotated class (and the annotations of classes in its signatures), so that incremental builds
 * work.
 */
public final class ExposeProcessor extends AbstractProcessor {
  private static final String PACKAGE = "org.plait.processor.annotation.";

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(PACKAGE + "*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (TypeElement a : annotations) {
      String name = a.getQualifiedName().toString();
      boolean type = name.equals(PACKAGE + "PyTypeDef");
      if (!type && !name.equals(PACKAGE + "PyModuleDef")) {
        continue;
      }
      for (Element e : round.getElementsAnnotatedWith(a)) {
        if (e instanceof TypeElement t) {
          generate(t, type);
        }
      }
    }
    return false;
  }

  private void generate(TypeElement owner, boolean type) {
    var elements = processingEnv.getElementUtils();
    var messager = processingEnv.getMessager();
    TableModel model =
        type
            ? Collector.type(elements, messager, owner)
            : Collector.module(elements, messager, owner);
    if (model == null) {
      return;
    }
    write(owner, model.packageName(), model.tableName(), TableWriter.write(model));
    List<Constructor> derived = model.derived();
    if (derived != null) {
      String name = model.flatName() + "Derived";
      write(owner, model.packageName(), name, DerivedWriter.write(model, derived));
    }
  }

  private void write(TypeElement owner, String packageName, String name, String source) {
    String qualified = packageName.isEmpty() ? name : packageName + "." + name;
    try (Writer w = processingEnv.getFiler().createSourceFile(qualified, owner).openWriter()) {
      w.write(source);
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, "can't write " + qualified + ": " + e, owner);
    }
  }
}
