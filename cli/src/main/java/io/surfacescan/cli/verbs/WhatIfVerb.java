package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.EditArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.importers.edits.EditsDocument;
import io.surfacescan.importers.edits.WhatIfRequest;
import io.surfacescan.questions.ChangesQuestion;
import io.surfacescan.questions.Context;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.WhatIfQuestion;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.VmName;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The verb `what-if`: edits as flags, or as the file that HTTP takes as a body.
final class WhatIfVerb extends QuestionVerb {
  private final OptionSpec removedRules =
      Flags.texts(
              "RULE",
              "Without all rules with this fw_id, or from SOURCE:DEST; of an export, without the real rule"
                  + " with this id.",
              "--remove-rule")
          .build();

  private final OptionSpec addedRules =
      Flags.texts("SOURCE:DEST", "With a rule from one tag to another.", "--add-rule").build();

  private final OptionSpec removedTags =
      Flags.texts("VM:TAG", "Without this tag on this VM.", "--remove-tag").build();

  private final OptionSpec addedTags =
      Flags.texts("VM:TAG", "With this tag on this VM.", "--add-tag").build();

  private final OptionSpec removedVms =
      Flags.texts("VM", "Without this VM.", "--remove-vm").build();

  private final OptionSpec narrowedRules =
      Flags.texts(
              "RULE=SCOPE",
              "With a rule for these services alone; of an export, also for these ranges of addresses alone:"
                  + " sgr-1=tcp/443,10.0.0.0/8.",
              "--narrow-rule")
          .build();

  private final OptionSpec likeRules =
      Flags.texts(
              "RULE=SCOPE",
              "With one more rule beside another, for the same targets, that allows these services, or"
                  + " these ranges of addresses.",
              "--add-rule-like")
          .build();

  private final OptionSpec edits =
      Flags.value(
              Path.class,
              "FILE",
              "More edits, as JSON: the body of HTTP's POST /what-if; - for standard input.",
              "--edits")
          .build();

  private final List<OptionSpec> flags =
      List.of(
          removedRules, addedRules, removedTags, addedTags, removedVms, narrowedRules, likeRules);

  private WhatIfRequest request = WhatIfRequest.NONE;

  WhatIfVerb() {
    super(Questions.WHAT_IF);
  }

  @Override
  void addMore(CommandSpec verb) {
    flags.forEach(verb::addOption);
    verb.addOption(edits);
  }

  private static List<String> given(OptionSpec flag) {
    return flag.getValue();
  }

  private boolean hasFlags() {
    return !flags.stream().allMatch(flag -> given(flag).isEmpty());
  }

  @Override
  void check(Invocation run, Arguments arguments) throws QuestionRefused {
    request = request(run);
    if (!hasFlags() && request.edits().count() == 0) {
      throw new QuestionRefused(new Fault.NothingToChange());
    }
  }

  @Override
  Exit answer(Invocation run, Context context) throws IOException, QuestionRefused {
    var environment = context.compiled().whole();
    var flags =
        EditArguments.of(
            environment,
            context.compiled().real().isPresent() || environment.hasRuleDetails(),
            given(removedRules),
            given(addedRules),
            given(removedTags),
            given(addedTags),
            given(removedVms),
            given(narrowedRules),
            given(likeRules));
    var whole = all(context.arguments(), request).edits(flags.and(request.edits())).build();
    write(run, context, Questions.WHAT_IF.answer(context.with(whole)));
    return Exit.DONE;
  }

  /// The arguments of the file and of the flags, which win.
  private static Arguments.Builder all(Arguments flags, WhatIfRequest request)
      throws QuestionRefused {
    var all = flags.and();
    var vms = new ArrayList<VmName>();
    request.vms().forEach(vm -> vms.add(new VmName(VmName.By.ARGUMENT, vm)));
    vms.addAll(flags.vms(WhatIfQuestion.VMS));
    all.vms(WhatIfQuestion.VMS, vms);
    if (request.environment()) {
      all.flag(WhatIfQuestion.ENVIRONMENT, true);
    }
    boolean limited = flags.has(ChangesQuestion.LIMIT);
    if (request.limit().isPresent() && !limited) {
      all.count(ChangesQuestion.LIMIT, "limit", request.limit().getAsInt());
    }
    if (request.worst().isPresent() && !limited && !flags.has(ChangesQuestion.WORST)) {
      all.count(ChangesQuestion.WORST, "worst", request.worst().getAsInt());
    }
    return all;
  }

  private WhatIfRequest request(Invocation run) {
    @Nullable Path file = edits.getValue();
    if (file == null) {
      return WhatIfRequest.NONE;
    }
    boolean piped = file.toString().equals("-");
    if (piped && paths.input().readsStdin()) {
      throw new ParameterException(
          spec.commandLine(),
          "Only one of --data and --edits can be -, standard input is read once");
    }
    String name = piped ? "<stdin>" : file.toString();
    try {
      return EditsDocument.read(
          piped ? run.around().in().readAllBytes() : Files.readAllBytes(file));
    } catch (IOException e) {
      throw new Failure(Exit.INPUT, name + ": the edits cannot be read; check the name");
    } catch (EditsDocument.Malformed e) {
      throw new Failure(Exit.INPUT, name + ": " + TerminalText.plain(e.what()));
    }
  }
}
