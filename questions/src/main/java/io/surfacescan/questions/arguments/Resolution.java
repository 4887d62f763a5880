package io.surfacescan.questions.arguments;

import io.surfacescan.engine.VmGroup;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.arguments.Parameter.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// What a text that names VMs means in an environment. Everything is compared exactly.
public sealed interface Resolution {
  /// What an argument that names a group starts with.
  String GROUP_PREFIX = "tag:";

  /// The most VMs of one name that are listed.
  int CANDIDATES_MOST = 20;

  /// The VM or group that is meant.
  record Found(Subject subject) implements Resolution {}

  /// Several VMs have the name or the address.
  ///
  /// @param kind [Kind#NAME] or [Kind#ADDRESS]
  /// @param text the name or address
  /// @param candidates the first of them in the order of the input, at most [#CANDIDATES_MOST]
  /// @param more whether there are others
  record Ambiguous(Kind kind, String text, List<Integer> candidates, boolean more)
      implements Resolution {
    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }

  /// No VM is meant.
  ///
  /// @param text the id, name, tag or address, without the prefix of a group
  record Unknown(Kind kind, String text) implements Resolution {}

  /// What was looked for.
  enum Kind {
    ID,
    NAME,
    ID_OR_NAME,
    TAG,
    ADDRESS
  }

  /// What an argument means, in this order: the VM with this id, the only VM with this name, the
  /// group `tag:NAME`, what has this IP address.
  static Resolution ofArgument(Environment environment, String text, Role role) {
    var vm = ofIdOrName(environment, text);
    if (vm instanceof Unknown && isGroup(text)) {
      return ofTag(environment, text.substring(GROUP_PREFIX.length()));
    }
    return orAddress(vm, environment, text, role);
  }

  /// Of what is no VM by its id or name, the one with this IP address.
  static Resolution orAddress(Resolution found, Environment environment, String text, Role role) {
    if (!(found instanceof Unknown)) {
      return found;
    }
    var address =
        environment.hasVmDetails()
            ? AddressRange.parse(text).filter(AddressRange::isOne)
            : Optional.<AddressRange>empty();
    return address.map(one -> ofAddress(environment, one, text, role)).orElse(found);
  }

  /// The VM that is known by an address; else what stands for the address outside.
  private static Resolution ofAddress(
      Environment environment, AddressRange address, String text, Role role) {
    var kinds = new ArrayList<IntPredicate>();
    kinds.add(vm -> !environment.vmKind(vm).isExternal());
    for (var kind : role.outside()) {
      kinds.add(vm -> environment.vmKind(vm) == kind);
    }
    for (var kind : kinds) {
      int[] vms = environment.vmsAt(address, kind, CANDIDATES_MOST + 1);
      if (vms.length > 0) {
        return one(Kind.ADDRESS, text, vms);
      }
    }
    return Arrays.stream(environment.internet())
        .filter(vm -> environment.vmDetails(vm).addresses().isEmpty())
        .mapToObj(vm -> (Resolution) new Found(new Subject.One(vm)))
        .findFirst()
        .orElse(new Unknown(Kind.ADDRESS, text));
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
    return one(Kind.NAME, name, environment.vmsNamed(name, CANDIDATES_MOST + 1));
  }

  /// The only one of some VMs.
  private static Resolution one(Kind kind, String text, int[] vms) {
    return switch (vms.length) {
      case 0 -> new Unknown(kind, text);
      case 1 -> new Found(new Subject.One(vms[0]));
      default ->
          new Ambiguous(
              kind,
              text,
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
