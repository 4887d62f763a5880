package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KnownListsTest {
  private final KnownLists lists = new KnownLists();

  private int find(String written) {
    byte[] around = bytes("[" + written + "]");
    return lists.find(around, 1, around.length - 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void find_tellsListsApart_byEveryByte() {
    String written = "[\"dev\", \"a tag of some length\", \"é\"]";
    lists.add(bytes(written), 7);

    assertThat(find(written)).isEqualTo(7);
    for (int i = 0; i < written.length(); i++) {
      String other = written.substring(0, i) + '#' + written.substring(i + 1);
      assertThat(find(other)).isEqualTo(KnownLists.UNKNOWN);
      assertThat(find(written.substring(0, i))).isEqualTo(KnownLists.UNKNOWN);
    }
  }

  @Test
  void find_knowsNearlyAllOfManyLists_andNeverAnother() {
    for (int list = 0; list < 10_000; list++) {
      lists.add(bytes("[\"tag-" + list + "\"]"), list);
    }

    int known = 0;
    for (int list = 0; list < 10_000; list++) {
      int found = find("[\"tag-" + list + "\"]");
      assertThat(found).isIn(list, KnownLists.UNKNOWN);
      known += found == list ? 1 : 0;
    }
    assertThat(known).isGreaterThan(9_900);
  }

  @Test
  void add_leavesOutWhatIsVeryLong() {
    String written = "[\"" + "a".repeat(2_000) + "\"]";
    lists.add(bytes(written), 1);

    assertThat(find(written)).isEqualTo(KnownLists.UNKNOWN);
  }
}
