package io.surfacescan.report;

import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.engine.SurfaceGroups.Edge;
import io.surfacescan.engine.SurfaceGroups.Group;
import io.surfacescan.engine.SurfaceGroups.Tagged;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Graph;
import io.surfacescan.report.format.Graph.Label;
import io.surfacescan.report.format.Page;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// An attack surface or blast radius as a page: the verdict, the picture, and its groups and rules
/// as tables.
///
/// @param nameOf the name of the group at a place, or of the VM asked about
record SurfacePage(
    Environment environment, SurfaceGroups surface, Graph picture, IntFunction<String> nameOf) {
  private static final int RULES_MOST = 5;

  Page page() {
    boolean isInwards = surface.direction() == Direction.IN;
    var vm = Label.text(VmLabel.of(environment, surface.vm()));
    var title = List.of(Label.words(isInwards ? "Attack surface of " : "Blast radius of "), vm);
    var sections = new ArrayList<Page.Section>();
    if (!surface.groups().isEmpty()) {
      sections.add(new Page.Picture(isInwards ? "How they get in" : "How it gets on", picture));
      sections.add(groups());
      sections.add(edges());
    }
    return new Page(title, verdicts(isInwards, vm), sections);
  }

  private List<List<Label>> verdicts(boolean isInwards, Label vm) {
    var verdicts = new ArrayList<List<Label>>();
    int total = surface.total();
    String vms = total == 0 ? "no VM" : Counted.orNo(total, "VM");
    String over =
        total == 0 ? "." : " over at most " + Counted.orNo(surface.mostHops(), "hop") + ".";
    verdicts.add(
        List.of(
            vm, Label.words((isInwards ? " can be attacked by " : " can attack ") + vms + over)));
    if (total > 0) {
      boolean isKnown =
          surface.groups().stream().noneMatch(group -> group.fromHop() == 1 && group.toHop() > 1);
      int direct =
          surface.groups().stream().filter(group -> group.toHop() == 1).mapToInt(Group::vms).sum();
      if (isKnown) {
        verdicts.add(List.of(Label.words(direct + " of them directly, in one hop.")));
      }
    }
    for (int place : surface.pinned()) {
      int hops = surface.groups().get(place).fromHop();
      verdicts.add(
          List.of(
              Label.words(
                  (isInwards
                          ? "The internet can attack it over "
                          : "It can attack the internet over ")
                      + Counted.orNo(hops, "hop")
                      + ".")));
    }
    if (isInwards && surface.pinned().isEmpty() && environment.internet().length > 0) {
      verdicts.add(List.of(Label.words("The internet is not among its attackers.")));
    }
    return verdicts;
  }

  private Page.Rows groups() {
    var groups = surface.groups();
    return new Page.Rows(
        "Groups",
        List.of("Hops", "Group", "VMs", "VMs with its tag", "Addresses outside", "Some of them"),
        groups.size(),
        rows -> {
          for (var group : groups) {
            rows.accept(row(group));
          }
        });
  }

  private List<List<Label>> row(Group group) {
    String hops =
        group.fromHop() == group.toHop()
            ? Integer.toString(group.fromHop())
            : group.fromHop() + " to " + group.toHop();
    var sample = new ArrayList<Label>();
    for (int vm : group.sample()) {
      sample.add(Label.words(sample.isEmpty() ? "" : ", "));
      sample.add(Label.text(VmLabel.of(environment, vm)));
    }
    String title =
        switch (group) {
          case SurfaceGroups.Others others -> others.groups() + " smaller groups";
          case Tagged tagged -> environment.tag(tagged.tag());
          case SurfaceGroups.Keyed keyed -> keyed.text().orElse("none");
        };
    return List.of(
        List.of(Label.words(hops)),
        List.of(Label.text(title)),
        List.of(Label.words(Integer.toString(group.vms()))),
        List.of(Label.words(Integer.toString(group.carrying()))),
        List.of(Label.words(Integer.toString(group.externals()))),
        sample);
  }

  private Page.Rows edges() {
    boolean isInwards = surface.direction() == Direction.IN;
    return new Page.Rows(
        "Rules between them",
        List.of("From", "To", "VMs", "Rules"),
        surface.edges().size(),
        rows ->
            surface
                .edges()
                .forEach(edge ->
                    rows.accept(
                        List.of(
                            end(isInwards ? edge.far() : edge.near()),
                            end(isInwards ? edge.near() : edge.far()),
                            List.of(Label.words(Integer.toString(edge.vms()))),
                            rules(edge)))));
  }

  private List<Label> end(int place) {
    return List.of(
        Label.text(
            place == SurfaceGroups.THE_VM
                ? VmLabel.of(environment, surface.vm())
                : nameOf.apply(place)));
  }

  private List<Label> rules(Edge edge) {
    var labels = new ArrayList<Label>();
    int shown = Math.min(RULES_MOST, edge.rules().size());
    for (int rule : edge.rules().subList(0, shown)) {
      labels.add(Label.words(labels.isEmpty() ? "" : "; "));
      labels.add(Label.text(Rules.words(environment, rule)));
    }
    int more = edge.ruleCount() - shown;
    labels.add(Label.words(more == 0 ? "" : " and " + more + " more"));
    return labels;
  }
}
