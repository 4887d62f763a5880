package io.surfacescan.report;

import io.surfacescan.engine.RuleUse;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.RowFormat;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// What each of some rules allows: JSON is an array of `{"fw_id", "source_tag", "dest_tag",
/// "source_vms", "dest_vms", "used", "parallel", "direct_pairs", "pairs_only_here",
/// "pairs_only_by_tag_pair", "truncated"}`, the last two numbers `null` if they were not counted,
/// which `truncated` says.
public record RuleTable(Environment environment, List<RuleUse> rows) implements Document {
  public RuleTable {
    rows = List.copyOf(rows);
  }

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    new Rendering(environment).write(out, format, rows::forEach);
  }

  private record Rendering(Environment environment) implements RowFormat<RuleUse> {
    private static final List<String> HEADER =
        List.of(
            "fw_id",
            "source_tag",
            "dest_tag",
            "source_vms",
            "dest_vms",
            "used",
            "parallel",
            "direct_pairs",
            "pairs_only_here",
            "pairs_only_by_tag_pair",
            "truncated");

    @Override
    public List<String> header() {
      return HEADER;
    }

    @Override
    public void json(JsonGenerator json, RuleUse row) {
      var rule = environment.rule(row.rule());
      json.writeStartObject();
      Json.stringOrNull(json, "fw_id", rule.id());
      json.writeStringProperty("source_tag", rule.sourceTag());
      json.writeStringProperty("dest_tag", rule.destTag());
      json.writeNumberProperty("source_vms", row.sourceVms());
      json.writeNumberProperty("dest_vms", row.destVms());
      json.writeBooleanProperty("used", row.isUsed());
      json.writeNumberProperty("parallel", row.parallel());
      json.writeNumberProperty("direct_pairs", row.directPairs());
      numberOrNull(json, "pairs_only_here", row.onlyThisRule());
      numberOrNull(json, "pairs_only_by_tag_pair", row.onlyThisTagPair());
      json.writeBooleanProperty("truncated", isTruncated(row));
      json.writeEndObject();
    }

    private static void numberOrNull(JsonGenerator json, String name, OptionalLong number) {
      json.writeName(name);
      if (number.isPresent()) {
        json.writeNumber(number.getAsLong());
      } else {
        json.writeNull();
      }
    }

    private static boolean isTruncated(RuleUse row) {
      return row.onlyThisTagPair().isEmpty();
    }

    @Override
    public void fields(TextLines line, RuleUse row) {
      Rules.fields(line, environment.rule(row.rule()));
      line.field(Integer.toString(row.sourceVms())).field(Integer.toString(row.destVms()));
      line.field(Boolean.toString(row.isUsed())).field(Integer.toString(row.parallel()));
      line.field(Long.toString(row.directPairs()));
      for (var number : Arrays.asList(row.onlyThisRule(), row.onlyThisTagPair())) {
        if (number.isPresent()) {
          line.field(Long.toString(number.getAsLong()));
        } else {
          line.noField();
        }
      }
      line.field(Boolean.toString(isTruncated(row)));
    }

    @Override
    public void text(TextLines line, RuleUse row) {
      Rules.text(line, environment.rule(row.rule()));
      line.words(row.isUsed() ? ": " : ": unused, ");
      line.words(counted(row.sourceVms(), "VM") + " to " + row.destVms());
      if (row.isUsed()) {
        line.words(", " + counted(row.directPairs(), "direct pair"));
        line.words(
            row.onlyThisRule().isPresent()
                ? ", " + row.onlyThisRule().getAsLong() + " by no other rule"
                : ", not counted how many by no other rule");
      }
      if (row.parallel() > 0) {
        line.words(", " + counted(row.parallel(), "parallel rule"));
        if (row.isUsed() && row.onlyThisTagPair().isPresent()) {
          line.words(" (" + row.onlyThisTagPair().getAsLong() + " by these together)");
        }
      }
    }

    private static String counted(long count, String noun) {
      return count + " " + noun + (count == 1 ? "" : "s");
    }
  }
}
