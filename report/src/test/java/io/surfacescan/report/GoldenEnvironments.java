package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.testkit.NaiveDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The environments whose answers the golden files hold.
final class GoldenEnvironments {
  /// The sample that the README starts with.
  static final AttackGraph SAMPLE = AttackGraph.of(sample());

  /// Texts that every format has to escape, in ids, names and tags.
  static final AttackGraph ODD = AttackGraph.of(odd());

  /// Five layers of VMs, each VM of a layer like the others, with more rules than are needed.
  static final AttackGraph LAYERS = AttackGraph.of(layers());

  /// What an export may come to: services, kinds, addresses outside, real rules, and an assumption.
  static final AttackGraph IMPORTED = AttackGraph.of(imported());

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

  private static Environment imported() {
    var builder =
        new EnvironmentBuilder()
            .vm("internet", "the internet", List.of("open"))
            .vm("lb-1", "front", List.of("front"))
            .vm("i-web", "web", List.of("web"))
            .vm("i-db", null, List.of("db"))
            .vm("internet-out", null, List.of("out"));
    detail(builder, 0, VmKind.EXTERNAL, List.of("0.0.0.0/5", "2000::/3"));
    detail(builder, 1, VmKind.LOAD_BALANCER, List.of("10.0.0.9"));
    detail(builder, 4, VmKind.EXTERNAL_SINK, List.of("0.0.0.0/0"));
    rule(builder, "sgr-1~1", "open", "front", "tcp/443", null, origin("sgr-1", 4));
    rule(builder, "sgr-2~1", "front", "web", "tcp/8000-8100", null, origin("sgr-2", 9));
    rule(builder, "sgr-3~1", "web", "db", "tcp/5432", null, origin("sgr-3", 12), nowhere());
    rule(builder, "sgr-4~1", "web", "db", "all", "pl-7, \"office\"", origin("sgr-4", 15));
    rule(builder, "sgr-5~1", "web", "db", "udp/53", null, origin("sgr-5", 18));
    rule(builder, "sgr-6~1", "web", "db", "tcp/5432", "pl-7", origin("sgr-6", 21));
    rule(builder, "pl~1", "open", "web", "icmp", "pl-7", origin("sgr-7", 24));
    rule(builder, null, "db", "out", "all", null);
    return builder.build();
  }

  /// What [#IMPORTED] became: one real rule gone, one new, one with another text, and tags by other
  /// names.
  static Environment reimported() {
    var builder =
        new EnvironmentBuilder()
            .vm("internet", "the internet", List.of("open", "open 2"))
            .vm("office", null, List.of("near"))
            .vm("lb-1", "front", List.of("front"))
            .vm("i-web", "web", List.of("web", "web 2"))
            .vm("i-db", null, List.of("db"));
    detail(builder, 0, VmKind.EXTERNAL, List.of("0.0.0.0/6"));
    detail(builder, 1, VmKind.EXTERNAL, List.of("198.51.100.0/24"));
    detail(builder, 2, VmKind.LOAD_BALANCER, List.of("10.0.0.9", "10.0.0.10"));
    rule(builder, "sgr-1~2", "open 2", "front", "tcp/443", null, origin("sgr-1", 5));
    rule(builder, "sgr-2~1", "front", "web 2", "tcp/8000-8100", null, origin("sgr-2", 10));
    rule(
        builder,
        "sgr-3~1",
        "web",
        "db",
        "tcp/5432",
        null,
        new Origin("sgr-3", "sg-1 ingress", Optional.empty(), "from <office>"),
        nowhere());
    rule(builder, "sgr-9~1", "near", "web", "tcp/22", null, origin("sgr-9", 30));
    rule(builder, "peering-1~0123456789ab", "db", "front", "all", null);
    return builder.build();
  }

  /// A plain document with details.
  static Environment detailed(
      String kind, String services, @Nullable String assumed, String address) {
    var builder =
        new EnvironmentBuilder()
            .vm("web", "web", List.of("a"))
            .vm("db", null, List.of("b"))
            .vm("far", null, List.of("c"));
    detail(builder, 0, VmKind.ofCode(kind).orElseThrow(), List.of("10.0.0.9", address));
    detail(builder, 2, VmKind.EXTERNAL, List.of(address));
    rule(builder, "fw-1", "a", "b", services, assumed);
    rule(builder, "fw-2", "c", "a", "all", null);
    rule(builder, "fw-2", "c", "a", services, null);
    return builder.build();
  }

  private static void detail(
      EnvironmentBuilder builder, int vm, VmKind kind, List<String> addresses) {
    builder.details(vm, new VmDetails(kind, Optional.empty(), List.of(), addresses));
  }

  private static void rule(
      EnvironmentBuilder builder,
      @Nullable String id,
      String source,
      String dest,
      String services,
      @Nullable String assumed,
      Origin... origins) {
    builder.rule(id, source, dest);
    builder.details(
        builder.ruleCount() - 1,
        new RuleDetails(
            Services.parse(services).orElseThrow(),
            Optional.ofNullable(assumed),
            List.of(origins)));
  }

  private static Origin origin(String id, int line) {
    return new Origin(id, "sg-1 ingress", Optional.of(new Place("sg.json", line, 7)), "from <any>");
  }

  private static Origin nowhere() {
    return new Origin("acl-1/egress/100", "network ACL", Optional.empty(), "all to all");
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
    return ((Resolution.Found)
            Resolution.ofArgument(graph.environment(), argument, Parameter.Role.ATTACKER))
        .subject();
  }

  static int vm(AttackGraph graph, String id) {
    return graph.environment().findVm(id).orElseThrow();
  }
}
