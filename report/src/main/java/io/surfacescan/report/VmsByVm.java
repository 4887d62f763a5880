package io.surfacescan.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The attack surfaces, or the blast radii, of several VMs, in the order in which they were asked
/// for.
///
/// JSON is an array of `{"vm_id", "attackers": […]}` (`victims` for blast radii), NDJSON one of
/// these objects a line. CSV has a row per VM and attacker, so that a VM without attackers has
/// none. Text has a heading per VM and an empty line between VMs.
///
/// @param vms the VMs asked about
/// @param lists for each of them, what is listed
public record VmsByVm(IdArena ids, FirstHops.Way way, List<Integer> vms, List<VmSequence> lists)
    implements Document {
  public VmsByVm {
    vms = List.copyOf(vms);
    lists = List.copyOf(lists);
    if (vms.size() != lists.size()) {
      throw new IllegalArgumentException(lists.size() + " lists for " + vms.size() + " VMs");
    }
  }

  private String listed() {
    return switch (way) {
      case ATTACKERS -> "attackers";
      case VICTIMS -> "victims";
    };
  }

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    switch (format) {
      case JSON -> writeJson(out);
      case NDJSON -> {
        for (int i = 0; i < vms.size(); i++) {
          writeObject(out, i);
          out.write('\n');
        }
      }
      case CSV -> writeCsv(out);
      case TEXT -> writeText(out);
    }
  }

  private void writeJson(OutputStream out) throws IOException {
    out.write('[');
    for (int i = 0; i < vms.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      writeObject(out, i);
    }
    out.write(']');
  }

  private void writeObject(OutputStream out, int i) throws IOException {
    out.write("{\"vm_id\":".getBytes(StandardCharsets.UTF_8));
    Json.write(out, json -> json.writeString(ids.graph().environment().vmId(vms.get(i))));
    out.write((",\"" + listed() + "\":").getBytes(StandardCharsets.UTF_8));
    writeIds(out, lists.get(i), Format.JSON);
    out.write('}');
  }

  /// The very bytes of [VmIds].
  private void writeIds(OutputStream out, VmSequence list, Format format) throws IOException {
    if (list instanceof VmSequence.InEngineOrder(var _, var ranks)) {
      VmIds.of(ids, ranks, format).writeTo(out);
    } else {
      new SortedVmIds(ids.graph().environment(), list).write(out, format);
    }
  }

  private void writeCsv(OutputStream out) throws IOException {
    var texts = ids.graph().environment().vmIds();
    var rows = new TextLines(out);
    rows.field(way == FirstHops.Way.ATTACKERS ? "target_vm_id" : "source_vm_id");
    rows.field("vm_id").end();
    try {
      for (int i = 0; i < vms.size(); i++) {
        int asked = vms.get(i);
        lists.get(i).forEach(vm -> Listing.end(rows.field(texts, asked).field(texts, vm)));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    rows.flush();
  }

  private void writeText(OutputStream out) throws IOException {
    for (int i = 0; i < vms.size(); i++) {
      var heading = new TextLines(out);
      if (i > 0) {
        heading.end();
      }
      heading.text(ids.graph().environment().vmIds(), vms.get(i));
      int count = lists.get(i).size();
      heading.words(
          switch (count) {
            case 0 -> ": no " + listed();
            case 1 -> ": 1 " + listed().substring(0, listed().length() - 1);
            default -> ": " + count + " " + listed();
          });
      heading.end();
      heading.flush();
      writeIds(out, lists.get(i), Format.TEXT);
    }
  }
}
