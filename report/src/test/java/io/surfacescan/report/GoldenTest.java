package io.surfacescan.report;

import static io.surfacescan.report.GoldenEnvironments.EMPTY;
import static io.surfacescan.report.GoldenEnvironments.IMPORTED;
import static io.surfacescan.report.GoldenEnvironments.LAYERS;
import static io.surfacescan.report.GoldenEnvironments.ODD;
import static io.surfacescan.report.GoldenEnvironments.SAMPLE;
import static io.surfacescan.report.GoldenEnvironments.subject;
import static io.surfacescan.report.GoldenEnvironments.vm;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.engine.Exposure;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.FarthestAttackers;
import io.surfacescan.engine.OutsideReach;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.RuleUses;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceSizes;
import io.surfacescan.engine.VmsBySurface;
import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Problems;
import io.surfacescan.model.TextOrder;
import io.surfacescan.questions.ExposedVm;
import io.surfacescan.questions.PathQuestion;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.questions.Way;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.report.format.InputProblems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The bytes of every question but those about changes, in every format: see [GoldenFile].
class GoldenTest {
  private static final String OFFICE = "tag:office";
  private static final String DATABASE = "vm-b126aa";

  @Test
  void ids() throws IOException {
    var golden = new GoldenFile("attack");
    ids(golden, "sample, database", SAMPLE, DATABASE, Subject.ANY_HOPS);
    ids(golden, "sample, database, direct", SAMPLE, DATABASE, 1);
    ids(golden, "sample, group", SAMPLE, "tag:ssh-staging", Subject.ANY_HOPS);
    ids(golden, "sample, vault, which no VM can attack", SAMPLE, "vm-8b9c7d", Subject.ANY_HOPS);
    ids(golden, "odd texts", ODD, "\uff1dwide", Subject.ANY_HOPS);
    golden.check();
  }

  private static void ids(
      GoldenFile golden, String title, AttackGraph graph, String asked, int maxHops)
      throws IOException {
    var subject = subject(graph, asked);
    var ids = IdArena.of(graph);
    var attackers = subject.attackers(graph, maxHops);
    golden.addBodies(title, format -> VmIds.of(ids, attackers, format));
    golden.addBodies(title + ", page", format -> VmIds.of(ids, attackers.page(1, 2), format));
    golden.addBodies(
        title + ", victims", format -> VmIds.of(ids, subject.victims(graph, maxHops), format));
    var environment = graph.environment();
    golden.add(
        title + ", by id",
        new SortedVmIds(
            environment, VmSequence.by(graph, attackers, TextOrder.of(environment.vmIds()))));
    var found = subject.attackersByHop(graph, maxHops);
    golden.add(title + ", by hops", new SortedVmIds(environment, VmSequence.byHops(graph, found)));
  }

  @Test
  void hops() throws IOException {
    var golden = new GoldenFile("hops");
    hops(golden, "sample, database", SAMPLE, DATABASE);
    hops(golden, "sample, group", SAMPLE, OFFICE);
    hops(golden, "sample, vault", SAMPLE, "vm-8b9c7d");
    hops(golden, "odd texts", ODD, "\uff1dwide");
    golden.check();
  }

  private static void hops(GoldenFile golden, String title, AttackGraph graph, String asked)
      throws IOException {
    var environment = graph.environment();
    var subject = subject(graph, asked);
    var attackers = subject.attackersByHop(graph, Subject.ANY_HOPS);
    var victims = subject.victimsByHop(graph, Subject.ANY_HOPS);
    var nearest = VmSequence.nearestFirst(graph, attackers);
    var inOrder = VmSequence.inInputOrder(graph, victims.ranks());
    golden.add(title + ", hops", new VmsWithHops(environment, attackers, nearest));
    golden.add(title + ", hops of victims", new VmsWithHops(environment, victims, inOrder));
    golden.add(title + ", why", new FirstHops(graph, attackers, Way.ATTACKERS, nearest));
    golden.add(
        title + ", why, first two",
        new FirstHops(graph, attackers, Way.ATTACKERS, nearest.page(0, 2)));
    golden.add(title + ", why of victims", new FirstHops(graph, victims, Way.VICTIMS, inOrder));
    golden.add(
        title + ", on a terminal",
        out -> new HopsTable(environment, attackers, nearest).write(out));
  }

