package org.plait.syntax.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pattern of a {@code case} block. Nodes are named as in Python's {@code ast} module. */
public sealed interface Pattern extends Positioned
    permits Pattern.MatchValue,
        Pattern.MatchSingleton,
        Pattern.MatchSequence,
        Pattern.MatchMapping,
        Pattern.MatchClass,
        Pattern.MatchStar,
        Pattern.MatchAs,
        Pattern.MatchOr {
  /** Python's {@code ast.MatchValue}. */
  record MatchValue(Expr value, SourceRange range) implements Pattern {
    @Override
    public NodeKind kind() {
      return NodeKind.MatchValue;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.MatchSingleton}. */
  record MatchSingleton(Object value, SourceRange range) implements Pattern {
    @Override
    public NodeKind kind() {
      return NodeKind.MatchSingleton;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.MatchSequence}. */
  record MatchSequence(List<Pattern> patterns, SourceRange range) implements Pattern {
    @Override
    public NodeKind kind() {
      return NodeKind.MatchSequence;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> patterns;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.MatchMapping}. */
  record MatchMapping(
      List<Expr> keys, List<Pattern> patterns, @Nullable String rest, SourceRange range)
      implements Pattern {
    @Override
    public NodeKind kind() {
      return NodeKind.MatchMapping;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> keys;
        case 1 -> patterns;
        case 2 -> rest;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.MatchClass}. */
  record MatchClass(
      Expr cls,
      List<Pattern> patterns,
      List<String> kwdAttrs,
      List<Pattern> kwdPatterns,
      SourceRange range)
      implements Pattern {
    @Override
    public NodeKind kind() {
      return NodeKind.MatchClass;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> cls;
        case 1 -> patterns;
        case 2 -> kwdAttrs;
        case 3 -> kwdPatterns;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.MatchStar}. */
  record MatchStar(@Nullable String name, SourceRange range) implements Pattern {
    @Override
    public NodeKind kind() {
      return NodeKind.MatchStar;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> name;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.MatchAs}. */
  record MatchAs(@Nullable Pattern pattern, @Nullable String name, SourceRange range)
      implements Pattern {
    @Override
    public NodeKind kind() {
      return NodeKind.MatchAs;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> pattern;
        case 1 -> name;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.MatchOr}. */
  record MatchOr(List<Pattern> patterns, SourceRange range) implements Pattern {
    @Override
    public NodeKind kind() {
      return NodeKind.MatchOr;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> patterns;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }
}
