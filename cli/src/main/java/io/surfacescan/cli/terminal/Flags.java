package io.surfacescan.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Describes verbs, flags and arguments to picocli.
///
/// Annotations would say the same. But at each start Java makes a class for each kind of annotation
/// that picocli reads, and reaches each field in a way of its own, which took as long as an answer.
public final class Flags {
  /// In place of picocli's own, which looks for Groovy in all archives. Lists are all it makes.
  public static final CommandLine.IFactory FACTORY = new Lists();

  private static final class Lists implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) {
      return type.cast(new ArrayList<>());
    }
  }

  private Flags() {}

  /// A verb without flags yet.
  ///
  /// @param runs what the verb does
  /// @param footer the paragraphs below the flags
  public static CommandSpec verb(Object runs, String name, String description, String... footer) {
    var verb = CommandSpec.wrapWithoutInspection(runs, FACTORY).name(name);
    verb.usageMessage().description(description).footer(footer);
    return verb;
  }

  /// A flag that takes no value.
  public static OptionSpec.Builder toggle(String description, String... names) {
    return OptionSpec.builder(names)
        .description(description)
        .type(boolean.class)
        .initialValue(false);
  }

  /// Whether a flag that takes no value is given.
  public static boolean isOn(OptionSpec toggle) {
    return Boolean.TRUE.equals(toggle.getValue());
  }

  /// A flag with one text, or null.
  public static OptionSpec.Builder text(String label, String description, String... names) {
    return value(String.class, label, description, names);
  }

  /// A flag with one value of some kind, or null.
  public static OptionSpec.Builder value(
      Class<?> type, String label, String description, String... names) {
    return OptionSpec.builder(names)
        .paramLabel(label)
        .description(description)
        .type(type)
        .initialValue(null);
  }

  /// A flag that may be given again, with a text each time.
  public static OptionSpec.Builder texts(String label, String description, String... names) {
    return values(String.class, label, description, names);
  }

  /// A flag that may be given again, with a value of some kind each time.
  public static OptionSpec.Builder values(
      Class<?> type, String label, String description, String... names) {
    return OptionSpec.builder(names)
        .paramLabel(label)
        .description(description)
        .type(List.class)
        .auxiliaryTypes(type)
        .initialValue(List.of());
  }

  /// An argument that may be left out, and is null then.
  ///
  /// @param index its place among the arguments
  public static PositionalParamSpec.Builder argument(int index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .arity("0..1")
        .paramLabel(label)
        .description(description)
        .type(String.class)
        .initialValue(null);
  }
}