  @Test
  void several() throws IOException {
    var golden = new GoldenFile("several");
    several(golden, "sample", SAMPLE, List.of(DATABASE, "tag:ci-runner", "vm-8b9c7d"));
    several(golden, "odd texts", ODD, List.of("\uff1dwide", "tag:two\nlines", "same"));
    golden.check();
  }

  private static void several(
      GoldenFile golden, String title, AttackGraph graph, List<String> arguments)
      throws IOException {
    var subjects = arguments.stream().map(argument -> subject(graph, argument)).toList();
    var ids = IdArena.of(graph);
    var attackers = new ArrayList<VmSequence>();
    var victims = new ArrayList<VmSequence>();
    var tables = new ArrayList<HopsTable>();
    for (var subject : subjects) {
      var ranks = subject.attackers(graph, Subject.ANY_HOPS);
      attackers.add(VmSequence.inEngineOrder(graph, ranks));
      victims.add(VmSequence.inInputOrder(graph, subject.victims(graph, Subject.ANY_HOPS)));
      var found = subject.attackersByHop(graph, Subject.ANY_HOPS);
      tables.add(new HopsTable(graph.environment(), found, VmSequence.nearestFirst(graph, found)));
    }
    golden.add(title + ", attackers", new VmsByVm(ids, Way.ATTACKERS, subjects, attackers));
    golden.add(title + ", victims", new VmsByVm(ids, Way.VICTIMS, subjects, victims));
    golden.add(
        title + ", on a terminal",
        out -> new HopsTables(graph.environment(), Way.ATTACKERS, subjects, tables).write(out));
  }

  @Test
  void path() throws IOException {
    var golden = new GoldenFile("path");
    path(golden, SAMPLE, "vm-99487f", DATABASE, 1);
    path(golden, SAMPLE, "vm-99487f", DATABASE, 5);
    path(golden, SAMPLE, OFFICE, "tag:customer-db", 1);
    path(golden, SAMPLE, OFFICE, "tag:customer-db", 2);
    path(golden, SAMPLE, "vm-8b9c7d", DATABASE, 1);
    path(golden, SAMPLE, "vm-8b9c7d", DATABASE, 2);
    path(golden, SAMPLE, DATABASE, "vm-99487f", 1);
    path(golden, SAMPLE, "tag:dns", OFFICE, 1);
    path(golden, SAMPLE, "tag:dns", OFFICE, 3);
    path(golden, SAMPLE, "tag:dns", "vm-99487f", 1);
    path(golden, LAYERS, "vm-00", "vm-41", 1);
    path(golden, LAYERS, "vm-00", "vm-41", 3);
    path(golden, LAYERS, "vm-00", "vm-41", 100);
    path(golden, LAYERS, "vm-03", "vm-40", 4);
    path(golden, ODD, "=1+1", "@cmd", 1);
    path(golden, ODD, "=1+1", "@cmd", 2);
    path(golden, ODD, "tag:a,b", "tag:end", 2);
    path(golden, ODD, "-idle", "alone \u200d", 1);
    path(golden, ODD, "alone \u200d", "tag:self", 1);
    var avoided = Exclusions.of(SAMPLE, List.of(), List.of(tag(SAMPLE, "bastion-prod")));
    var over = OptionalInt.of(vm(SAMPLE, "vm-720e37"));
    conditions(golden, "avoiding a tag", SAMPLE, new Conditions(avoided, OptionalInt.empty()));
    conditions(golden, "over a VM", SAMPLE, new Conditions(Exclusions.NOTHING, over));
    conditions(golden, "over a VM that is avoided", SAMPLE, new Conditions(avoided, over));
    var redThere = new Conditions(Exclusions.NOTHING, OptionalInt.of(vm(ODD, "\uff1dwide")));
    golden.add(
        "odd texts, over a VM and back",
        Documents.of(
            PathQuestion.between(
                ODD, subject(ODD, "same"), subject(ODD, "@cmd"), redThere, 3, Deadline.NONE)));
    golden.check();
  }

