package org.plait.cli;

import org.plait.host.process.HeapWatch;
import org.plait.host.process.SysInfo;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.boot.MainProgram;
import org.plait.sched.MicroLock;
import org.plait.sched.Scheduler;

/** Entry point of the {@code plait} command. */
public final class Main {
  private static volatile int status;

  private Main() {}

  /**
   * Runs one command line and ends the process with its exit status.
   *
   * @param args the arguments after {@code plait}, as CPython's command line reads them
   */
  public static void main(String[] args) {
    if (args.length == 2 && args[0].equals("--track-resources")) {
      Runtime.getRuntime().halt(ResourceTracker.run(args[1]));
    }
    CommandLine line = new CommandLine();
    int early = line.parse(args);
    if (early >= 0) {
      System.exit(early);
    }
    BootOptions options = line.options();
    Scheduler scheduler = options.gil == 1 ? Scheduler.gil() : Scheduler.free();
    MicroLock.assumeAlone();
    HeapWatch.start();
    scheduler.runMain(() -> status = MainProgram.run(options, line.program()), null, true);
    // Daemon threads may still run; the process ends without them.
    System.out.flush();
    System.err.flush();
    end();
  }

  /**
   * Ends the process. The JVM's own end waits a third of a second when a thread is inside of the C
   * library, as the one that waits for descriptors always is; what it would do besides is wanted
   * where the AOT cache is trained, with {@code -Dplait.exit=jvm}.
   */
  private static void end() {
    if ("jvm".equals(System.getProperty("plait.exit"))) {
      Runtime.getRuntime().halt(status);
    }
    SysInfo.exitNow(status);
  }
}
