package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.modules.interpreters.ChannelErrors;
import org.plait.modules.interpreters.ChannelFunctions;
import org.plait.modules.interpreters.ChannelTypes;
import org.plait.modules.interpreters.CrossChannels;
import org.plait.modules.interpreters.PyChannelId;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;

/** {@code _interpchannels}: channels between interpreters. */
@PyModuleDef(name = "_interpchannels", doc = "Channels between the interpreters of this process.")
public final class InterpchannelsModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new InterpchannelsModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("ChannelError", ChannelErrors.ERROR);
    m.add("ChannelNotFoundError", ChannelErrors.NOT_FOUND);
    m.add("ChannelClosedError", ChannelErrors.CLOSED);
    m.add("ChannelEmptyError", ChannelErrors.EMPTY);
    m.add("ChannelNotEmptyError", ChannelErrors.NOT_EMPTY);
    m.add("ChannelID", PyChannelId.TYPE);
    m.add("ChannelInfo", ChannelFunctions.infoType());
    ChannelFunctions.registerId();
    CrossChannels all = CrossChannels.current();
    PyInterpreter i = ThreadState.current().interpreter;
    i.onEnd(() -> all.forget(i));
  }

  @PyFunction(
      sig = "!(unboundop=-1, fallback=-1)",
      doc = "Makes a channel and returns its identifier.")
  static PyObject create(int unboundop, int fallback) {
    return ChannelFunctions.create(unboundop, fallback);
  }

  @PyFunction(sig = "!(cid)", doc = "Closes a channel and forgets it.")
  static void destroy(PyObject cid) {
    ChannelFunctions.destroy(cid);
  }

  @PyFunction(
      name = "list_all",
      sig = "()",
      doc = "A list of identifier, unbound op and fallback of all channels that aren't closed.")
  static PyObject listAll() {
    return ChannelFunctions.listAll();
  }

  @PyFunction(
      name = "list_interpreters",
      sig = "!(cid, *, send)",
      doc = "A list of the interpreters that use the sending or the receiving end.")
  static PyObject listInterpreters(PyObject cid, boolean send) {
    return ChannelFunctions.listInterpreters(cid, send);
  }

  @PyFunction(
      sig = "!(cid, obj, unboundop=-1, fallback=-1, *, blocking=True, timeout=None)",
      doc = "Adds an object's data to the channel and waits until it has been received.")
  static void send(
      PyObject cid, PyObject obj, int unboundop, int fallback, boolean blocking, PyObject timeout) {
    ChannelFunctions.send(cid, obj, unboundop, fallback, blocking, timeout);
  }

  @PyFunction(
      name = "send_buffer",
      sig = "!(cid, obj, unboundop=-1, fallback=-1, *, blocking=True, timeout=None)",
      doc = "As send(), with the object's memory, which becomes a memoryview.")
  static void sendBuffer(
      PyObject cid, PyObject obj, int unboundop, int fallback, boolean blocking, PyObject timeout) {
    ChannelFunctions.sendBuffer(cid, obj, unboundop, fallback, blocking, timeout);
  }

  @PyFunction(
      sig = "!(cid, default=NULL)",
      doc =
          "Takes the next object of the channel; returns it and None, or None and the unbound op"
              + " if its interpreter is gone. An empty channel gives the default, if there is one.")
  static PyObject recv(PyObject cid, @Nullable PyObject otherwise) {
    return ChannelFunctions.recv(cid, otherwise);
  }

  @PyFunction(
      sig = "!(cid, *, send=False, recv=False, force=False)",
      doc =
          "Closes the channel for all interpreters: both ends, unless one of them is named. With"
              + " objects in it that takes force, or send alone, which lets them be received"
              + " first.")
  static void close(PyObject cid, boolean send, boolean recv, boolean force) {
    ChannelFunctions.close(cid, send, recv, force);
  }

  @PyFunction(
      sig = "!(cid, *, send=False, recv=False, force=False)",
      doc = "Releases the ends named, by default both, for the current interpreter.")
  static void release(PyObject cid, boolean send, boolean recv, boolean force) {
    ChannelFunctions.release(cid, send, recv);
  }

  @PyFunction(name = "get_count", sig = "!(cid)", doc = "How many objects are in the channel.")
  static int getCount(PyObject cid) {
    return ChannelFunctions.count(cid);
  }

  @PyFunction(name = "get_info", sig = "!(cid)", doc = "The state of the channel.")
  static PyObject getInfo(PyObject cid) {
    return ChannelFunctions.info(cid);
  }

  @PyFunction(
      name = "get_channel_defaults",
      sig = "!(cid)",
      doc = "The unbound op and fallback that the channel was made with.")
  static PyObject getChannelDefaults(PyObject cid) {
    return ChannelFunctions.defaults(cid);
  }

  @PyFunction(
      name = "_channel_id",
      sig = "!(id, *, send=NULL, recv=NULL, force=False, _resolve=False)")
  static PyObject channelId(
      PyObject id,
      @Nullable PyObject send,
      @Nullable PyObject recv,
      boolean force,
      boolean resolve) {
    return ChannelFunctions.channelId(id, truth(send), truth(recv), force);
  }

  private static int truth(@Nullable PyObject o) {
    return o == null ? -1 : PyObjects.isTrue(o) ? 1 : 0;
  }

  @PyFunction(name = "_register_end_types", sig = "!(send, recv)")
  static void registerEndTypes(PyObject send, PyObject recv) {
    ChannelTypes.current().register(type(send, "send"), type(recv, "recv"));
  }

  private static PyType type(PyObject o, String name) {
    if (o instanceof PyType t) {
      return t;
    }
    throw Errors.typeError("expected a type for '" + name + "'");
  }
}
