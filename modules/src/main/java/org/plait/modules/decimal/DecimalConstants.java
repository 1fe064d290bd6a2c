package org.plait.modules.decimal;

import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** What the module holds beside its functions. */
public final class DecimalConstants {
  private DecimalConstants() {}

  public static void add(PyModule m) {
    m.add("Decimal", PyDecimal.TYPE);
    m.add("Context", PyDecimalContext.TYPE);
    m.add("DecimalTuple", DecimalTuples.type());
    Signals.addTo(m);
    Contexts c = Contexts.get();
    m.add("DefaultContext", c.defaults);
    m.add("BasicContext", c.basic);
    m.add("ExtendedContext", c.extended);
    for (String mode : ContextState.ROUNDINGS) {
      m.add(mode, PyStr.intern(mode));
    }
    m.add("MAX_PREC", Py.int_(Rules.MAX_PREC));
    m.add("MAX_EMAX", Py.int_(Rules.MAX_EMAX));
    m.add("MIN_EMIN", Py.int_(Rules.MIN_EMIN));
    m.add("MIN_ETINY", Py.int_(Rules.MIN_ETINY));
    m.add("IEEE_CONTEXT_MAX_BITS", Py.int_(LocalContexts.MAX_BITS));
    m.add("HAVE_CONTEXTVAR", Py.True);
    m.add("HAVE_THREADS", Py.True);
    m.add("__version__", Py.str("1.70"));
    m.add("__libmpdec_version__", Py.str("2.5.1"));
    PyObject number = PyObjects.getAttr(Imports.importModule("numbers"), "Number");
    PyCalls.callMethod(number, "register", PyDecimal.TYPE);
  }
}
