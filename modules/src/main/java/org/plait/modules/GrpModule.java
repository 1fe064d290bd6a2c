package org.plait.modules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.plait.host.process.Users;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.boot.PosixSystem;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyStructSequence;

/** {@code grp}: the group database. */
@PyModuleDef(name = "grp", hostErrors = true, doc = "The group database.")
public final class GrpModule implements NativeModule {
  private static final PyStructSequence.Kind ENTRY =
      new PyStructSequence.Kind(
          "grp", "struct_group", true, 4, "gr_name", "gr_passwd", "gr_gid", "gr_mem");

  @Override
  public NativeTable table() {
    return new GrpModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("struct_group", ENTRY.type());
  }

  /** Ids are unsigned, but -1 stays what it is. */
  private static PyObject number(int id) {
    return Py.int_(id == -1 ? -1 : id & 0xffffffffL);
  }

  private static PyObject entry(Users.Group group) {
    List<PyObject> members = new ArrayList<>();
    for (byte[] member : group.members()) {
      members.add(FsPaths.decode(member));
    }
    return ENTRY.make(
        FsPaths.decode(group.name()),
        FsPaths.decode(group.password()),
        number(group.gid()),
        Py.list(members));
  }

  @PyFunction(sig = "(id)", doc = "The entry of a group by its number.")
  static PyObject getgrgid(PyObject id) {
    int gid = PosixSystem.gid(id);
    Users.Group group = Users.groupById(gid);
    if (group == null) {
      throw Errors.keyError(Py.str("getgrgid(): gid not found: " + PyObjects.str(number(gid))));
    }
    return entry(group);
  }

  @PyFunction(sig = "(name)", doc = "The entry of a group by its name.")
  static PyObject getgrnam(PyStr name) {
    byte[] raw = FsPaths.encode(name);
    if (new String(raw, StandardCharsets.ISO_8859_1).indexOf(0) >= 0) {
      throw Errors.valueError("embedded null byte");
    }
    Users.Group group = Users.groupByName(raw);
    if (group == null) {
      throw Errors.keyError(Py.str("getgrnam(): name not found: " + PyObjects.repr(name)));
    }
    return entry(group);
  }

  @PyFunction(sig = "()", doc = "All entries, in any order.")
  static PyObject getgrall() {
    List<PyObject> all = new ArrayList<>();
    for (Users.Group group : Users.allGroups()) {
      all.add(entry(group));
    }
    return Py.list(all);
  }
}
