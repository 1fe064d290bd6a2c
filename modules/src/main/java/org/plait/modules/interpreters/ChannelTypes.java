package org.plait.modules.interpreters;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** The classes for the ends of channels in one interpreter, if a library has registered some. */
public final class ChannelTypes {
  /** The one library that has such classes. */
  private static final String LIBRARY = "test.support.channels";

  private record Known(PyType send, PyType recv) {}

  private volatile @Nullable Known known;

  /** Those of the current interpreter. */
  public static ChannelTypes current() {
    return ThreadState.current().interpreter.state(ChannelTypes.class, ChannelTypes::new);
  }

  /** {@code _register_end_types}. */
  public void register(PyType send, PyType recv) {
    Known before = known;
    if (before != null) {
      CrossTypes.current().unregister(before.send);
      CrossTypes.current().unregister(before.recv);
    }
    known = new Known(send, recv);
    CrossTypes.current().register(send, ChannelTypes::data);
    CrossTypes.current().register(recv, ChannelTypes::data);
  }

  private static CrossData data(PyObject end) {
    PyObject id = PyObjects.getAttr(end, "_id");
    if (!(id instanceof PyChannelId c)) {
      throw Errors.typeError("expected a ChannelID, got " + id.type().name());
    }
    return new PyChannelId.Data(c, true);
  }

  PyObject end(PyChannelId id) {
    if (known == null) {
      Imports.importModule(LIBRARY);
    }
    Known k = known;
    if (k == null) {
      throw Errors.runtimeError("could not import the ends of channels");
    }
    return (id.ends == CrossChannel.SEND ? k.send : k.recv).call1(id);
  }
}