  private static int tag(AttackGraph graph, String name) {
    return graph.environment().findTag(name).orElseThrow();
  }

  private static void conditions(
      GoldenFile golden, String title, AttackGraph graph, Conditions conditions)
      throws IOException {
    for (int limit = 1; limit < 3; limit++) {
      golden.add(
          title + ", up to " + limit,
          Documents.of(
              PathQuestion.between(
                  graph,
                  subject(graph, "vm-99487f"),
                  subject(graph, DATABASE),
                  conditions,
                  limit,
                  Deadline.NONE)));
      golden.add(
          title + ", group, up to " + limit,
          Documents.of(
              PathQuestion.between(
                  graph,
                  subject(graph, "tag:printer"),
                  subject(graph, DATABASE),
                  conditions,
                  limit,
                  Deadline.NONE)));
    }
  }

  private static void path(GoldenFile golden, AttackGraph graph, String from, String to, int limit)
      throws IOException {
    golden.add(
        from + " to " + to + ", up to " + limit,
        Documents.of(
            PathQuestion.between(
                graph,
                subject(graph, from),
                subject(graph, to),
                Conditions.NONE,
                limit,
                Deadline.NONE)));
  }

  @Test
  void vms() throws IOException {
    var golden = new GoldenFile("vms");
    for (String id : List.of(DATABASE, "vm-8b9c7d", "vm-99487f")) {
      golden.add("vm " + id, facts(SAMPLE, vm(SAMPLE, id)));
    }
    for (int vm = 0; vm < ODD.environment().vmCount(); vm++) {
      golden.add("odd texts, vm " + vm, facts(ODD, vm));
    }
    golden.add("sample", vms(SAMPLE, false));
    golden.add("sample, collapsed", vms(SAMPLE, true));
    golden.add("odd texts", vms(ODD, false));
    golden.add("layers, collapsed", vms(LAYERS, true));
    golden.add("imported", vms(IMPORTED, false));
    golden.add("none", vms(EMPTY, false));
    golden.check();
  }

  private static Document facts(AttackGraph graph, int vm) {
    return new VmFacts(graph.environment(), Exposure.of(graph, vm), Optional.empty());
  }

  private static Document vms(AttackGraph graph, boolean collapsed) {
    var exposures = Exposures.of(graph, Deadline.NONE, Progress.NONE);
    int[] all = IntStream.range(0, graph.environment().vmCount()).toArray();
    var groups = VmsBySurface.of(graph, all);
    int[] listed = collapsed ? groups.first() : all;
    var rows =
        IntStream.range(0, listed.length)
            .mapToObj(i ->
                new ExposedVm(
                    exposures.of(listed[i]),
                    collapsed ? OptionalInt.of(groups.count()[i]) : OptionalInt.empty(),
                    OptionalInt.empty()))
            .toList();
    return new VmTable(graph.environment(), collapsed, rows);
  }

  @Test
  void report() throws IOException {
    var golden = new GoldenFile("report");
    report(golden, "sample", SAMPLE);
    report(golden, "odd texts", ODD);
    report(golden, "layers", LAYERS);
    report(golden, "nothing", EMPTY);
    report(golden, "imported", IMPORTED);
    golden.check();
  }

