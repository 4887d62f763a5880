package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Context;
import io.surfacescan.questions.Order;
import io.surfacescan.questions.VmList;
import io.surfacescan.questions.VmListQuestion;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.HopsTable;
import io.surfacescan.report.HopsTables;
import io.surfacescan.report.SubjectLabel;
import io.surfacescan.report.VmsByVm;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.text.Counted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParameterException;

/// `attack` and `blast-radius`: the lists of one or several VMs or groups, and on a terminal tables
/// for people.
class VmListVerb extends QuestionVerb {
  private final VmListQuestion question;

  VmListVerb(VmListQuestion question) {
    super(question);
    this.question = question;
  }

  @Override
  void check(Invocation run, Arguments arguments) throws QuestionRefused {
    int vmCount = arguments.vms(question.vm()).size();
    boolean why = arguments.flag(VmListQuestion.WHY);
    if ((arguments.flag(VmListQuestion.HOPS) || why) && vmCount > 1) {
      throw new ParameterException(
          spec.commandLine(),
          (why ? "--why" : "--hops") + " explains one VM at a time, not " + vmCount);
    }
  }

  @Override
  Exit answer(Invocation run, Context context) throws IOException, QuestionRefused {
    var arguments = context.arguments();
    var subjects = context.subjects(question.vm());
    boolean forPeople = run.around().outIsTerminal() && output.format() == Format.TEXT;
    boolean hasTables = forPeople && !arguments.flag(VmListQuestion.WHY);
    var order = arguments.word(VmListQuestion.SORT, Order.class);
    boolean hops = arguments.flag(VmListQuestion.HOPS);
    var lists =
        forPeople
            ? lists(
                context, subjects, arguments.has(VmListQuestion.SORT) ? order : Order.NEAREST, true)
            : lists(context, subjects, order, hops);
    var inFiles = forPeople && output.hasFiles() ? lists(context, subjects, order, hops) : lists;
    output.write(
        run,
        to -> {
          if (to.file().isPresent()) {
            return writing(run, context, subjects, inFiles, to.format());
          }
          return hasTables
              ? tables(context.environment(), lists)
              : writing(run, context, subjects, lists, to.format());
        });
    lists.forEach(list -> sayWhetherFromInternet(run, context.environment(), list));
    if (forPeople && !arguments.has(VmListQuestion.GROUP)) {
      sayWhatIsEmpty(run, context.environment(), lists);
    }
    return judged(run, context.environment(), lists);
  }

  /// How the run ends.
  Exit judged(Invocation run, Environment environment, List<VmList> lists) {
    return Exit.DONE;
  }

  private List<VmList> lists(Context context, List<Subject> subjects, Order order, boolean hops)
      throws QuestionRefused {
    var lists = new ArrayList<VmList>();
    for (var subject : subjects) {
      lists.add(question.list(context, subject, order, hops));
    }
    return lists;
  }

  private OutputOption.Writing writing(
      Invocation run, Context context, List<Subject> subjects, List<VmList> lists, Format format) {
    if (lists.size() == 1) {
      return writing(run, context, lists.getFirst(), format);
    }
    var byVm =
        new VmsByVm(
            IdArena.of(context.graph()),
            question.way(),
            subjects,
            lists.stream().map(VmList::vms).toList());
    return out -> byVm.write(out, format);
  }

  private OutputOption.Writing tables(Environment environment, List<VmList> lists) {
    var tables =
        lists.stream()
            .map(list -> new HopsTable(environment, list.found().orElseThrow(), list.vms()))
            .toList();
    if (tables.size() == 1) {
      return tables.getFirst()::write;
    }
    var subjects = lists.stream().map(VmList::subject).toList();
    return new HopsTables(environment, question.way(), subjects, tables)::write;
  }

  private static void sayWhetherFromInternet(Invocation run, Environment environment, VmList list) {
    if (list.internet().isPresent()) {
      var internet = list.internet().get();
      String label = label(environment, list.subject());
      run.messages()
          .note(
              internet.isAttacker()
                  ? "The internet can attack "
                      + label
                      + " over "
                      + Counted.of(internet.hops(), "hop")
                      + "; lists hold VMs alone unless --external is given."
                  : "The internet cannot attack " + label + ".");
    }
  }

  private static void sayWhatIsEmpty(Invocation run, Environment environment, List<VmList> lists) {
    for (var list : lists) {
      if (list.total() == 0) {
        String label = label(environment, list.subject());
        run.messages()
            .note(
                switch (list.way()) {
                  case ATTACKERS -> "No VM can attack " + label + ".";
                  case VICTIMS -> label + " can attack no VM.";
                });
      }
    }
  }

  static String label(Environment environment, Subject subject) {
    return SubjectLabel.plain(environment, subject);
  }
}
