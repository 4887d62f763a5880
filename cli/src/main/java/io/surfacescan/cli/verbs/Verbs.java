package io.surfacescan.cli.verbs;

import io.surfacescan.cli.serve.ServeVerb;
import io.surfacescan.cli.serve.Server;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.Questions;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

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
                  "cache",
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

  /// A verb as picocli takes it.
  ///
  /// @param name one of [#NAMES]
  /// @param server what `serve` starts
  public static CommandSpec named(String name, Server server) {
    return switch (name) {
      case "serve" -> new ServeVerb(server).described();
      case "attack" -> new AttackVerb().described();
      case "blast-radius" -> new VmListVerb(Questions.BLAST_RADIUS).described();
      case "path" -> new PathVerb().described();
      case "what-if" -> new WhatIfVerb().described();
      case "diff" -> new DiffVerb().described();
      case "check" -> new CheckVerb().described();
      case "import" -> new ImportVerb().described();
      case "validate" -> new ValidateVerb().described();
      case "cache" -> new CacheVerb().described();
      case "generate" -> new GenerateVerb().described();
      case "schema" -> new SchemaVerb().described();
      case "token" -> new TokenVerb().described();
      case "completion" -> new CompletionVerb().described();
      case "man" -> new ManVerb().described();
      case "help" -> new HelpVerb().described();
      case "version" -> new VersionVerb().described();
      default -> new QuestionVerb(Questions.named(name)).described();
    };
  }
}
