package org.plait.runtime.boot;

import org.plait.processor.annotation.PyModuleDef;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.interp.PyAsyncGenerator;
import org.plait.runtime.interp.PyCell;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyCoroutine;
import org.plait.runtime.interp.PyFrame;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.interp.PyGenerator;
import org.plait.runtime.interp.PyMethod;
import org.plait.runtime.interp.PyTraceback;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBuiltinFunction;
import org.plait.runtime.object.PyClassMethodDescriptor;
import org.plait.runtime.object.PyGetSetDescriptor;
import org.plait.runtime.object.PyMemberDescriptor;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyMethodWrapper;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.PyWrapperDescriptor;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyMappingProxy;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PySimpleNamespace;
import org.plait.runtime.types.PyUnion;

/** {@code _types}: names for the built-in types that are no builtins. */
@PyModuleDef(name = "_types", doc = "Names of built-in types, for the module types.")
public final class TypesModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new TypesModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("AsyncGeneratorType", PyAsyncGenerator.TYPE);
    m.add("BuiltinFunctionType", PyBuiltinFunction.TYPE);
    m.add("BuiltinMethodType", PyBuiltinFunction.TYPE);
    m.add("CapsuleType", Capsule.TYPE);
    m.add("CellType", PyCell.TYPE);
    m.add("ClassMethodDescriptorType", PyClassMethodDescriptor.TYPE);
    m.add("CodeType", PyCode.TYPE);
    m.add("CoroutineType", PyCoroutine.TYPE);
    m.add("EllipsisType", Py.Ellipsis.type());
    m.add("FrameType", PyFrame.TYPE);
    m.add("FunctionType", PyFunction.TYPE);
    m.add("GeneratorType", PyGenerator.TYPE);
    m.add("GenericAlias", PyGenericAlias.TYPE);
    m.add("GetSetDescriptorType", PyGetSetDescriptor.TYPE);
    m.add("LambdaType", PyFunction.TYPE);
    m.add("MappingProxyType", PyMappingProxy.TYPE);
    m.add("MemberDescriptorType", PyMemberDescriptor.TYPE);
    m.add("MethodDescriptorType", PyMethodDescriptor.TYPE);
    m.add("MethodType", PyMethod.TYPE);
    m.add("MethodWrapperType", PyMethodWrapper.TYPE);
    m.add("ModuleType", PyModule.TYPE);
    m.add("NoneType", Py.None.type());
    m.add("NotImplementedType", Py.NotImplemented.type());
    m.add("SimpleNamespace", PySimpleNamespace.TYPE);
    m.add("TracebackType", PyTraceback.TYPE);
    m.add("UnionType", PyUnion.TYPE);
    m.add("WrapperDescriptorType", PyWrapperDescriptor.TYPE);
  }

  /** What holds a C pointer in CPython. There are no C extensions: the class has no instances. */
  @PyTypeDef(
      name = "PyCapsule",
      subclassable = false,
      flags = {TypeFlag.DISALLOW_INSTANTIATION},
      doc = "A C pointer with a name. Plait loads no C extensions and makes none.")
  abstract static class Capsule extends PyObject {
    static final PyType TYPE = PyType.builtin(TypesModuleCapsuleTable.INSTANCE);

    private Capsule() {}
  }
}
