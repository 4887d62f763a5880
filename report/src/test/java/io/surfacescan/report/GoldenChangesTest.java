package io.surfacescan.report;

import static io.surfacescan.report.GoldenEnvironments.EMPTY;
import static io.surfacescan.report.GoldenEnvironments.IMPORTED;
import static io.surfacescan.report.GoldenEnvironments.LAYERS;
import static io.surfacescan.report.GoldenEnvironments.ODD;
import static io.surfacescan.report.GoldenEnvironments.SAMPLE;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits;
import io.surfacescan.model.Edits.RuleName;
import io.surfacescan.model.Edits.TagOfVm;
import io.surfacescan.model.EditsRefused;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.questions.EditsEffect;
import io.surfacescan.questions.SurfacesChanged;
import io.surfacescan.questions.real.RealChanges;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The bytes of the questions about changes, in every format: see [GoldenFile].
class GoldenChangesTest {
  private static final Edits SAMPLE_EDITS =
      new Edits(
          List.of(new RuleName.WithId("fw-95bc47e"), new RuleName.WithTags("app-prod", "secrets")),
          List.of(
              added("office", "customer-db"),
              added("office", "nowhere"),
              added("offline-vault", "offline-vault"),
              added("office", "vpn")),
          List.of(new TagOfVm("vm-2202aa", "deployer-prod")),
          List.of(
              new TagOfVm("vm-8b9c7d", "backup-client"), new TagOfVm("vm-8b9c7d", "offline-vault")),
          List.of("vm-720e37"));

  private static final Edits ODD_EDITS =
      new Edits(
          List.of(new RuleName.WithId("\ud83d\ude00")),
          List.of(added("self", "two\nlines"), added("end", "a,b")),
          List.of(new TagOfVm("same", "\u202ertl")),
          List.of(new TagOfVm("alone \u200d", "end"), new TagOfVm("@cmd", "=new\"tag")),
          List.of("\u001b[31mred"));

  private static FirewallRule added(String from, String to) {
    return new FirewallRule(Optional.empty(), from, to);
  }

  @Test
  void whatIf() throws IOException, EditsRefused {
    var golden = new GoldenFile("what-if");
    for (int limit : new int[] {0, 1, 100}) {
      String title = "sample, limit " + limit;
      whatIf(golden, title, SAMPLE, SAMPLE_EDITS, limit, "vm-b126aa", "vm-720e37", "vm-8b9c7d");
    }
    whatIf(golden, "odd texts", ODD, ODD_EDITS, 100, "\uff1dwide", "\u001b[31mred", "-idle");
    whatIf(golden, "odd texts, limit 1", ODD, ODD_EDITS, 1, "@cmd");
    whatIf(golden, "no edits", LAYERS, Edits.NONE, 2, "vm-40");
    golden.check();
  }

  private static void whatIf(
      GoldenFile golden, String title, AttackGraph graph, Edits edits, int limit, String... ids)
      throws IOException, EditsRefused {
    var edited = EditedEnvironment.of(graph.environment(), edits);
    var comparison = Comparison.of(graph, edited);
    var vms =
        List.of(ids).stream()
            .map(id -> graph.environment().findVm(id).orElseThrow())
            .map(vm -> new ComparedVm(vm, edited.removedVms().get(vm) ? ComparedVm.ABSENT : vm))
            .toList();
    golden.add(
        title,
        new WhatIfAnswer(
            EditsEffect.of(edited, RealChanges.NONE, comparison, vms, Optional.empty(), limit)));
    golden.add(
        title + ", whole environment",
        new WhatIfAnswer(
            EditsEffect.of(
                edited,
                RealChanges.NONE,
                comparison,
                vms,
                Optional.of(changes(comparison, 3, Deadline.NONE)),
                limit)));
    // The sizes need one look at the clock here, the comparison another.
    var looks = new AtomicInteger();
    golden.add(
        title + ", no time",
        new WhatIfAnswer(
            EditsEffect.of(
                edited,
                RealChanges.NONE,
                comparison,
                List.of(),
                Optional.of(changes(comparison, 3, () -> looks.incrementAndGet() > 1)),
                limit)));
  }

  private static SurfacesChanged changes(Comparison comparison, int worst, Deadline deadline) {
    return SurfacesChanged.of(
        comparison, SurfaceChanges.of(comparison, worst, deadline, Progress.NONE));
  }

  @Test
  void diff() throws IOException, EditsRefused {
    var golden = new GoldenFile("diff");
    var edited = edited(SAMPLE, SAMPLE_EDITS);
    diff(golden, "sample, edited", SAMPLE, edited, 10, 100);
    diff(golden, "sample, edited, limit 1", SAMPLE, edited, 2, 1);
    diff(golden, "sample, back", edited, SAMPLE, 0, 0);
    diff(golden, "odd texts, edited", ODD, edited(ODD, ODD_EDITS), 10, 100);
    diff(golden, "odd texts, renamed", ODD, renamed(), 10, 100);
    diff(golden, "the same", LAYERS, LAYERS, 10, 100);
    diff(golden, "out of nothing", EMPTY, LAYERS, 1, 3);
    var reimported = AttackGraph.of(GoldenEnvironments.reimported());
    diff(golden, "imported", IMPORTED, reimported, 10, 100);
    diff(golden, "imported, back, limit 1", reimported, IMPORTED, 1, 1);
    var detailed = AttackGraph.of(GoldenEnvironments.detailed("vm", "tcp/22", null, "10.0.0.1"));
    var other =
        AttackGraph.of(GoldenEnvironments.detailed("database", "tcp/22-23", "pl-7", "10.0.0.2"));
    diff(golden, "details", detailed, other, 10, 100);
    golden.check();
  }

  private static AttackGraph edited(AttackGraph graph, Edits edits) throws EditsRefused {
    return AttackGraph.of(EditedEnvironment.of(graph.environment(), edits).after());
  }

  /// The odd environment with other names, other tags of one VM and one rule more.
  private static AttackGraph renamed() {
    var environment = ODD.environment();
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      var tags = environment.vm(vm).tags();
      builder.vm(
          environment.vmId(vm),
          vm % 2 == 0 ? "new \"name\"\n" + vm : null,
          vm == 3 ? List.of("two\nlines", "=new", "self") : tags);
    }
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      var known = environment.rule(rule);
      builder.rule(known.id().orElse(null), known.sourceTag(), known.destTag());
    }
    return AttackGraph.of(builder.rule("=new", "self", "end").build());
  }

  private static void diff(
      GoldenFile golden, String title, AttackGraph before, AttackGraph after, int worst, int limit)
      throws IOException {
    var comparison = Comparison.of(before, after);
    golden.add(
        title,
        new DiffAnswer(
            "before, \"x\"",
            "after",
            EnvironmentDiff.of(before.environment(), after.environment()),
            new ChangedSurfaces(changes(comparison, worst, Deadline.NONE)),
            limit));
  }
}
