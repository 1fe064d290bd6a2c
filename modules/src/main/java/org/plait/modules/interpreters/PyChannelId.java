package org.plait.modules.interpreters;

import java.lang.ref.PhantomReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;

/**
 * {@code _interpchannels.ChannelID}: stands for a channel, or for one of its ends. A channel lives
 * as long as one of these does, in whichever interpreter.
 */
@PyTypeDef(
    name = "ChannelID",
    module = "_interpchannels",
    doc = "Stands for a channel; may be used as an int.")
public final class PyChannelId extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyChannelIdTable.INSTANCE);

  private static final int EQ = 2;
  private static final int NE = 3;

  /** The references of living objects. */
  private static final Set<Reference> LIVING = ConcurrentHashMap.newKeySet();

  /** Gives a channel's reference back when its object has died. */
  private static final class Reference extends PhantomReference<PyChannelId>
      implements Finalization.Dead {
    private final CrossChannels all;
    private final CrossChannel channel;

    Reference(PyChannelId id, CrossChannels all, CrossChannel channel) {
      super(id, Finalization.queue());
      this.all = all;
      this.channel = channel;
      channel.reference();
      LIVING.add(this);
    }

    @Override
    public void run() {
      LIVING.remove(this);
      all.dereference(channel);
    }
  }

  final long id;

  /** Which ends are meant, bits of {@link CrossChannel}. */
  final int ends;

  private PyChannelId(long id, int ends) {
    this.id = id;
    this.ends = ends;
  }

  /**
   * @param force whether there need be no such channel
   */
  static PyChannelId of(long id, int ends, boolean force) {
    CrossChannels all = CrossChannels.current();
    CrossChannel c = force ? all.findOrNull(id) : all.find(id);
    PyChannelId made = new PyChannelId(id, ends);
    if (c != null) {
      new Reference(made, all, c);
    }
    return made;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__repr__")
  String repr() {
    String end =
        switch (ends) {
          case CrossChannel.SEND -> ", send=True";
          case CrossChannel.RECV -> ", recv=True";
          default -> "";
        };
    return "ChannelID(" + id + end + ")";
  }

  @PyMethod(name = "__str__")
  String str() {
    return Long.toString(id);
  }

  @PyMethod(name = "__index__")
  PyObject index() {
    return Py.int_(id);
  }

  @PyMethod(name = "__int__")
  PyObject toInt() {
    return Py.int_(id);
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return PyObjects.hash(Py.int_(id));
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (op != EQ && op != NE) {
      return Py.NotImplemented;
    }
    boolean equal;
    if (other instanceof PyChannelId o) {
      equal = o.id == id && o.ends == ends;
    } else if (other instanceof PyInt || other instanceof PyFloat || other instanceof PyComplex) {
      equal = PyObjects.compareBool(Py.int_(id), other, CompareOp.of(EQ));
    } else {
      return Py.NotImplemented;
    }
    return Py.bool_(equal == (op == EQ));
  }

  @PyGetter("end")
  String end() {
    return switch (ends) {
      case CrossChannel.SEND -> "send";
      case CrossChannel.RECV -> "recv";
      default -> "both";
    };
  }

  @PyGetter("send")
  PyObject send() {
    return of(id, CrossChannel.SEND, true);
  }

  @PyGetter("recv")
  PyObject recv() {
    return of(id, CrossChannel.RECV, true);
  }

  /** An identifier, or a channel end of Python, on its way; keeps the channel alive. */
  static final class Data extends CrossData {
    private final long id;
    private final int ends;
    private final boolean highLevel;
    private final CrossChannels all = CrossChannels.current();
    private final @Nullable CrossChannel channel;

    Data(PyChannelId id, boolean highLevel) {
      this.id = id.id;
      this.ends = id.ends;
      this.highLevel = highLevel;
      channel = all.findOrNull(this.id);
      if (channel != null) {
        channel.reference();
      }
    }

    @Override
    PyObject rebuild() {
      PyChannelId made = of(id, ends, true);
      return highLevel ? ChannelTypes.current().end(made) : made;
    }

    @Override
    void release() {
      if (channel != null) {
        all.dereference(channel);
      }
    }
  }
}
