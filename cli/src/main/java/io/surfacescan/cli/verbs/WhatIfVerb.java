package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.ChangeLimits;
import io.surfacescan.cli.options.EditArguments;
import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.VmArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.importers.edits.EditsDocument;
import io.surfacescan.importers.edits.WhatIfRequest;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits;
import io.surfacescan.model.EditsRefused;
import io.surfacescan.model.Environment;
import io.surfacescan.report.ChangedSurfaces;
import io.surfacescan.report.WhatIfAnswer;
import io.surfacescan.report.format.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "what-if",
    description = "Show what removing or adding rules, tags and VMs would do, without doing it.",
    footer = {
      "",
      "Without a VM, the whole environment is compared. Every flag may be given again.",
      "",
      "Example: surfacescan what-if --data prod.json --remove-rule fw-82af742 vm-a211de"
    })
final class WhatIfVerb implements Verb {
  @Mixin InputOption input = new InputOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--remove-rule",
      paramLabel = "RULE",
      description = "Without all rules with this fw_id, or from SOURCE:DEST.")
  List<String> removedRules = List.of();

  @Option(
      names = "--add-rule",
      paramLabel = "SOURCE:DEST",
      description = "With a rule from one tag to another.")
  List<String> addedRules = List.of();

  @Option(
      names = "--remove-tag",
      paramLabel = "VM:TAG",
      description = "Without this tag on this VM.")
  List<String> removedTags = List.of();

  @Option(names = "--add-tag", paramLabel = "VM:TAG", description = "With this tag on this VM.")
  List<String> addedTags = List.of();

  @Option(names = "--remove-vm", paramLabel = "VM", description = "Without this VM.")
  List<String> removedVms = List.of();

  @Option(
      names = "--edits",
      paramLabel = "FILE",
      description = "More edits, as JSON: the body of HTTP's POST /what-if; - for standard input.")
  @Nullable Path edits;

  @Option(
      names = "--environment",
      description = "Compare the whole environment too: new and lost attacks, worst changes.")
  boolean environment;

  @Mixin ChangeLimits limits = new ChangeLimits();
  @Mixin LongOption longRun = new LongOption();

  @Parameters(arity = "0..*", paramLabel = "VM", description = "The id or name of a VM to look at.")
  List<String> arguments = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    limits.check(spec);
    var deadline = longRun.deadline();
    var request = request(run);
    boolean flags =
        !(removedRules.isEmpty()
            && addedRules.isEmpty()
            && removedTags.isEmpty()
            && addedTags.isEmpty()
            && removedVms.isEmpty());
    if (!flags && request.edits().count() == 0) {
      throw new ParameterException(
          spec.commandLine(), "Nothing is to be changed: give --remove-rule or another edit");
    }
    var before = input.read(run);
    var names = new ArrayList<>(request.vms());
    names.addAll(arguments);
    var vms = VmArguments.find(before, names);
    var edited = edited(before, request.edits());
    var comparison = Comparison.of(AttackGraph.of(before), edited);
    int worst = limits.vms(request.worst());
    boolean whole = environment || request.environment() || vms.isEmpty();
    var answer =
        WhatIfAnswer.of(
            edited,
            comparison,
            vms.stream().map(vm -> compared(edited, vm)).toList(),
            whole ? Optional.of(changes(run, comparison, deadline, worst)) : Optional.empty(),
            limits.entries(request.limit()));
    output.write(run, answer);
    return Exit.DONE;
  }

  private static ComparedVm compared(EditedEnvironment edited, int vm) {
    return new ComparedVm(vm, edited.removedVms().get(vm) ? ComparedVm.ABSENT : vm);
  }

  private ChangedSurfaces changes(
      Invocation run, Comparison comparison, Deadline deadline, int worst) {
    return ChangedSurfaces.of(
        comparison,
        SurfaceChanges.of(comparison, worst, deadline, longRun.progress(run, "comparing")));
  }

  private WhatIfRequest request(Invocation run) {
    if (edits == null) {
      return WhatIfRequest.NONE;
    }
    boolean piped = edits.toString().equals("-");
    if (piped && input.readsStdin()) {
      throw new ParameterException(
          spec.commandLine(),
          "Only one of --data and --edits can be -, standard input is read once");
    }
    String name = piped ? "<stdin>" : edits.toString();
    try {
      return EditsDocument.read(
          piped ? run.around().in().readAllBytes() : Files.readAllBytes(edits));
    } catch (IOException e) {
      throw new Failure(Exit.INPUT, name + ": the edits cannot be read; check the name");
    } catch (EditsDocument.Malformed e) {
      throw new Failure(Exit.INPUT, name + ": " + PlainText.of(e.what()));
    }
  }

  private EditedEnvironment edited(Environment before, Edits more) {
    var edits =
        EditArguments.of(before, removedRules, addedRules, removedTags, addedTags, removedVms);
    try {
      return EditedEnvironment.of(before, edits.and(more));
    } catch (EditsRefused e) {
      boolean unknownVm = e.faults().getFirst().kind() == EditsRefused.Kind.UNKNOWN_VM;
      var messages = new ArrayList<String>();
      e.faults()
          .forEach(fault -> messages.add("`" + PlainText.of(fault.named()) + "`: " + fault.what()));
      throw new Failure(unknownVm ? Exit.VM_NOT_FOUND : Exit.USAGE, messages);
    }
  }
}
