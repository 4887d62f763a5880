package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.Partitioning;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.ProblemKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rejection and every warning, with its exact place and words.
class ProblemsOfDocumentTest {
  @TempDir private Path directory;
  private Folder folder;

  @BeforeEach
  void setUp() {
    folder = new Folder(directory);
  }

  /// Documents, each with the problems it has. Every line of a document counts from 1, and so does
  /// every column, in code points.
  static Stream<Arguments> refused() {
    return Stream.of(
        // What is not JSON.
        doc(
            "",
            "a.json:1:1: the document is empty; write {\"vms\": [], \"fw_rules\": []}, or leave the file out"),
        doc(
            " \n ",
            "a.json:2:2: the document is empty; write {\"vms\": [], \"fw_rules\": []}, or leave the file out"),
        doc(
            "{\"vms\":[",
            "a.json:1:9: the document ends within a list; restore the rest of the document"),
        doc(
            "{\"vms\":[{\"vm_id\":\"a\"",
            "a.json:1:21: the document ends within an object; restore the rest of the document"),
        doc(
            "{\"vms",
            "a.json:1:6: the document ends within a string; restore the rest of the document"),
        doc(
            "{\"vms\":\"\\",
            "a.json:1:10: the document ends within a string; restore the rest of the document"),
        doc(
            "{\"vms\":\"\\u00",
            "a.json:1:13: the document ends within a string; restore the rest of the document"),
        doc(
            "{\"vms\":[],}",
            "a.json:1:11: a comma stands before the closing \"}\"; remove the comma"),
        doc(
            "{\"vms\":[{},]}",
            "a.json:1:9: the VM has no list tags; add \"tags\": [] if it has none",
            "a.json:1:9: vm_id is missing; give the VM an id of its own",
            "a.json:1:12: a comma stands before the closing \"]\"; remove the comma"),
        doc(
            "{\"vms\":[] \"fw_rules\":[]}",
            "a.json:1:11: \"\"\" stands where \",\" or \"}\" belongs; separate members by commas and close the object with \"}\""),
        doc(
            "{\"x\":[1 2],\"vms\":[]}",
            "a.json:1:9: \"2\" stands where \",\" or \"]\" belongs; separate elements by commas and close the list with \"]\""),
        doc(
            "{\"vms\":[}",
            "a.json:1:9: \"}\" stands where a value belongs; write a string, a number, a list, an object, true, false or null"),
        doc(
            "{\"vms\":[]]",
            "a.json:1:10: \"]\" stands where \",\" or \"}\" belongs; separate members by commas and close the object with \"}\""),
        doc(
            "{\"vms\" []}",
            "a.json:1:8: \"[\" stands where \":\" belongs; write each member as \"key\": value"),
        doc(
            "{vms:[]}",
            "a.json:1:2: \"v\" stands where a key in double quotes belongs; write each member as \"key\": value"),
        doc(
            "{'vms':[]}",
            "a.json:1:2: a single quote stands where a key in double quotes belongs; use double quotes"),
        doc(
            "{\"vms\":[] // all\n}",
            "a.json:1:11: a comment stands where \",\" or \"}\" belongs; remove the comment"),
        doc("# all\n{}", "a.json:1:1: a comment stands where a value belongs; remove the comment"),
        doc(
            "{\"vms\":True}",
            "a.json:1:8: the word \"True\" is no JSON value; write strings in double quotes"),
        doc(
            "{\"x\":NaN,\"vms\":[]}",
            "a.json:1:6: the word \"NaN\" is no JSON value; write strings in double quotes"),
        doc(
            "{\"x\":01,\"vms\":[]}",
            "a.json:1:6: a number starts with 0; remove the leading zeros, or write a string"),
        doc(
            "{\"x\":-,\"vms\":[]}",
            "a.json:1:6: a number has no digits; complete the number, or write a string"),
        doc(
            "{\"x\":1.,\"vms\":[]}",
            "a.json:1:6: a number has no digits behind its decimal point; complete the number, or write a string"),
        doc(
            "{\"x\":1e,\"vms\":[]}",
            "a.json:1:6: a number has no digits in its exponent; complete the number, or write a string"),
        doc(
            "{\"x\":+1,\"vms\":[]}",
            "a.json:1:6: \"+\" stands where a value belongs; write a string, a number, a list, an object, true, false or null"),
        doc(
            "{\"x\":.5,\"vms\":[]}",
            "a.json:1:6: \".\" stands where a value belongs; write a string, a number, a list, an object, true, false or null"),
        doc(
            "{\"vms\":[],\"é😀\":é}",
            "a.json:1:16: \"é\" stands where a value belongs; write a string, a number, a list, an object, true, false or null"),
        doc(
            "{\"vms\":[],\"x\":\u0007}",
            "a.json:1:15: U+0007 stands where a value belongs; write a string, a number, a list, an object, true, false or null"),
        doc(
            "{\"x\":\"a\tb\",\"vms\":[]}",
            "a.json:1:8: the control character U+0009 stands in a string; close the string before it with a double quote, or escape it as \\u0009"),
        doc(
            "{\"x\":\"a\nb\",\"vms\":[]}",
            "a.json:1:8: the control character U+000A stands in a string; close the string before it with a double quote, or escape it as \\u000a"),
        doc(
            "{\"x\":\"\\x\",\"vms\":[]}",
            "a.json:1:7: a backslash before \"x\" is no escape; write \\\\ for a backslash"),
        doc(
            "{\"x\":\"\\😀\",\"vms\":[]}",
            "a.json:1:7: a backslash before \"😀\" is no escape; write \\\\ for a backslash"),
        doc(
            "{\"x\":\"\\u12g4\",\"vms\":[]}",
            "a.json:1:7: \\u is not followed by four hexadecimal digits; write \\\\ for a backslash, or the character's four digits"),
        // What follows a document.
        doc(
            "{\"vms\":[]}\n{\"more\":1}",
            "a.json:2:1: the document has neither vms nor fw_rules, only \"more\"; add one of the lists, or leave the file out"),
        doc(
            "{\"vms\":[]}\n[]",
            "a.json:2:1: \"[\" follows the end of the document; keep only objects in the file, one behind the other"),
        doc(
            "{\"vm_id\":\"a\",\"tags\":[]}\n{\"vm_id\":\"a\",\"tags\":[]}",
            "a.json:2:10: vm_id \"a\" is used twice, first at a.json:1:10; give each VM its own id"),
        doc(
            "{\"vm_id\":\"a\"}\n{\"fw_id\":\"f\",\"source_tag\":\"a\"}",
            "a.json:1:1: the VM \"a\" has no list tags; add \"tags\": [] if it has none",
            "a.json:2:1: dest_tag is missing; name one tag, as a string"),
        doc(
            "{\"vms\":[]}é",
            "a.json:1:11: \"é\" follows the end of the document; keep only objects in the file, one behind the other"),
        doc(
            "{\"vms\":[]}\u0000",
            "a.json:1:11: U+0000 follows the end of the document; keep only objects in the file, one behind the other"),
        doc(
            "{\"vms\":[]}]",
            "a.json:1:11: \"]\" follows the end of the document; keep only objects in the file, one behind the other"),
        // The document and its lists.
        doc(
            "[]",
            "a.json:1:1: the document is a list; write an object, {\"vms\": [], \"fw_rules\": []}; save an export whole, as without --query or a filter"),
        doc(
            " \"vms\" ",
            "a.json:1:2: the document is a string (\"vms\"); write an object, {\"vms\": [], \"fw_rules\": []}; save an export whole, as without --query or a filter"),
        doc(
            "[{\"x\":1,\"x\":2}]",
            "a.json:1:1: the document is a list; write an object, {\"vms\": [], \"fw_rules\": []}; save an export whole, as without --query or a filter",
            "a.json:1:9: the key \"x\" stands twice in one object; keep one of them"),
        doc(
            "{}",
            "a.json:1:1: the document has neither vms nor fw_rules; add one of the lists, or leave the file out"),
        doc(
            "\n {\"VMs\":[]}",
            "a.json:2:3: the key \"VMs\" is not known, and the list that it holds would be lost; make it the list \"vms\" of this format, or take it out"),
        doc(
            "{\"vms\":{}}",
            "a.json:1:8: vms is an object; write a list, [{\"vm_id\": …, \"tags\": […]}]"),
        doc(
            "{\"vms\":null}",
            "a.json:1:8: vms is null; write a list, [{\"vm_id\": …, \"tags\": […]}]"),
        doc(
            "{\"fw_rules\":\"\\u001b[31m\"}",
            "a.json:1:13: fw_rules is a string (\"\\u001b[31m\"); write a list, [{\"fw_id\": …, \"source_tag\": …, \"dest_tag\": …}]"),
        doc(
            "{\"vms\":[7,null]}",
            "a.json:1:9: a VM is a number (7); write an object, {\"vm_id\": …, \"tags\": […]}",
            "a.json:1:11: a VM is null; write an object, {\"vm_id\": …, \"tags\": […]}"),
        doc(
            "{\"fw_rules\":[[]]}",
            "a.json:1:14: a firewall rule is a list; write an object, {\"fw_id\": …, \"source_tag\": …, \"dest_tag\": …}"),
        // Keys.
        doc(
            "{\"vms\":[],\"vms\":[]}",
            "a.json:1:11: the key \"vms\" stands twice in one object; keep one of them"),
        doc(
            "{\"vms\":[],\"\\u0076ms\":[]}",
            "a.json:1:11: the key \"vms\" stands twice in one object; keep one of them"),
        doc(
            "{\"x\":1,\"vms\":[],\"x\":1}",
            "a.json:1:17: the key \"x\" stands twice in one object; keep one of them"),
        doc(
            "{\"vms\":[],\"😀\":1,\"\\ud83d\\ude00\":1}",
            "a.json:1:17: the key \"😀\" stands twice in one object; keep one of them"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"t\"],\"vm_id\":\"b\"}"),
            "a.json:1:46: the key \"vm_id\" stands twice in one object; keep one of them"),
        doc(
            vms(
                "{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"t\"],\"x\":{\"y\":[{\"z\":1,\"z\":[]}]}}"),
            "a.json:1:63: the key \"z\" stands twice in one object; keep one of them"),
        doc(
            rules("{\"fw_id\":\"f\",\"source_tag\":\"s\",\"dest_tag\":\"d\",\"dest_tag\":\"e\"}"),
            "a.json:1:59: the key \"dest_tag\" stands twice in one object; keep one of them"),
        doc(
            "{\"vms\":[],\"x\":[\"\\ud83d\\ude00\",\"\\ud83d\"]}",
            "a.json:1:31: the text \"\\ud83d\" holds half a surrogate pair; write the whole character"),
        doc(
            "{\"vms\":[],\"x\\ud800\":1}",
            "a.json:1:11: the key holds half a surrogate pair; write the whole character, or take the key out"),
        doc(
            "{\"vms\":[],\"\\ude00\\ud83d\":1}",
            "a.json:1:11: the key holds half a surrogate pair; write the whole character, or take the key out"),
        doc(
            "{\"vms\":[],\"\\ud83d\\ud83d\\ude00\":1}",
            "a.json:1:11: the key holds half a surrogate pair; write the whole character, or take the key out"),
        // VMs.
        doc(
            vms("{\"name\":\"n\",\"tags\":[\"t\"]}"),
            "a.json:1:9: vm_id is missing; give the VM an id of its own"),
        doc(
            vms("{\"vm_id\":null,\"name\":\"n\",\"tags\":[\"t\"]}"),
            "a.json:1:18: vm_id is null; give the VM an id of its own"),
        doc(
            vms("{\"vm_id\":\"\",\"name\":\"n\",\"tags\":[\"t\"]}"),
            "a.json:1:18: vm_id is empty; give the VM an id of its own"),
        doc(
            vms("{\"vm_id\":42,\"name\":\"n\",\"tags\":[\"t\"]}"),
            "a.json:1:18: vm_id is a number (42); write it as a string, \"42\""),
        doc(
            vms("{\"vm_id\":-1.5e+3,\"name\":\"n\",\"tags\":[\"t\"]}"),
            "a.json:1:18: vm_id is a number (-1.5e+3); write it as a string, \"-1.5e+3\""),
        doc(
            vms("{\"vm_id\":true,\"name\":\"n\",\"tags\":[\"t\"]}"),
            "a.json:1:18: vm_id is true; write it as a string, \"true\""),
        doc(
            vms("{\"vm_id\":{\"id\":1},\"name\":\"n\",\"tags\":[\"t\"]}"),
            "a.json:1:18: vm_id is an object; write a string"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":7,\"tags\":[\"t\"]}"),
            "a.json:1:29: name is a number (7); write it as a string, \"7\""),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\"}"),
            "a.json:1:9: the VM \"a\" has no list tags; add \"tags\": [] if it has none"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":null}"),
            "a.json:1:40: tags is null; write a list, [] if the VM has no tags"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":\"dev\"}"),
            "a.json:1:40: tags is a string (\"dev\"); write a list, [\"dev\"]"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":{\"dev\":true}}"),
            "a.json:1:40: tags is an object; write a list, [] if the VM has no tags"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"t\",3,null,[]]}"),
            "a.json:1:45: a tag is a number (3); write it as a string, \"3\"",
            "a.json:1:47: a tag is null; write a string",
            "a.json:1:52: a tag is a list; write a string"),
        doc(
            vms("{\"vm_id\":\"a\\ud800\",\"name\":\"n\",\"tags\":[\"t\"]}"),
            "a.json:1:18: vm_id \"a\\ud800\" holds half a surrogate pair; write the whole character"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"\\ude00\\ud83d\",\"tags\":[\"t\"]}"),
            "a.json:1:29: name \"\\ude00\\ud83d\" holds half a surrogate pair; write the whole character"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"\\udfff\"]}"),
            "a.json:1:41: a tag \"\\udfff\" holds half a surrogate pair; write the whole character"),
        doc(
            "{\"vms\":[{\"vm_id\":\"é😀\",\"name\":\"n\",\"tags\":[\"t\"]},\r\n  {\"vm_id\":\"é😀\",\"name\":\"n\",\"tags\":[\"t\"]}]}",
            "a.json:2:12: vm_id \"é😀\" is used twice, first at a.json:1:18; give each VM its own id"),
        doc(
            "{\"vms\":[{\"name\":\"é😀\",\"tags\":[\"😀\"],\"vm_id\":5}]}",
            "a.json:1:43: vm_id is a number (5); write it as a string, \"5\""),
        // Rules.
        doc(
            rules("{\"fw_id\":5,\"source_tag\":\"s\",\"dest_tag\":\"d\"}"),
            "a.json:1:23: fw_id is a number (5); write it as a string, \"5\""),
        doc(
            rules("{\"fw_id\":\"f\",\"dest_tag\":\"d\"}"),
            "a.json:1:14: source_tag is missing; name one tag, as a string"),
        doc(
            rules("{\"fw_id\":\"f\",\"source_tag\":\"s\"}"),
            "a.json:1:14: dest_tag is missing; name one tag, as a string"),
        doc(
            rules("{\"fw_id\":\"f\",\"source_tag\":\"\",\"dest_tag\":null}"),
            "a.json:1:40: source_tag is empty; name one tag, as a string",
            "a.json:1:54: dest_tag is null; name one tag, as a string"),
        doc(
            rules("{\"fw_id\":\"f\",\"source_tag\":[\"s\"],\"dest_tag\":false}"),
            "a.json:1:40: source_tag is a list; write a string",
            "a.json:1:57: dest_tag is false; write it as a string, \"false\""));
  }

  private static Arguments doc(String text, String... errors) {
    return arguments(text, List.of(errors));
  }

  private static String vms(String vm) {
    return "{\"vms\":[" + vm + "],\"fw_rules\":[]}";
  }

  private static String rules(String rule) {
    return "{\"fw_rules\":[" + rule + "],\"vms\":[]}";
  }

  @ParameterizedTest
  @MethodSource("refused")
  void read_tellsEveryError_withPlaceAndRemedy(String text, List<String> errors)
      throws IOException {
    var imported = folder.with("a.json", text).read("a.json");

    assertThat(folder.errors(imported)).containsExactlyElementsOf(errors);
    assertThat(imported.problems().refused()).isTrue();
    assertThat(imported.version()).isEqualTo("0".repeat(64));
  }

  /// Accepted documents, each with the warnings it has.
  static Stream<Arguments> accepted() {
    return Stream.of(
        doc("{\"vms\":[],\"fw_rules\":[]}"),
        doc("{\"fw_rules\":[],\"vms\":[]}"),
        doc(
            "{\"vms\":[],\"fw_rules\":[],\"x\":{\"vms\":[1],\"y\":[{\"a\":1},{\"a\":1}]},\"z\":\"\\ud83d\\ude00\"}",
            "a.json:1:25: the document has the unknown key \"x\": what it holds is ignored; take \"x\" out if it means nothing",
            "a.json:1:63: the document has the unknown key \"z\": what it holds is ignored; take \"z\" out if it means nothing"),
        doc(vms("{\"vm_id\":\"a\",\"name\":\"\",\"tags\":[\"t\"]}")),
        // A document of its own with a name and a status, before its lists show what it is.
        doc(
            "{\"name\":\"n\",\"status\":{\"y\":1},\"vms\":[],\"fw_rules\":[]}",
            "a.json:1:13: the document has the unknown key \"status\": what it holds is ignored; take \"status\" out if it means nothing"),
        doc("{\"$schema\":\"./environment.schema.json\",\"vms\":[],\"fw_rules\":[]}"),
        doc(
            "{\"vms\":[],\"fw_rules\":[],\"NextToken\":null,\"metadata\":{\"continue\":\"\"}}",
            "a.json:1:25: the document has the unknown key \"NextToken\": what it holds is ignored; take \"NextToken\" out if it means nothing",
            "a.json:1:42: the document has the unknown key \"metadata\": what it holds is ignored; take \"metadata\" out if it means nothing"),
        doc(
            vms("{\"vm_id\":\"a\",\"tags\":[\"t\"]}"),
            "a.json:1:9: the VM \"a\" has no name; add a name that people know it by"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":null,\"tags\":[\"t\"]}"),
            "a.json:1:29: the VM's name is null; add a name that people know it by"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[]}"),
            "a.json:1:9: the VM \"a\" has no tags: no rule applies to it; add its tags, if any"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"é\",\"t\",\"é\",\"\\u00e9\"]}"),
            "a.json:1:49: the VM names the tag \"é\" twice; remove one (duplicate-tag, 2 times, also at a.json:1:53)"),
        doc(
            tagged("{\"source_tag\":\"s\",\"dest_tag\":\"d\"}"),
            "a.json:2:15: the firewall rule has no fw_id; add one, so that answers can name the rule"),
        doc(
            tagged("{\"fw_id\":null,\"source_tag\":\"s\",\"dest_tag\":\"d\"}"),
            "a.json:2:24: fw_id is null; add one, so that answers can name the rule"),
        doc(
            tagged("{\"fw_id\":\"\",\"source_tag\":\"s\",\"dest_tag\":\"d\"}"),
            "a.json:2:24: fw_id is empty; add one, so that answers can name the rule"),
        doc(
            tagged(
                "{\"fw_id\":\"f\",\"source_tag\":\"s\",\"dest_tag\":\"d\"},{\"fw_id\":\"f\",\"source_tag\":\"d\",\"dest_tag\":\"s\"}"),
            "a.json:2:61: fw_id \"f\" is that of different rules, first at a.json:2:15; give each firewall rule its own id"),
        doc(
            tagged(
                "{\"fw_id\":\"f\",\"source_tag\":\"s\",\"dest_tag\":\"d\"},{\"fw_id\":\"g\",\"source_tag\":\"s\",\"dest_tag\":\"d\"}"),
            "a.json:2:61: the rule from \"s\" to \"d\" stands twice, first at a.json:2:15; remove one"),
        doc(
            tagged("{\"fw_id\":\"f\",\"source_tag\":\"S\",\"dest_tag\":\"d\"}"),
            "a.json:2:15: no VM carries the source_tag \"S\"; correct the rule, which allows nothing, or remove it",
            "a.json:2:15: the tag \"S\" looks like \"s\", first at a.json:1:18; write both alike if one is meant"),
        doc(
            tagged("{\"fw_id\":\"f\",\"source_tag\":\"s\",\"dest_tag\":\"D\"}"),
            "a.json:2:15: no VM carries the dest_tag \"D\"; correct the rule, which allows nothing, or remove it",
            "a.json:2:15: the tag \"D\" looks like \"d\", first at a.json:1:56; write both alike if one is meant"),
        doc(
            tagged("{\"fw_id\":\"f\",\"source_tag\":\"S\",\"dest_tag\":\"D\"}"),
            "a.json:2:15: no VM carries the source_tag \"S\" or the dest_tag \"D\"; correct the rule, which allows nothing, or remove it",
            "a.json:2:15: the tag \"D\" looks like \"d\", first at a.json:1:56; write both alike if one is meant",
            "a.json:2:15: the tag \"S\" looks like \"s\", first at a.json:1:18; write both alike if one is meant"),
        doc(
            "{\"vms\":[],\"fw_rules\":[],\"x\":1,\"Machines\":2}",
            "a.json:1:25: the document has the unknown key \"x\": what it holds is ignored; take \"x\" out if it means nothing",
            "a.json:1:31: the document has the unknown key \"Machines\": what it holds is ignored; take \"Machines\" out if it means nothing"),
        doc(
            tagged("{\"fw_id\":\"f\",\"source_tag\":\"S\",\"dest_tag\":\"S\"}"),
            "a.json:2:15: no VM carries the source_tag or the dest_tag \"S\"; correct the rule, which allows nothing, or remove it",
            "a.json:2:15: the tag \"S\" looks like \"s\", first at a.json:1:18; write both alike if one is meant"));
  }

  /// Two VMs that carry `s` and `d`, and rules from column 15 of the second line on.
  private static String tagged(String rules) {
    return """
    {"vms":[{"vm_id":"1","name":"1","tags":["s"]},{"vm_id":"2","name":"2","tags":["d"]}],
     "fw_rules": [%s]}\
    """
        .formatted(rules);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void read_tellsEveryWarning_butRefusesNothing(String text, List<String> warnings)
      throws IOException {
    var imported = folder.with("a.json", text).read("a.json");

    assertThat(folder.errors(imported)).isEmpty();
    assertThat(folder.warnings(imported)).containsExactlyElementsOf(warnings);
    assertThat(imported.problems().refused()).isFalse();
  }

  /// Values that end exactly at a bound, each as JSON text.
  static Stream<Arguments> withinBounds() {
    String longest = "x".repeat(65_536);
    return Stream.of(
        arguments(vms("{\"vm_id\":\"%s\",\"name\":\"n\",\"tags\":[\"t\"]}".formatted(longest))),
        arguments(
            vms(
                "{\"vm_id\":\"%s\",\"name\":\"n\",\"tags\":[\"t\"]}"
                    .formatted("é".repeat(32_768)))),
        arguments(vms("{\"vm_id\":\"a\",\"name\":\"%sxx\",\"tags\":[\"t\"]}".formatted(longest))),
        arguments(vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"%s\"]}".formatted(longest))),
        arguments("{\"vms\":[],\"fw_rules\":[],\"x\":\"%s\"}".formatted(longest.repeat(200))),
        arguments("{\"vms\":[],\"fw_rules\":[],\"%s\":1}".formatted("k".repeat(1_024))),
        arguments("{\"vms\":[],\"fw_rules\":[],\"%s\":1}".formatted("\\ud83d\\ude00".repeat(256))),
        arguments(
            "{\"vms\":[],\"fw_rules\":[],\"x\":-%s.%se-9}"
                .formatted("1".repeat(500), "2".repeat(499))),
        arguments(
            "{\"vms\":[],\"fw_rules\":[],\"x\":%s%s}".formatted("[".repeat(63), "]".repeat(63))));
  }

  @ParameterizedTest
  @MethodSource("withinBounds")
  void read_acceptsWhatIsJustWithinTheBounds(String text) throws IOException {
    assertThat(folder.errors(folder.with("a.json", text).read("a.json"))).isEmpty();
  }

  static Stream<Arguments> beyondBounds() {
    String tooLong = "x".repeat(65_537);
    String shown = "\"" + "x".repeat(60) + "…\"";
    return Stream.of(
        doc(
            vms("{\"vm_id\":\"%s\",\"name\":\"n\",\"tags\":[\"t\"]}".formatted(tooLong)),
            "a.json:1:18: vm_id "
                + shown
                + " is 65,537 bytes long; shorten it to at most 65,536 bytes"),
        doc(
            vms(
                "{\"vm_id\":\"%sx\",\"name\":\"n\",\"tags\":[\"t\"]}"
                    .formatted("é".repeat(32_768))),
            "a.json:1:18: vm_id \""
                + "é".repeat(60)
                + "…\" is 65,537 bytes long; shorten it to at most 65,536 bytes"),
        doc(
            vms("{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"%s\",\"u\"]}".formatted(tooLong)),
            "a.json:1:41: a tag "
                + shown
                + " is 65,537 bytes long; shorten it to at most 65,536 bytes"),
        doc(
            rules("{\"fw_id\":\"%s\",\"source_tag\":\"s\",\"dest_tag\":\"d\"}".formatted(tooLong)),
            "a.json:1:23: fw_id "
                + shown
                + " is 65,537 bytes long; shorten it to at most 65,536 bytes"),
        doc(
            rules("{\"fw_id\":\"f\",\"source_tag\":\"%s\",\"dest_tag\":\"d\"}".formatted(tooLong)),
            "a.json:1:40: source_tag "
                + shown
                + " is 65,537 bytes long; shorten it to at most 65,536 bytes"),
        doc(
            vms(
                "{\"vm_id\":\"a\",\"name\":\"%s\",\"tags\":[\"t\"]}"
                    .formatted("x".repeat((1 << 24) + 1))),
            "a.json:1:29: name is longer than 16,777,216 characters; shorten it"),
        doc(
            "{\"vms\":[],\"%s\":1}".formatted(tooLong),
            "a.json:1:11: the key is longer than 1,024 bytes; shorten it"),
        doc(
            "{\"vms\":[],\"x\":{\"%s\":1}}".formatted("é".repeat(500_000)),
            "a.json:1:16: the key is longer than 1,024 bytes; shorten it"),
        doc(
            "{\"vms\":[],\"x\":%s}".formatted("1".repeat(1_001)),
            "a.json:1:15: the number is longer than 1,000 digits; shorten it"),
        doc(
            "{\"vms\":[],\"x\":-%s.%se-9}".formatted("1".repeat(500), "2".repeat(500)),
            "a.json:1:15: the number is longer than 1,000 digits; shorten it"),
        doc(
            "{\"vms\":[],\"x\":%s%s}".formatted("[".repeat(64), "]".repeat(64)),
            "a.json:1:78: lists and objects are nested more than 64 deep; take the innermost ones out"),
        doc(
            "{\"vms\":[],\"x\":" + "[".repeat(1_000_000),
            "a.json:1:78: lists and objects are nested more than 64 deep; take the innermost ones out"),
        doc(
            "{\"x\":".repeat(100_000),
            "a.json:1:321: lists and objects are nested more than 64 deep; take the innermost ones out"));
  }

  @ParameterizedTest
  @MethodSource("beyondBounds")
  void read_refusesWhatIsJustBeyondTheBounds(String text, List<String> errors) throws IOException {
    assertThat(folder.errors(folder.with("a.json", text).read("a.json")))
        .containsExactlyElementsOf(errors);
  }

  @Test
  void read_goesOnBehindSemanticErrors_andKeepsWhatItUnderstood() throws IOException {
    var imported =
        folder
            .with(
                "a.json",
                """
                {"vms":[{"vm_id":"a","name":"n","tags":[1,"t"]},
                        {"vm_id":2,"name":"n","tags":["t"]},
                        {"vm_id":"c","name":"n","tags":["u"]}],
                 "fw_rules":[{"fw_id":"f","source_tag":"t"},{"fw_id":"g","source_tag":"t","dest_tag":"u"}],}
                """)
            .read("a.json");

    assertThat(imported.problems().counts())
        .isEqualTo(
            Map.of(
                ProblemKind.WRONG_TYPE, 2L,
                ProblemKind.MISSING_FIELD, 1L,
                ProblemKind.MALFORMED_JSON, 1L));
    assertThat(Folder.vms(imported).toString())
        .isEqualTo("[Vm[id=a, name=Optional[n], tags=[t]], Vm[id=c, name=Optional[n], tags=[u]]]");
    assertThat(imported.environment().rules())
        .containsExactly(new FirewallRule(Optional.of("g"), "t", "u"));
  }

  @Test
  void read_showsAlikeErrorsOnce_andCountsAll() throws IOException {
    var vms = new ArrayList<String>();
    IntStream.range(0, 57).forEach(i -> vms.add("{\"vm_id\":" + i + ",\"tags\":[]}"));
    var imported =
        folder.with("a.json", "{\"vms\":[\n" + String.join(",\n", vms) + "]}").read("a.json");

    assertThat(imported.problems().errorCount()).isEqualTo(57);
    assertThat(folder.errors(imported))
        .containsExactly(
            "a.json:2:10: vm_id is a number (0); write it as a string, \"0\""
                + " (wrong-type, 57 times, also at a.json:3:10, a.json:4:10, …)");
    assertThat(imported.problems().counts())
        .containsEntry(ProblemKind.UNTAGGED_VM, 57L)
        .containsEntry(ProblemKind.MISSING_NAME, 57L);
  }

  @Test
  void read_gathersWhatIsAlike_inTwentyThousandVms() throws IOException {
    var vms = new ArrayList<String>();
    IntStream.range(0, 20_000)
        .forEach(i -> vms.add("{\"vm_id\":\"%d\",\"tags\":[\"t\",\"t\"]}".formatted(i)));
    String rules = "{\"fw_id\":\"f\",\"source_tag\":\"t\",\"dest_tag\":\"phantom\"}";
    // The rule's warning is found last, but stands first.
    String text = "{\"fw_rules\":[" + rules + "],\n\"vms\":[\n" + String.join(",\n", vms) + "]}";
    var imported = folder.with("a.json", text).read("a.json");

    assertThat(imported.problems().warningCount()).isEqualTo(40_001);
    assertThat(folder.warnings(imported))
        .containsExactly(
            "a.json:1:14: no VM carries the dest_tag \"phantom\"; correct the rule, which allows"
                + " nothing, or remove it",
            "a.json:3:1: the VM \"0\" has no name; add a name that people know it by"
                + " (missing-name, 20,000 times, also at a.json:4:1, a.json:5:1, …)",
            "a.json:3:26: the VM names the tag \"t\" twice; remove one"
                + " (duplicate-tag, 20,000 times, also at a.json:4:26, a.json:5:26, …)");
    var inPieces = folder.read(new Partitioning(3, 1), "a.json");
    assertThat(inPieces.problems()).isEqualTo(imported.problems());
  }

  @Test
  void read_doesNotSpeakOfPhantomTags_whenVmsMayBeMissing() throws IOException {
    var imported =
        folder
            .with("a.json", "{\"vms\":[")
            .with("b.json", rules("{\"fw_id\":\"f\",\"source_tag\":\"s\",\"dest_tag\":\"d\"}"))
            .read("a.json", "b.json");

    assertThat(imported.problems().counts()).containsOnlyKeys(ProblemKind.MALFORMED_JSON);
  }

  @Test
  void read_refusesAnInputWithoutOneOfTheLists() throws IOException {
    String vm = "{\"vms\":[{\"vm_id\":\"a\",\"name\":\"n\",\"tags\":[\"t\"]}]}";
    folder.with("a.json", vm).with("b.json", "{\"fw_rules\":[]}");

    assertThat(folder.errors(folder.read("a.json")))
        .containsExactly(
            "a.json: the list fw_rules stands nowhere in the input; add the file that holds it, or"
                + " write \"fw_rules\": [] if it is meant to be empty");
    assertThat(folder.errors(folder.read("b.json")))
        .containsExactly(
            "b.json: the list vms stands nowhere in the input; add the file that holds it, or"
                + " write \"vms\": [] if it is meant to be empty");
    assertThat(folder.errors(folder.read("b.json", "a.json"))).isEmpty();
  }

  @Test
  void read_refusesALargeInputWithoutRules_readInPieces() throws IOException {
    String vms =
        IntStream.range(0, 2_000)
            .mapToObj("{\"vm_id\":\"%d\",\"name\":\"n\",\"tags\":[\"t\"]}"::formatted)
            .collect(Collectors.joining(",\n"));
    folder
        .with("half.json", "{\"vms\":[" + vms + "]}")
        .with("whole.json", "{\"vms\":[" + vms + "],\"fw_rules\":[]}");

    assertThat(folder.read(new Partitioning(2, 1), "half.json").problems().counts())
        .containsOnlyKeys(ProblemKind.MISSING_LIST);
    assertThat(folder.errors(folder.read(new Partitioning(2, 1), "whole.json"))).isEmpty();
  }

  @Test
  void read_escapesAndShortensValues() throws IOException {
    String id = "\\u001b]0;x\\u0007\\u202e\\\"\\\\\\n" + "y".repeat(100);
    String vm = "{\"vm_id\":\"" + id + "\",\"name\":\"n\",\"tags\":[\"t\"]}";
    var imported = folder.with("a.json", vms(vm + "," + vm)).read("a.json");

    assertThat(imported.problems().errors().getFirst().what())
        .startsWith(
            "vm_id \"\\u001b]0;x\\u0007\\u202e\\\"\\\\\\n" + "y".repeat(50) + "…\" is used twice");
  }

  @Test
  void read_namesBothPlaces_ofAnIdInTwoFiles() throws IOException {
    String vm = "{\"vm_id\":\"web-1\",\"name\":\"n\",\"tags\":[\"t\"]}";
    var imported =
        folder.with("a.json", vms("\n " + vm)).with("b.json", vms(vm)).read("b.json", "a.json");

    assertThat(folder.errors(imported))
        .containsExactly(
            "a.json:2:11: vm_id \"web-1\" is used twice, first at b.json:1:18; give each VM its own id");
  }

  @Test
  void read_refusesTheSameFileTwice_asDuplicates() throws IOException {
    String vm = "{\"vm_id\":\"web-1\",\"name\":\"n\",\"tags\":[\"t\"]}";
    var imported = folder.with("a.json", vms(vm)).read("a.json", "a.json");

    assertThat(folder.errors(imported))
        .containsExactly(
            "a.json:1:18: vm_id \"web-1\" is used twice, first at a.json:1:18; give each VM its own id");
  }
}
