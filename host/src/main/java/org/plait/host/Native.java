package org.plait.host;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way into the C library. For use inside this module.
 *
 * <p>Each distinct downcall shape costs 7 to 12 ms at start, even from an AOT cache, so there is
 * exactly one: {@code (address, errno state, 7 longs) -> long}. Seven because {@code getnameinfo}
 * takes seven; a surplus argument costs a register move and is ignored by the callee in the SysV
 * and AAPCS64 conventions, for variadic functions of Linux too. The first call costs about 15 ms
 * with an AOT cache, so what the start of the interpreter needs has another way as well (see {@link
 * #isLoaded()}).
 */
public final class Native {
  private static volatile boolean loaded;

  private Native() {}

  /** The linker's part, initialized by the first call. */
  private static final class Link {
    static final SymbolLookup LOOKUP;
    static final MethodHandle CALL;

    static {
      if (!Platform.LINUX) {
        throw new HostException(Errno.ENOSYS, "host access on " + System.getProperty("os.name"));
      }
      Linker linker = Linker.nativeLinker();
      LOOKUP = linker.defaultLookup();
      ValueLayout.OfLong l = ValueLayout.JAVA_LONG;
      CALL =
          linker.downcallHandle(
              FunctionDescriptor.of(l, l, l, l, l, l, l, l),
              Linker.Option.captureCallState("errno"));
      loaded = true;
    }

    static long invoke(
        MemorySegment function,
        MemorySegment state,
        long a,
        long b,
        long c,
        long d,
        long e,
        long f,
        long g) {
      try {
        return (long) CALL.invokeExact(function, state, a, b, c, d, e, f, g);
      } catch (Error | RuntimeException problem) {
        throw problem;
      } catch (Throwable problem) {
        throw new AssertionError(problem);
      }
    }
  }

  /**
   * Whether the C library has been called already, so that a further call is cheap. Until then the
   * operations that a program needs to start go through the JDK.
   */
  public static boolean isLoaded() {
    return loaded;
  }

  /**
   * Loads the C library's way in on a thread of its own, for a program that is going to need it
   * soon; harmless if it is loaded.
   */
  public static void preload() {
    if (!loaded) {
      Thread.ofPlatform().daemon().name("plait-preload").unstarted(new Preload()).start();
    }
  }

  /** A class because a lambda is dear at the start. */
  private static final class Preload implements Runnable {
    @Override
    public void run() {
      try (Scratch s = Scratch.take()) {
        s.clearErrno();
      }
    }
  }

  static @Nullable MemorySegment find(String name) {
    Optional<MemorySegment> found = Link.LOOKUP.find(name);
    if (found.isEmpty()) {
      found = Extra.find(name);
    }
    return found.orElse(null);
  }

  /** Libraries that a C library before glibc 2.34 keeps apart. */
  private static final class Extra {
    private static final String[] NAMES = {"libpthread.so.0", "librt.so.1", "libutil.so.1"};

    @SuppressWarnings("restricted")
    static Optional<MemorySegment> find(String name) {
      for (String library : NAMES) {
        try {
          Optional<MemorySegment> found =
              SymbolLookup.libraryLookup(library, java.lang.foreign.Arena.global()).find(name);
          if (found.isPresent()) {
            return found;
          }
        } catch (IllegalArgumentException missing) {
          // this C library has no such part
        }
      }
      return Optional.empty();
    }
  }

  static long invoke(
      MemorySegment function,
      MemorySegment state,
      long a,
      long b,
      long c,
      long d,
      long e,
      long f,
      long g) {
    return Link.invoke(function, state, a, b, c, d, e, f, g);
  }
}
