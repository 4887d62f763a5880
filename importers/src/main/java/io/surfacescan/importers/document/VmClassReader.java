package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.INVALID_VALUE;
import static io.surfacescan.model.ProblemKind.UNTAGGED_VM;

import io.surfacescan.importers.document.DocumentClasses.VmClass;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Utf8Stream;
import io.surfacescan.importers.json.Utf8Text;
import io.surfacescan.model.EnvironmentBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads which classes VMs are of, and gives them their tags. Classes may stand behind the VMs:
/// then the VMs get their tags at the end of the document.
final class VmClassReader {
  private static final int[] NO_TAGS = {};

  private final JsonCursor json;
  private final DetailReader texts;
  private final EnvironmentBuilder environment;

  /// Whether another reader reads the classes, which is to be waited for.
  private final boolean waits;

  private DocumentClasses classes = new DocumentClasses();

  /// The lists of classes that were met before, by the bytes of their names.
  private KnownLists lists = new KnownLists();

  private boolean hasLists;

  /// The list without tags, once it is known.
  private int emptyList = KnownLists.UNKNOWN;

  /// What the VM at hand names: a list, or a class, or a class that may stand behind it.
  private int list;

  private Optional<VmClass> vmClass = Optional.empty();
  private Optional<String> unknown = Optional.empty();
  private SourceOffset spot = SourceOffset.whole(0);
  private byte @Nullable [] written;

  /// A VM whose class has not been read.
  private record Pending(int vm, String vmClass, SourceOffset spot) {}

  private final List<Pending> pending = new ArrayList<>();

  VmClassReader(
      JsonCursor json, DetailReader texts, EnvironmentBuilder environment, boolean waits) {
    this.json = json;
    this.texts = texts;
    this.environment = environment;
    this.waits = waits;
  }

  void startDocument(DocumentClasses ofDocument) {
    classes = ofDocument;
    if (hasLists) {
      hasLists = false;
      lists = new KnownLists();
    }
  }

  /// Reads the class of the VM at hand.
  ///
  /// @return whether it is known to have no tags
  boolean read(JsonToken value) {
    vmClass = Optional.empty();
    unknown = Optional.empty();
    written = null;
    spot = json.spot();
    list = knownList(value);
    if (list != KnownLists.UNKNOWN) {
      return list == emptyList;
    }
    var name = texts.text(value, "class");
    if (name.isPresent()) {
      if (waits && !classes.isComplete()) {
        classes.await();
      }
      vmClass = classes.use(name.get());
      unknown = vmClass.isPresent() ? Optional.empty() : name;
    }
    return vmClass.isPresent() && vmClass.get().tags().length == 0;
  }

  private int knownList(JsonToken value) {
    Utf8Stream stream = json.stream();
    int from = value == JsonToken.VALUE_STRING ? stream.inWindow(json.offset()) : -1;
    int end = from < 0 ? -1 : stream.endOfPlainString(from + 1);
    if (end < 0) {
      return KnownLists.UNKNOWN;
    }
    int found = lists.find(stream.window(), from, end);
    if (found == KnownLists.UNKNOWN && lists.takes(end - from)) {
      written = Arrays.copyOfRange(stream.window(), from, end);
    }
    return found;
  }

  /// Adds the VM at hand, as [EnvironmentBuilder#addVm] does.
  int addVm(Utf8Text id, byte @Nullable [] name, int nameLength) {
    if (list != KnownLists.UNKNOWN) {
      return environment.addVm(id.bytes(), id.length(), name, nameLength, list);
    }
    if (unknown.isPresent()) {
      int vm =
          environment.addVm(
              id.bytes(), id.length(), name, nameLength, EnvironmentBuilder.TAGS_TO_COME);
      if (vm >= 0) {
        pending.add(new Pending(vm, unknown.get(), spot));
      }
      return vm;
    }
    int[] tags = vmClass.map(this::tags).orElse(NO_TAGS);
    int vm = environment.addVm(id.bytes(), id.length(), name, nameLength, tags, tags.length);
    if (vm >= 0 && written != null && vmClass.isPresent()) {
      hasLists = true;
      lists.add(written, environment.tagListOf(vm));
      emptyList = tags.length == 0 ? environment.tagListOf(vm) : emptyList;
    }
    return vm;
  }

  private int[] tags(VmClass some) {
    return Arrays.stream(some.tags())
        .mapToInt(tag -> environment.tag(tag, 0, tag.length))
        .toArray();
  }

  /// Gives the VMs whose classes stood behind them their tags.
  ///
  /// @param isWhole whether the document was read to its end: else a class may stand in the rest
  void endDocument(boolean isWhole) {
    for (Pending each : pending) {
      var found = classes.use(each.vmClass);
      int[] tags = found.map(this::tags).orElse(NO_TAGS);
      environment.tags(each.vm, tags, tags.length);
      if (isWhole && found.isEmpty()) {
        tellUnknown(each);
      } else if (isWhole && tags.length == 0) {
        json.problems()
            .add(
                UNTAGGED_VM,
                "tags",
                each.spot,
                () -> VmReader.untagged("the VM " + Quoted.value(environment.vmId(each.vm))),
                VmReader.ADD_TAGS);
      }
    }
    pending.clear();
  }

  private void tellUnknown(Pending some) {
    json.problems()
        .add(
            INVALID_VALUE,
            "class " + some.vmClass,
            some.spot,
            () -> "no class of the document has the class_id " + Quoted.value(some.vmClass),
            classes
                .near(some.vmClass)
                .map(near -> "did you mean " + Quoted.value(near) + "?")
                .orElse("add it to the list classes, as {\"class_id\": …, \"tags\": […]}"));
  }
}
