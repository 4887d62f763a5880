package io.surfacescan.engine;

/// The groups of a surface before some of them are folded, each by a number of its own.
interface GroupCounts {
  int groupCount();

  /// The number of the group at a place, places counted from 0.
  int group(int place);

  int hopOf(int group);

  /// Where the group stands among those as large and of as many hops.
  int placeOf(int group);

  /// The VMs counted in it.
  int vmsCounted(int group);

  /// How many of those counted in it stand for addresses outside.
  int externalsCounted(int group);

  /// The most hops of anything in any group.
  int mostHops();

  /// Looks at the deadline now and then.
  void checkDeadline(int step);
}
