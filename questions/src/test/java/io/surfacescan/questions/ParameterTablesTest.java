package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages of the questions have the parameters as tables, below a mark that names the question.
///
/// To renew the tables after a wanted change, run the test with `-Dsurfacescan.golden=renew`.
class ParameterTablesTest {
  private static final Path PAGES = Path.of("../docs/questions");

  /// The questions that have no page of their own.
  private static final Map<String, String> PAGE =
      Map.of("vms", "vm", "report", "vm", "changes", "diff");

  static List<Question> questions() {
    return Questions.ALL;
  }

  @ParameterizedTest
  @MethodSource("questions")
  void page_hasTheParametersOfTheQuestion(Question question) throws IOException {
    var page = PAGES.resolve(PAGE.getOrDefault(question.name(), question.name()) + ".md");
    String text = Files.readString(page);
    String mark = "<!-- parameters of " + question.name() + " -->\n";
    assertThat(text).as(page + " has the mark").contains(mark);
    int start = text.indexOf(mark) + mark.length();
    int end = text.indexOf("\n\n", start) + 1;
    if ("renew".equals(System.getProperty("surfacescan.golden"))) {
      Files.writeString(page, text.substring(0, start) + table(question) + text.substring(end));
      return;
    }
    assertThat(text.substring(start, end))
        .as(page + "; -Dsurfacescan.golden=renew renews it")
        .isEqualTo(table(question));
  }

  private static String table(Question question) {
    String rows =
        question.parameters().stream()
            .filter(parameter -> !parameter.is(Mark.HIDDEN))
            .map(parameter -> row(question, parameter))
            .collect(Collectors.joining());
    return question.is(Trait.WITH_EDITS)
        ? "| command line | member of the body, or in the URL | meaning |\n|---|---|---|\n" + rows
        : "| command line | HTTP | meaning |\n|---|---|---|\n" + rows;
  }

  private static String row(Question question, Parameter parameter) {
    String label = parameter.label().isEmpty() ? "" : " " + parameter.label();
    String shell = parameter.isArgument() ? parameter.label() : parameter.flag() + label;
    String http =
        question.is(Trait.WITH_EDITS) && !question.urlParameters().contains(parameter)
            ? "`\"" + parameter.name() + "\"`"
            : parameter.urlNames().stream()
                .map(name -> "`" + name + "=`")
                .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s |\n".formatted(shell, http, meaning(parameter));
  }

  private static String meaning(Parameter parameter) {
    String detail =
        parameter.type() instanceof Parameter.Vm vm && vm.byTag().isPresent()
            ? ", or the VMs with a tag (`tag:NAME`)"
            : "";
    var everywhere = List.of(parameter.bounds(false).toLowerCase(Locale.ROOT).split("; "));
    String served =
        Stream.of(parameter.bounds(true).toLowerCase(Locale.ROOT).split("; "))
            .filter(bound -> !everywhere.contains(bound))
            .map(bound -> bound.replace("default: ", "by default "))
            .collect(Collectors.joining("; "));
    return parameter.meaning(detail, false)
        + (served.isEmpty() ? "" : " Over HTTP " + served + ".");
  }
}