  private static void report(GoldenFile golden, String title, AttackGraph graph)
      throws IOException {
    var exposures = Exposures.of(graph, Deadline.NONE, Progress.NONE);
    var environment = graph.environment();
    int[] all =
        IntStream.range(0, environment.vmCount())
            .filter(vm -> !environment.vmKind(vm).isExternal())
            .toArray();
    var page = VmSequence.of(all);
    int[] outside = environment.internet();
    var internet =
        outside.length == 0
            ? Optional.<OutsideReach>empty()
            : Optional.of(OutsideReach.of(graph, outside));
    golden.add(title, new EnvironmentReport(exposures, Optional.empty(), internet, page));
    golden.add(
        title + ", hops",
        new EnvironmentReport(
            exposures,
            Optional.of(FarthestAttackers.of(graph, all, Deadline.NONE, Progress.NONE)),
            internet,
            page.page(0, 5)));
    golden.add(
        title + ", hops not found in time",
        new EnvironmentReport(
            exposures,
            Optional.of(FarthestAttackers.of(graph, all, () -> true, Progress.NONE)),
            internet,
            page.page(2, 3)));
  }

  @Test
  void rules() throws IOException {
    var golden = new GoldenFile("rules");
    rules(golden, "sample", SAMPLE, Long.MAX_VALUE);
    rules(golden, "odd texts", ODD, Long.MAX_VALUE);
    rules(golden, "layers", LAYERS, Long.MAX_VALUE);
    rules(golden, "layers, not counted", LAYERS, 0);
    rules(golden, "none", EMPTY, Long.MAX_VALUE);
    rules(golden, "imported", IMPORTED, Long.MAX_VALUE);
    golden.check();
  }

  private static void rules(GoldenFile golden, String title, AttackGraph graph, long stepsMost)
      throws IOException {
    var uses = RuleUses.of(graph);
    int[] rules = IntStream.range(0, graph.environment().ruleCount()).toArray();
    golden.add(
        title, new RuleTable(graph.environment(), uses.rows(rules, stepsMost, Deadline.NONE)));
  }

  @Test
  void pairs() throws IOException {
    var golden = new GoldenFile("pairs");
    golden.add("sample, from the office", pairs(SAMPLE, OFFICE, "", 20));
    golden.add("sample, to a database", pairs(SAMPLE, "", DATABASE, 20));
    golden.add("sample, none of none", pairs(SAMPLE, "", "", 0));
    golden.add("sample, no pair", pairs(SAMPLE, DATABASE, "vm-8b9c7d", 5));
    golden.add("odd texts", pairs(ODD, "", "", 100));
    golden.add("layers", pairs(LAYERS, "tag:all", "tag:l4", 100));
    golden.add("imported", pairs(IMPORTED, "", "", 100));
    golden.add("imported, one pair of two rows", pairs(IMPORTED, "i-web", "", 1));
    golden.check();
  }

  private static Document pairs(AttackGraph graph, String from, String to, long limit) {
    return new PairTable(graph.environment(), end(graph, from), end(graph, to), limit);
  }

  private static Optional<Subject> end(AttackGraph graph, String argument) {
    return argument.isEmpty() ? Optional.empty() : Optional.of(subject(graph, argument));
  }

  @Test
  void chokepoints() throws IOException {
    var golden = new GoldenFile("chokepoints");
    chokepoints(golden, "sample", SAMPLE, DATABASE, 20, Deadline.NONE);
    chokepoints(golden, "sample, the best", SAMPLE, DATABASE, 1, Deadline.NONE);
    chokepoints(golden, "sample, vault", SAMPLE, "vm-8b9c7d", 20, Deadline.NONE);
    chokepoints(golden, "odd texts", ODD, "\uff1dwide", 20, Deadline.NONE);
    chokepoints(golden, "odd texts, two", ODD, "@cmd", 2, Deadline.NONE);
    chokepoints(golden, "layers", LAYERS, "vm-40", 5, Deadline.NONE);
    golden.add(
        "layers, cut short",
        new ChokepointLists(
            LAYERS.environment(),
            new Chokepoints(
                vm(LAYERS, "vm-40"),
                3,
                4,
                List.of(),
                0,
                List.of(),
                0,
                new Chokepoints.Tags(List.of(), false, 0, false),
                new Chokepoints.Pairs(List.of(), true, 0, false)),
            Optional.empty()));
    golden.check();
  }

