package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.AccessBlock;
import io.surfacescan.importers.aws.Sites.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// VPC Block Public Access: a mode for all VPCs of an account and region, which overrides routes to
/// internet gateways, with VPCs and subnets excluded from it.
///
/// | mode | inbound | out by an internet gateway | out by NAT or egress-only gateway |
/// |---|---|---|---|
/// | `block-ingress` | no | no | yes |
/// | `block-bidirectional` | no | no | no |
/// | excluded, `allow-egress` | no | yes | yes |
/// | excluded, `allow-bidirectional` | yes | yes | yes |
///
/// @param inventory holds the modes and exclusions
record AccessBlocks(Inventory inventory) {
  /// What is allowed to a subnet.
  private record Access(boolean in, boolean out, boolean outByOthers) {
    static final Access FULL = new Access(true, true, true);
  }

  /// The marks of what is blocked at a site.
  List<String> marks(Site site) {
    var access = access(site);
    var marks = new ArrayList<String>();
    if (!access.in) {
      marks.add(AwsMarks.NO_INBOUND);
    }
    if (!access.out) {
      marks.add(AwsMarks.NO_OUTBOUND);
    }
    if (!access.outByOthers) {
      marks.add(AwsMarks.NO_OUTBOUND_V6);
    }
    return marks;
  }

  /// Whether a NAT gateway at a site reaches the internet.
  boolean allowsNat(Site site) {
    return access(site).outByOthers;
  }

  private Access access(Site site) {
    var mode = mode(site);
    if (mode.isEmpty()) {
      return Access.FULL;
    }
    var exclusion =
        exclusion(site.knownSubnet().map(Resource::id).orElse(site.subnet()))
            .or(() -> exclusion(site.knownVpc().map(Resource::id).orElse(site.vpc())));
    if (exclusion.isPresent()) {
      return exclusion.get().equals("allow-bidirectional")
          ? Access.FULL
          : new Access(false, true, true);
    }
    return new Access(false, false, mode.get().equals("block-ingress"));
  }

  /// The mode of the folder that the VPC is from, if all its files agree: those of several regions
  /// in one folder do not say which is whose.
  private Optional<String> mode(Site site) {
    var modes =
        site.knownVpc().map(vpc -> vpc.head().unit().folder()).stream()
            .flatMap(folder ->
                inventory.accessBlocks.stream()
                    .filter(block -> block.unit().folder().equals(folder)))
            .map(AccessBlock::mode)
            .distinct()
            .toList();
    boolean isBlocked =
        modes.size() == 1 && !modes.getFirst().isEmpty() && !modes.getFirst().equals("off");
    return isBlocked ? Optional.of(modes.getFirst()) : Optional.empty();
  }

  private Optional<String> exclusion(String id) {
    return inventory.accessExclusions.stream()
        .filter(exclusion -> !id.isEmpty() && exclusion.arn().endsWith("/" + id))
        .map(Resource.AccessExclusion::mode)
        .findFirst();
  }
}
