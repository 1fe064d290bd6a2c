package org.plait.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may import whom: the doors between the modules, and no cycles between packages. */
class DoorsTest {
  /** Each module and those it may use; what they may use in turn comes with them. */
  private static final Map<String, Set<String>> DOORS = new LinkedHashMap<>();

  static {
    DOORS.put("processor", Set.of());
    DOORS.put("syntax", Set.of());
    DOORS.put("compiler", Set.of("syntax"));
    DOORS.put("host", Set.of());
    DOORS.put("sched", Set.of());
    DOORS.put("runtime", Set.of("compiler", "host", "sched", "processor"));
    DOORS.put("modules", Set.of("runtime"));
    DOORS.put("jit", Set.of("runtime"));
    DOORS.put("embed", Set.of("runtime"));
    DOORS.put("cli", Set.of("runtime", "modules", "jit", "embed"));
    DOORS.put("conformance", Set.of("cli"));
    DOORS.put("bench", Set.of("embed"));
  }

  @Test
  void modulesUseOnlyWhatIsBelowThem() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : Project.CLASSES) {
      String from = Project.module(type.getName());
      assertThat(DOORS).as("modules named in DoorsTest").containsKey(from);
      Set<String> open = reachable(from);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        if (target.startsWith("org.plait.") && !open.contains(Project.module(target))) {
          wrong.add(type.getName() + " → " + target);
        }
      }
    }
    assertThat(wrong).as("imports through a wall (ARCHITECTURE.md, Rooms)").isEmpty();
  }

  @Test
  void packagesHaveNoCyclesButTheWrittenOnes() {
    Map<String, Set<String>> graph = new TreeMap<>();
    for (JavaClass type : Project.CLASSES) {
      Set<String> targets = graph.computeIfAbsent(type.getPackageName(), p -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (target.startsWith("org.plait.") && !target.equals(type.getPackageName())) {
          targets.add(target);
        }
      }
    }
    Set<Set<String>> written = new HashSet<>();
    Project.exceptions("package-cycles.txt")
        .keySet()
        .forEach(line -> written.add(new TreeSet<>(List.of(line.split(" +")))));
    Set<Set<String>> found = new HashSet<>();
    for (Set<String> component : components(graph)) {
      if (component.size() > 1) {
        found.add(component);
      }
    }
    assertThat(found)
        .as("groups of packages that use each other in a circle, against package-cycles.txt")
        .isEqualTo(written);
  }

  private static Set<String> reachable(String module) {
    Set<String> seen = new HashSet<>(Set.of(module));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (String next : DOORS.get(open.pop())) {
        if (seen.add(next)) {
          open.push(next);
        }
      }
    }
    return seen;
  }

  /** The strongly connected components of a small graph. */
  private static Collection<Set<String>> components(Map<String, Set<String>> graph) {
    Map<String, Set<String>> reach = new HashMap<>();
    for (String start : graph.keySet()) {
      Set<String> seen = new HashSet<>();
      Deque<String> open = new ArrayDeque<>(graph.get(start));
      while (!open.isEmpty()) {
        String next = open.pop();
        if (seen.add(next)) {
          open.addAll(graph.getOrDefault(next, Set.of()));
        }
      }
      reach.put(start, seen);
    }
    Map<String, Set<String>> result = new HashMap<>();
    for (String one : graph.keySet()) {
      Set<String> group = new TreeSet<>(Set.of(one));
      for (String other : graph.keySet()) {
        if (reach.get(one).contains(other) && reach.get(other).contains(one)) {
          group.add(other);
        }
      }
      result.put(group.iterator().next(), group);
    }
    return result.values();
  }
}
