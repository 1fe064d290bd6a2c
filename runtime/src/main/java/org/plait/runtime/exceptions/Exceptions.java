package org.plait.runtime.exceptions;

import org.plait.runtime.object.PyType;

/** The built-in exception classes, by their Python names. */
@SuppressWarnings("ConstantName")
public final class Exceptions {
  private Exceptions() {}

  public static final PyType BaseException = PyBaseException.TYPE;
  public static final PyType BaseExceptionGroup = PyBaseExceptionGroup.TYPE;
  public static final PyType Exception = simple("Exception", BaseException);
  public static final PyType GeneratorExit = simple("GeneratorExit", BaseException);
  public static final PyType KeyboardInterrupt = simple("KeyboardInterrupt", BaseException);
  public static final PyType SystemExit = PySystemExit.TYPE;
  public static final PyType ArithmeticError = simple("ArithmeticError", Exception);
  public static final PyType AssertionError = simple("AssertionError", Exception);
  public static final PyType AttributeError = PyAttributeError.TYPE;
  public static final PyType BufferError = simple("BufferError", Exception);
  public static final PyType EOFError = simple("EOFError", Exception);
  public static final PyType ImportError = PyImportError.TYPE;
  public static final PyType LookupError = simple("LookupError", Exception);
  public static final PyType MemoryError = simple("MemoryError", Exception);
  public static final PyType NameError = PyNameError.TYPE;
  public static final PyType OSError = PyOSError.TYPE;
  public static final PyType ReferenceError = simple("ReferenceError", Exception);
  public static final PyType RuntimeError = simple("RuntimeError", Exception);
  public static final PyType StopAsyncIteration = simple("StopAsyncIteration", Exception);
  public static final PyType StopIteration = PyStopIteration.TYPE;
  public static final PyType SyntaxError = PySyntaxErrorObject.TYPE;
  public static final PyType SystemError = simple("SystemError", Exception);
  public static final PyType TypeError = simple("TypeError", Exception);
  public static final PyType ValueError = simple("ValueError", Exception);
  public static final PyType Warning = simple("Warning", Exception);
  public static final PyType FloatingPointError = simple("FloatingPointError", ArithmeticError);
  public static final PyType OverflowError = simple("OverflowError", ArithmeticError);
  public static final PyType ZeroDivisionError = simple("ZeroDivisionError", ArithmeticError);
  public static final PyType BytesWarning = simple("BytesWarning", Warning);
  public static final PyType DeprecationWarning = simple("DeprecationWarning", Warning);
  public static final PyType EncodingWarning = simple("EncodingWarning", Warning);
  public static final PyType FutureWarning = simple("FutureWarning", Warning);
  public static final PyType ImportWarning = simple("ImportWarning", Warning);
  public static final PyType PendingDeprecationWarning =
      simple("PendingDeprecationWarning", Warning);
  public static final PyType ResourceWarning = simple("ResourceWarning", Warning);
  public static final PyType RuntimeWarning = simple("RuntimeWarning", Warning);
  public static final PyType SyntaxWarning = simple("SyntaxWarning", Warning);
  public static final PyType UnicodeWarning = simple("UnicodeWarning", Warning);
  public static final PyType UserWarning = simple("UserWarning", Warning);
  public static final PyType BlockingIOError = simple("BlockingIOError", OSError);
  public static final PyType ChildProcessError = simple("ChildProcessError", OSError);
  public static final PyType ConnectionError = simple("ConnectionError", OSError);
  public static final PyType FileExistsError = simple("FileExistsError", OSError);
  public static final PyType FileNotFoundError = simple("FileNotFoundError", OSError);
  public static final PyType InterruptedError = simple("InterruptedError", OSError);
  public static final PyType IsADirectoryError = simple("IsADirectoryError", OSError);
  public static final PyType NotADirectoryError = simple("NotADirectoryError", OSError);
  public static final PyType PermissionError = simple("PermissionError", OSError);
  public static final PyType ProcessLookupError = simple("ProcessLookupError", OSError);
  public static final PyType TimeoutError = simple("TimeoutError", OSError);
  public static final PyType IndentationError = simple("IndentationError", SyntaxError);
  public static final PyType _IncompleteInputError = simple("_IncompleteInputError", SyntaxError);
  public static final PyType IndexError = simple("IndexError", LookupError);
  public static final PyType KeyError = PyKeyError.TYPE;
  public static final PyType ModuleNotFoundError = simple("ModuleNotFoundError", ImportError);
  public static final PyType NotImplementedError = simple("NotImplementedError", RuntimeError);
  public static final PyType PythonFinalizationError =
      simple("PythonFinalizationError", RuntimeError);
  public static final PyType RecursionError = simple("RecursionError", RuntimeError);
  public static final PyType UnboundLocalError = simple("UnboundLocalError", NameError);
  public static final PyType UnicodeError = simple("UnicodeError", ValueError);
  public static final PyType BrokenPipeError = simple("BrokenPipeError", ConnectionError);
  public static final PyType ConnectionAbortedError =
      simple("ConnectionAbortedError", ConnectionError);
  public static final PyType ConnectionRefusedError =
      simple("ConnectionRefusedError", ConnectionError);
  public static final PyType ConnectionResetError = simple("ConnectionResetError", ConnectionError);
  public static final PyType TabError = simple("TabError", IndentationError);
  public static final PyType UnicodeDecodeError = PyUnicodeDecodeError.TYPE;
  public static final PyType UnicodeEncodeError = PyUnicodeEncodeError.TYPE;
  public static final PyType UnicodeTranslateError = PyUnicodeTranslateError.TYPE;
  public static final PyType ExceptionGroup = PyBaseExceptionGroup.exceptionGroup();

  /** All of them, as the builtins module shows them. */
  public static PyType[] all() {
    return new PyType[] {
      BaseException,
      BaseExceptionGroup,
      Exception,
      GeneratorExit,
      KeyboardInterrupt,
      SystemExit,
      ArithmeticError,
      AssertionError,
      AttributeError,
      BufferError,
      EOFError,
      ImportError,
      LookupError,
      MemoryError,
      NameError,
      OSError,
      ReferenceError,
      RuntimeError,
      StopAsyncIteration,
      StopIteration,
      SyntaxError,
      SystemError,
      TypeError,
      ValueError,
      Warning,
      FloatingPointError,
      OverflowError,
      ZeroDivisionError,
      BytesWarning,
      DeprecationWarning,
      EncodingWarning,
      FutureWarning,
      ImportWarning,
      PendingDeprecationWarning,
      ResourceWarning,
      RuntimeWarning,
      SyntaxWarning,
      UnicodeWarning,
      UserWarning,
      BlockingIOError,
      ChildProcessError,
      ConnectionError,
      FileExistsError,
      FileNotFoundError,
      InterruptedError,
      IsADirectoryError,
      NotADirectoryError,
      PermissionError,
      ProcessLookupError,
      TimeoutError,
      IndentationError,
      _IncompleteInputError,
      IndexError,
      KeyError,
      ModuleNotFoundError,
      NotImplementedError,
      PythonFinalizationError,
      RecursionError,
      UnboundLocalError,
      UnicodeError,
      BrokenPipeError,
      ConnectionAbortedError,
      ConnectionRefusedError,
      ConnectionResetError,
      TabError,
      UnicodeDecodeError,
      UnicodeEncodeError,
      UnicodeTranslateError,
      ExceptionGroup,
    };
  }

  private static PyType simple(String name, PyType base) {
    return PyType.builtin(new SimpleExceptionTable(name, base));
  }
}
