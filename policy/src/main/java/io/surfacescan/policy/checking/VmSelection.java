package io.surfacescan.policy.checking;

import io.surfacescan.model.Environment;
import io.surfacescan.model.VmKind;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.Selector;
import io.surfacescan.policy.Wildcards;
import io.surfacescan.questions.arguments.Nearest;
import io.surfacescan.text.EditDistance;
import io.surfacescan.text.TerminalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which VMs the selectors of a policy pick. Each selector and each list of them is answered once;
/// tags by an index that costs one pass over the VMs.
///
/// The sets are shared and not to be changed. Not thread-safe.
final class VmSelection {
  /// How long near names are looked for.
  private static final long NEAR_NANOS_MOST = 200_000_000L;

  private static final int NEAR_EDITS = 3;
  private static final int NEAR_WORDS_MOST = 10_000;
  private static final int NAMED_MOST = 10;

  private final Environment environment;
  private final Map<String, BitSet> known = new HashMap<>();
  private final Map<List<String>, BitSet> unions = new HashMap<>();
  private final List<PolicyProblem> problems = new ArrayList<>();
  private final BitSet inside;
  private final BitSet outside;
  private final BitSet internet = new BitSet();
  private @Nullable VmsByTag byTag;

  VmSelection(Environment environment) {
    this.environment = environment;
    inside = where(vm -> !environment.vmKind(vm).isExternal());
    outside = where(vm -> environment.vmKind(vm) == VmKind.EXTERNAL);
    Arrays.stream(environment.internet()).forEach(internet::set);
  }

  /// What is wrong with the selectors so far.
  List<PolicyProblem> problems() {
    return problems;
  }

  /// Whether the environment has what stands for the addresses outside.
  boolean hasInternet() {
    return !internet.isEmpty();
  }

  /// The VMs that one of the selectors picks; one that picks none is a problem.
  ///
  /// @param mayBeEmpty whether that is accepted
  BitSet of(List<Selector> selectors, boolean mayBeEmpty) {
    var sets = new ArrayList<BitSet>();
    for (var selector : selectors) {
      var picked = known.computeIfAbsent(selector.text(), absent -> pick(selector));
      if (picked.isEmpty() && !mayBeEmpty && !isReported(selector)) {
        problems.add(
            new PolicyProblem(
                selector.place(),
                "`" + TerminalText.plain(selector.text()) + "` picks no VM",
                remedy(selector)));
      }
      sets.add(picked);
    }
    return sets.size() == 1
        ? sets.getFirst()
        : unions.computeIfAbsent(
            selectors.stream().map(Selector::text).toList(), absent -> union(sets));
  }

  private static BitSet union(List<BitSet> sets) {
    var all = new BitSet();
    sets.forEach(all::or);
    return all;
  }

  private boolean isReported(Selector selector) {
    return problems.stream().anyMatch(problem -> problem.place().equals(selector.place()));
  }

  /// Every VM but those that stand for addresses outside.
  BitSet inside() {
    return inside;
  }

  /// The sources outside.
  BitSet outside() {
    return outside;
  }

  /// What stands for the addresses outside that no rule tells apart, of both versions of IP; none
  /// if the input has none.
  BitSet internet() {
    return internet;
  }

  private BitSet pick(Selector selector) {
    var like = Wildcards.like(selector.value());
    return switch (selector.kind()) {
      case INTERNET -> internet;
      case ANY -> inside;
      case ID -> one(environment.findVm(selector.value()).orElse(-1));
      case VM -> vm(selector);
      case NAME ->
          Wildcards.has(selector.value())
              ? where(vm -> environment.vmName(vm).filter(like).isPresent())
              : of(environment.vmsNamed(selector.value(), Integer.MAX_VALUE));
      case TAG -> tag(selector.value());
      case KIND ->
          VmKind.ofCode(selector.value())
              .map(kind -> where(vm -> environment.vmKind(vm) == kind))
              .orElseGet(BitSet::new);
      case SCOPE -> where(vm -> environment.vmScope(vm).filter(like).isPresent());
      case LABEL -> label(selector.value());
    };
  }

