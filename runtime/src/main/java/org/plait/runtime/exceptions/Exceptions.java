package org.plait.runtime.exceptions;

import org.plait.runtime.object.PyType;

/** The exception classes that are known to the runtime, by their Python names. */
@SuppressWarnings("ConstantName")
public final class Exceptions {
  private Exceptions() {}

  public static final PyType BaseException = PyBaseException.TYPE;
  public static final PyType BaseExceptionGroup = BuiltinExceptions.type("BaseExceptionGroup");
  public static final PyType Exception = BuiltinExceptions.type("Exception");
  public static final PyType GeneratorExit = BuiltinExceptions.type("GeneratorExit");
  public static final PyType KeyboardInterrupt = BuiltinExceptions.type("KeyboardInterrupt");
  public static final PyType SystemExit = BuiltinExceptions.type("SystemExit");
  public static final PyType ArithmeticError = BuiltinExceptions.type("ArithmeticError");
  public static final PyType AssertionError = BuiltinExceptions.type("AssertionError");
  public static final PyType AttributeError = BuiltinExceptions.type("AttributeError");
  public static final PyType BufferError = BuiltinExceptions.type("BufferError");
  public static final PyType EOFError = BuiltinExceptions.type("EOFError");
  public static final PyType ImportError = BuiltinExceptions.type("ImportError");
  public static final PyType LookupError = BuiltinExceptions.type("LookupError");
  public static final PyType MemoryError = BuiltinExceptions.type("MemoryError");
  public static final PyType NameError = BuiltinExceptions.type("NameError");
  public static final PyType OSError = BuiltinExceptions.type("OSError");
  public static final PyType ReferenceError = BuiltinExceptions.type("ReferenceError");
  public static final PyType RuntimeError = BuiltinExceptions.type("RuntimeError");
  public static final PyType StopAsyncIteration = BuiltinExceptions.type("StopAsyncIteration");
  public static final PyType StopIteration = BuiltinExceptions.type("StopIteration");
  public static final PyType SyntaxError = BuiltinExceptions.type("SyntaxError");
  public static final PyType SystemError = BuiltinExceptions.type("SystemError");
  public static final PyType TypeError = BuiltinExceptions.type("TypeError");
  public static final PyType ValueError = BuiltinExceptions.type("ValueError");
  public static final PyType Warning = BuiltinExceptions.type("Warning");
  public static final PyType FloatingPointError = BuiltinExceptions.type("FloatingPointError");
  public static final PyType OverflowError = BuiltinExceptions.type("OverflowError");
  public static final PyType ZeroDivisionError = BuiltinExceptions.type("ZeroDivisionError");
  public static final PyType BytesWarning = BuiltinExceptions.type("BytesWarning");
  public static final PyType DeprecationWarning = BuiltinExceptions.type("DeprecationWarning");
  public static final PyType EncodingWarning = BuiltinExceptions.type("EncodingWarning");
  public static final PyType FutureWarning = BuiltinExceptions.type("FutureWarning");
  public static final PyType ImportWarning = BuiltinExceptions.type("ImportWarning");
  public static final PyType PendingDeprecationWarning = BuiltinExceptions.type("PendingDeprecationWarning");
  public static final PyType ResourceWarning = BuiltinExceptions.type("ResourceWarning");
  public static final PyType RuntimeWarning = BuiltinExceptions.type("RuntimeWarning");
  public static final PyType SyntaxWarning = BuiltinExceptions.type("SyntaxWarning");
  public static final PyType UnicodeWarning = BuiltinExceptions.type("UnicodeWarning");
  public static final PyType UserWarning = BuiltinExceptions.type("UserWarning");
  public static final PyType BlockingIOError = BuiltinExceptions.type("BlockingIOError");
  public static final PyType ChildProcessError = BuiltinExceptions.type("ChildProcessError");
  public static final PyType ConnectionError = BuiltinExceptions.type("ConnectionError");
  public static final PyType FileExistsError = BuiltinExceptions.type("FileExistsError");
  public static final PyType FileNotFoundError = BuiltinExceptions.type("FileNotFoundError");
  public static final PyType InterruptedError = BuiltinExceptions.type("InterruptedError");
  public static final PyType IsADirectoryError = BuiltinExceptions.type("IsADirectoryError");
  public static final PyType NotADirectoryError = BuiltinExceptions.type("NotADirectoryError");
  public static final PyType PermissionError = BuiltinExceptions.type("PermissionError");
  public static final PyType ProcessLookupError = BuiltinExceptions.type("ProcessLookupError");
  public static final PyType TimeoutError = BuiltinExceptions.type("TimeoutError");
  public static final PyType IndentationError = BuiltinExceptions.type("IndentationError");
  public static final PyType _IncompleteInputError = BuiltinExceptions.type("_IncompleteInputError");
  public static final PyType IndexError = BuiltinExceptions.type("IndexError");
  public static final PyType KeyError = BuiltinExceptions.type("KeyError");
  public static final PyType ModuleNotFoundError = BuiltinExceptions.type("ModuleNotFoundError");
  public static final PyType NotImplementedError = BuiltinExceptions.type("NotImplementedError");
  public static final PyType PythonFinalizationError = BuiltinExceptions.type("PythonFinalizationError");
  public static final PyType RecursionError = BuiltinExceptions.type("RecursionError");
  public static final PyType UnboundLocalError = BuiltinExceptions.type("UnboundLocalError");
  public static final PyType UnicodeError = BuiltinExceptions.type("UnicodeError");
  public static final PyType BrokenPipeError = BuiltinExceptions.type("BrokenPipeError");
  public static final PyType ConnectionAbortedError = BuiltinExceptions.type("ConnectionAbortedError");
  public static final PyType ConnectionRefusedError = BuiltinExceptions.type("ConnectionRefusedError");
  public static final PyType ConnectionResetError = BuiltinExceptions.type("ConnectionResetError");
  public static final PyType TabError = BuiltinExceptions.type("TabError");
  public static final PyType UnicodeDecodeError = BuiltinExceptions.type("UnicodeDecodeError");
  public static final PyType UnicodeEncodeError = BuiltinExceptions.type("UnicodeEncodeError");
  public static final PyType UnicodeTranslateError = BuiltinExceptions.type("UnicodeTranslateError");
  public static final PyType ExceptionGroup = BuiltinExceptions.type("ExceptionGroup");
}
