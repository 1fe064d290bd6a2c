package org.plait.runtime.boot;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.text.ByteCodecs;

/** {@code EncodingMap}: what {@code codecs.charmap_build} makes. Immutable. */
@PyTypeDef(
    name = "EncodingMap",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class CharacterMap extends PyObject {
  public static final PyType TYPE = PyType.builtin(CharacterMapTable.INSTANCE);

  final ByteCodecs.EncodeMap map;

  CharacterMap(ByteCodecs.EncodeMap map) {
    this.map = map;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(sig = "()", doc = "Return the size (in bytes) of this object")
  int size() {
    return 16 + 256 * Short.BYTES;
  }
}
