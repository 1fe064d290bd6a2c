package org.plait.runtime.boot;

import org.plait.host.process.Ids;
import org.plait.host.time.Clocks;
import org.plait.sched.CpuClock;
import org.plait.sched.PlaitThread;

/** The processor time of the current Python thread, whatever carriers it has been on. */
public final class CpuTime {
  private static final CpuClock.Carrier CARRIER =
      new CpuClock.Carrier() {
        @Override
        public long time() {
          return Clocks.carrierTime();
        }

        @Override
        public long id() {
          return Ids.carrierThreadId();
        }
      };

  private CpuTime() {}

  /** Nanoseconds, from the thread's first question on. */
  public static long ofThread() {
    return PlaitThread.cpuClock(CARRIER).read();
  }
}
