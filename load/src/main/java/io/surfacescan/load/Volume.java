package io.surfacescan.load;

/// How much load there is.
sealed interface Volume {
  /// A closed model: as many users, each of whom asks again as soon as it is answered. A server
  /// that slows down is asked less.
  record Users(int count) implements Volume {
    @Override
    public String toString() {
      return "closed model, "
          + count
          + (count == 1 ? " user who asks" : " users who ask")
          + " again as soon as answered";
    }
  }

  /// An open model: requests come at this rate, whether the earlier ones are answered or not.
  record Rate(int perSecond) implements Volume {
    @Override
    public String toString() {
      return "open model, " + perSecond + (perSecond == 1 ? " request" : " requests") + " a second";
    }
  }
}
