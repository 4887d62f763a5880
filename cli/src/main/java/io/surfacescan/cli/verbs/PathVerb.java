package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.AttackCondition;
import io.surfacescan.cli.options.DrawnOutputOption;
import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.VmArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.NearestWord;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.SubjectLabel;
import io.surfacescan.report.SubjectPath;
import io.surfacescan.report.format.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "path",
    description = "Show a shortest way from one VM to another, with the rules that allow each hop.",
    footer = {
      "",
      "Routes differ in the groups of equal VMs they go through. That there is no way is an answer like any other, with its reason: the exit code is 0. With --fail-on any it is 1 if there is a way. Of a group, the members nearest to each other are named.",
      "",
      "Example: surfacescan path --data prod.json vm-c7bac01a07 vm-a211de --avoid-tag bastion"
    })
final class PathVerb implements Verb {
  private static final int LIMIT_MOST = 100;

  @Mixin InputOption input = new InputOption();
  @Mixin DrawnOutputOption output = new DrawnOutputOption();
  @Mixin LongOption effort = new LongOption();

  @Option(
      names = "--limit",
      paramLabel = "K",
      description = "Up to K different shortest routes. Default: 1; at most 100.")
  int limit = 1;

  @Option(
      names = "--avoid-rule",
      paramLabel = "ID",
      description = "Do without the rules that have this id; may be given again.")
  List<String> avoidedRules = new ArrayList<>();

  @Option(
      names = "--avoid-tag",
      paramLabel = "TAG",
      description = "As if no VM carried the tag; may be given again.")
  List<String> avoidedTags = new ArrayList<>();

  @Option(
      names = "--via",
      paramLabel = "VM",
      description = "A shortest way to this VM, and on from it.")
  @Nullable String via;

  @Option(
      names = "--fail-on",
      paramLabel = "CONDITION",
      description = "Exit with 1 if it holds: any (there is a path).")
  List<String> failOn = List.of();

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "The VM that attacks: its id or name, or a group as tag:NAME.")
  String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "The VM that is attacked, likewise.")
  String to = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    check();
    var environment = input.read(run);
    var ends = VmArguments.subjects(environment, List.of(from, to));
    var over =
        via == null ? OptionalInt.empty() : OptionalInt.of(VmArguments.one(environment, via));
    checkEnds(ends.getFirst(), ends.getLast(), over);
    var rules = rulesToAvoid(environment);
    var tags = tagsToAvoid(environment);
    var graph = AttackGraph.of(environment);
    var conditions = new Conditions(Exclusions.of(graph, rules, tags), over);
    var path =
        SubjectPath.of(
            graph, ends.getFirst(), ends.getLast(), conditions, limit, effort.deadline());
    output.write(run, path);
    if (!failOn.isEmpty() && SubjectPath.isReachable(path)) {
      run.messages()
          .error(
              "--fail-on any: `"
                  + SubjectLabel.plain(environment, ends.getFirst())
                  + "` can attack `"
                  + SubjectLabel.plain(environment, ends.getLast())
                  + "`");
      return Exit.POLICY;
    }
    return Exit.DONE;
  }

  private void check() {
    for (String word : failOn) {
      if (!word.equals(AttackCondition.ANY)) {
        throw AttackCondition.unknown(word, AttackCondition.ANY, spec);
      }
    }
    if (limit < 1 || limit > LIMIT_MOST) {
      throw wrong(
          "Invalid value for option '--limit': " + limit + " is not between 1 and " + LIMIT_MOST);
    }
  }

  private void checkEnds(Subject source, Subject target, OptionalInt over) {
    if (source instanceof Subject.One && source.equals(target)) {
      throw wrong("FROM and TO are one VM, and no VM attacks itself");
    }
    if (over.isPresent() && (isVm(source, over.getAsInt()) || isVm(target, over.getAsInt()))) {
      throw wrong("Invalid value for option '--via': every path starts at FROM and ends at TO");
    }
  }

  private static boolean isVm(Subject subject, int vm) {
    return subject instanceof Subject.One(int one) && one == vm;
  }

  private List<Integer> rulesToAvoid(Environment environment) {
    var rules = new ArrayList<Integer>();
    for (String id : avoidedRules) {
      var found = environment.rulesWithId(id);
      if (found.isEmpty()) {
        var known =
            IntStream.range(0, environment.ruleCount()).mapToObj(environment.ruleIds()::get);
        throw unknown("--avoid-rule", "no rule has the id", id, known.toList());
      }
      rules.addAll(found);
    }
    return rules;
  }

  private List<Integer> tagsToAvoid(Environment environment) {
    var tags = new ArrayList<Integer>();
    for (String tag : avoidedTags) {
      var found = environment.findTag(tag);
      if (found.isEmpty()) {
        var known = IntStream.range(0, environment.tagCount()).mapToObj(environment::tag);
        throw unknown("--avoid-tag", "no VM and no rule has the tag", tag, known.toList());
      }
      tags.add(found.getAsInt());
    }
    return tags;
  }

  private ParameterException unknown(
      String option, String problem, String word, List<String> known) {
    String nearest =
        NearestWord.of(word, known)
            .map(near -> "; did you mean `" + PlainText.of(near) + "`?")
            .orElse("");
    return wrong(
        "Invalid value for option '"
            + option
            + "': "
            + problem
            + " `"
            + PlainText.of(word)
            + "`"
            + nearest);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
