package io.surfacescan.service.served;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.settings.CacheSettings;
import io.surfacescan.settings.PolicySettings;
import io.surfacescan.snapshot.Snapshots;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// An answer begins to be read from an environment that is being replaced: it is read, or given up,
/// and never both.
@JCStressTest
@Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "read, so kept")
@Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "given up, so not read")
@State
public class GenerationRace {
  private final Generation generation =
      Generation.of(
          new Snapshots(CacheSettings.NONE)
              .read(
                  List.of("-"),
                  new ByteArrayInputStream(
                      "{\"vms\": [], \"fw_rules\": []}".getBytes(StandardCharsets.UTF_8)),
                  ReadProgress.NONE,
                  ReadOptions.STRICT),
          0,
          Optional.empty(),
          new PolicyChecks(PolicySettings.NONE));

  @Actor
  @SuppressWarnings("NullAway")
  public void reader(ZZZ_Result seen) {
    // Who reads does not matter here, only that somebody does.
    seen.r1 = generation.enter(null);
  }

  @Actor
  public void replacer(ZZZ_Result seen) {
    seen.r2 = generation.closeUnlessRead();
  }

  @Arbiter
  public void all(ZZZ_Result seen) {
    seen.r3 = generation.closeUnlessRead();
  }
}
