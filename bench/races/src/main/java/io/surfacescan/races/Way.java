package io.surfacescan.races;

/// One way of asking a [Peer].
///
/// @param name what tells it from the other ways of the peer; empty if there is only one
/// @param question finds the attackers
/// @param forget makes the peer forget what it remembers of answers; runs before every round
record Way(String name, Question question, Preparation forget) {
  Way(String name, Question question) {
    this(name, question, () -> {});
  }

  /// Every VM that attacks a VM, directly or by pivoting, without the VM itself.
  @FunctionalInterface
  interface Question {
    /// The numbers of the attackers in the environment, each once, in any order.
    int[] attackers(int vm) throws Exception;
  }

  @FunctionalInterface
  interface Preparation {
    void run() throws Exception;
  }
}
