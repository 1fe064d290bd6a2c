package org.plait.processor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One run of javac in memory, with the processor, over stub runtime classes and given sources. */
final class Compilation {
  private static final Map<String, String> STUBS = new LinkedHashMap<>();

  static {
    for (String c :
        List.of(
            "object.PyObject",
            "object.PyType",
            "object.PyInstance",
            "object.PyBaseObject",
            "object.Value",
            "object.Py",
            "object.NativeDef",
            "object.NativeTable",
            "object.ArgumentConverters",
            "types.PyTuple",
            "types.PyDict")) {
      String file = "/stubs/" + c.substring(c.indexOf('.') + 1) + ".java";
      try (InputStream in = Compilation.class.getResourceAsStream(file)) {
        STUBS.put("org.plait.runtime." + c, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  final Map<String, byte[]> classes = new HashMap<>();
  final Map<String, StringWriter> generated = new HashMap<>();
  final List<String> errors = new ArrayList<>();
  private final ClassLoader loader =
      new ClassLoader(Compilation.class.getClassLoader()) {
        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
          byte[] b = classes.get(name);
          if (b == null) {
            throw new ClassNotFoundException(name);
          }
          return defineClass(name, b, 0, b.length);
        }
      };

  private Compilation() {}

  /** Compiles classes given as pairs of qualified name and source. */
  static Compilation of(String... namesAndSources) throws IOException {
    Compilation c = new Compilation();
    List<JavaFileObject> units = new ArrayList<>();
    STUBS.forEach((name, text) -> units.add(source(name, text)));
    for (int i = 0; i < namesAndSources.length; i += 2) {
      units.add(source(namesAndSources[i], namesAndSources[i + 1]));
    }
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager standard =
        javac.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(
              null, c.fileManager(standard), diagnostics, List.of("-parameters"), null, units);
      task.setProcessors(List.of(new ExposeProcessor()));
      task.call();
    }
    for (Diagnostic<?> d : diagnostics.getDiagnostics()) {
      if (d.getKind() == Diagnostic.Kind.ERROR) {
        c.errors.add(d.getMessage(Locale.ROOT));
      }
    }
    return c;
  }

  /** A loaded class. */
  Class<?> load(String name) throws ClassNotFoundException {
    return loader.loadClass(name);
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("mem:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private JavaFileManager fileManager(StandardJavaFileManager standard) {
    return new ForwardingJavaFileManager<>(standard) {
      @Override
      public JavaFileObject getJavaFileForOutput(
          Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        return new SimpleJavaFileObject(
            URI.create("out:///" + className.replace('.', '/') + kind.extension), kind) {
          @Override
          public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
              @Override
              public void close() {
                classes.put(className, toByteArray());
              }
            };
          }

          @Override
          public Writer openWriter() {
            StringWriter w = new StringWriter();
            generated.put(className, w);
            return w;
          }

          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return generated.get(className).toString();
          }
        };
      }
    };
  }
}
