package org.plait.modules;

import java.util.ArrayList;
import java.util.List;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.Suggestions;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;

/** {@code _suggestions}. */
@PyModuleDef(name = "_suggestions")
public final class SuggestionsModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new SuggestionsModuleTable(this);
  }

  @PyFunction(
      name = "_generate_suggestions",
      sig = "(candidates, item, /)",
      doc = "Returns the candidate in candidates that's closest to item")
  static PyObject generateSuggestions(PyObject candidates, String item) {
    if (!(candidates instanceof PyList list)) {
      throw Errors.typeError("candidates must be a list");
    }
    List<String> names = new ArrayList<>();
    for (PyObject c : list.toArray()) {
      if (!(c instanceof PyStr)) {
        throw Errors.typeError("all elements in 'candidates' must be strings");
      }
      names.add(c.toString());
    }
    return Py.strOrNone(Suggestions.nearest(item, names));
  }
}
