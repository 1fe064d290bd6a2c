package org.plait.syntax.parser;

import org.plait.syntax.source.CharacterNames;
import org.plait.syntax.source.WarningSink;

/**
 * How to parse.
 *
 * @param typeComments whether {@code # type:} comments are kept (PyCF_TYPE_COMMENTS)
 * @param featureVersion the minor version whose syntax is accepted, 14 for all
 * @param barryAsFlufl whether {@code <>} is the inequality operator from the start
 * @param allowIncompleteInput whether input that might be continued is reported as {@link
 *     org.plait.syntax.source.PySyntaxError.Kind#INCOMPLETE} (PyCF_ALLOW_INCOMPLETE_INPUT)
 * @param dontImplyDedent whether the end of interactive input leaves its blocks open
 *     (PyCF_DONT_IMPLY_DEDENT)
 * @param maxIntDigits the longest decimal integer accepted, 0 for no limit
 *     (sys.set_int_max_str_digits)
 * @param warnings takes SyntaxWarnings
 * @param names finds characters for {@code \N{...}}
 */
public record ParseOptions(
    boolean typeComments,
    int featureVersion,
    boolean barryAsFlufl,
    boolean allowIncompleteInput,
    boolean dontImplyDedent,
    int maxIntDigits,
    WarningSink warnings,
    CharacterNames names) {
  /** What {@code compile()} uses when nothing is asked for; warnings are dropped. */
  public static final ParseOptions DEFAULT =
      new ParseOptions(
          false, 14, false, false, false, 4300, WarningSink.NONE, CharacterNames.PLATFORM);

  public ParseOptions withTypeComments(boolean on) {
    return new ParseOptions(
        on,
        featureVersion,
        barryAsFlufl,
        allowIncompleteInput,
        dontImplyDedent,
        maxIntDigits,
        warnings,
        names);
  }

  public ParseOptions withFeatureVersion(int minor) {
    return new ParseOptions(
        typeComments,
        minor,
        barryAsFlufl,
        allowIncompleteInput,
        dontImplyDedent,
        maxIntDigits,
        warnings,
        names);
  }

  public ParseOptions withBarryAsFlufl(boolean on) {
    return new ParseOptions(
        typeComments,
        featureVersion,
        on,
        allowIncompleteInput,
        dontImplyDedent,
        maxIntDigits,
        warnings,
        names);
  }

  public ParseOptions withAllowIncompleteInput(boolean on) {
    return new ParseOptions(
        typeComments,
        featureVersion,
        barryAsFlufl,
        on,
        dontImplyDedent,
        maxIntDigits,
        warnings,
        names);
  }

  public ParseOptions withDontImplyDedent(boolean on) {
    return new ParseOptions(
        typeComments,
        featureVersion,
        barryAsFlufl,
        allowIncompleteInput,
        on,
        maxIntDigits,
        warnings,
        names);
  }

  public ParseOptions withMaxIntDigits(int digits) {
    return new ParseOptions(
        typeComments,
        featureVersion,
        barryAsFlufl,
        allowIncompleteInput,
        dontImplyDedent,
        digits,
        warnings,
        names);
  }

  public ParseOptions withWarnings(WarningSink sink) {
    return new ParseOptions(
        typeComments,
        featureVersion,
        barryAsFlufl,
        allowIncompleteInput,
        dontImplyDedent,
        maxIntDigits,
        sink,
        names);
  }

  public ParseOptions withNames(CharacterNames lookup) {
    return new ParseOptions(
        typeComments,
        featureVersion,
        barryAsFlufl,
        allowIncompleteInput,
        dontImplyDedent,
        maxIntDigits,
        warnings,
        lookup);
  }
}
