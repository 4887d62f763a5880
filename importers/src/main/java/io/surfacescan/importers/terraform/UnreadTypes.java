package io.surfacescan.importers.terraform;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The resources by what is known of their types: read, of networks and not read, or neither.
record UnreadTypes(TerraformFacts facts) {
  private static final String OTHERS = "resources of types that have no place in a network";

  /// Warns of each type that lets packets through, or keeps them off, and is not read.
  void tell() {
    for (Map.Entry<String, Long> entry : facts.counts().entrySet()) {
      String type = entry.getKey();
      boolean isOfOtherCloud = ResourceTypes.isOfOtherCloud(type);
      if (!ResourceTypes.isRead(type) && (isOfOtherCloud || ResourceTypes.isOfNetwork(type))) {
        for (Section some : facts.of(type)) {
          if (isOfOtherCloud) {
            facts.absent(
                some.spot(),
                "resources of type "
                    + type
                    + " are not read, only those of AWS, Azure and Google Cloud are");
          } else if (type.startsWith("aws_")) {
            facts.unread(some.spot(), "resources of type " + type + " are not read");
          } else {
            facts.absent(some.spot(), "resources of type " + type + " are not read");
          }
        }
      }
    }
  }

  /// How many resources of each type are read.
  SortedMap<String, Long> read() {
    var read = new TreeMap<String, Long>();
    facts
        .counts()
        .forEach((type, count) -> {
          if (ResourceTypes.isRead(type)) {
            read.put(type, count);
          }
        });
    return read;
  }

  /// How many are not, those without a place in a network as one.
  SortedMap<String, Long> leftOut() {
    var leftOut = new TreeMap<String, Long>();
    facts
        .counts()
        .forEach((type, count) -> {
          boolean isSeen = ResourceTypes.isOfNetwork(type) || ResourceTypes.isOfOtherCloud(type);
          if (!ResourceTypes.isRead(type)) {
            leftOut.merge(isSeen ? type : OTHERS, count, Long::sum);
          }
        });
    return leftOut;
  }
}
