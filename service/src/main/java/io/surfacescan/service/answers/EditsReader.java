package io.surfacescan.service.answers;

import io.surfacescan.importers.edits.EditsDocument;
import io.surfacescan.questions.ChangesQuestion;
import io.surfacescan.questions.WhatIfQuestion;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.VmName;
import io.surfacescan.service.exchange.Refusal;

/// Reads the arguments of the question about edits from the body of a request.
final class EditsReader {
  private EditsReader() {}

  /// The arguments of a request.
  ///
  /// @param fromQuery those that came in its query
  static Arguments arguments(Arguments fromQuery, byte[] body) throws Refusal {
    try {
      var request = EditsDocument.read(body);
      var arguments =
          fromQuery
              .and()
              .edits(request.edits())
              .flag(WhatIfQuestion.ENVIRONMENT, request.environment())
              .vms(
                  WhatIfQuestion.VMS,
                  request.vms().stream().map(vm -> new VmName(VmName.By.ID_OR_NAME, vm)).toList());
      if (request.limit().isPresent()) {
        arguments.count(ChangesQuestion.LIMIT, "limit", request.limit().getAsInt());
      }
      if (request.worst().isPresent()) {
        arguments.count(ChangesQuestion.WORST, "worst", request.worst().getAsInt());
      }
      return arguments.build();
    } catch (QuestionRefused e) {
      throw FaultRefusals.of(e.fault());
    } catch (EditsDocument.Malformed e) {
      throw new Refusal(Refusal.Kind.INVALID_BODY, "The body cannot be read: " + e.what() + ".");
    }
  }
}
