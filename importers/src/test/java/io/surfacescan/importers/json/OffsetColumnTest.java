package io.surfacescan.importers.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetColumnTest {
  @Test
  void get_givesWhatWasAdded_evenWhenWholeRunsAreLeftOut() {
    Seeds.check(
        500,
        seed -> {
          var random = new Random(seed);
          var spots = new OffsetColumn();
          List<SourceOffset> expected = new ArrayList<>();
          for (int source = 0; source < 8; source++) {
            var part = new OffsetColumn();
            var leftOut = new BitSet();
            for (int i = 0; i < random.nextInt(6); i++) {
              part.add(source, 10L * i);
              if (random.nextInt(3) == 0) {
                leftOut.set(i);
              } else {
                expected.add(new SourceOffset(source, 10L * i));
              }
            }
            spots.addAll(part, leftOut);
          }
          assertThat(spots.size()).isEqualTo(expected.size());
          for (int i = 0; i < expected.size(); i++) {
            assertThat(spots.get(i)).isEqualTo(expected.get(i));
          }
        });
  }
}
