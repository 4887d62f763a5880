package io.surfacescan.questions;

import io.surfacescan.model.Environment;
import io.surfacescan.model.NGramIndex.Closeness;
import io.surfacescan.questions.Suggestion.Kind;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Choice;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.arguments.Parameter.Text;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a user who types a part of a text may mean: VMs, tags, rules and services.
public final class SearchQuestion extends Question {
  private static final Parameter TEXT =
      new Parameter(
              "q",
              Text.asArgument(),
              "A part of an id, a name, a tag or a service; tag:, rule:, vm: or service: before it"
                  + " searches these alone")
          .labelled("TEXT")
          .as(Mark.REQUIRED);
  private static final Parameter KIND =
      new Parameter(
          "kind",
          Choice.of(Wanted.ANY).or(Wanted.VM).or(Wanted.TAG).or(Wanted.RULE).or(Wanted.SERVICE),
          "What to find");
  private static final Parameter LIMIT =
      new Parameter("limit", Count.from(1).to(100).usually(10), "Only the N closest");

  /// So few VMs are indexed in no time.
  private static final int SMALL_VMS = 10_000;

  /// What to find.
  private enum Wanted {
    ANY,
    VM,
    TAG,
    RULE,
    SERVICE;

    private List<Kind> kinds() {
      return this == ANY ? List.of(Kind.values()) : List.of(Kind.valueOf(name()));
    }
  }

  /// What was found, the closest first.
  ///
  /// @param environment with all its rules
  public record Suggestions(Environment environment, SearchIndex index, List<Suggestion> rows)
      implements Answer {
    public Suggestions {
      rows = List.copyOf(rows);
    }
  }

  SearchQuestion() {
    super(
        Profile.of(
                "search",
                "Find VMs, tags, rules and services by a part of their id or name.",
                Cost.LONG,
                TEXT,
                KIND,
                LIMIT)
            .remarks(
                "The closest come first: what is the text, what starts with it, what has a word that starts"
                    + " with it, what holds it anywhere. The case of letters does not count.",
                "",
                "Example: surfacescan search --data prod.json tag:db"));
  }

  @Override
  public Cost cost(CompiledEnvironment compiled) {
    return compiled.hasSearchIndex() || compiled.whole().vmCount() <= SMALL_VMS
        ? Cost.QUICK
        : Cost.LONG;
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    var arguments = context.arguments();
    var whole = context.compiled().whole();
    var index = context.compiled().searchIndex();
    var filter = RuleFilter.of(arguments);
    int limit = arguments.count(LIMIT);
    String part = arguments.text(TEXT).orElseThrow();
    var wanted = arguments.word(KIND, Wanted.class);
    if (wanted == Wanted.ANY) {
      wanted = named(part);
      part = wanted == Wanted.ANY ? part : part.substring(part.indexOf(':') + 1);
    }
    var found = new EnumMap<Closeness, Map<Kind, List<Suggestion>>>(Closeness.class);
    for (var kind : wanted.kinds()) {
      for (var match : index.search(whole, kind, part, limit, filter)) {
        found
            .computeIfAbsent(match.closeness(), absent -> new EnumMap<>(Kind.class))
            .computeIfAbsent(kind, absent -> new ArrayList<>())
            .add(new Suggestion(kind, match.index(), match.closeness()));
      }
    }
    var rows = new ArrayList<Suggestion>();
    for (var equallyClose : found.values()) {
      rows.addAll(share(List.copyOf(equallyClose.values()), limit - rows.size()));
    }
    return new Suggestions(whole, index, rows);
  }

  /// The kind that a prefix of the text names.
  private static Wanted named(String text) {
    return Arrays.stream(Wanted.values())
        .filter(wanted -> wanted != Wanted.ANY)
        .filter(wanted -> text.startsWith(wanted.name().toLowerCase(Locale.ROOT) + ":"))
        .findFirst()
        .orElse(Wanted.ANY);
  }

  /// The first elements of some lists, at most so many in all: each list has as many as the others,
  /// as far as it goes.
  private static List<Suggestion> share(List<List<Suggestion>> lists, int most) {
    int[] shares = new int[lists.size()];
    int left = most;
    for (boolean goesOn = true; goesOn && left > 0; ) {
      goesOn = false;
      for (int list = 0; list < shares.length && left > 0; list++) {
        if (shares[list] < lists.get(list).size()) {
          shares[list]++;
          left--;
          goesOn = true;
        }
      }
    }
    var shared = new ArrayList<Suggestion>();
    for (int list = 0; list < shares.length; list++) {
      shared.addAll(lists.get(list).subList(0, shares[list]));
    }
    return shared;
  }
}
