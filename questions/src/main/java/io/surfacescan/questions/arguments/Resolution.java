package io.surfacescan.questions.arguments;

import io.surfacescan.engine.VmGroup;
import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.List;

/// What a text that names VMs means in an environment. Everything is compared exactly.
public sealed interface Resolution {
  /// What an argument that names a group starts with.
  String GROUP_PREFIX = "tag:";

  /// The most VMs of one name that are listed.
  int CANDIDATES_MOST = 20;

  /// The VM or group that is meant.
  record Found(Subject subject) implements Resolution {}

  /// Several VMs have the name.
  ///
  /// @param candidates the first of them in the order of the input, at most [#CANDIDATES_MOST]
  /// @param more whether there are others
  record Ambiguous(String name, List<Integer> candidates, boolean more) implements Resolution {
    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }

  /// No VM is meant.
  ///
  /// @param text the id, name or tag, without the prefix of a group
  record Unknown(Kind kind, String text) implements Resolution {}

  /// What was looked for.
  enum Kind {
    ID,
    NAME,
    ID_OR_NAME,
    TAG
  }

  /// What an argument means, in this order: the VM with this id, the only VM with this name, the
  /// group `tag:NAME`.
  static Resolution ofArgument(Environment environment, String text) {
    var vm = ofIdOrName(environment, text);
    return vm instanceof Unknown && isGroup(text)
        ? ofTag(environment, text.substring(GROUP_PREFIX.length()))
        : vm;
  }

  /// The VM with this id, else the only one with this name.
  static Resolution ofIdOrName(Environment environment, String text) {
    var byId = ofId(environment, text);
    if (byId instanceof Found) {
      return byId;
    }
    var byName = ofName(environment, text);
    return byName instanceof Unknown ? new Unknown(Kind.ID_OR_NAME, text) : byName;
  }

  private static boolean isGroup(String text) {
    return text.startsWith(GROUP_PREFIX) && text.length() > GROUP_PREFIX.length();
  }

  /// The VM with this id.
  static Resolution ofId(Environment environment, String id) {
    var vm = environment.findVm(id);
    return vm.isPresent() ? new Found(new Subject.One(vm.getAsInt())) : new Unknown(Kind.ID, id);
  }

  /// The only VM with this name.
  static Resolution ofName(Environment environment, String name) {
    int[] vms = environment.vmsNamed(name, CANDIDATES_MOST + 1);
    return switch (vms.length) {
      case 0 -> new Unknown(Kind.NAME, name);
      case 1 -> new Found(new Subject.One(vms[0]));
      default ->
          new Ambiguous(
              name,
              Arrays.stream(vms).limit(CANDIDATES_MOST).boxed().toList(),
              vms.length > CANDIDATES_MOST);
    };
  }

  /// The VMs that carry this tag; a tag that none carries is as unknown as one that is not there.
  static Resolution ofTag(Environment environment, String tag) {
    var found = environment.findTag(tag);
    if (found.isPresent()) {
      var members = VmGroup.carrying(environment, found.getAsInt());
      if (members.size() > 0) {
        return new Found(new Subject.Group(tag, members));
      }
    }
    return new Unknown(Kind.TAG, tag);
  }
}
