package io.surfacescan.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// An environment as it would be after [Edits], beside the one it was made from, which stays as it
/// is.
///
/// VMs keep their indexes, and columns that do not change are shared. A VM that was removed keeps
/// its row but carries no tag, so that it neither attacks nor is attacked; that it is gone, and not
/// merely isolated, is said by [#removedVms] alone. Rules are numbered anew: those that are left in
/// their order, then those added. Tags keep their indexes; new ones follow.
///
/// @param after the environment with the edits
/// @param removedVms the VMs that are gone; not to be changed
/// @param removedRules the rules that are gone, as indexes in `before`, ascending
/// @param addedRules how many rules came; they are the last ones of `after`
/// @param removedTags the tags that VMs lost, without the VMs that are gone
/// @param addedTags the tags that VMs got and did not carry
/// @param carriedTags the tags to add that their VMs carried already: nothing came of them
public record EditedEnvironment(
    Environment before,
    Environment after,
    BitSet removedVms,
    List<Integer> removedRules,
    int addedRules,
    List<Edits.TagOfVm> removedTags,
    List<Edits.TagOfVm> addedTags,
    List<Edits.TagOfVm> carriedTags) {
  public EditedEnvironment {
    removedRules = List.copyOf(removedRules);
    removedTags = List.copyOf(removedTags);
    addedTags = List.copyOf(addedTags);
    carriedTags = List.copyOf(carriedTags);
  }

  /// Applies the edits. Cost: a look at every rule if rules go by id; copying the rules if rules
  /// change, and one pass over the VMs and their tag lists if VMs or tags of VMs do.
  ///
  /// @throws EditsRefused if the edits do not fit the environment
  public static EditedEnvironment of(Environment before, Edits edits) throws EditsRefused {
    return new Application(before, edits).run();
  }

  private static final class Application {
    private final Environment before;
    private final Edits edits;
    private final List<EditsRefused.Fault> faults = new ArrayList<>();
    private int faultCount;
    private final BitSet removedVms = new BitSet();
    private final BitSet removedRules = new BitSet();

    /// New tags, numbered behind those of the environment.
    private final Map<String, Integer> newTags = new HashMap<>();

    private final List<String> newTagTexts = new ArrayList<>();

    /// Per edited VM, the tags it will carry, in order.
    private final Map<Integer, Set<Integer>> carried = new TreeMap<>();

    private final List<Edits.TagOfVm> removedTags = new ArrayList<>();
    private final List<Edits.TagOfVm> addedTags = new ArrayList<>();
    private final List<Edits.TagOfVm> carriedTags = new ArrayList<>();

    Application(Environment before, Edits edits) {
      this.before = before;
      this.edits = edits;
    }

    EditedEnvironment run() throws EditsRefused {
      findRemovedRules();
      findRemovedVms();
      checkContradictions();
      removeTags();
      addTags();
      int[] added = addedRuleTags();
      if (faultCount > 0) {
        throw new EditsRefused(faults, faultCount);
      }
      var after = before.withTags(newTagTexts);
      if (!carried.isEmpty() || !removedVms.isEmpty()) {
        after = withCarried(after);
      }
      if (!removedRules.isEmpty() || added.length > 0) {
        after = after.withRules(removedRules, edits.addedRules(), added);
      }
      return new EditedEnvironment(
          before,
          after,
          removedVms,
          removedRules.stream().boxed().toList(),
          edits.addedRules().size(),
          removedTags,
          addedTags,
          carriedTags);
    }

    private void fault(EditsRefused.Kind kind, String named, String what) {
      faultCount++;
      if (faults.size() < EditsRefused.LISTED_MOST) {
        faults.add(new EditsRefused.Fault(kind, named, what));
      }
    }

    private void findRemovedRules() {
      if (edits.removedRules().isEmpty()) {
        return;
      }
      var ids = new HashMap<String, Boolean>();
      var pairs = new HashMap<Long, Boolean>();
      for (var name : edits.removedRules()) {
        switch (name) {
          case Edits.RuleName.WithId(String id) -> ids.put(id, false);
          case Edits.RuleName.WithTags(String source, String dest) ->
              pair(source, dest).ifPresent(pair -> pairs.put(pair, false));
        }
      }
      for (int rule = 0; rule < before.ruleCount(); rule++) {
        boolean byId =
            !ids.isEmpty()
                && before.hasRuleId(rule)
                && ids.replace(before.ruleIds().get(rule), true) != null;
        boolean byTags =
            !pairs.isEmpty()
                && pairs.replace(pair(before.sourceTag(rule), before.destTag(rule)), true) != null;
        removedRules.set(rule, byId || byTags);
      }
      for (var name : edits.removedRules()) {
        switch (name) {
          case Edits.RuleName.WithId(String id) -> {
            if (!ids.getOrDefault(id, false)) {
              fault(EditsRefused.Kind.UNKNOWN_RULE, id, "no rule has this id");
            }
          }
          case Edits.RuleName.WithTags(String source, String dest) -> {
            if (!pair(source, dest).map(pairs::get).orElse(false)) {
              fault(
                  EditsRefused.Kind.UNKNOWN_RULE,
                  source + " -> " + dest,
                  "no rule leads from the one tag to the other");
            }
          }
        }
      }
    }

    private Optional<Long> pair(String source, String dest) {
      var sourceTag = before.findTag(source);
      var destTag = before.findTag(dest);
      return sourceTag.isPresent() && destTag.isPresent()
          ? Optional.of(pair(sourceTag.getAsInt(), destTag.getAsInt()))
          : Optional.empty();
    }

    private static long pair(int source, int dest) {
      return (long) source << 32 | dest;
    }

    private void findRemovedVms() {
      for (String id : edits.removedVms()) {
        findVm(id).ifPresent(removedVms::set);
      }
    }

    private OptionalInt findVm(String id) {
      var vm = before.findVm(id);
      if (vm.isEmpty()) {
        fault(EditsRefused.Kind.UNKNOWN_VM, id, "no VM has this id");
      }
      return vm;
    }

    private void checkContradictions() {
      var removed = Set.copyOf(edits.removedTags());
      for (var added : new LinkedHashSet<>(edits.addedTags())) {
        if (removed.contains(added)) {
          fault(
              EditsRefused.Kind.CONTRADICTION,
              added.vmId(),
              "one tag is both added to this VM and removed from it");
        }
      }
      var gone = Set.copyOf(edits.removedVms());
      for (var edited : List.of(edits.removedTags(), edits.addedTags())) {
        for (var tag : edited) {
          if (gone.contains(tag.vmId())) {
            fault(
                EditsRefused.Kind.CONTRADICTION,
                tag.vmId(),
                "this VM is removed, and its tags are edited");
          }
        }
      }
    }

    private Set<Integer> carriedBy(int vm) {
      return carried.computeIfAbsent(
          vm,
          ignored -> {
            var lists = before.tagLists();
            int list = before.tagListOf(vm);
            var tags = new LinkedHashSet<Integer>();
            for (int i = lists.start(list); i < lists.end(list); i++) {
              tags.add(lists.value(i));
            }
            return tags;
          });
    }

    private void removeTags() {
      for (var removed : new LinkedHashSet<>(edits.removedTags())) {
        var vm = findVm(removed.vmId());
        if (vm.isEmpty()) {
          continue;
        }
        var tag = before.findTag(removed.tag());
        if (tag.isEmpty() || !carriedBy(vm.getAsInt()).remove(tag.getAsInt())) {
          fault(
              EditsRefused.Kind.TAG_NOT_CARRIED,
              removed.tag(),
              "the VM that is to lose this tag does not carry it");
        }
        removedTags.add(removed);
      }
    }

    private void addTags() {
      for (var added : new LinkedHashSet<>(edits.addedTags())) {
        var vm = findVm(added.vmId());
        int tag = tag(added.tag());
        if (vm.isPresent() && tag >= 0) {
          boolean isNew = carriedBy(vm.getAsInt()).add(tag);
          (isNew ? addedTags : carriedTags).add(added);
        }
      }
    }

    private int[] addedRuleTags() {
      int[] tags = new int[2 * edits.addedRules().size()];
      int length = 0;
      for (var rule : edits.addedRules()) {
        rule.id().ifPresent(this::checkText);
        tags[length++] = tag(rule.sourceTag());
        tags[length++] = tag(rule.destTag());
      }
      return tags;
    }

    /// The index of a tag, which is numbered now if it is new, or -1 if it cannot be one.
    private int tag(String text) {
      var known = before.findTag(text);
      if (known.isPresent()) {
        return known.getAsInt();
      }
      if (text.isEmpty()) {
        fault(EditsRefused.Kind.INVALID_TEXT, text, "a tag is empty");
        return -1;
      }
      if (!checkText(text)) {
        return -1;
      }
      return newTags.computeIfAbsent(
          text,
          ignored -> {
            newTagTexts.add(text);
            return before.tagCount() + newTagTexts.size() - 1;
          });
    }

    private boolean checkText(String text) {
      boolean valid = !Utf8.hasLoneSurrogate(text);
      if (!valid) {
        fault(EditsRefused.Kind.INVALID_TEXT, text, "a text has a lone surrogate");
      }
      return valid;
    }

    private Environment withCarried(Environment environment) {
      for (int vm = removedVms.nextSetBit(0); vm >= 0; vm = removedVms.nextSetBit(vm + 1)) {
        carried.put(vm, Set.of());
      }
      var old = before.tagLists();
      int[] vmsPerList = new int[old.size()];
      for (int vm = 0; vm < before.vmCount(); vm++) {
        vmsPerList[before.tagListOf(vm)]++;
      }
      carried.keySet().forEach(vm -> vmsPerList[before.tagListOf(vm)]--);
      // A list that no VM has any more must go: a walk over the lists takes each for a VM's.
      var lists = new IntLists.Builder();
      int[] renumbered = new int[old.size()];
      for (int list = 0; list < old.size(); list++) {
        renumbered[list] = vmsPerList[list] > 0 ? lists.intern(old, list) : -1;
      }
      int[] listOfVm = new int[before.vmCount()];
      Arrays.setAll(listOfVm, vm -> renumbered[before.tagListOf(vm)]);
      carried.forEach((vm, tags) -> {
        int[] list = tags.stream().mapToInt(Integer::intValue).toArray();
        listOfVm[vm] = lists.intern(list, 0, list.length);
      });
      return environment.withTagLists(listOfVm, lists.build());
    }
  }
}
