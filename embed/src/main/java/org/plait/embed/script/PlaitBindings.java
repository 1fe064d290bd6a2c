package org.plait.embed.script;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import javax.script.Bindings;
import org.jspecify.annotations.Nullable;
import org.plait.embed.PlaitScope;
import org.plait.embed.PlaitValue;

/**
 * The variables of a Python scope as bindings: changes on either side show on the other. Values are
 * converted at each access. Names with two underscores at both ends are Python's own and not
 * listed.
 */
final class PlaitBindings extends AbstractMap<String, @Nullable Object> implements Bindings {
  final PlaitScope scope;

  PlaitBindings(PlaitScope scope) {
    this.scope = scope;
  }

  private static String checked(@Nullable Object key) {
    if (!(key instanceof String name)) {
      throw key == null
          ? new NullPointerException("key")
          : new ClassCastException("a key must be a String");
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a key must not be empty");
    }
    return name;
  }

  private static @Nullable Object java(@Nullable PlaitValue v) {
    return v == null ? null : v.toJava();
  }

  @Override
  public @Nullable Object put(String name, @Nullable Object value) {
    Object before = get(checked(name));
    scope.set(name, value);
    return before;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return scope.get(checked(key)) != null;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return java(scope.get(checked(key)));
  }

  @Override
  public @Nullable Object remove(@Nullable Object key) {
    Object before = get(key);
    scope.remove(checked(key));
    return before;
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
        Iterator<String> names =
            scope.names().stream().filter(n -> !isPythons(n)).toList().iterator();
        return new Iterator<>() {
          private @Nullable String last;

          @Override
          public boolean hasNext() {
            return names.hasNext();
          }

          @Override
          public Map.Entry<String, @Nullable Object> next() {
            String name = names.next();
            last = name;
            return new Variable(name);
          }

          @Override
          public void remove() {
            String name = last;
            if (name == null) {
              throw new IllegalStateException();
            }
            scope.remove(name);
            last = null;
          }
        };
      }

      @Override
      public int size() {
        return (int) scope.names().stream().filter(n -> !isPythons(n)).count();
      }
    };
  }

  static boolean isPythons(String name) {
    return name.startsWith("__") && name.endsWith("__");
  }

  /** One variable; setting it sets the variable. */
  private final class Variable extends SimpleEntry<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    Variable(String name) {
      super(name, PlaitBindings.this.get(name));
    }

    @Override
    public @Nullable Object setValue(@Nullable Object value) {
      scope.set(getKey(), value);
      return super.setValue(value);
    }
  }
}
