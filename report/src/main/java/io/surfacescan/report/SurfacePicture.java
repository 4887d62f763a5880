package io.surfacescan.report;

import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceGroups.Column;
import io.surfacescan.engine.SurfaceGroups.Edge;
import io.surfacescan.engine.SurfaceGroups.Group;
import io.surfacescan.engine.SurfaceGroups.GroupKey;
import io.surfacescan.engine.SurfaceGroups.Keyed;
import io.surfacescan.engine.SurfaceGroups.Others;
import io.surfacescan.engine.SurfaceGroups.Tagged;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.GroupId;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Graph;
import io.surfacescan.report.format.Graph.Label;
import io.surfacescan.report.format.Page;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An attack surface or blast radius as groups and the rules between them.
///
/// JSON is `{"vm_id", "name", "direction", "total", "hops", "group_count", "truncated", "groups":
/// […], "edges": […]}`. A group is `{"id", "hop", "tag", "vms", "carrying", "sample"}`, or, of
/// several folded into one, `{"id", "hop_from", "hop_to", "folded_groups", "vms", "carrying",
/// "sample"}`. By another key than the tag, there is `by` behind `direction`, and groups have `key`
/// in place of `tag`, single VMs also their `name`. Where some stand for addresses outside, groups
/// and edges have `externals` beside `vms`, and the group that counts the internet has `internet`.
/// With columns there are `columns`: `[{"hop_from", "hop_to", "vms", "groups", "start", "shown"}]`.
/// An edge is `{"from", "to", "vms", "rule_count", "rules"}`, in the direction of the attack; its
/// ends are ids of groups, or `target` or `source` for the VM asked about. NDJSON and CSV list the
/// groups. Text has the groups hop by hop, each with its edges.
public record SurfacePicture(Environment environment, SurfaceGroups surface) implements Document {
  private boolean isInwards() {
    return surface.direction() == SurfaceGroups.Direction.IN;
  }

  /// The id of a group; no tag can be taken for that of a folded one, which has no hop in front.
  private String id(Group group) {
    return switch (group) {
      case Tagged tagged ->
          new GroupId(tagged.hop(), GroupKey.TAG, Optional.of(environment.tag(tagged.tag()))).id();
      case Keyed keyed -> new GroupId(keyed.hop(), keyed.key(), keyed.text()).id();
      case Others others -> "others-" + hops(others);
    };
  }

  private static String hops(Group group) {
    return group.fromHop() == group.toHop()
        ? Integer.toString(group.fromHop())
        : group.fromHop() + "-" + group.toHop();
  }

  private String id(int place) {
    if (place == SurfaceGroups.THE_VM) {
      return isInwards() ? "target" : "source";
    }
    return id(surface.groups().get(place));
  }

  private int from(Edge edge) {
    return isInwards() ? edge.far() : edge.near();
  }

  private int to(Edge edge) {
    return isInwards() ? edge.near() : edge.far();
  }

  @Override
  public Table<Group> table() {
    return new Table<>(groups(), surface.groups()::forEach);
  }

  private Columns<Group> groups() {
    var columns = new Columns<Group>().text("id", this::id);
    columns
        .inJson(json ->
            json.only(
                group -> !(group instanceof Others), one -> one.number("hop", Group::fromHop)))
        .inJson(json -> json.only(Others.class::isInstance, SurfacePicture::hopsOfFolded))
        .inCsv(SurfacePicture::hopsOfFolded)
        .only(Tagged.class::isInstance, one -> one.text("tag", this::tag));
    if (surface.key() != GroupKey.TAG) {
      columns
          .only(Keyed.class::isInstance, one -> one.textOrNone("key", group -> keyed(group).text()))
          .only(
              group -> group instanceof Keyed keyed && keyed.key() == GroupKey.VM,
              one -> one.name(environment, group -> group.sample().getFirst()));
    }
    columns
        .only(Others.class::isInstance, one -> one.number("folded_groups", SurfacePicture::folded))
        .number("vms", Group::vms)
        .number("carrying", Group::carrying);
    if (hasExternals()) {
      columns
          .number("externals", Group::externals)
          .inJson(
              json -> json.only(this::isInternet, one -> one.truth("internet", ignored -> true)));
    }
    return columns.inJson(json ->
        json.texts("sample", group -> group.sample().stream().map(environment::vmId).toList()));
  }

  /// Whether anything in it stands for addresses outside.
  private boolean hasExternals() {
    return surface.groups().stream().anyMatch(group -> group.externals() > 0);
  }

  private boolean isInternet(Group group) {
    return surface.pinned().stream().anyMatch(place -> surface.groups().get(place).equals(group));
  }

  private static void hopsOfFolded(Columns<Group> columns) {
    columns.number("hop_from", Group::fromHop).number("hop_to", Group::toHop);
  }

  private String tag(Group group) {
    return environment.tag(((Tagged) group).tag());
  }

  private static Keyed keyed(Group group) {
    return (Keyed) group;
  }

  private static int folded(Group group) {
    return ((Others) group).groups();
  }

