package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.questions.EditsEffect;
import io.surfacescan.questions.SurfacesChanged;
import io.surfacescan.questions.real.RealChanges;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhatIfAnswerTest {
  /// A chain of 100 VMs, cut in the middle and closed to a ring, when the time runs out.
  private static WhatIfAnswer cutShort() throws Exception {
    var builder = new EnvironmentBuilder();
    IntStream.range(0, 100).forEach(vm -> builder.vm("vm-" + vm, "t" + vm));
    IntStream.range(0, 99).forEach(vm -> builder.rule(null, "t" + vm, "t" + (vm + 1)));
    var before = builder.build();
    var edits =
        new Edits(
            List.of(new Edits.RuleName.WithTags("t49", "t50")),
            List.of(new FirewallRule(Optional.empty(), "t99", "t0")),
            List.of(),
            List.of(),
            List.of());
    var edited = EditedEnvironment.of(before, edits);
    var comparison = Comparison.of(AttackGraph.of(before), edited);
    // The sizes need one look at the clock here, the comparison another.
    var looks = new AtomicInteger();
    var changes =
        SurfaceChanges.of(comparison, 5, () -> looks.incrementAndGet() > 1, Progress.NONE);
    return new WhatIfAnswer(
        EditsEffect.of(
            edited,
            RealChanges.NONE,
            comparison,
            List.of(),
            Optional.of(SurfacesChanged.of(comparison, changes)),
            100));
  }

  private static String text(Document document, Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    document.write(out, format);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void rows_whenTheTimeRanOut_sayHowManyVmsWereNotCompared() throws Exception {
    assertThat(text(cutShort(), Format.CSV))
        .isEqualTo(
            """
            kind,vm_id,attackers_before,attackers_after,gained,lost,name
            truncated vms_not_compared,,,,,,
            """);
    assertThat(text(cutShort(), Format.NDJSON))
        .isEqualTo(
            """
            {"kind":"truncated","incomplete":"vms_not_compared","left_out":100}
            """);
  }
}
