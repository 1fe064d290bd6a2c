package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.List;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;

/**
 * {@code _sre.SRE_Template}: a parsed replacement, literals and group numbers in turn. Immutable.
 */
@PyTypeDef(
    name = "SRE_Template",
    module = "_sre",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class ReTemplate extends PyObject {
  public static final PyType TYPE = PyType.builtin(ReTemplateTable.INSTANCE);

  private final PyObject literal;

  /** The groups, and what follows each of them. */
  private final int[] groups;

  private final PyObject[] literals;

  /** Takes literal, group, literal, …, literal. */
  ReTemplate(PyList parts) {
    PyObject[] p = parts.toArray();
    if (p.length % 2 == 0) {
      throw invalid();
    }
    literal = p[0];
    groups = new int[p.length / 2];
    literals = new PyObject[p.length / 2];
    for (int k = 0; k < groups.length; k++) {
      if (!(p[2 * k + 1] instanceof PyInt i) || !i.isInt() || i.longValue() < 0) {
        throw invalid();
      }
      groups[k] = (int) i.longValue();
      literals[k] = p[2 * k + 2];
    }
  }

  private static PyException invalid() {
    return Errors.typeError("invalid template");
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  boolean isLiteral() {
    return groups.length == 0;
  }

  PyObject literal() {
    return literal;
  }

  private static boolean isEmpty(PyObject o) {
    return o instanceof PyStr s ? s.isEmpty() : o instanceof PyBytes b && b.size() == 0;
  }

  /** The replacement for a match. */
  PyObject expand(ReMatch m) {
    if (isLiteral()) {
      return literal;
    }
    List<PyObject> parts = new ArrayList<>(2 * groups.length + 1);
    if (!isEmpty(literal)) {
      parts.add(literal);
    }
    for (int k = 0; k < groups.length; k++) {
      if (groups[k] > m.re.code.groups()) {
        throw Errors.indexError("no such group");
      }
      PyObject g = m.group(groups[k], Py.None);
      if (g != Py.None) {
        parts.add(g);
      }
      if (!isEmpty(literals[k])) {
        parts.add(literals[k]);
      }
    }
    return m.string instanceof PyStr
        ? PyStr.EMPTY.join(Py.list(parts))
        : PyBytes.EMPTY.join(Py.list(parts));
  }
}
