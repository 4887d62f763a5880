package io.surfacescan.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.report.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the description of the interface says of each question is made of the question: summary,
/// parameters, headers, formats and the responses that many have. By hand are written examples,
/// shapes, and responses that mean something else for one question.
///
/// To renew it after a wanted change, run the test with `-Dsurfacescan.golden=renew`.
class OpenApiTest {
  private static final Path DESCRIPTION = Path.of("src/main/resources/META-INF/openapi.yaml");
  private static final Pattern SUMMARY = Pattern.compile("(?m)^      summary: .*\n");
  private static final Pattern PARAMETERS =
      Pattern.compile("(?m)(^      parameters:\n(?: {8}.*\n)*)?^      responses:\n");
  private static final Pattern HEADERS =
      Pattern.compile("(?m)(^          headers:\n(?: {12}.*\n)*)?^          content:\n");
  private static final Pattern RESPONSE =
      Pattern.compile("(?m)^        \"(\\d+)\":.*\n(?: {10}.*\n)*");
  private static final Pattern FORMAT = Pattern.compile("(?m)^            (\\S+/\\S+):\n");

  static List<Question> questions() {
    return Questions.ALL;
  }

  @ParameterizedTest
  @MethodSource("questions")
  void operation_isThatOfTheQuestion(Question question) throws IOException {
    String text = Files.readString(DESCRIPTION);
    int start = text.indexOf("\n  /" + question.name() + ":\n");
    assertThat(start).as("/" + question.name() + " is described").isNotNegative();
    int end = text.indexOf("\n  /", start + 1) + 1;
    String found = text.substring(start, end);
    String wanted = operation(question, found);
    if ("renew".equals(System.getProperty("surfacescan.golden"))) {
      Files.writeString(DESCRIPTION, text.substring(0, start) + wanted + text.substring(end));
      return;
    }
    assertThat(found).as(DESCRIPTION + "; -Dsurfacescan.golden=renew renews it").isEqualTo(wanted);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void formats_areThoseOfTheQuestion(Question question) throws IOException {
    String text = Files.readString(DESCRIPTION);
    int start = text.indexOf("\"200\":", text.indexOf("\n  /" + question.name() + ":\n"));
    String answer = text.substring(start, text.indexOf("\n        \"", start) + 1);
    assertThat(FORMAT.matcher(answer).results().map(one -> one.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Documents.formats(question).stream()
                .map(format -> format.contentType().replaceFirst(";.*", ""))
                .toList());
  }

  /// What is described already, with what is made of the question made anew.
  private static String operation(Question question, String described) {
    String sentence = question.profile().sentence().replaceFirst("\\.$", "");
    described = replaced(SUMMARY, described, _ -> "      summary: \"%s\"\n".formatted(sentence));
    String parameters = parameters(question);
    described =
        replaced(
            PARAMETERS,
            described,
            _ ->
                (parameters.isEmpty() ? "" : "      parameters:\n" + parameters)
                    + "      responses:\n");
    int end = described.indexOf("      responses:\n") + "      responses:\n".length();
    var responses = new TreeMap<String, String>();
    shared(question)
        .forEach((status, name) ->
            responses.put(
                status,
                "        \"%s\": {$ref: \"#/components/responses/%s\"}\n".formatted(status, name)));
    RESPONSE
        .matcher(described)
        .region(end, described.length())
        .results()
        .filter(response -> !response.group().contains("{$ref: \"#/components/responses/"))
        .forEach(response -> responses.put(response.group(1), response.group()));
    responses.computeIfPresent("200", (_, text) -> replaced(HEADERS, text, _ -> headers(question)));
    return described.substring(0, end) + String.join("", responses.values());
  }

  private static String replaced(
      Pattern pattern, String text, Function<MatchResult, String> replacement) {
    return pattern
        .matcher(text)
        .replaceFirst(found -> Matcher.quoteReplacement(replacement.apply(found)));
  }

  private static Map<String, String> shared(Question question) {
    var shared = new HashMap<String, String>();
    if (!question.is(Trait.FLEETING)) {
      shared.put("304", "NotModified");
    }
    shared.put("400", "BadRequest");
    shared.put("401", "Unauthenticated");
    shared.put("403", "Forbidden");
    if (question.parameters().stream().anyMatch(one -> one.type() instanceof Parameter.Vm)) {
      shared.put("404", "UnknownVm");
      shared.put("409", "AmbiguousName");
    }
    shared.put("406", "NotAcceptable");
    if (question.is(Trait.PAGED)) {
      shared.put("410", "StaleCursor");
    }
    shared.put("421", "Misdirected");
    if (!question.is(Trait.UNSTOPPABLE)) {
      shared.put("422", "TimeLimit");
    }
    shared.put("429", "TooManyAttempts");
    shared.put("503", "Unavailable");
    return shared;
  }

  private static String headers(Question question) {
    var names = new ArrayList<>(List.of("X-Environment-Version"));
    if (!question.is(Trait.FLEETING)) {
      names.add("ETag");
    }
    if (question.is(Trait.PAGED)) {
      names.add("X-Total-Count");
    }
    if (question == Questions.ATTACK) {
      names.add("X-Internet-Hops");
    }
    if (question.is(Trait.PAGED)) {
      names.add("Link");
    }
    return names.stream()
        .map(name -> "            %1$s: {$ref: \"#/components/headers/%1$s\"}\n".formatted(name))
        .collect(Collectors.joining("", "          headers:\n", "          content:\n"));
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
