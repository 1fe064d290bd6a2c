package org.plait.runtime.boot;

import java.util.Map;
import org.plait.host.Errno;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code errno}. */
@PyModuleDef(
    name = "errno",
    doc =
        "The numbers of the system's errors by their names, and in errorcode the "
            + "names by\n"
            + "their numbers. os.strerror() has a text for each.")
public final class ErrnoModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new ErrnoModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    PyDict names = Py.dict();
    for (Map.Entry<String, Integer> e : Errno.all().entrySet()) {
      module.add(e.getKey(), Py.int_(e.getValue()));
      String name = Errno.name(e.getValue());
      names.put(Py.int_(e.getValue()), PyStr.intern(name == null ? e.getKey() : name));
    }
    module.add("errorcode", names);
  }
}
