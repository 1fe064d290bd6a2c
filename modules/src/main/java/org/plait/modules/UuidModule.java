package org.plait.modules;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.plait.host.process.SysInfo;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;
import org.plait.sched.Clock;

/** {@code _uuid}: UUIDs of the time, with a random node. */
@PyModuleDef(name = "_uuid")
public final class UuidModule implements NativeModule {
  /** From the first day of the Gregorian calendar to 1970, in units of 100 ns. */
  private static final long EPOCH = 0x01b21dd213814000L;

  /** The last time given out: no two are the same. */
  private static final AtomicLong LAST = new AtomicLong();

  /** Clock sequence and node of this process, made at first need. */
  private static final class Node {
    static final byte[] BYTES = make();

    private static byte[] make() {
      byte[] b = SysInfo.random(8);
      b[0] = (byte) (b[0] & 0x3f | 0x80);
      b[2] |= 1; // a multicast address: no real node has it
      return b;
    }
  }

  @Override
  public NativeTable table() {
    return new UuidModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("has_uuid_generate_time_safe", Py.int_(1));
    m.add("has_stable_extractable_node", Py.int_(0));
  }

  @PyFunction(
      name = "generate_time_safe",
      sig = "()",
      doc = "The bytes of a new UUID, and 0 if no other process can make the same, else -1.")
  static PyObject generate() {
    long now = Clock.epochNanos() / 100 + EPOCH;
    long time = LAST.updateAndGet(last -> Math.max(last + 1, now));
    ByteBuffer b = ByteBuffer.allocate(16);
    b.putInt((int) time);
    b.putShort((short) (time >> 32));
    b.putShort((short) (time >> 48 & 0x0fff | 0x1000));
    b.put(Node.BYTES);
    return Py.tuple(Py.bytes(b.array()), Py.int_(-1));
  }
}
