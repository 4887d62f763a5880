package io.surfacescan.cli.verbs;

import io.surfacescan.cli.serve.ServeVerb;
import io.surfacescan.cli.serve.Server;
import java.util.List;

/// The verbs by their names, in the order of the help.
public final class Verbs {
  public static final List<String> NAMES =
      List.of(
          "serve",
          "attack",
          "blast-radius",
          "surface",
          "rules",
          "pairs",
          "path",
          "vm",
          "vms",
          "report",
          "chokepoints",
          "what-if",
          "diff",
          "validate",
          "generate",
          "schema",
          "token",
          "completion",
          "help",
          "version");

  /// Those that tell of the others.
  private static final List<String> OVERVIEWS = List.of("completion", "help");

  private Verbs() {}

  /// The names of the verbs that a command line can be about.
  ///
  /// Describing all verbs to picocli takes longer than an answer does, and the one that comes first
  /// is the only one that counts. Where none comes first, any may be meant.
  public static List<String> meantBy(String... args) {
    boolean one = args.length > 0 && NAMES.contains(args[0]) && !OVERVIEWS.contains(args[0]);
    return one ? List.of(args[0]) : NAMES;
  }

  /// A verb as picocli takes it: its flags are the fields of the object.
  ///
  /// @param name one of [#NAMES]
  /// @param server what `serve` starts
  public static Object named(String name, Server server) {
    return switch (name) {
      case "serve" -> new ServeVerb(server);
      case "attack" -> new AttackVerb();
      case "blast-radius" -> new BlastRadiusVerb();
      case "surface" -> new SurfaceVerb();
      case "rules" -> new RulesVerb();
      case "pairs" -> new PairsVerb();
      case "path" -> new PathVerb();
      case "vm" -> new VmVerb();
      case "vms" -> new VmsVerb();
      case "report" -> new ReportVerb();
      case "chokepoints" -> new ChokepointsVerb();
      case "what-if" -> new WhatIfVerb();
      case "diff" -> new DiffVerb();
      case "validate" -> new ValidateVerb();
      case "generate" -> new GenerateVerb();
      case "schema" -> new SchemaVerb();
      case "token" -> new TokenVerb();
      case "completion" -> new CompletionVerb();
      case "help" -> new HelpVerb();
      case "version" -> new VersionVerb();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