  private BitSet vm(Selector selector) {
    var byId = environment.findVm(selector.value());
    if (byId.isPresent()) {
      return one(byId.getAsInt());
    }
    int[] named = environment.vmsNamed(selector.value(), NAMED_MOST);
    if (named.length > 1) {
      problems.add(
          new PolicyProblem(
              selector.place(),
              "several VMs have the name `" + TerminalText.plain(selector.value()) + "`",
              "write name:" + TerminalText.plain(selector.value()) + " for all of them, or an id"));
    }
    return of(named);
  }

  private BitSet tag(String value) {
    var index = byTag == null ? new VmsByTag(environment) : byTag;
    byTag = index;
    var vms = new BitSet(environment.vmCount());
    if (Wildcards.has(value)) {
      var like = Wildcards.like(value);
      for (int tag = 0; tag < environment.tagCount(); tag++) {
        if (like.test(environment.tag(tag))) {
          index.addTo(vms, tag);
        }
      }
    } else {
      environment.findTag(value).ifPresent(tag -> index.addTo(vms, tag));
    }
    return vms;
  }

  private BitSet label(String value) {
    var like = Wildcards.like(value.indexOf('=') < 0 ? value + "=*" : value);
    // VMs with the same details share one list of labels.
    var answers = new IdentityHashMap<List<String>, Boolean>();
    return where(vm ->
        answers.computeIfAbsent(
            environment.vmLabels(vm), labels -> labels.stream().anyMatch(like)));
  }

  private BitSet where(IntPredicate picked) {
    var vms = new BitSet(environment.vmCount());
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      vms.set(vm, picked.test(vm));
    }
    return vms;
  }

  private static BitSet one(int vm) {
    return vm < 0 ? new BitSet() : of(new int[] {vm});
  }

  private static BitSet of(int[] vms) {
    var set = new BitSet();
    Arrays.stream(vms).forEach(set::set);
    return set;
  }

  private String remedy(Selector selector) {
    var near = near(selector);
    String hint =
        near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? Or correct it, or ";
    String start = hint.isEmpty() ? "correct it, or " : hint;
    return selector.kind() == Selector.Kind.INTERNET
        ? "this input has no such VM, as exports have; write may_be_empty: true if that is right"
        : start + "write may_be_empty: true in the rule if that is right";
  }

  private List<String> near(Selector selector) {
    long end = System.nanoTime() + NEAR_NANOS_MOST;
    String value = selector.value();
    return switch (selector.kind()) {
      case VM, ID, NAME ->
          Nearest.vms(environment, value, () -> () -> System.nanoTime() - end < 0).stream()
              .map(environment::vmId)
              .map(TerminalText::plain)
              .toList();
      case TAG ->
          Nearest.tags(environment, value, () -> System.nanoTime() - end < 0).stream()
              .map(tag -> "tag:" + TerminalText.plain(tag))
              .toList();
      case KIND -> nearest("kind:", value, Arrays.stream(VmKind.values()).map(VmKind::code));
      case SCOPE -> nearest("scope:", value, scopes());
      case LABEL -> nearest("label:", value, labels());
      case INTERNET, ANY -> List.of();
    };
  }

  private Stream<String> scopes() {
    return vms().flatMap(vm -> environment.vmScope(vm).stream());
  }

  private Stream<String> labels() {
    return vms().flatMap(vm -> environment.vmLabels(vm).stream());
  }

  private Stream<Integer> vms() {
    return Stream.iterate(0, vm -> vm < environment.vmCount(), vm -> vm + 1);
  }

  private static List<String> nearest(String prefix, String value, Stream<String> words) {
    var distinct = new TreeSet<String>();
    words.takeWhile(ignored -> distinct.size() < NEAR_WORDS_MOST).forEach(distinct::add);
    Optional<String> best =
        distinct.stream()
            .filter(word -> distance(word, value) <= NEAR_EDITS)
            .min(Comparator.comparingInt(word -> distance(word, value)));
    return best.map(word -> prefix + TerminalText.plain(word)).stream().toList();
  }

  private static int distance(String word, String value) {
    return EditDistance.of(word.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT));
  }
}
