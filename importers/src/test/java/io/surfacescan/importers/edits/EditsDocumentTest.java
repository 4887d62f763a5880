package io.surfacescan.importers.edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditsDocumentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                           | the body is empty; send an object
          ` `                          | the body is empty; send an object
          {                            | line 1, column 2: the JSON ends too early; a bracket, a quote or a value is missing
          {"vms":["a"                  | line 1, column 12: the JSON ends too early; a bracket, a quote or a value is missing
          {"vms" []}                   | line 1, column 8: this is no JSON; a comma, a colon, a quote or a bracket is wrong or missing
          {"vms":[],"vms":[]}          | line 1, column 16: a member stands twice in one object; send it once
          {} {}                        | line 1, column 4: there is more behind the object; send one object
          {} x                         | line 1, column 4: there is more behind the object; send one object
          []                           | line 1, column 1: the body must be one JSON object
          """)
  void read_ofWhatIsNoRequest_saysWhichFaultItIs(String document, String what) {
    assertThatThrownBy(() -> EditsDocument.read(document.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(EditsDocument.Malformed.class)
        .hasMessage(what);
  }

  @Test
  void read_ofBytesThatAreNoUtf8_saysSo() {
    byte[] latin1 = "{\"vms\":[\"\u00e4b\"]}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> EditsDocument.read(latin1))
        .isInstanceOf(EditsDocument.Malformed.class)
        .message()
        .endsWith("this is no UTF-8; save the text as UTF-8");
  }

  @Test
  void read_ofAnEmptyObject_isNoEdits() throws EditsDocument.Malformed {
    assertThat(EditsDocument.read(new byte[] {'{', '}'}).edits().count()).isZero();
  }
}