  private static void chokepoints(
      GoldenFile golden, String title, AttackGraph graph, String id, int top, Deadline deadline)
      throws IOException {
    golden.add(
        title,
        new ChokepointLists(
            graph.environment(),
            Chokepoints.of(graph, vm(graph, id), top, deadline),
            Optional.empty()));
  }

  @Test
  void chokepointsOfAll() throws IOException {
    var golden = new GoldenFile("chokepoints-of-all");
    ofAll(golden, "sample", SAMPLE, 20, 20, Deadline.NONE);
    ofAll(golden, "sample, two worked out", SAMPLE, 5, 2, Deadline.NONE);
    ofAll(golden, "sample, no time", SAMPLE, 3, 20, () -> true);
    ofAll(golden, "odd texts", ODD, 20, 20, Deadline.NONE);
    ofAll(golden, "odd texts, one worked out", ODD, 20, 1, Deadline.NONE);
    ofAll(golden, "layers", LAYERS, 3, 20, Deadline.NONE);
    ofAll(golden, "nothing", EMPTY, 20, 20, Deadline.NONE);
    golden.check();
  }

  private static void ofAll(
      GoldenFile golden, String title, AttackGraph graph, int top, int exact, Deadline deadline)
      throws IOException {
    var found =
        EnvironmentChokepoints.of(
            graph,
            SurfaceSizes.of(graph, Deadline.NONE, Progress.NONE),
            top,
            exact,
            deadline,
            Progress.NONE);
    golden.add(title, new EnvironmentChokepointList(graph.environment(), found, Optional.empty()));
  }

  @Test
  void surface() throws IOException {
    var golden = new GoldenFile("surface");
    surface(golden, "sample", SAMPLE, DATABASE, 50);
    surface(golden, "sample, folded", SAMPLE, DATABASE, 3);
    surface(golden, "sample, vault", SAMPLE, "vm-8b9c7d", 50);
    surface(golden, "odd texts", ODD, "\uff1dwide", 50);
    surface(golden, "odd texts, folded", ODD, "\uff1dwide", 2);
    surface(golden, "layers, folded", LAYERS, "vm-40", 4);
    golden.check();
  }

  private static void surface(
      GoldenFile golden, String title, AttackGraph graph, String id, int groups)
      throws IOException {
    for (var direction : SurfaceGroups.Direction.values()) {
      golden.add(
          title + ", " + direction.name().toLowerCase(Locale.ROOT),
          new SurfacePicture(
              graph.environment(),
              SurfaceGroups.of(
                  graph, vm(graph, id), direction, Integer.MAX_VALUE, groups, Deadline.NONE)));
    }
  }

  @Test
  void validate() throws IOException {
    var golden = new GoldenFile("validate");
    golden.add("sample", problems(SAMPLE, List.of(), List.of()));
    golden.add("nothing", problems(EMPTY, List.of(), List.of()));
    var duplicates =
        new Problem(
            ProblemKind.DUPLICATE_TAG,
            new Place("a \"b\",c.json", 3, 4),
            "the tag `=x\\u001b` twice",
            "take one away",
            7,
            List.of(new Place("a.json", 5, 6), Place.of("b.json")));
    var empty =
        new Problem(ProblemKind.EMPTY_FIELD, Place.of("-dir"), "empty, \ud83d\ude00", "fill it");
    golden.add("warnings", problems(ODD, List.of(), List.of(duplicates)));
    golden.add("refused", problems(ODD, List.of(empty), List.of(duplicates)));
    golden.check();
  }

  private static Document problems(
      AttackGraph graph, List<Problem> errors, List<Problem> warnings) {
    Map<ProblemKind, Long> counts = new EnumMap<>(ProblemKind.class);
    errors.forEach(problem -> counts.merge(problem.kind(), problem.count() + 1, Long::sum));
    warnings.forEach(problem -> counts.merge(problem.kind(), problem.count(), Long::sum));
    return new InputProblems(
        graph.environment(), new Problems(errors, warnings, counts), List.of());
  }
}