  @Override
  public Optional<Tree<?>> tree() {
    var edges =
        new Columns<Edge>()
            .text("from", edge -> id(from(edge)))
            .text("to", edge -> id(to(edge)))
            .number("vms", Edge::vms);
    if (hasExternals()) {
      edges.number("externals", Edge::externals);
    }
    edges.number("rule_count", Edge::ruleCount).rules(environment, Edge::rules);
    var hops =
        new Columns<Column>()
            .number("hop_from", Column::fromHop)
            .number("hop_to", Column::toHop)
            .number("vms", Column::vms);
    if (hasExternals()) {
      hops.number("externals", Column::externals);
    }
    hops.number("groups", Column::groups)
        .number("start", Column::start)
        .number("shown", Column::shown);
    var columns =
        new Columns<SurfaceGroups>()
            .vm(environment, SurfaceGroups::vm)
            .text("direction", ignored -> isInwards() ? "in" : "out")
            .only(
                picture -> picture.key() != GroupKey.TAG,
                one -> one.text("by", picture -> GroupId.word(picture.key())))
            .number("total", SurfaceGroups::total)
            .number("hops", SurfaceGroups::mostHops)
            .number("group_count", SurfaceGroups::groupCount)
            .truth("truncated", SurfaceGroups::truncated)
            .only(
                picture -> !picture.columns().isEmpty(),
                one -> one.list("columns", hops, SurfaceGroups::columns))
            .list("groups", groups(), SurfaceGroups::groups)
            .list("edges", edges, SurfaceGroups::edges);
    return Optional.of(new Tree<>(columns, surface));
  }

  @Override
  public void text(TextLines lines) {
    summary(lines);
    int edge = 0;
    String heading = "";
    for (int place = 0; place < surface.groups().size(); place++) {
      var group = surface.groups().get(place);
      String hops = hops(group);
      if (!hops.equals(heading)) {
        heading = hops;
        lines.words(hops.equals("1") ? "1 hop away" : hops + " hops away");
        lines.end();
      }
      groupLine(lines, group);
      for (; edge < surface.edges().size() && surface.edges().get(edge).far() == place; edge++) {
        edgeLine(lines, surface.edges().get(edge));
      }
    }
  }

  private void summary(TextLines lines) {
    int total = surface.total();
    lines.vm(environment, surface.vm());
    lines.words(isInwards() ? " can be attacked by " : " can attack ");
    lines.words(total == 0 ? "no other VM" : Counted.of(total, "VM"));
    if (surface.groupCount() > 0) {
      lines.words(" over at most " + Counted.of(surface.mostHops(), "hop"));
      lines.words(", in " + Counted.of(surface.groupCount(), "group"));
    }
    lines.end();
  }

  private void groupLine(TextLines lines, Group group) {
    lines.words("  ").text(id(group)).words(": " + members(group.vms(), group.externals()));
    switch (group) {
      case Tagged tagged when tagged.carrying() > tagged.vms() ->
          lines.words(", " + (tagged.carrying() - tagged.vms()) + " more counted in other groups");
      case Others others -> lines.words(" of " + Counted.of(others.groups(), "group"));
      case Tagged ignored -> {}
      case Keyed ignored -> {}
    }
    String separator = ": ";
    for (int vm : group.sample()) {
      lines.words(separator).vm(environment, vm);
      separator = ", ";
    }
    lines.words(group.vms() + group.externals() > group.sample().size() ? ", …" : "");
    lines.end();
  }

  private void edgeLine(TextLines lines, Edge edge) {
    lines.words(isInwards() ? "    to " : "    from ");
    if (edge.near() == SurfaceGroups.THE_VM) {
      lines.vm(environment, surface.vm());
    } else {
      lines.text(id(edge.near()));
    }
    lines.words(": " + members(edge.vms(), edge.externals()) + " through ");
    for (int i = 0; i < edge.rules().size(); i++) {
      boolean isLast = i + 1 == edge.ruleCount();
      lines.words(i == 0 ? "" : isLast ? " or " : ", ");
      Rules.text(lines, environment, edge.rules().get(i));
    }
    int more = edge.ruleCount() - edge.rules().size();
    lines.words(more == 0 ? "" : " or " + Counted.of(more, "more rule"));
    lines.end();
  }

  private static String members(int vms, int externals) {
    if (externals == 0) {
      return Counted.of(vms, "VM");
    }
    String outside = Counted.of(externals, "address") + " outside";
    return vms == 0 ? outside : Counted.of(vms, "VM") + " and " + outside;
  }

  @Override
  public Optional<Graph> picture() {
    var nodes = new ArrayList<Graph.Node>();
    nodes.add(
        new Graph.Node("vm", List.of(Label.text(VmLabel.of(environment, surface.vm()))), true));
    for (int place = 0; place < surface.groups().size(); place++) {
      var group = surface.groups().get(place);
      var labels =
          List.of(Label.text(id(group)), Label.words(members(group.vms(), group.externals())));
      nodes.add(new Graph.Node(node(place), labels, false));
    }
    var edges =
        surface.edges().stream()
            .map(edge -> {
              String label =
                  members(edge.vms(), edge.externals())
                      + ", "
                      + Counted.of(edge.ruleCount(), "rule");
              return new Graph.Edge(node(from(edge)), node(to(edge)), List.of(Label.words(label)));
            })
            .toList();
    return Optional.of(new Graph("surface", true, nodes, edges));
  }

  @Override
  public Optional<Page> asPage() {
    return Optional.of(
        new SurfacePage(environment, surface, picture().orElseThrow(), this::id).page());
  }

  private static String node(int place) {
    return place == SurfaceGroups.THE_VM ? "vm" : "g" + place;
  }
}
