package io.surfacescan.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The parameters of each question in the description of the interface are made of the question; no
/// hand writes them.
///
/// To renew them after a wanted change, run the test with `-Dsurfacescan.golden=renew`.
class OpenApiTest {
  private static final Path DESCRIPTION = Path.of("src/main/resources/META-INF/openapi.yaml");
  private static final String START = "      parameters:\n";
  private static final String END = "      responses:\n";

  static List<Question> questions() {
    return Questions.ALL;
  }

  @ParameterizedTest
  @MethodSource("questions")
  void parameters_areThoseOfTheQuestion(Question question) throws IOException {
    String text = Files.readString(DESCRIPTION);
    int path = text.indexOf("\n  /" + question.name() + ":\n");
    assertThat(path).as("/" + question.name() + " is described").isNotNegative();
    int end = text.indexOf(END, path);
    if (parameters(question).isEmpty()) {
      assertThat(text.substring(path, end)).doesNotContain(START);
      return;
    }
    int start = text.indexOf(START, path) + START.length();
    assertThat(start).isLessThan(end);
    if ("renew".equals(System.getProperty("surfacescan.golden"))) {
      Files.writeString(
          DESCRIPTION, text.substring(0, start) + parameters(question) + text.substring(end));
      return;
    }
    assertThat(text.substring(start, end))
        .as(DESCRIPTION + "; -Dsurfacescan.golden=renew renews it")
        .isEqualTo(parameters(question));
  }

  private static String parameters(Question question) {
    var lines = new ArrayList<String>();
    question
        .urlParameters()
        .forEach(parameter -> describe(parameter, question.is(Trait.PAGED), lines));
    if (question.is(Trait.PAGED)) {
      lines.add("$ref: \"#/components/parameters/after\"");
    }
    if (!question.is(Trait.FLEETING)) {
      lines.add("$ref: \"#/components/parameters/If-None-Match\"");
    }
    var text = new StringBuilder();
    lines.forEach(line -> text.append("        - ").append(line).append('\n'));
    return text.toString();
  }

  private static void describe(Parameter parameter, boolean paged, List<String> lines) {
    if (parameter.type() instanceof Parameter.Vm vm) {
      String oneOf =
          parameter.is(Mark.REQUIRED)
              ? " One of " + String.join(", ", parameter.urlNames()) + " must be there."
              : "";
      lines.add(
          line(parameter.name(), parameter.meaning(": its id, exactly", true) + oneOf, TEXT, ""));
      lines.add(
          line(
              vm.byName(),
              "Its name, exactly, in place of its id. If several VMs have it, the answer is 409 with"
                  + " their ids.",
              TEXT,
              ""));
      vm.byTag()
          .ifPresent(tag ->
              lines.add(
                  line(
                      tag,
                      "A tag, exactly, in place of one VM: the group of all VMs that carry it.",
                      TEXT,
                      "")));
      return;
    }
    String deprecated = parameter.is(Mark.HIDDEN) ? "deprecated: true, " : "";
    String meaning = parameter.sentence() + ".";
    if (parameter.type() instanceof Parameter.Choice) {
      meaning = parameter.meaning("", true);
    } else if (!parameter.unlessGiven().isEmpty()) {
      meaning += " Default: " + parameter.unlessGiven() + ".";
    }
    if (parameter.type() instanceof Parameter.Tag || parameter.type() instanceof Parameter.Rule) {
      meaning += " It is compared exactly; one that is nowhere is refused.";
    }
    if (paged && parameter.name().equals("limit")) {
      meaning += " Link then leads to the next page; 0 asks for X-Total-Count alone.";
    }
    String required = parameter.is(Mark.REQUIRED) ? "required: true, " : "";
    lines.add(line(parameter.name(), meaning, schema(parameter), required + deprecated));
    for (String older : parameter.olderNames()) {
      lines.add(
          line(
              older,
              "The older name of " + parameter.name() + ".",
              schema(parameter),
              "deprecated: true, "));
    }
  }

  private static final String TEXT = "{type: string, minLength: 1}";

  private static String line(String name, String meaning, String schema, String more) {
    return "{name: %s, in: query, %sdescription: \"%s\", schema: %s}"
        .formatted(name, more, meaning.replace("\"", "\\\""), schema);
  }

  private static String schema(Parameter parameter) {
    String schema =
        switch (parameter.type()) {
          case Parameter.Count count -> {
            int most = count.most(true);
            var usual = count.usual(true);
            yield "{type: integer, minimum: "
                + count.least()
                + (most == Integer.MAX_VALUE ? "" : ", maximum: " + most)
                + (usual.isEmpty() ? "" : ", default: " + usual.getAsInt())
                + "}";
          }
          case Parameter.Flag _ -> "{type: boolean, default: false}";
          case Parameter.Choice choice -> {
            var words = new ArrayList<>(choice.shown());
            words.addAll(choice.olderWords().keySet());
            yield "{type: string, enum: ["
                + String.join(", ", words)
                + "], default: "
                + choice.shown().getFirst()
                + "}";
          }
          case Parameter.Vm _, Parameter.Text _, Parameter.Tag _, Parameter.Rule _ -> TEXT;
        };
    return parameter.is(Mark.REPEATABLE) ? "{type: array, items: " + schema + "}" : schema;
  }
}
