package org.plait.syntax.ast;

/**
 * Where a node stands in the source.
 *
 * @param lineno first line, from 1
 * @param colOffset UTF-8 bytes before it in its first line
 * @param endLineno last line
 * @param endColOffset UTF-8 bytes before its end in its last line
 */
public record SourceRange(int lineno, int colOffset, int endLineno, int endColOffset) {}
