package io.surfacescan.service.answers;

import io.surfacescan.questions.Resolution;
import io.surfacescan.questions.Subject;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The parameters that name one VM, of which a request gives one: by its id, by its name or, where
/// a group may be asked about, by a tag of all its VMs.
record VmParameter(String id, String name, Optional<String> tag) {
  static final VmParameter VM = new VmParameter("vm_id", "name", Optional.empty());
  static final VmParameter VM_OR_GROUP = new VmParameter("vm_id", "name", Optional.of("tag"));
  static final VmParameter FROM = new VmParameter("from", "from_name", Optional.of("from_tag"));
  static final VmParameter TO = new VmParameter("to", "to_name", Optional.of("to_tag"));
  static final VmParameter VIA = new VmParameter("via", "via_name", Optional.empty());

  /// The names of these parameters and others.
  static Set<String> names(Collection<VmParameter> vms, String... others) {
    var names = new LinkedHashSet<String>(Arrays.asList(others));
    vms.forEach(vm -> names.addAll(vm.all()));
    return Set.copyOf(names);
  }

  private List<String> all() {
    var all = new ArrayList<>(List.of(id, name));
    tag.ifPresent(all::add);
    return all;
  }

  boolean isGiven(Query query) {
    return all().stream().anyMatch(query::has);
  }

  /// Refuses a request that does not name the VM, or names it in two ways.
  void check(Query query) throws Refusal {
    var given = all().stream().filter(query::has).toList();
    if (given.size() > 1) {
      throw new Refusal(
          Refusal.Kind.INVALID_PARAMETER,
          "The parameters " + String.join(" and ", given) + " name one thing; give one of them.");
    }
    var _ = query.required(given.isEmpty() ? id : given.getFirst());
  }

  /// What is named.
  ///
  /// @throws Refusal if that is no VM, or several
  Subject subject(QuestionRequest asked) throws Refusal {
    var query = asked.query();
    check(query);
    var environment = asked.generation().environment();
    if (query.has(name)) {
      return asked.found(Resolution.ofName(environment, query.required(name)));
    }
    if (tag.isPresent() && query.has(tag.get())) {
      return asked.found(Resolution.ofTag(environment, query.required(tag.get())));
    }
    return asked.found(Resolution.ofId(environment, query.required(id)));
  }

  /// The VM named, where no group may be.
  int vm(QuestionRequest asked) throws Refusal {
    return switch (subject(asked)) {
      case Subject.One(int vm) -> vm;
      case Subject.Group group ->
          throw new IllegalStateException(group.argument() + " where no group may be");
    };
  }
}
