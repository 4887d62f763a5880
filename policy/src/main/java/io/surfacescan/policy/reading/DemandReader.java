package io.surfacescan.policy.reading;

import io.surfacescan.policy.Demand;
import io.surfacescan.policy.Demand.Bound;
import io.surfacescan.policy.Demand.Novelty;
import io.surfacescan.policy.Demand.Smell;
import io.surfacescan.policy.Ends;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads what a rule demands: the value of `forbid`, `allow-only`, `limit`, `no-new` or `lint`.
final class DemandReader {
  static final List<String> KEYS = List.of("forbid", "allow-only", "limit", "no-new", "lint");

  private static final String DIRECT = "direct";
  private static final String ANY = "any";

  /// More would hardly be meant, and each costs a part of the check.
  private static final int EXCEPTIONS_MOST = 16;

  private final List<PolicyProblem> problems;

  DemandReader(List<PolicyProblem> problems) {
    this.problems = problems;
  }

  /// The demand, unless it has problems.
  ///
  /// @param key one of [#KEYS]
  Optional<Demand> read(String key, YamlValue value) {
    if (key.equals("lint")) {
      return Optional.of(lint(value));
    }
    var read = Fields.of(value, quoted(key), problems);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    var fields = read.get();
    Demand demand =
        switch (key) {
          case "forbid" -> forbid(fields);
          case "allow-only" -> allowOnly(fields);
          case "limit" -> limit(fields);
          default -> noNew(fields);
        };
    fields.end();
    return Optional.of(demand);
  }

  private static String quoted(String key) {
    return "`" + key + "`";
  }

  private Demand forbid(Fields fields) {
    return new Demand.Forbid(
        new Ends(fields.selectorsNeeded("from"), fields.selectorsNeeded("to")),
        hops(fields, Demand.ANY_HOPS),
        fields.services("services"),
        exceptions(fields));
  }

  private Demand allowOnly(Fields fields) {
    var restricts = fields.word("restrict", List.of("from", "to"));
    return new Demand.AllowOnly(
        new Ends(fields.selectorsNeeded("from"), fields.selectorsNeeded("to")),
        restricts.orElse("from").equals("to"),
        hops(fields, 1),
        fields.services("services"),
        exceptions(fields));
  }

  private int hops(Fields fields, int usual) {
    var text = fields.text("hops");
    if (text.isEmpty()) {
      return usual;
    }
    return switch (text.get()) {
      case DIRECT -> 1;
      case ANY -> Demand.ANY_HOPS;
      default -> {
        if (!text.get().matches("[1-9]\\d{0,8}")) {
          fields.problem(
              fields.value("hops").orElseThrow().place(),
              "`hops` is " + Fields.quoted(text.get()),
              "write direct, any, or the most hops that count");
          yield usual;
        }
        yield Integer.parseInt(text.get());
      }
    };
  }

  private List<Ends> exceptions(Fields fields) {
    var exceptions = new ArrayList<Ends>();
    for (var element : fields.elements("except")) {
      Fields.of(element, "an exception", problems)
          .ifPresent(exception -> {
            var ends = new Ends(exception.selectors("from"), exception.selectors("to"));
            if (ends.from().isEmpty() && ends.to().isEmpty()) {
              exception.missing("from", "name at least one end: from, to, or both");
            }
            exceptions.add(ends);
            exception.end();
          });
    }
    if (exceptions.size() > EXCEPTIONS_MOST) {
      fields.problem(
          fields.value("except").orElseThrow().place(),
          "there are over " + EXCEPTIONS_MOST + " exceptions",
          "write several rules, or name groups");
    }
    return exceptions;
  }

  private Demand limit(Fields fields) {
    var of = fields.selectorsNeeded("of");
    var given = Arrays.stream(Bound.values()).filter(bound -> fields.has(bound.key())).toList();
    var services = fields.services("services");
    if (given.size() != 1) {
      fields.problem(
          fields.place(),
          "`limit` has " + (given.isEmpty() ? "no bound" : given.size() + " bounds"),
          "write one of "
              + Arrays.stream(Bound.values()).map(Bound::key).collect(Collectors.joining(", ")));
    }
    var bound = given.isEmpty() ? Bound.ATTACKERS : given.getFirst();
    if (!given.isEmpty() && fields.value(bound.key()).isEmpty()) {
      fields.problem(fields.place(), "`" + bound.key() + "` is empty", "write a number");
    }
    double value =
        bound.isShare()
            ? percent(fields, bound.key())
            : fields.number(bound.key(), bound == Bound.INTERNET_HOPS ? 2 : 0).orElse(2);
    return new Demand.Limit(of, bound, value, services);
  }

  private static double percent(Fields fields, String key) {
    String text = fields.text(key).orElse("0%");
    if (!text.matches("(100|\\d{1,2}(\\.\\d{1,6})?)%")) {
      fields.problem(
          fields.value(key).orElseThrow().place(),
          "`" + key + "` is " + Fields.quoted(text),
          "write a share of all VMs, from 0% to 100%");
      return 0;
    }
    return Double.parseDouble(text.substring(0, text.length() - 1));
  }

  private static Demand noNew(Fields fields) {
    var words = Arrays.stream(Novelty.values()).map(Novelty::word).toList();
    var what = EnumSet.noneOf(Novelty.class);
    for (String word : fields.words("what", words)) {
      Arrays.stream(Novelty.values()).filter(each -> each.word().equals(word)).forEach(what::add);
    }
    if (what.isEmpty() && !fields.has("what")) {
      what.addAll(EnumSet.allOf(Novelty.class));
    } else if (what.isEmpty() && fields.elements("what").isEmpty()) {
      fields.missing("what", "name some of " + String.join(", ", words));
    }
    List<Selector> of = fields.selectors("of");
    return new Demand.NoNew(what, of);
  }

  private Demand lint(YamlValue value) {
    var words = Arrays.stream(Smell.values()).map(Smell::word).toList();
    Set<Smell> what = EnumSet.noneOf(Smell.class);
    var elements = value instanceof YamlValue.Sequence list ? list.elements() : List.of(value);
    for (var element : elements) {
      String text = element instanceof YamlValue.Scalar scalar ? scalar.text() : "";
      if (words.contains(text)) {
        Arrays.stream(Smell.values()).filter(each -> each.word().equals(text)).forEach(what::add);
      } else {
        problems.add(
            new PolicyProblem(
                element.place(),
                "`lint` names " + (text.isEmpty() ? element.kind() : Fields.quoted(text)),
                Fields.near(text, words).map(word -> "did you mean " + word + "? Or ").orElse("")
                    + "write some of "
                    + String.join(", ", words)));
      }
    }
    if (elements.isEmpty()) {
      problems.add(
          new PolicyProblem(
              value.place(), "`lint` is empty", "write some of " + String.join(", ", words)));
    }
    return new Demand.Lint(what);
  }
}
