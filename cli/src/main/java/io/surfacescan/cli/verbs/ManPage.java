package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.text.ProgramVersion;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page of the program or of a verb, in the language of `man(7)`, made from the verbs
/// and flags themselves.
///
/// picocli's own generator writes AsciiDoc, which needs Asciidoctor to become a page.
final class ManPage {
  private static final String EXAMPLE = "Example: ";

  private final CommandLine command;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandLine command) {
    this.command = command;
  }

  static String of(CommandLine command) {
    var page = new ManPage(command);
    page.write();
    return page.page.toString();
  }

  /// Such as `surfacescan-attack`, which is what `man` is asked for.
  static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  private void write() {
    var spec = command.getCommandSpec();
    String name = name(command);
    line(
        ".TH "
            + escaped(name.toUpperCase(Locale.ROOT))
            + " 1 \"\" \"surfacescan "
            + escaped(ProgramVersion.text())
            + "\" \"Manual of surfacescan\"");
    section("NAME");
    text(name + " - " + HelpText.firstSentence(spec.usageMessage().description()));
    section("SYNOPSIS");
    text(synopsis());
    section("DESCRIPTION");
    text(HelpText.whole(spec.usageMessage().description()));
    remarks(spec);
    if (!spec.positionalParameters().isEmpty()) {
      section("ARGUMENTS");
      spec.positionalParameters().forEach(this::argument);
    }
    section("FLAGS");
    spec.options().stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(this::flag);
    if (!command.getSubcommands().isEmpty()) {
      section("VERBS");
      command.getSubcommands().values().forEach(this::verb);
    }
    section("EXIT STATUS");
    for (Exit exit : Exit.values()) {
      tagged(bold(Integer.toString(exit.code())), exit.meaning());
    }
    examples(spec);
    section("SEE ALSO");
    line(seeAlso());
  }

  /// As the help has it, in one line that the reader's terminal wraps.
  private String synopsis() {
    return command.getHelp().synopsis(0).replaceAll("\\s+", " ").strip();
  }

  private void remarks(CommandSpec spec) {
    for (String remark : spec.usageMessage().footer()) {
      if (!remark.isBlank() && !remark.startsWith(EXAMPLE)) {
        line(".PP");
        text(HelpText.whole(remark));
      }
    }
  }

  private void examples(CommandSpec spec) {
    var examples =
        Stream.of(spec.usageMessage().footer()).filter(line -> line.startsWith(EXAMPLE)).toList();
    if (examples.isEmpty()) {
      return;
    }
    section("EXAMPLES");
    line(".nf");
    examples.forEach(example -> text(HelpText.whole(example.substring(EXAMPLE.length()))));
    line(".fi");
  }

  private void argument(PositionalParamSpec argument) {
    tagged(italic(argument.paramLabel()), HelpText.whole(argument.description()));
  }

  private void flag(OptionSpec option) {
    String names = Stream.of(option.names()).map(ManPage::bold).collect(Collectors.joining(", "));
    String value = option.arity().max() == 0 ? "" : "=" + italic(option.paramLabel());
    tagged(names + value, HelpText.whole(option.description()));
  }

  private void verb(CommandLine verb) {
    tagged(
        bold(verb.getCommandName()),
        HelpText.whole(verb.getCommandSpec().usageMessage().description()));
  }

  private String seeAlso() {
    var others =
        command.getParent() == null
            ? command.getSubcommands().values().stream()
            : Stream.of(command.getParent());
    return others.map(other -> bold(name(other)) + "(1)").collect(Collectors.joining(", "));
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void tagged(String tag, String description) {
    line(".TP");
    line(tag);
    text(description);
  }

  /// A line that starts like an instruction of man is text all the same.
  private void text(String text) {
    String line = escaped(text);
    line(line.startsWith(".") || line.startsWith("\\(aq") ? "\\&" + line : line);
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /// What a terminal would show otherwise than it is written, so that it can be copied.
  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti");
  }
}
