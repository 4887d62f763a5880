package io.surfacescan.cli.verbs;

import io.surfacescan.cli.serve.ServeVerb;
import io.surfacescan.cli.serve.Server;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.Questions;
import java.util.List;
import java.util.stream.Stream;

/// The verbs by their names, in the order of the help.
public final class Verbs {
  public static final List<String> NAMES =
      Stream.of(
              Stream.of("serve"),
              Questions.ALL.stream().filter(Verbs::isVerb).map(Question::name),
              Stream.of(
                  "diff",
                  "check",
                  "import",
                  "validate",
                  "generate",
                  "schema",
                  "token",
                  "completion",
                  "man",
                  "help",
                  "version"))
          .flatMap(names -> names)
          .toList();

  /// Those that tell of the others.
  private static final List<String> OVERVIEWS = List.of("completion", "man", "help");

  private Verbs() {}

  /// The names of the verbs that a command line can be about.
  ///
  /// Describing all verbs to picocli takes longer than an answer does, and the one that comes first
  /// is the only one that counts. Where none comes first, any may be meant.
  public static List<String> meantBy(String... args) {
    boolean one = args.length > 0 && NAMES.contains(args[0]) && !OVERVIEWS.contains(args[0]);
    return one ? List.of(args[0]) : NAMES;
  }

  /// Changes to what is served are asked for over HTTP alone; `diff` compares any two environments.
  private static boolean isVerb(Question question) {
    return question != Questions.CHANGES;
  }

  /// A verb as picocli takes it: a description, or an object whose fields are its flags.
  ///
  /// @param name one of [#NAMES]
  /// @param server what `serve` starts
  public static Object named(String name, Server server) {
    return switch (name) {
      case "serve" -> new ServeVerb(server);
      case "attack" -> new AttackVerb().described();
      case "blast-radius" -> new VmListVerb(Questions.BLAST_RADIUS).described();
      case "path" -> new PathVerb().described();
      case "what-if" -> new WhatIfVerb().described();
      case "diff" -> new DiffVerb().described();
      case "check" -> new CheckVerb();
      case "import" -> new ImportVerb();
      case "validate" -> new ValidateVerb();
      case "generate" -> new GenerateVerb();
      case "schema" -> new SchemaVerb();
      case "token" -> new TokenVerb();
      case "completion" -> new CompletionVerb();
      case "man" -> new ManVerb();
      case "help" -> new HelpVerb();
      case "version" -> new VersionVerb();
      default -> new QuestionVerb(Questions.named(name)).described();
    };
  }
}
