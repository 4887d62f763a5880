package io.surfacescan.cli.options;

import io.surfacescan.model.Environment;
import io.surfacescan.report.format.PlainText;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The tag that a filter names.
public final class TagArgument {
  private TagArgument() {}

  /// The tag, if one is named.
  ///
  /// @param tag null if nothing is filtered
  /// @throws ParameterException if nothing has the tag: an empty answer would look like none found
  public static OptionalInt find(Environment environment, @Nullable String tag, CommandSpec spec) {
    if (tag == null) {
      return OptionalInt.empty();
    }
    var found = environment.findTag(tag);
    if (found.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "no VM and no rule has the tag `" + PlainText.of(tag) + "`; tags are exact");
    }
    return found;
  }
}
