package io.surfacescan.service.answers;

import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.Question;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.VmName;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads the arguments of one question from the query of a URL, as its parameters say. Immutable.
///
/// A parameter that names a VM is several in a URL, of which a request gives one: the VM's id, its
/// name or, where a group may be asked about, a tag of all its VMs.
public final class QueryReader {
  /// Where a page starts, of a question that is answered in pages.
  static final String AFTER = "after";

  /// How long a page is.
  static final String LIMIT = "limit";

  private final List<Parameter> parameters;
  private final Set<String> names;
  private final Set<String> repeatable;
  private final boolean paged;

  /// @param question whose parameters come in a query, but for those of a question about edits,
  ///   which come in the body
  public QueryReader(Question question) {
    this.parameters = question.urlParameters();
    var all = new LinkedHashSet<String>();
    var several = new LinkedHashSet<String>();
    for (var parameter : parameters) {
      all.addAll(parameter.urlNames());
      all.addAll(parameter.olderNames());
      if (parameter.is(Mark.REPEATABLE)) {
        several.add(parameter.name());
      }
    }
    if (question.is(Trait.PAGED)) {
      all.add(AFTER);
    }
    this.names = Set.copyOf(all);
    this.repeatable = Set.copyOf(several);
    this.paged = question.is(Trait.PAGED);
  }

  /// The names of all parameters that may stand in the query.
  public Set<String> names() {
    return names;
  }

  Query query(String raw) throws Refusal {
    return Query.of(raw, names, repeatable);
  }

  /// The arguments, read and within their bounds.
  Arguments arguments(Query query) throws Refusal {
    var arguments = new Arguments.Builder(true);
    try {
      for (var parameter : parameters) {
        read(parameter, query, arguments);
      }
    } catch (QuestionRefused e) {
      throw paged && e.fault() instanceof Fault.OutOfBounds fault && fault.name().equals(LIMIT)
          ? FaultRefusals.pageTooLong(fault)
          : FaultRefusals.of(e.fault());
    }
    return arguments.build();
  }

  private static void read(Parameter parameter, Query query, Arguments.Builder arguments)
      throws Refusal, QuestionRefused {
    switch (parameter.type()) {
      case Parameter.Vm vm -> readVm(parameter, vm, query, arguments);
      case Parameter.Count count -> {
        String name = givenName(parameter, query);
        var number = query.number(name, count.least());
        if (number.isPresent()) {
          arguments.count(parameter, name, number.getAsInt());
        }
      }
      case Parameter.Flag _ -> {
        if (query.flag(parameter.name())) {
          arguments.flag(parameter, true);
        }
      }
      case Parameter.Choice _ -> {
        var word = query.text(parameter.name());
        if (word.isPresent()) {
          arguments.word(parameter, word.get());
        }
      }
      case Parameter.Text _, Parameter.Tag _, Parameter.Rule _ ->
          arguments.texts(
              parameter,
              parameter.is(Mark.REQUIRED)
                  ? List.of(query.required(parameter.name()))
                  : query.texts(parameter.name()));
    }
  }

  private static String givenName(Parameter parameter, Query query) throws QuestionRefused {
    for (String older : parameter.olderNames()) {
      if (query.has(older)) {
        if (query.has(parameter.name())) {
          throw new QuestionRefused(new Fault.TwoNames(parameter.name(), older));
        }
        return older;
      }
    }
    return parameter.name();
  }

  private static void readVm(
      Parameter parameter, Parameter.Vm vm, Query query, Arguments.Builder arguments)
      throws Refusal {
    boolean byId = query.has(parameter.name());
    boolean byName = query.has(vm.byName());
    boolean byTag = vm.byTag().isPresent() && query.has(vm.byTag().get());
    if (byId ? byName || byTag : byName && byTag) {
      var given = parameter.urlNames().stream().filter(query::has).toList();
      throw new Refusal(
          Refusal.Kind.INVALID_PARAMETER,
          "The parameters " + String.join(" and ", given) + " name one thing; give one of them.");
    }
    if (!byId && !byName && !byTag && !parameter.is(Mark.REQUIRED)) {
      return;
    }
    var by = byName ? VmName.By.NAME : byTag ? VmName.By.TAG : VmName.By.ID;
    String name = byName ? vm.byName() : byTag ? vm.byTag().orElseThrow() : parameter.name();
    arguments.vms(parameter, List.of(new VmName(by, query.required(name))));
  }
}
