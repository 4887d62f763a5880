package io.surfacescan.service.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {
  @ParameterizedTest
  @CsvSource({
    "1048576, 200, 10000",
    "10264,   200, 10000",
    "10263,   200, 9999",
    "1024,    200, 760",
    "265,     200, 1",
    "100,     200, 1",
    // What the system says where there is no limit.
    "9223372036854775807, 200, 10000",
  })
  void connectionsMost_leavesFilesFree(long limit, long open, int most) {
    assertThat(OpenFiles.connectionsMost(10_000, limit, open)).isEqualTo(most);
  }
}
