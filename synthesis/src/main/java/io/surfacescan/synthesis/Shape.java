package io.surfacescan.synthesis;

/// What a [SeededEnvironment] looks like. In all of them every id is unique, every tag that a rule
/// names is carried by some VM, every VM carries a tag, and no two rules have one tag pair: a file
/// of any shape gives no warning.
public enum Shape {
  /// Every VM carries two or three random tags, and the rules are random pairs of tags. With many
  /// tags most VMs have a tag set of their own; with more rules than tags nearly all VMs attack
  /// each other.
  ///
  /// Sizes: at most two tags per VM, at most tags x tags rules.
  UNIFORM,

  /// A company: services in six tiers (edge, web, api, app, cache, db), each deployed in up to
  /// three stages (prod, staging, dev) and six regions.
  ///
  /// One deployment of a service is a tag such as `svc-0123-prod-eu-west-1`. Its VMs also carry
  /// their tier, team, stage and region, and some of them `ssh`, `monitoring` and `backup`, in one
  /// to four combinations per deployment: 20,000 tags on a million VMs make about 54,000 tag sets.
  /// A rule leads from a service to one of the next tier in the same stage and region. One in 32
  /// crosses over from another stage or region, and one deployment in 256 takes a call back from
  /// the tier behind it. Three rules lead to the shared `ssh`, `monitoring` and `backup` tags. Some
  /// services are called by many, most by few, so that some surfaces are empty and some hold most
  /// of a region.
  ///
  /// Sizes: at least 24 tags, at least as many VMs as tags, and at most as many rules as there are
  /// neighbours to link.
  LAYERED,

  /// One line of stations, each of which attacks only the next: one hop more for each station.
  ///
  /// Rule *k* leads from station *k* to station *k* + 1, so there is one station more than rules.
  /// The tags are dealt to the stations in order: with one tag more than rules, a station is one
  /// tag that is entered and left; with more, its VMs are bridges, entered by their first tag and
  /// left by their last. The VMs are dealt to the stations in turn: with as many tags as VMs and a
  /// rule less, a million VMs make a chain of a million steps.
  ///
  /// Sizes: at most one rule less than tags and than VMs.
  CHAIN,

  /// Rings of tags, each of about the square root of all tags. A rule leads from each tag to the
  /// next of its ring, one from each ring to the next, and what rules are left from random tags to
  /// random tags of later rings. Who attacks one VM of a ring attacks all of it and of the rings
  /// behind it. Every VM carries one tag, one in eight of them two of one ring.
  ///
  /// Sizes: at least as many VMs and rules as tags, and at most as many rules as there are pairs of
  /// tags in order.
  CYCLES;

  /// A number of tags that suits so many VMs.
  public int usualTags(int vms) {
    return switch (this) {
      case UNIFORM -> Math.max(1, vms / 50);
      case LAYERED -> Math.max(LayeredEnvironment.TAGS_MIN, vms / 50);
      case CHAIN -> vms;
      case CYCLES -> Math.max(1, vms / 4);
    };
  }

  /// A number of rules that suits so many tags.
  public int usualRules(int tags) {
    return switch (this) {
      case UNIFORM -> tags;
      case LAYERED -> (int) Math.min(4L * tags, LayeredEnvironment.rulesMax(tags));
      case CHAIN -> tags - 1;
      case CYCLES -> tags + RingsEnvironment.ringCount(tags) - 1;
    };
  }
}
