package io.surfacescan.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The VMs of an [Environment] in columns, a row per VM in input order. Immutable.
///
/// The columns are known here and nowhere else: rows come by [Builder#add] and [Builder#addAll]. A
/// column that most inputs leave empty belongs here as a component that is null while no row has a
/// value.
///
/// @param ids each once
/// @param names the empty text for a VM without a name
/// @param unnamed the VMs without a name
/// @param listOfVm per VM, the number of its list in `tagLists`
/// @param tagLists the distinct lists of tags, each without duplicates, in the order of the input
/// @param details per VM, its details but for the addresses; null while none has any
/// @param addresses per VM, its addresses with spaces between them; null while none has any
record VmColumns(
    TextIndex ids,
    Later<Texts> names,
    Later<BitSet> unnamed,
    int[] listOfVm,
    IntLists tagLists,
    @Nullable Later<DetailColumn<VmDetails>> details,
    @Nullable Later<Texts> addresses) {
  /// Hands all columns over.
  void write(ColumnSink sink) {
    ids.write(sink, "vm.ids");
    names.get().write(sink, "vm.names");
    sink.longs("vm.unnamed", unnamed.get().toLongArray());
    sink.ints("vm.lists", listOfVm);
    tagLists.write(sink, "lists");
    if (details != null) {
      details.get().write(sink, "vm.details");
    }
    if (addresses != null) {
      addresses.get().write(sink, "vm.addresses");
    }
  }

  /// What [#write] handed over; texts and details are fetched when they are first needed.
  static VmColumns read(ColumnSource source) {
    return new VmColumns(
        TextIndex.read(source, "vm.ids"),
        Later.of(() -> Texts.read(source, "vm.names")),
        Later.of(() -> BitSet.valueOf(source.longs("vm.unnamed"))),
        source.ints("vm.lists"),
        IntLists.read(source, "lists"),
        DetailColumn.read(source, "vm.details", VmDetails.class),
        source.has("vm.addresses.ends")
            ? Later.of(() -> Texts.read(source, "vm.addresses"))
            : null);
  }

  int count() {
    return listOfVm.length;
  }

  Optional<String> name(int vm) {
    return unnamed.get().get(vm) ? Optional.empty() : Optional.of(names.get().get(vm));
  }

  VmDetails details(int vm) {
    var known = DetailColumn.get(details, vm, VmDetails.NONE);
    return addresses == null ? known : known.withAddresses(addresses(vm));
  }

  /// How many rows stand for addresses outside. Cost: a pass over the details, if any say so.
  int externalCount() {
    return details == null ? 0 : details.get().count(some -> some.kind().isExternal());
  }

  List<String> addresses(int vm) {
    String all = addresses == null || vm >= addresses.get().size() ? "" : addresses.get().get(vm);
    return all.isEmpty() ? List.of() : List.of(all.split(" "));
  }

  /// How many VMs carry each of so many tags. Cost: one pass over the VMs and one over the lists.
  int[] countByTag(int tagCount) {
    int[] vmsPerList = new int[tagLists.size()];
    for (int list : listOfVm) {
      vmsPerList[list]++;
    }
    int[] vmsPerTag = new int[tagCount];
    for (int list = 0; list < vmsPerList.length; list++) {
      for (int i = tagLists.start(list); i < tagLists.end(list); i++) {
        vmsPerTag[tagLists.value(i)] += vmsPerList[list];
      }
    }
    return vmsPerTag;
  }

  /// Whether both have the very same ids and tags in memory.
  @SuppressWarnings("ReferenceEquality") // Sharing is what is asked.
  boolean shareTagsWith(VmColumns other) {
    return ids == other.ids && listOfVm == other.listOfVm && tagLists == other.tagLists;
  }

  /// The same VMs with other tags.
  VmColumns withTagLists(int[] otherListOfVm, IntLists otherLists) {
    return new VmColumns(ids, names, unnamed, otherListOfVm, otherLists, details, addresses);
  }

  /// Collects rows. Not thread-safe.
  static final class Builder {
    private static final byte[] NO_BYTES = {};
    private static final int NO_LIST = -1;

    private final TextIndex.Builder ids = new TextIndex.Builder();
    private final Texts.Builder names = new Texts.Builder();
    private final BitSet unnamed = new BitSet();
    private int[] listOfVm = new int[16];
    private final IntLists.Builder tagLists = new IntLists.Builder();
    private final DetailColumn.Builder<VmDetails> details =
        new DetailColumn.Builder<>(VmDetails.NONE);
    private Texts.@Nullable Builder addresses;

    int count() {
      return ids.size();
    }

    String id(int vm) {
      return ids.get(vm);
    }

    int tagListOf(int vm) {
      return listOfVm[vm];
    }

    /// As [EnvironmentBuilder#addVm].
    int add(
        byte[] id,
        int idLength,
        byte @Nullable [] name,
        int nameLength,
        int[] carried,
        int carriedCount) {
      int vm = ids.add(id, 0, idLength);
      if (vm >= 0) {
        describe(vm, name, nameLength, tagLists.intern(carried, 0, carriedCount));
      }
      return vm;
    }

    /// As the other, for a VM with the very tags of another.
    int add(byte[] id, int idLength, byte @Nullable [] name, int nameLength, int tagList) {
      int vm = ids.add(id, 0, idLength);
      if (vm >= 0) {
        describe(vm, name, nameLength, tagList);
      }
      return vm;
    }

    /// As [EnvironmentBuilder#tags].
    void tags(int vm, int[] carried, int carriedCount) {
      listOfVm[vm] = tagLists.intern(carried, 0, carriedCount);
    }

    private void describe(int vm, byte @Nullable [] name, int nameLength, int tagList) {
      if (name == null) {
        unnamed.set(vm);
        names.add(NO_BYTES, 0, 0);
      } else {
        names.add(name, 0, nameLength);
      }
      listOfVm = Growth.room(listOfVm, vm + 1);
      listOfVm[vm] = tagList;
    }

    /// As [EnvironmentBuilder#details].
    void detail(int vm, VmDetails some) {
      details.set(vm, some.withAddresses(List.of()));
      if (some.addresses().isEmpty()) {
        return;
      }
      if (addresses == null) {
        addresses = new Texts.Builder();
      }
      if (addresses.size() > vm) {
        throw new IllegalArgumentException("a later VM has addresses already");
      }
      while (addresses.size() < vm) {
        addresses.add(NO_BYTES, 0, 0);
      }
      byte[] joined = Utf8.encode(String.join(" ", some.addresses()));
      addresses.add(joined, 0, joined.length);
    }

    private VmDetails detailsOf(int vm) {
      String all = addresses == null || vm >= addresses.size() ? "" : addresses.get(vm);
      return details.get(vm).withAddresses(all.isEmpty() ? List.of() : List.of(all.split(" ")));
    }

    /// Adds the rows of a part behind those here, but for VMs that are here already, and ends the
    /// part.
    ///
    /// @param tagOfPartTag per tag of the part, its number here
    void addAll(Builder part, int[] tagOfPartTag, EnvironmentBuilder.DuplicateListener duplicates) {
      int vm = count();
      int vmsOfPart = part.count();
      boolean hasDetails = !part.details.isEmpty() || part.addresses != null;
      BitSet leftOut = ids.addAll(part.ids, duplicates::duplicate);
      names.addAll(part.names.build(), leftOut);
      listOfVm = Growth.room(listOfVm, count());
      // A list is taken over with the first VM that has it: no list is left of VMs left out.
      int[] listOfPartList = new int[part.tagLists.size()];
      Arrays.fill(listOfPartList, NO_LIST);
      for (int i = 0; i < vmsOfPart; i++) {
        if (leftOut.get(i)) {
          continue;
        }
        int partList = part.listOfVm[i];
        if (listOfPartList[partList] == NO_LIST) {
          listOfPartList[partList] = addTagList(part.tagLists, partList, tagOfPartTag);
        }
        unnamed.set(vm, part.unnamed.get(i));
        if (hasDetails) {
          detail(vm, part.detailsOf(i));
        }
        listOfVm[vm++] = listOfPartList[partList];
      }
    }

    private int addTagList(IntLists.Builder partLists, int partList, int[] tagOfPartTag) {
      int[] carried = new int[partLists.end(partList) - partLists.start(partList)];
      for (int i = 0; i < carried.length; i++) {
        carried[i] = tagOfPartTag[partLists.value(partLists.start(partList) + i)];
      }
      return tagLists.intern(carried, 0, carried.length);
    }

    /// Ends this builder: it must not be used any more.
    VmColumns build() {
      int[] lists = Growth.trimmed(listOfVm, count());
      return new VmColumns(
          ids.build(),
          Later.known(names.build()),
          Later.known(unnamed),
          lists,
          tagLists.build(),
          details.build(),
          addresses == null ? null : Later.known(addresses.build()));
    }
  }
}
