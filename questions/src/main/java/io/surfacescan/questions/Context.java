package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Later;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.reachability.lowering.Lowered;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a question is asked of, with which arguments, and how long that may take.
///
/// @param served whether it is asked over HTTP, so that one answer must not cost others too much
/// @param start the place in a list at which the answer starts
/// @param progress hears how far the work is, given one word for what is done
public record Context(
    CompiledEnvironment compiled,
    Arguments arguments,
    boolean served,
    int start,
    Deadline deadline,
    Function<String, Progress> progress) {
  /// For someone who asks one question of a document and waits for it. Compiles the environment, as
  /// far as the question sees it.
  ///
  /// @throws QuestionRefused if the arguments name a service that is none
  public static Context once(
      Environment environment,
      Arguments arguments,
      Deadline deadline,
      Function<String, Progress> progress)
      throws QuestionRefused {
    return once(
        environment,
        () -> AttackGraph.of(environment),
        "",
        Optional.empty(),
        arguments,
        deadline,
        progress);
  }

  /// As the other, of an environment that may have been lowered from a real one.
  ///
  /// @param whole compiles the environment over all rules, or has done so
  /// @param version what names the environment
  /// @param real what it was lowered from, asked for when it is needed
  public static Context once(
      Environment environment,
      Supplier<AttackGraph> whole,
      String version,
      Optional<Later<Lowered>> real,
      Arguments arguments,
      Deadline deadline,
      Function<String, Progress> progress)
      throws QuestionRefused {
    var filtered = RuleFilter.of(arguments).apply(environment);
    var graph = filtered == environment ? whole.get() : AttackGraph.of(filtered);
    var compiled = new Once(graph, environment, version, real);
    return new Context(compiled, arguments, false, 0, deadline, progress);
  }

  private record Once(
      AttackGraph graph, Environment whole, String version, Optional<Later<Lowered>> lowered)
      implements CompiledEnvironment {
    @Override
    public Optional<Lowered> real() {
      return lowered.map(Later::get);
    }
  }

  /// The same with other arguments.
  public Context with(Arguments others) {
    return new Context(compiled, others, served, start, deadline, progress);
  }

  public AttackGraph graph() {
    return compiled.graph();
  }

  public Environment environment() {
    return compiled.environment();
  }

  /// All but those that stand for addresses outside.
  BitSet withoutExternals(BitSet vms) {
    var externals = graph().externals();
    for (int interval = 0; interval < externals.intervalCount(); interval++) {
      for (int rank = externals.from(interval); rank < externals.to(interval); rank++) {
        vms.clear(graph().vmAt(rank));
      }
    }
    return vms;
  }

  /// As [#deadline()], but no longer than so many seconds from now.
  Deadline deadlineIn(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    return () -> deadline.passed() || System.nanoTime() - end > 0;
  }

  /// The exposure of all VMs, with its progress.
  Exposures exposures() {
    return compiled.exposures(deadline, progress.apply("counting"));
  }

  /// The VM or group that was named.
  ///
  /// @throws QuestionRefused if it is not there
  public Subject subject(Parameter parameter) throws QuestionRefused {
    return subjects(parameter).getFirst();
  }

  /// All VMs and groups that were named by some parameters, in that order.
  ///
  /// @throws QuestionRefused with every one that is not there, so that none is taken for a VM
  ///   without attackers
  public List<Subject> subjects(Parameter... parameters) throws QuestionRefused {
    var found = new ArrayList<Subject>();
    var unknown = new ArrayList<Resolution>();
    for (var parameter : parameters) {
      for (var name : arguments.vms(parameter)) {
        var resolution = name.in(environment(), ((Parameter.Vm) parameter.type()).role());
        if (resolution instanceof Resolution.Found(var subject)) {
          found.add(subject);
        } else {
          unknown.add(resolution);
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new QuestionRefused(new Fault.UnknownVms(unknown));
    }
    return found;
  }

  /// The VM or group, if one was named.
  Optional<Subject> subjectIfGiven(Parameter parameter) throws QuestionRefused {
    return arguments.has(parameter) ? Optional.of(subject(parameter)) : Optional.empty();
  }

  /// The VMs that were named, none of which may be a group.
  List<Integer> vms(Parameter parameter) throws QuestionRefused {
    var vms = new ArrayList<Integer>();
    for (var subject : subjects(parameter)) {
      if (subject instanceof Subject.Group group) {
        throw new QuestionRefused(new Fault.NotOneVm(group));
      }
      vms.add(subject.members().vm(0));
    }
    return vms;
  }

  /// The VM that was named.
  int vm(Parameter parameter) throws QuestionRefused {
    return vms(parameter).getFirst();
  }

  /// The tags that were named.
  ///
  /// @throws QuestionRefused if there is no such tag: an empty answer would look like none found
  List<Integer> tags(Parameter parameter) throws QuestionRefused {
    var tags = new ArrayList<Integer>();
    for (String tag : arguments.texts(parameter)) {
      tags.add(
          environment()
              .findTag(tag)
              .orElseThrow(() -> new QuestionRefused(new Fault.UnknownTag(parameter, tag))));
    }
    return tags;
  }

  OptionalInt tag(Parameter parameter) throws QuestionRefused {
    return tags(parameter).stream().mapToInt(tag -> tag).findFirst();
  }

  /// All rules with the ids that were named.
  ///
  /// @throws QuestionRefused if there is none with one of them
  List<Integer> rules(Parameter parameter) throws QuestionRefused {
    var rules = new ArrayList<Integer>();
    for (String id : arguments.texts(parameter)) {
      var found = environment().rulesWithId(id);
      if (found.isEmpty() && compiled.whole().rulesWithId(id).isEmpty()) {
        throw new QuestionRefused(new Fault.UnknownRule(parameter, id));
      }
      rules.addAll(found);
    }
    return rules;
  }
}
