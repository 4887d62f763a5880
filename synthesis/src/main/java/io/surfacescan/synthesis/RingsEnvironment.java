package io.surfacescan.synthesis;

import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.util.List;
import java.util.Optional;

/// [Shape#CYCLES].
final class RingsEnvironment extends SeededEnvironment {
  private static final int JOINS = OWN;
  private static final int TWO_TAGS = OWN + 1;
  private static final int SECOND_TAG = OWN + 2;
  private static final int ONE_TAG_OF = 8;

  private final int rings;
  private final Permutation vmOrder;
  private final Permutation ruleOrder;
  private final Permutation joins;

  /// Per ring, how many random joins can start in the rings before it.
  private final long[] joinsBefore;

  RingsEnvironment(int vms, int tags, int rules, long seed) {
    super(vms, tags, rules, seed);
    require(tags <= vms, "rings of " + tags + " tags need as many VMs, not " + vms);
    require(tags <= rules, "rings of " + tags + " tags need as many rules, not " + rules);
    rings = ringCount(tags);
    joinsBefore = new long[rings + 1];
    for (int ring = 0; ring < rings; ring++) {
      int starts = firstTag(ring + 1) - firstTag(ring);
      joinsBefore[ring + 1] = joinsBefore[ring] + (long) starts * ends(ring);
    }
    long most = joinsBefore[rings] + rings - 1 + tags;
    require(rules <= most, "rings of " + tags + " tags have at most " + most + " rules");
    vmOrder = vmOrder();
    ruleOrder = ruleOrder();
    joins = new Permutation(Math.max(1, joinsBefore[rings]), draws.word(JOINS, 0));
  }

  /// About the square root of the number of tags.
  static int ringCount(int tags) {
    return (int) Math.sqrt(tags);
  }

  private int firstTag(int ring) {
    return (int) ((long) ring * tagCount() / rings);
  }

  private int ringOf(int tag) {
    int ring = (int) ((long) tag * rings / tagCount());
    return firstTag(ring + 1) <= tag ? ring + 1 : ring;
  }

  /// The tags at which a random join from the ring may end: those of later rings but the first,
  /// where the ring's own join to the next ends.
  private int ends(int ring) {
    return Math.max(0, tagCount() - firstTag(ring + 1) - 1);
  }

  @Override
  public Vm vm(int index) {
    int tag = (int) (vmOrder.at(index) % tagCount());
    int ring = ringOf(tag);
    int first = firstTag(ring);
    int others = firstTag(ring + 1) - first - 1;
    boolean two = others > 0 && draws.below(ONE_TAG_OF, TWO_TAGS, index) == 0;
    var name = Optional.of("ring-" + padded(ring, digits(rings)) + "-" + index);
    if (!two) {
      return new Vm(vmId(index), name, List.of(tag(tag)));
    }
    int second = first + draws.below(others, SECOND_TAG, index);
    return new Vm(vmId(index), name, List.of(tag(tag), tag(second < tag ? second : second + 1)));
  }

  @Override
  public FirewallRule rule(int index) {
    int number = (int) ruleOrder.at(index);
    if (number < tagCount()) {
      int ring = ringOf(number);
      boolean last = number + 1 == firstTag(ring + 1);
      return rule(index, tag(number), tag(last ? firstTag(ring) : number + 1));
    }
    int join = number - tagCount();
    if (join < rings - 1) {
      return rule(index, tag(firstTag(join + 1) - 1), tag(firstTag(join + 1)));
    }
    return randomJoin(index, joins.at(join - rings + 1));
  }

  private FirewallRule randomJoin(int index, long join) {
    int ring = Apportionment.at(joinsBefore, join);
    long place = join - joinsBefore[ring];
    int source = firstTag(ring) + (int) (place / ends(ring));
    int dest = firstTag(ring + 1) + 1 + (int) (place % ends(ring));
    return rule(index, tag(source), tag(dest));
  }

  private String tag(int tag) {
    return "node-" + padded(tag, digits(tagCount()));
  }
}
