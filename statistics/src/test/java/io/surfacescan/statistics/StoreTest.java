package io.surfacescan.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told of a database, which must not be its password.
class StoreTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost:1/db?user=u&password=secret100%",
        "jdbc:postgresql://localhost:99999/db?user=u&password=secret100",
      })
  void aUrlThatCannotBeRead_isToldWithoutIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Store.postgresql(url))
        .withMessageStartingWith("the URL of the shared database cannot be read;")
        .withMessageNotContaining("secret")
        .withNoCause();
  }

  @Test
  void aDatabaseThatIsNotThere_isToldWithoutIt() {
    var store = Store.postgresql("jdbc:postgresql://localhost:1/db?user=u&password=secret");
    assertThat(store.name()).isEqualTo("PostgreSQL at localhost:1/db");
    assertThat(catchThrowable(() -> store.inTransaction(connection -> 0)))
        .isInstanceOf(StoreFailure.class)
        .hasMessageStartingWith("PostgreSQL at localhost:1/db: ")
        .hasMessageNotContaining("secret");
  }
}
