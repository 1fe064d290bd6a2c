package org.plait.syntax.source;

/** Finds characters for {@code \N{...}} escapes. */
@FunctionalInterface
public interface CharacterNames {
  /** The code point with that name or alias, or -1. */
  int codePoint(String name);

  /** Names as the Java platform knows them, with the algorithmic names of the standard. */
  CharacterNames PLATFORM =
      new CharacterNames() {
        @Override
        public int codePoint(String name) {
          return PlatformCharacterNames.lookup(name);
        }
      };
}
