package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Edits;
import io.surfacescan.model.Edits.RuleName;
import io.surfacescan.model.Edits.RuleScope;
import io.surfacescan.model.Edits.TagOfVm;
import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Services;
import io.surfacescan.questions.arguments.NamedServices;
import io.surfacescan.text.TerminalText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/// Edits as the user wrote them, looked up.
///
/// Ids and tags may hold colons themselves, so where `S:D` or `VM:TAG` is split is decided by what
/// is in the environment. What can be read in two ways is refused, never guessed.
public final class EditArguments {
  private record Split(String left, String right) {}

  private final Environment environment;
  private final boolean isReal;
  private final Set<String> ruleIds = new HashSet<>();
  private final Set<Split> tagPairs = new HashSet<>();

  private EditArguments(Environment environment, boolean isReal) {
    this.environment = environment;
    this.isReal = isReal;
  }

  /// The edits.
  ///
  /// @param isReal whether rules may also be named that are not rules between tags, but real ones
  /// @throws Failure if some argument names nothing, or more than one thing
  public static Edits of(
      Environment environment,
      boolean isReal,
      List<String> removedRules,
      List<String> addedRules,
      List<String> removedTags,
      List<String> addedTags,
      List<String> removedVms,
      List<String> narrowedRules,
      List<String> likeRules) {
    var arguments = new EditArguments(environment, isReal);
    if (!removedRules.isEmpty()) {
      arguments.readRules();
    }
    var removedIds = new ArrayList<String>();
    VmArguments.find(environment, removedVms).forEach(vm -> removedIds.add(environment.vmId(vm)));
    return new Edits(
        removedRules.stream().map(arguments::removedRule).toList(),
        addedRules.stream().map(arguments::addedRule).toList(),
        removedTags.stream().map(arguments::removedTag).toList(),
        addedTags.stream().map(arguments::addedTag).toList(),
        removedIds,
        narrowedRules.stream().map(text -> ruleScope("--narrow-rule", text)).toList(),
        likeRules.stream().map(text -> ruleScope("--add-rule-like", text)).toList());
  }

  private void readRules() {
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      var view = environment.rule(rule);
      view.id().ifPresent(ruleIds::add);
      tagPairs.add(new Split(view.sourceTag(), view.destTag()));
    }
  }

  /// By id first, then by tags.
  private RuleName removedRule(String text) {
    if (ruleIds.contains(text)) {
      return new RuleName.WithId(text);
    }
    var splits = splits(text, (source, dest) -> tagPairs.contains(new Split(source, dest)));
    if (splits.isEmpty() && isReal) {
      return new RuleName.WithId(text);
    }
    if (splits.isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          "--remove-rule "
              + shown(text)
              + ": no rule has this id, and none leads from one such tag to the other; name a rule"
              + " by its fw_id or as SOURCE:DEST");
    }
    var split = only("--remove-rule", text, splits);
    return new RuleName.WithTags(split.left(), split.right());
  }

  /// `RULE=SERVICES`, `RULE=RANGES` or both, with commas between them.
  private static RuleScope ruleScope(String flag, String text) {
    int sign = text.lastIndexOf('=');
    if (sign <= 0) {
      throw new Failure(
          Exit.USAGE,
          flag
              + " "
              + shown(text)
              + ": this is not RULE=SCOPE; write services and ranges of addresses behind the sign,"
              + " such as sgr-1=tcp/443,10.0.0.0/8");
    }
    var services = new ArrayList<Services>();
    var peers = new ArrayList<AddressRange>();
    for (String word : text.substring(sign + 1).split(",", -1)) {
      var range = AddressRange.parse(word.strip());
      if (range.isPresent()) {
        peers.add(range.get());
        continue;
      }
      services.add(
          NamedServices.parse(word.strip())
              .orElseThrow(() ->
                  new Failure(
                      Exit.USAGE,
                      flag
                          + " "
                          + shown(text)
                          + ": "
                          + shown(word)
                          + " is neither a service nor a range of addresses; write tcp/22, ssh or"
                          + " 10.0.0.0/8")));
    }
    return new RuleScope(
        text.substring(0, sign),
        services.isEmpty() ? Services.ALL : Services.union(services),
        peers);
  }

  private FirewallRule addedRule(String text) {
    var splits = splits(text, (source, dest) -> true);
    if (splits.isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          "--add-rule "
              + shown(text)
              + ": this is not SOURCE:DEST; write two tags with a colon between them");
    }
    if (splits.size() > 1) {
      splits = splits(text, (source, dest) -> isTag(source) && isTag(dest));
    }
    if (splits.isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          "--add-rule "
              + shown(text)
              + ": it has several colons, and the tags of the environment do not show which one separates the two tags; write the edits as JSON and name the file with --edits");
    }
    var split = only("--add-rule", text, splits);
    return new FirewallRule(Optional.empty(), split.left(), split.right());
  }

  private boolean isTag(String text) {
    return environment.findTag(text).isPresent();
  }

  private TagOfVm removedTag(String text) {
    var ofVms = splitsOfVms(text);
    var carried = ofVms.stream().filter(split -> carries(split.left(), split.right())).toList();
    if (carried.isEmpty() && !ofVms.isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          "--remove-tag "
              + shown(text)
              + ": the VM does not carry this tag; `surfacescan vm` shows which it carries");
    }
    return tagOfVm("--remove-tag", text, carried);
  }

  /// The ways to read `VM:TAG`, each with the id of its VM: by ids, else by names.
  private List<Split> splitsOfVms(String text) {
    var byId = splits(text, (vm, tag) -> environment.findVm(vm).isPresent());
    if (!byId.isEmpty()) {
      return byId;
    }
    return splits(text, (vm, tag) -> environment.vmsNamed(vm, 1).length > 0).stream()
        .map(split ->
            new Split(environment.vmId(VmArguments.one(environment, split.left())), split.right()))
        .toList();
  }

  private boolean carries(String vm, String tag) {
    return environment.vm(environment.findVm(vm).orElseThrow()).tags().contains(tag);
  }

  private TagOfVm addedTag(String text) {
    return tagOfVm("--add-tag", text, splitsOfVms(text));
  }

  private TagOfVm tagOfVm(String flag, String text, List<Split> splits) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw new Failure(Exit.USAGE, flag + " " + shown(text) + ": this is not VM:TAG");
    }
    if (splits.isEmpty()) {
      VmArguments.find(environment, List.of(text.substring(0, colon)));
    }
    var split = only(flag, text, splits);
    return new TagOfVm(split.left(), split.right());
  }

  private static List<Split> splits(String text, BiPredicate<String, String> fits) {
    var splits = new ArrayList<Split>();
    for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
      String left = text.substring(0, colon);
      String right = text.substring(colon + 1);
      if (!left.isEmpty() && !right.isEmpty() && fits.test(left, right)) {
        splits.add(new Split(left, right));
      }
    }
    return splits;
  }

  private static Split only(String flag, String text, List<Split> splits) {
    if (splits.size() > 1) {
      throw new Failure(
          Exit.USAGE,
          flag
              + " "
              + shown(text)
              + ": this can be read as "
              + shown(splits.get(0).left())
              + " and "
              + shown(splits.get(0).right())
              + " or as "
              + shown(splits.get(1).left())
              + " and "
              + shown(splits.get(1).right())
              + "; write the edits as JSON and name the file with --edits");
    }
    return splits.getFirst();
  }

  private static String shown(String text) {
    return "`" + TerminalText.plain(text) + "`";
  }
}
