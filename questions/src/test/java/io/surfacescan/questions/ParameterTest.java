package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Choice;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Flag;
import io.surfacescan.questions.arguments.Parameter.Vm;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParameterTest {
  private static final Parameter LIMIT =
      new Parameter("limit", Count.from(0).servedTo(1_000).servedUsually(100), "Only the first N");

  @Test
  void meaning_hasWhatHoldsThere() {
    assertThat(LIMIT.meaning("", false)).isEqualTo("Only the first N.");
    assertThat(LIMIT.meaning("", true)).isEqualTo("Only the first N. Default: 100; at most 1000.");
    assertThat(new Parameter("k", Count.from(1).to(9).usually(2), "Up to K").meaning("", false))
        .isEqualTo("Up to K. Default: 2; at most 9.");
    assertThat(new Parameter("k", Count.from(1).to(9), "Up to K").meaning("", true))
        .isEqualTo("Up to K. At most 9.");
    assertThat(new Parameter("hops", new Flag(), "With hops").meaning("", true))
        .isEqualTo("With hops.");
    var vm = new Parameter("vm_id", new Vm("name", Optional.empty(), true, false), "The VM");
    assertThat(vm.unless("all").meaning(": its id", false))
        .isEqualTo("The VM: its id. Default: all.");
  }

  @Test
  void meaning_explainsWords_butNotOlderOnes() {
    var words =
        Choice.of(Order.INPUT)
            .or(Order.BLAST_RADIUS, "the largest first")
            .formerly("radius", Order.BLAST_RADIUS);
    assertThat(new Parameter("sort", words, "Order").meaning("", false))
        .isEqualTo("Order: input, blast-radius (the largest first). Default: input.");
    assertThat(words.shown()).containsExactly("input", "blast-radius");
    assertThat(words.meant("blast-radius")).contains(Order.BLAST_RADIUS);
    assertThat(words.meant("radius")).contains(Order.BLAST_RADIUS);
    assertThat(words.meant("BLAST_RADIUS")).isEmpty();
    assertThat(words.meant("id")).isEmpty();
    assertThat(words.usual()).isEqualTo(Order.INPUT);
  }

  @Test
  void names_areThoseOfAFlagAndOfAUrl() {
    assertThat(new Parameter("max_hops", Count.from(1), "At most").flag()).isEqualTo("--max-hops");
    assertThat(LIMIT.urlNames()).containsExactly("limit");
    var from =
        new Parameter("from", new Vm("from_name", Optional.of("from_tag"), true, false), "F");
    assertThat(from.urlNames()).containsExactly("from", "from_name", "from_tag");
    assertThat(from.label()).isEqualTo("FROM");
    assertThat(from.isArgument()).isTrue();
    assertThat(LIMIT.isArgument()).isFalse();
  }
}
