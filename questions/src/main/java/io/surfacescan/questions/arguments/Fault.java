package io.surfacescan.questions.arguments;

import io.surfacescan.model.EditsRefused;
import java.util.List;

/// What is wrong with a question, as data: the command line and HTTP each say it in their words.
public sealed interface Fault {
  /// A number that its parameter may not have.
  ///
  /// @param name under which the parameter was given
  record OutOfBounds(Parameter parameter, String name, int value, boolean served) implements Fault {
    public Parameter.Count bounds() {
      return (Parameter.Count) parameter.type();
    }
  }

  /// A word that is not among those of its parameter.
  record UnknownWord(Parameter parameter, String value) implements Fault {
    public List<String> words() {
      return ((Parameter.Choice) parameter.type()).shown();
    }
  }

  /// One parameter was given under two of its names.
  record TwoNames(String name, String older) implements Fault {}

  /// VMs or groups that are not there, or several of one name.
  ///
  /// @param resolutions at least one, none of which found anything
  record UnknownVms(List<Resolution> resolutions) implements Fault {
    public UnknownVms {
      resolutions = List.copyOf(resolutions);
    }
  }

  /// A group where only one VM can be asked about.
  record NotOneVm(Subject.Group group) implements Fault {}

  record UnknownTag(Parameter parameter, String tag) implements Fault {}

  record UnknownScope(Parameter parameter, String scope) implements Fault {}

  record UnknownRule(Parameter parameter, String id) implements Fault {}

  /// A group that no surface of one VM has.
  record UnknownGroup(Parameter parameter, String group) implements Fault {}

  /// A service that is none.
  record UnknownService(Parameter parameter, String service) implements Fault {
    /// What services are, for a message.
    public static final String REMEDY =
        "write tcp/22, udp/53-60, tcp, icmp or all, or a name such as ssh, rdp or https";
  }

  /// A path from a VM to itself.
  record SameEnds(Parameter from, Parameter to) implements Fault {}

  /// A path over its own start or end.
  record ViaAnEnd(Parameter via) implements Fault {}

  /// A parameter that means something for the whole environment only.
  record ForAllVmsOnly(Parameter parameter) implements Fault {}

  /// A condition that there is not.
  ///
  /// @param known the words that there are
  record UnknownCondition(String word, String known) implements Fault {}

  /// A condition with a number beyond the most that one may have.
  record ConditionTooLarge(String word) implements Fault {}

  /// There was no environment before the one that is served.
  record NothingBefore() implements Fault {}

  /// There are no edits.
  record NothingToChange() implements Fault {}

  /// A real rule that is not there.
  ///
  /// @param nearest ids that were probably meant
  record UnknownRealRule(String id, List<String> nearest) implements Fault {}

  /// A change of real rules, where only what they come to is known.
  record NeedsExport(String id) implements Fault {
    /// What to do, for a message.
    public static final String REMEDY =
        "real rules can be changed, and rules narrowed to addresses, only where the export itself is"
            + " read; ask the export";
  }

  /// Edits of real rules that come to more than fits.
  record EditsTooLarge(String why) implements Fault {}

  /// Edits that do not fit the environment.
  record BadEdits(EditsRefused refused) implements Fault {}
}
