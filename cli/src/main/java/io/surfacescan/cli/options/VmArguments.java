package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.arguments.Nearest;
import io.surfacescan.questions.arguments.Parameter.Role;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.Resolution.Ambiguous;
import io.surfacescan.questions.arguments.Resolution.Found;
import io.surfacescan.questions.arguments.Resolution.Unknown;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.SubjectLabel;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.Counted;
import io.surfacescan.text.TerminalText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// VMs as the user wrote them, looked up: by id, by name, by IP address or, where a group may be
/// asked about, as `tag:NAME`.
public final class VmArguments {
  /// A person waits: long enough to look through millions.
  private static final long SEARCH_NANOS = 500_000_000L;

  private VmArguments() {}

  /// The VMs in the order of the arguments, none of which may be a group.
  ///
  /// @throws Failure that names every argument that is no VM, so that none is taken for a VM
  ///   without attackers, or several
  public static List<Integer> find(Environment environment, Collection<String> arguments) {
    var vms = new ArrayList<Integer>();
    var unknown = new ArrayList<Resolution>();
    for (String argument : arguments) {
      switch (Resolution.ofArgument(environment, argument, Role.ATTACKER)) {
        case Found(Subject.One(int vm)) -> vms.add(vm);
        case Found(Subject.Group group) -> throw notOne(environment, group);
        case Ambiguous ambiguous -> unknown.add(ambiguous);
        case Unknown none -> unknown.add(none);
      }
    }
    if (!unknown.isEmpty()) {
      throw unknown(environment, unknown);
    }
    return vms;
  }

  /// The failure for arguments that name no VM, or several.
  static Failure unknown(Environment environment, List<Resolution> resolutions) {
    return new Failure(
        Exit.VM_NOT_FOUND,
        resolutions.stream().map(resolution -> problem(environment, resolution)).toList());
  }

  /// The failure for a group where one VM is asked about.
  static Failure notOne(Environment environment, Subject.Group group) {
    return new Failure(
        Exit.USAGE,
        "`"
            + SubjectLabel.plain(environment, group)
            + "` is a group of "
            + Counted.of(group.members().size(), "VM")
            + ", and this takes one VM; `surfacescan vms --tag` lists its members, and"
            + " attack, blast-radius and path take groups");
  }

  private static String problem(Environment environment, Resolution resolution) {
    return switch (resolution) {
      case Found found -> throw new IllegalArgumentException(found.toString());
      case Ambiguous ambiguous -> problem(environment, ambiguous);
      case Unknown unknown -> problem(environment, unknown);
    };
  }

  /// The VM of an argument that may not be a group.
  public static int one(Environment environment, String argument) {
    return find(environment, List.of(argument)).getFirst();
  }

  private static String problem(Environment environment, Ambiguous ambiguous) {
    return (ambiguous.more() ? "more than " : "")
        + ambiguous.candidates().size()
        + (ambiguous.kind() == Resolution.Kind.ADDRESS
            ? " VMs have the address `"
            : " VMs have the name `")
        + TerminalText.plain(ambiguous.text())
        + "`; name one by its id: "
        + labels(environment, ambiguous.candidates())
        + (ambiguous.more() ? ", …" : "");
  }

  private static String problem(Environment environment, Unknown unknown) {
    String text = "`" + TerminalText.plain(unknown.text()) + "`";
    return switch (unknown.kind()) {
      case ID -> "no VM has the id " + text + "; " + remedy(environment, unknown.text());
      case NAME, ID_OR_NAME ->
          "no VM has the id or name " + text + "; " + remedy(environment, unknown.text());
      case ADDRESS ->
          "no VM has the id, name or address "
              + text
              + ", and no addresses outside hold it; "
              + remedy(environment, unknown.text());
      case TAG -> {
        var near = Nearest.tags(environment, unknown.text(), limit());
        yield "no VM carries the tag "
            + text
            + "; "
            + (near.isEmpty()
                ? "no tag is spelled like it"
                : near.stream()
                    .map(tag -> "`" + TerminalText.plain(Resolution.GROUP_PREFIX + tag) + "`")
                    .collect(Collectors.joining(", ", "did you mean ", "?")));
      }
    };
  }

  private static String remedy(Environment environment, String text) {
    if (DataPaths.exists(text)) {
      return "it is a file or folder here; name the environment with --data "
          + TerminalText.plain(text);
    }
    var near = Nearest.vms(environment, text, VmArguments::limit);
    return near.isEmpty()
        ? "nothing like it is in the environment"
        : "did you mean " + labels(environment, near) + "?";
  }

  private static String labels(Environment environment, List<Integer> vms) {
    return vms.stream()
        .map(vm -> "`" + VmLabel.plain(environment, vm) + "`")
        .collect(Collectors.joining(", "));
  }

  private static BooleanSupplier limit() {
    long end = System.nanoTime() + SEARCH_NANOS;
    return () -> System.nanoTime() - end < 0;
  }
}
