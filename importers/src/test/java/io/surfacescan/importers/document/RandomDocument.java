package io.surfacescan.importers.document;

import io.surfacescan.testkit.OddTexts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Valid documents that try every freedom JSON leaves: order of keys, white space, escapes, unknown
/// keys; with texts and unknown values that look like the seam between two elements.
public final class RandomDocument {
  /// Texts that a careless cut would take for structure.
  private static final List<String> SEAMS =
      List.of(
          "},{\"vm_id\":\"",
          "\"},{\"vm_id\":\"x\",\"tags\":[]},{\"vm_id\":\"y",
          "}],\"fw_rules\":[{\"fw_id\":\"",
          "\\\"},\n {\"source_tag\":\"",
          "}\\",
          "\\},{\"tags\":[");

  private final Random random;

  /// How often an element is made faulty, between 0 and 1.
  private final double faults;

  private RandomDocument(Random random, double faults) {
    this.random = random;
    this.faults = faults;
  }

  /// A document that is accepted: without errors, with some warnings.
  public static String of(long seed) {
    return of(seed, 0);
  }

  static String of(long seed, double faults) {
    return new RandomDocument(new Random(seed), faults).document();
  }

  private String document() {
    var members = new ArrayList<String>();
    int which = random.nextInt(8);
    members.add(member("vms", list(which == 0 ? 0 : random.nextInt(30), this::vm)));
    members.add(member("fw_rules", list(which == 1 ? 0 : random.nextInt(12), this::rule)));
    for (int i = 0; chance(0.25) && i < 4; i++) {
      // A list of VMs would be taken for a misspelt one.
      var held = new ArrayList<>(List.of(member("held", value(0))));
      members.add(member("x" + i + (chance(0.2) ? odd() : ""), object(held)));
    }
    return space() + object(members) + space();
  }

  private int vms;

  private String vm() {
    var members = new ArrayList<String>();
    members.add(member("vm_id", text("vm-" + vms++ + (chance(0.3) ? ";" + odd() : ""))));
    members.add(member("tags", list(random.nextInt(5), () -> text(tag()))));
    if (chance(0.8)) {
      members.add(member("name", chance(0.1) ? "null" : text(chance(0.5) ? odd() : "n")));
    }
    unknownMembers(members);
    return chance(faults) ? faulty(members) : object(members);
  }

  private String rule() {
    var members = new ArrayList<String>();
    members.add(member("source_tag", text(tag())));
    members.add(member("dest_tag", text(tag())));
    if (chance(0.8)) {
      members.add(member("fw_id", text("fw-" + random.nextInt(40) + (chance(0.3) ? odd() : ""))));
    }
    unknownMembers(members);
    return chance(faults) ? faulty(members) : object(members);
  }

  private String faulty(List<String> members) {
    return switch (random.nextInt(5)) {
      case 0 -> object(members.subList(1, members.size()));
      case 1 -> {
        members.add(members.getFirst());
        yield object(members);
      }
      case 2 -> "7";
      case 3 -> {
        members.set(1, member(chance(0.5) ? "tags" : "dest_tag", "42"));
        yield object(members);
      }
      default -> {
        vms--;
        yield object(members);
      }
    };
  }

  private String tag() {
    return chance(0.2) ? odd() : "t" + random.nextInt(8);
  }

  private String odd() {
    return chance(0.3) ? SEAMS.get(random.nextInt(SEAMS.size())) : OddTexts.of(random);
  }

  private void unknownMembers(List<String> members) {
    for (int i = 0; chance(0.25) && i < 4; i++) {
      members.add(member("x" + i + (chance(0.2) ? odd() : ""), value(0)));
    }
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 3 ? 5 : 8)) {
      case 0 -> text(odd());
      case 1 -> chance(0.5) ? "true" : "false";
      case 2 -> "null";
      case 3 -> Integer.toString(random.nextInt());
      case 4 -> Double.toString(random.nextGaussian() * 1e30);
      case 5 -> list(random.nextInt(4), () -> value(depth + 1));
      case 6 ->
          list(
              random.nextInt(4),
              () ->
                  object(
                      new ArrayList<>(
                          List.of(
                              member("vm_id", text("inner")), member("tags", value(depth + 2))))));
      default -> {
        var members = new ArrayList<String>();
        for (String key : List.of("vms", "a", "fw_rules", "b")) {
          if (chance(0.4)) {
            members.add(member(key, value(depth + 1)));
          }
        }
        yield object(members);
      }
    };
  }

  private String member(String key, String value) {
    return text(key) + space() + ":" + space() + value;
  }

  private String object(List<String> members) {
    Collections.shuffle(members, random);
    return "{" + space() + String.join("," + space(), members) + space() + "}" + space();
  }

  private String list(int count, Supplier<String> element) {
    var elements = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      elements.add(element.get());
    }
    return "[" + space() + String.join(space() + "," + space(), elements) + space() + "]";
  }

  private String text(String text) {
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean mustEscape = unit < ' ' || unit == '"' || unit == '\\';
      if (mustEscape && chance(0.5) && "\"\\".indexOf(unit) >= 0) {
        json.append('\\').append(unit);
      } else if (mustEscape || (chance(0.1) && !Character.isSurrogate(unit))) {
        json.append((chance(0.5) ? "\\u%04x" : "\\u%04X").formatted((int) unit));
      } else if (unit == '/' && chance(0.5)) {
        json.append("\\/");
      } else {
        json.append(unit);
      }
    }
    return json.append('"').toString();
  }

  private String space() {
    return switch (random.nextInt(8)) {
      case 0 -> " ";
      case 1 -> "\n  ";
      case 2 -> "\r\n\t";
      default -> "";
    };
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
