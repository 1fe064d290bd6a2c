package org.plait.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.plait.host.HostException;
import org.plait.host.file.SharedMemory;
import org.plait.host.wait.NamedSemaphore;

/**
 * The process that outlives those of {@code multiprocessing} and removes the named semaphores and
 * shared memory that they left, without a Python interpreter: it is started with the first of them,
 * and would cost as much.
 *
 * <p>It reads lines {@code COMMAND:TYPE:NAME} from a pipe, until all processes that can write to it
 * have ended. A name that begins with = is in URL-safe Base64. The other end, and what the exit
 * statuses mean, is {@code multiprocessing/resource_tracker.py}.
 */
final class ResourceTracker {
  private static final int LEAKED = 1;
  private static final int NOT_REMOVED = 2;
  private static final int MISUSED = 3;

  private final Map<String, Set<String>> known = new LinkedHashMap<>();
  private final Set<String> semaphores = new LinkedHashSet<>();
  private final Set<String> sharedMemory = new LinkedHashSet<>();
  private int status;

  private ResourceTracker() {
    known.put("noop", new LinkedHashSet<>());
    known.put("dummy", new LinkedHashSet<>());
    known.put("semaphore", semaphores);
    known.put("shared_memory", sharedMemory);
  }

  /**
   * @param fd the reading end of the pipe
   * @return the exit status
   */
  static int run(String fd) {
    ResourceTracker tracker = new ResourceTracker();
    try (InputStream lines = new BufferedInputStream(new FileInputStream("/dev/fd/" + fd))) {
      // Who reads our parent's output must not wait for our end. The JVM puts /dev/null there.
      new FileInputStream(FileDescriptor.in).close();
      new FileOutputStream(FileDescriptor.out).close();
      tracker.follow(lines);
    } catch (IOException e) {
      tracker.say(e.toString());
      tracker.status = MISUSED;
    }
    tracker.removeAll();
    return tracker.status;
  }

  private void follow(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        obey(line.toString(StandardCharsets.ISO_8859_1));
        line.reset();
      } else {
        line.write(c);
      }
    }
  }

  private void obey(String line) {
    String[] parts = line.split(":", 3);
    Set<String> names = parts.length == 3 ? known.get(parts[1]) : null;
    boolean done =
        names != null
            && switch (parts[0]) {
              case "PROBE" -> true;
              case "REGISTER" -> {
                names.add(parts[2]);
                yield true;
              }
              case "UNREGISTER" -> names.remove(parts[2]);
              default -> false;
            };
    if (!done) {
      say("can't follow " + line);
      status = MISUSED;
    }
  }

  private void removeAll() {
    known.forEach(
        (type, names) -> {
          if (names.isEmpty()) {
            return;
          }
          status = LEAKED;
          if (!type.equals("dummy")) {
            say(
                "There appear to be "
                    + names.size()
                    + " leaked "
                    + type
                    + " objects to clean up at shutdown: "
                    + names.stream()
                        .map(ResourceTracker::shown)
                        .collect(Collectors.joining(", ", "{", "}")));
          }
        });
    for (String name : semaphores) {
      remove(name, NamedSemaphore::unlink);
    }
    for (String name : sharedMemory) {
      remove(name, SharedMemory::unlink);
    }
  }

  private interface Removal {
    void of(byte[] name);
  }

  private void remove(String name, Removal removal) {
    try {
      removal.of(decoded(name));
    } catch (HostException e) {
      status = NOT_REMOVED;
      say(shown(name) + ": [Errno " + e.errno() + "] " + e.text());
    }
  }

  private static byte[] decoded(String name) {
    return name.startsWith("=")
        ? Base64.getUrlDecoder().decode(name.substring(1))
        : name.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String shown(String name) {
    return "'" + new String(decoded(name), StandardCharsets.UTF_8) + "'";
  }

  private void say(String message) {
    System.err.println("UserWarning: resource_tracker: " + message);
  }
}
