package io.surfacescan.cli.terminal;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/// How help looks: as wide as the terminal, and examples in one line whatever the width, so that
/// they can be copied.
public final class HelpLayout {
  private static final String EXAMPLE = "Example: ";

  /// The least that picocli can lay out.
  private static final int COLUMNS_LEAST = 55;

  private HelpLayout() {}

  /// Lays out the help of a program and of its verbs.
  public static void of(CommandLine program, ProcessContext around) {
    program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpLayout::footer);
    program.getSubcommands().values().forEach(verb -> of(verb, around));
    if (!around.outIsTerminal()) {
      return;
    }
    int columns = columns(around);
    if (columns == 0) {
      program.setUsageHelpAutoWidth(true);
    } else {
      program.setUsageHelpWidth(Math.max(COLUMNS_LEAST, columns));
    }
  }

  /// What $COLUMNS says, which a user may set; 0 if it says nothing.
  private static int columns(ProcessContext around) {
    return around
        .variable("COLUMNS")
        .filter(columns -> columns.matches("[0-9]{1,4}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  private static String footer(Help help) {
    var usage = help.commandSpec().usageMessage();
    var text = new StringBuilder();
    for (String paragraph : usage.footer()) {
      if (paragraph.startsWith(EXAMPLE)) {
        text.append(paragraph).append(System.lineSeparator());
      } else {
        text.append(
            Help.join(
                help.ansi(),
                usage.width(),
                usage.adjustLineBreaksForWideCJKCharacters(),
                new String[] {paragraph},
                new StringBuilder()));
      }
    }
    return text.toString();
  }
}
