package io.surfacescan.report;

import io.surfacescan.questions.SearchQuestion;
import io.surfacescan.questions.Suggestion;
import io.surfacescan.questions.Suggestion.Kind;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.text.Counted;
import java.util.Locale;
import java.util.Optional;

/// What a search found, the closest first: JSON is an array of `{"kind", "id", "name"}`; a tag has
/// `vms` besides, a rule `source_tag` and `dest_tag`, a service `rules`. What has no name has null.
public record SuggestionTable(SearchQuestion.Suggestions found) implements Document {
  @Override
  public Table<Suggestion> table() {
    var environment = found.environment();
    var columns =
        new Columns<Suggestion>()
            .text("kind", SuggestionTable::kind)
            .text("id", this::id)
            .lastName("name", this::name)
            .only(
                row -> row.kind() == Kind.TAG,
                tag -> tag.number("vms", row -> found.index().vmsCarrying(row.index())))
            .only(
                row -> row.kind() == Kind.RULE,
                rule ->
                    rule.text(
                            "source_tag",
                            row -> environment.tag(environment.sourceTag(row.index())))
                        .text("dest_tag", row -> environment.tag(environment.destTag(row.index()))))
            .only(
                row -> row.kind() == Kind.SERVICE,
                service ->
                    service.number("rules", row -> found.index().service(row.index()).rules()));
    return new Table<>(columns, found.rows()::forEach, this::line);
  }

  private static String kind(Suggestion row) {
    return row.kind().name().toLowerCase(Locale.ROOT);
  }

  private String id(Suggestion row) {
    var environment = found.environment();
    return switch (row.kind()) {
      case VM -> environment.vmId(row.index());
      case TAG -> environment.tag(row.index());
      case RULE -> environment.ruleIds().get(row.index());
      case SERVICE -> found.index().service(row.index()).text();
    };
  }

  private Optional<String> name(Suggestion row) {
    return switch (row.kind()) {
      case VM -> found.environment().vmName(row.index());
      case SERVICE -> found.index().service(row.index()).name();
      case TAG, RULE -> Optional.empty();
    };
  }

  private void line(TextLines line, Suggestion row) {
    line.words(kind(row) + " ");
    switch (row.kind()) {
      case VM -> line.vm(found.environment(), row.index());
      case TAG ->
          line.text(id(row)).words(": " + Counted.of(found.index().vmsCarrying(row.index()), "VM"));
      case RULE -> Rules.text(line, found.environment(), row.index());
      case SERVICE -> {
        line.text(id(row));
        name(row).ifPresent(name -> line.words(" (" + name + ")"));
        line.words(": " + Counted.of(found.index().service(row.index()).rules(), "rule"));
      }
    }
  }
}
