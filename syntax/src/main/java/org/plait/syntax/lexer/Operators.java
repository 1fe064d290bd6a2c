package org.plait.syntax.lexer;

/** Operators by their characters. */
final class Operators {
  private Operators() {}

  static int one(int c) {
    return switch (c) {
      case '!' -> T.EXCLAMATION;
      case '%' -> T.PERCENT;
      case '&' -> T.AMPER;
      case '(' -> T.LPAR;
      case ')' -> T.RPAR;
      case '*' -> T.STAR;
      case '+' -> T.PLUS;
      case ',' -> T.COMMA;
      case '-' -> T.MINUS;
      case '.' -> T.DOT;
      case '/' -> T.SLASH;
      case ':' -> T.COLON;
      case ';' -> T.SEMI;
      case '<' -> T.LESS;
      case '=' -> T.EQUAL;
      case '>' -> T.GREATER;
      case '@' -> T.AT;
      case '[' -> T.LSQB;
      case ']' -> T.RSQB;
      case '^' -> T.CIRCUMFLEX;
      case '{' -> T.LBRACE;
      case '|' -> T.VBAR;
      case '}' -> T.RBRACE;
      case '~' -> T.TILDE;
      default -> T.OP;
    };
  }

  static int two(int c, int d) {
    if (d == '=') {
      return withEquals(c);
    }
    return switch (c) {
      case '*' -> d == '*' ? T.DOUBLESTAR : T.OP;
      case '-' -> d == '>' ? T.RARROW : T.OP;
      case '/' -> d == '/' ? T.DOUBLESLASH : T.OP;
      case '<' -> d == '<' ? T.LEFTSHIFT : d == '>' ? T.NOTEQUAL : T.OP;
      case '>' -> d == '>' ? T.RIGHTSHIFT : T.OP;
      default -> T.OP;
    };
  }

  private static int withEquals(int c) {
    return switch (c) {
      case '!' -> T.NOTEQUAL;
      case '%' -> T.PERCENTEQUAL;
      case '&' -> T.AMPEREQUAL;
      case '*' -> T.STAREQUAL;
      case '+' -> T.PLUSEQUAL;
      case '-' -> T.MINEQUAL;
      case '/' -> T.SLASHEQUAL;
      case ':' -> T.COLONEQUAL;
      case '<' -> T.LESSEQUAL;
      case '=' -> T.EQEQUAL;
      case '>' -> T.GREATEREQUAL;
      case '@' -> T.ATEQUAL;
      case '^' -> T.CIRCUMFLEXEQUAL;
      case '|' -> T.VBAREQUAL;
      default -> T.OP;
    };
  }

  static int three(int c, int d, int e) {
    if (e != '=') {
      return T.OP;
    }
    return switch (c) {
      case '*' -> d == '*' ? T.DOUBLESTAREQUAL : T.OP;
      case '/' -> d == '/' ? T.DOUBLESLASHEQUAL : T.OP;
      case '<' -> d == '<' ? T.LEFTSHIFTEQUAL : T.OP;
      case '>' -> d == '>' ? T.RIGHTSHIFTEQUAL : T.OP;
      default -> T.OP;
    };
  }
}
