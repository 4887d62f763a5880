package io.surfacescan.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.service.exchange.AccessScope;
import io.surfacescan.service.exchange.Caller;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckedTokensTest {
  private static final Caller HOLDER = new Caller("somebody", Set.of(AccessScope.READ));

  private final CheckedTokens tokens = new CheckedTokens();

  @Test
  void aToken_isKnown_untilItEnds() {
    tokens.keep(Tokens.hash("a"), HOLDER, 1_000);
    assertThat(tokens.holder(Tokens.hash("a"), 999)).isEqualTo(HOLDER);
    assertThat(tokens.holder(Tokens.hash("a"), 1_000)).isNull();
    assertThat(tokens.holder(Tokens.hash("b"), 999)).isNull();
  }

  @Test
  void whateverIsSigned_itHoldsNoMoreThanItsBound() {
    for (int i = 0; i < 3 * CheckedTokens.MOST; i++) {
      tokens.keep(Tokens.hash("token-" + i), HOLDER, 1_000);
      assertThat(tokens.count()).isLessThanOrEqualTo(CheckedTokens.MOST);
      assertThat(tokens.holder(Tokens.hash("token-" + i), 0)).isEqualTo(HOLDER);
    }
  }
}
