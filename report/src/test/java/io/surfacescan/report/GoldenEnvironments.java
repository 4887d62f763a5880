package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.Resolution;
import io.surfacescan.questions.Subject;
import io.surfacescan.testkit.NaiveDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The environments whose answers the golden files hold.
final class GoldenEnvironments {
  /// The sample that the README starts with.
  static final AttackGraph SAMPLE = AttackGraph.of(sample());

  /// Texts that every format has to escape, in ids, names and tags.
  static final AttackGraph ODD = AttackGraph.of(odd());

  /// Five layers of VMs, each VM of a layer like the others, with more rules than are needed.
  static final AttackGraph LAYERS = AttackGraph.of(layers());

  /// Nothing at all.
  static final AttackGraph EMPTY = AttackGraph.of(new EnvironmentBuilder().build());

  private GoldenEnvironments() {}

  private static Environment sample() {
    try {
      return NaiveDocument.readDirectory(Path.of("../data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Environment odd() {
    return new EnvironmentBuilder()
        .vm("=1+1", "-2\"x\", 'y'", List.of("a,b", "ünï \"tag\""))
        .vm("\u001b[31mred", "\ud83d\ude00 smile", List.of("a,b", "<b>&amp;</b>"))
        .vm("arn:aws:ec2/i-1", null, List.of("<b>&amp;</b>", "two\nlines"))
        .vm("same", "same", List.of("two\nlines", "\u202ertl"))
        .vm(" spaces ", "", List.of("\u202ertl", "|\\#;`"))
        .vm("@cmd", "\u0000nul\u007f\t", List.of("|\\#;`"))
        .vm("\uff1dwide", "e\u0301 \u2028", List.of("end"))
        .vm("alone \u200d", "+alone", List.of())
        .vm("-idle", "no way", List.of("self"))
        .rule("fw,\"1\"", "a,b", "<b>&amp;</b>")
        .rule(null, "a,b", "<b>&amp;</b>")
        .rule("=fw\r\n2", "<b>&amp;</b>", "two\nlines")
        .rule("\ud83d\ude00", "two\nlines", "\u202ertl")
        .rule("\u001b[0m", "\u202ertl", "|\\#;`")
        .rule("back\\slash", "|\\#;`", "end")
        .rule(null, "ünï \"tag\"", "end")
        .rule("fw-self", "self", "self")
        .rule("fw-ghost", "gho\"st", "end")
        .rule("fw-back", "end", "\u202ertl")
        .build();
  }

  private static Environment layers() {
    var builder = new EnvironmentBuilder();
    for (int layer = 0; layer < 5; layer++) {
      for (int vm = 0; vm < 4; vm++) {
        var tags = new ArrayList<>(List.of("l" + layer, "l" + layer + "-" + vm % 2));
        if (vm == 3) {
          tags.add("all");
        }
        builder.vm("vm-" + layer + vm, vm == 2 ? null : "host-" + layer + "-" + vm, tags);
      }
    }
    for (int layer = 0; layer < 4; layer++) {
      for (int half = 0; half < 2; half++) {
        builder.rule("fw-" + layer + half, "l" + layer + "-" + half, "l" + (layer + 1) + "-0");
        builder.rule("fx-" + layer + half, "l" + layer + "-" + half, "l" + (layer + 1) + "-1");
      }
    }
    return builder
        .rule("fw-all", "all", "l4")
        .rule("fw-all", "all", "l4")
        .rule("fw-ghost", "nowhere", "l0")
        .build();
  }

  static Subject subject(AttackGraph graph, String argument) {
    return ((Resolution.Found) Resolution.ofArgument(graph.environment(), argument)).subject();
  }

  static int vm(AttackGraph graph, String id) {
    return graph.environment().findVm(id).orElseThrow();
  }
}
