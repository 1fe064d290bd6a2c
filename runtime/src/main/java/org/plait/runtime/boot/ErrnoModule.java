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
        "This module makes available standard errno system symbols.\n\n"
            + "The value of each symbol is the corresponding integer value,\n"
            + "e.g., on most systems, errno.ENOENT equals the integer 2.\n\n"
            + "The dictionary errno.errorcode maps numeric codes to symbol names,\n"
            + "e.g., errno.errorcode[2] could be the string 'ENOENT'.\n\n"
            + "Symbols that are not relevant to the underlying system are not defined.\n\n"
            + "To map error codes to error messages, use the function os.strerror(),\n"
            + "e.g. os.strerror(2) could return 'No such file or directory'.")
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
