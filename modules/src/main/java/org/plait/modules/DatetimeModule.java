package org.plait.modules;

import org.plait.modules.datetime.DatetimeConstants;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.types.PyModule;

/** {@code _datetime}. There is no {@code datetime_CAPI}, which serves C code only. */
@PyModuleDef(name = "_datetime", doc = "Fast implementation of the datetime module.")
public final class DatetimeModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new DatetimeModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    DatetimeConstants.add(m);
    m.add("MINYEAR", Py.int_(1));
    m.add("MAXYEAR", Py.int_(9999));
  }
}
