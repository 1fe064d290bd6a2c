package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyParamSpec;
import org.plait.runtime.types.PyTypeAliasType;
import org.plait.runtime.types.PyTypeVar;
import org.plait.runtime.types.PyTypeVarTuple;
import org.plait.runtime.types.PyUnion;

/** {@code _typing}. */
@PyModuleDef(name = "_typing")
public final class TypingModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new TypingModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("TypeVar", PyTypeVar.TYPE);
    m.add("ParamSpec", PyParamSpec.TYPE);
    m.add("ParamSpecArgs", PyParamSpec.Args.TYPE);
    m.add("ParamSpecKwargs", PyParamSpec.Kwargs.TYPE);
    m.add("TypeVarTuple", PyTypeVarTuple.TYPE);
    m.add("TypeAliasType", PyTypeAliasType.TYPE);
    m.add("Generic", Generic.TYPE);
    m.add("Union", PyUnion.TYPE);
    m.add("NoDefault", PyTypeVar.noDefault());
  }

  @PyFunction(name = "_idfunc", sig = "(x, /)")
  static PyObject idfunc(PyObject x) {
    return x;
  }

  /** {@code typing.Generic}: the base of user-defined generic classes. */
  @PyTypeDef(name = "Generic", module = "typing", subclassable = true)
  public static final class Generic extends PyInstance {
    public static final PyType TYPE = PyType.builtinPlain(TypingModuleGenericTable.INSTANCE);

    private Generic() {
      super(TYPE);
    }

    private static PyObject typing(
        String function, PyType cls, PyObject[] args, String @Nullable [] kwnames) {
      return PyObjects.getAttr(Imports.importModule("typing"), function)
          .call(PyCalls.prepend(cls, args), kwnames);
    }

    @PyClassMethod(name = "__class_getitem__", sig = "!(*args, **kwargs)", raw = true)
    static PyObject classGetitem(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
      return typing("_generic_class_getitem", cls, args, kwnames);
    }

    @PyClassMethod(name = "__init_subclass__", sig = "!(*args, **kwargs)", raw = true)
    static PyObject initSubclass(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
      return typing("_generic_init_subclass", cls, args, kwnames);
    }
  }
}
