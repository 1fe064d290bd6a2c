package org.plait.modules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.process.Users;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.boot.PosixSystem;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyStructSequence;

/** {@code pwd}: the user database. */
@PyModuleDef(name = "pwd", hostErrors = true, doc = "The password database.")
public final class PwdModule implements NativeModule {
  private static final PyStructSequence.Kind ENTRY =
      new PyStructSequence.Kind(
          "pwd",
          "struct_passwd",
          true,
          7,
          "pw_name",
          "pw_passwd",
          "pw_uid",
          "pw_gid",
          "pw_gecos",
          "pw_dir",
          "pw_shell");

  @Override
  public NativeTable table() {
    return new PwdModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("struct_passwd", ENTRY.type());
  }

  /** Ids are unsigned, but -1 stays what it is. */
  private static PyObject number(int id) {
    return Py.int_(id == -1 ? -1 : id & 0xffffffffL);
  }

  private static PyObject entry(Users.User u) {
    return ENTRY.make(
        FsPaths.decode(u.name()),
        FsPaths.decode(u.password()),
        number(u.uid()),
        number(u.gid()),
        FsPaths.decode(u.gecos()),
        FsPaths.decode(u.home()),
        FsPaths.decode(u.shell()));
  }

  private static PyObject found(Users.@Nullable User u, String function, String what) {
    if (u == null) {
      throw Errors.keyError(Py.str(function + "(): " + what));
    }
    return entry(u);
  }

  @PyFunction(sig = "(uidobj, /)", doc = "The entry of a user by its number.")
  static PyObject getpwuid(PyObject uid) {
    String missing = "uid not found";
    int id;
    try {
      id = PosixSystem.uid(uid);
    } catch (PyException e) {
      if (e.matches(Exceptions.OverflowError)) {
        throw Errors.keyError(Py.str("getpwuid(): " + missing));
      }
      throw e;
    }
    return found(Users.byId(id), "getpwuid", missing + ": " + PyObjects.str(number(id)));
  }

  @PyFunction(sig = "(name, /)", doc = "The entry of a user by its name.")
  static PyObject getpwnam(PyStr name) {
    byte[] raw = FsPaths.encode(name);
    if (new String(raw, StandardCharsets.ISO_8859_1).indexOf(0) >= 0) {
      throw Errors.valueError("embedded null byte");
    }
    return found(Users.byName(raw), "getpwnam", "name not found: " + PyObjects.repr(name));
  }

  @PyFunction(sig = "()", doc = "All entries, in any order.")
  static PyObject getpwall() {
    List<PyObject> all = new ArrayList<>();
    for (Users.User u : Users.all()) {
      all.add(entry(u));
    }
    return Py.list(all);
  }
}
