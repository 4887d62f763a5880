package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static List<Map<String, Object>> drawn(long seed, int count) {
    var requests = new Requests(List.of("a", "b%2Fc", "d"), new Mix(10, 1), seed);
    return Stream.generate(requests::next).limit(count).toList();
  }

  @Test
  void next_sameSeed_sameRequests() {
    assertThat(drawn(5, 1000)).isEqualTo(drawn(5, 1000)).isNotEqualTo(drawn(6, 1000));
  }

  @Test
  void next_asksAboutEveryVm_byItsIdAsGiven() {
    assertThat(drawn(1, 1000).stream().map(request -> request.get(Requests.TARGET)).distinct())
        .containsExactlyInAnyOrder(
            "/attack?vm_id=a", "/attack?vm_id=b%2Fc", "/attack?vm_id=d", "/stats");
  }

  @Test
  void next_targetFitsTheQuestion() {
    assertThat(drawn(1, 1000))
        .allSatisfy(request ->
            assertThat((String) request.get(Requests.TARGET))
                .startsWith("/" + request.get(Requests.QUESTION)));
  }
}
