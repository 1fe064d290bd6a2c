package org.plait.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A child process in a clean environment, in a session of its own, with a scratch folder as its
 * working directory, that can be ended with all it started.
 */
final class Child implements AutoCloseable {
  private static final Set<Child> LIVE = ConcurrentHashMap.newKeySet();

  static {
    // In sessions of their own, children do not see the terminal's Ctrl-C.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVE.forEach(Child::close)));
  }

  private final Process process;
  private final Path scratch;

  private Child(Process process, Path scratch) {
    this.process = process;
    this.scratch = scratch;
  }

  /**
   * Starts a command.
   *
   * @param output where standard output and error go, together
   * @param error where standard error goes when it is to be kept apart
   */
  static Child start(
      List<String> command, Map<String, String> environment, Path output, @Nullable Path error) {
    try {
      Path scratch = Files.createTempDirectory("plait-conformance");
      Path cwd = Files.createDirectory(scratch.resolve("cwd"));
      Path tmp = Files.createDirectory(scratch.resolve("tmp"));
      Path home = Files.createDirectory(scratch.resolve("home"));
      ProcessBuilder builder = new ProcessBuilder();
      // A build in the background of a script ignores Ctrl-C, and what it starts would, too.
      builder.command().addAll(List.of("env", "--default-signal=INT", "setsid"));
      builder.command().addAll(command);
      builder.directory(cwd.toFile());
      Map<String, String> env = builder.environment();
      String path = env.get("PATH");
      env.clear();
      env.put("PATH", path == null ? "/usr/bin:/bin" : path);
      env.put("HOME", home.toString());
      env.put("TMPDIR", tmp.toString());
      env.put("LANG", "C.UTF-8");
      env.putAll(environment);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      if (error == null) {
        builder.redirectErrorStream(true);
      } else {
        builder.redirectError(ProcessBuilder.Redirect.appendTo(error.toFile()));
      }
      Child child = new Child(builder.start(), scratch);
      LIVE.add(child);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits so long for its end; true when it has ended. */
  boolean await(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
      throw new IllegalStateException("interrupted", e);
    }
  }

  int exitCode() {
    return process.exitValue();
  }

  Path scratch() {
    return scratch;
  }

  /** Writes the stacks of all Java threads, virtual ones included, to a file. */
  void dumpThreads(Path target) {
    String java = System.getProperty("java.home");
    ProcessBuilder builder =
        new ProcessBuilder(
            java + "/bin/jcmd",
            Long.toString(process.pid()),
            "Thread.dump_to_file",
            "-overwrite",
            target.toAbsolutePath().toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process jcmd = builder.start();
      if (!jcmd.waitFor(10, TimeUnit.SECONDS)) {
        jcmd.destroyForcibly();
      }
    } catch (IOException e) {
      // A dump is a help for whoever looks into the hang; the hang is reported without it, too.
      System.err.println("no thread dump: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the process, its descendants, and what is left in its session. */
  void kill() {
    List<ProcessHandle> descendants;
    try (Stream<ProcessHandle> all = process.descendants()) {
      descendants = all.toList();
    }
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    killSession();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Orphans stay in the session that setsid made, unless they made one of their own. */
  private void killSession() {
    long session = process.pid();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .filter(path -> sessionOf(path) == session)
          .forEach(
              path ->
                  ProcessHandle.of(Long.parseLong(path.getFileName().toString()))
                      .ifPresent(ProcessHandle::destroyForcibly));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sessionOf(Path proc) {
    try {
      String stat =
          Files.readString(proc.resolve("stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
      // pid (command, which may hold anything) state ppid pgrp session
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    } catch (IOException | RuntimeException e) {
      return -1; // it ended while we looked
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    } else {
      killSession();
    }
    removeTree(scratch);
    LIVE.remove(this);
  }

  /** Removes a folder with all in it; what tests made unwritable is made writable first. */
  static void removeTree(Path root) {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              try {
                Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
              } catch (IOException e) {
                return FileVisitResult.CONTINUE;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
                throws IOException {
              Files.deleteIfExists(dir);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.err.println("left behind: " + root + " (" + e.getMessage() + ")");
    }
  }
}
