package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.FaultMessages;
import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.options.QuestionOptions;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.questions.Answer;
import io.surfacescan.questions.Context;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.Provenance;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.report.Documents;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// The verb of a question: its flags are made of the parameters, its help of what the question says
/// of itself, and what it writes is the document of the answer.
class QuestionVerb implements Verb {
  final CommandSpec spec;
  final PathArguments paths;
  final OutputOption output;
  private final LongOption longRun;
  private final Question question;
  private Optional<QuestionOptions> options = Optional.empty();

  QuestionVerb(Question question) {
    this.question = question;
    var footer = new ArrayList<>(List.of(""));
    footer.addAll(question.profile().remarks());
    spec =
        Flags.verb(
            this, question.name(), question.profile().sentence(), footer.toArray(String[]::new));
    paths =
        question.parameters().stream().anyMatch(Parameter::isArgument)
            ? PathArguments.flagOf(spec)
            : PathArguments.of(spec);
    output = new OutputOption(spec, Documents.formats(question));
    longRun = question.is(Trait.UNSTOPPABLE) ? LongOption.without(spec) : LongOption.of(spec);
  }

  @Override
  public final CommandSpec described() {
    addMore(spec);
    options = Optional.of(new QuestionOptions(spec, question.parameters()));
    return spec;
  }

  /// Adds flags that are none of the question.
  void addMore(CommandSpec verb) {}

  @Override
  public final Exit run(Invocation run) throws IOException {
    output.check();
    Arguments arguments;
    try {
      arguments = options.orElseThrow().arguments();
      RuleFilter.of(arguments);
      check(run, arguments);
    } catch (QuestionRefused e) {
      throw FaultMessages.of(e.fault(), spec);
    }
    var reading = paths.input().reading(run);
    var imported = reading.imported();
    var environment = imported.environment();
    try {
      var exit =
          answer(
              run,
              Context.once(
                  environment,
                  reading::graph,
                  imported.version(),
                  imported.export().map(ImportedExport::real),
                  arguments,
                  longRun.deadline(),
                  doing -> longRun.progress(run, doing)));
      output.sayWhetherIncomplete(run, environment);
      return exit;
    } catch (QuestionRefused e) {
      throw FaultMessages.of(e.fault(), environment, spec);
    }
  }

  /// What must hold before anything is read.
  void check(Invocation run, Arguments arguments) throws QuestionRefused {}

  /// Answers and writes.
  Exit answer(Invocation run, Context context) throws IOException, QuestionRefused {
    write(run, context, question.answer(context));
    return Exit.DONE;
  }

  final void write(Invocation run, Context context, Answer answer) throws IOException {
    output.write(run, to -> writing(run, context, answer, to.format()));
  }

  /// How an answer is written in a format.
  final OutputOption.Writing writing(
      Invocation run, Context context, Answer answer, Format format) {
    var ready = Documents.ready(answer, () -> IdArena.of(context.graph()), format);
    if (ready.isPresent()) {
      return ready.get()::writeTo;
    }
    var document =
        Documents.of(
            answer, format, () -> Provenance.of(question, context, dateOfSources(run.around())));
    return out -> document.about(context.environment()).write(out, format);
  }

  /// The date that reproducible builds read from the environment (see
  /// <https://reproducible-builds.org/specs/source-date-epoch>).
  private static Optional<String> dateOfSources(ProcessContext around) {
    return around
        .variable("SOURCE_DATE_EPOCH")
        .map(seconds -> {
          if (!seconds.matches("\\d{1,11}")) {
            throw new Failure(
                Exit.USAGE,
                "SOURCE_DATE_EPOCH is `"
                    + TerminalText.plain(seconds)
                    + "`; it must be seconds since 1970, or give --date");
          }
          return Instant.ofEpochSecond(Long.parseLong(seconds)).toString();
        });
  }
}
