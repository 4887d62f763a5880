package io.surfacescan.importers.cloud;

import io.surfacescan.model.AddressRange;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.ReachabilityModel;
import java.util.ArrayList;
import java.util.Optional;

/// The internet as every cloud sees it: as an attacker, and as a target.
public final class Internet {
  /// The mark of the internet as an attacker.
  public static final String IN = "internet";

  /// The mark of the internet as a target.
  public static final String OUT = "internet-out";

  /// The mark of both.
  public static final String EITHER = "the internet";

  private Internet() {}

  /// Adds both. Endpoints come later: one that has one of their ids gets another.
  public static void addTo(ReachabilityModel.Builder model) {
    var ranges = new ArrayList<AddressRange>(Ranges.INTERNET_V4);
    ranges.addAll(Ranges.INTERNET_V6);
    model.outside(
        new Outside(
            "internet",
            "the internet",
            Optional.empty(),
            Direction.INGRESS,
            Marks.of(IN, EITHER),
            ranges));
    model.outside(
        new Outside(
            "internet-out",
            "the internet, as a target",
            Optional.empty(),
            Direction.EGRESS,
            Marks.of(OUT, EITHER),
            ranges));
  }
}
