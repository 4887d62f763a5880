package io.surfacescan.importers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.surfacescan.model.ProblemKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// JSON that a tool wrote about an environment, but not that which can be read: the refusal names
/// the command that writes it.
///
/// @param kind what is wrong
/// @param what what the document is
/// @param remedy what to run instead
record ToolOutput(ProblemKind kind, String what, String remedy) {
  private static final String MARK = "(?:\u00EF\u00BB\u00BF)?\\s*+";

  /// A list of objects, or a list of such lists, and further on a key by which the AWS CLI names
  /// what is in them.
  private static final Pattern BARE_LIST = Pattern.compile(MARK + "\\[\\s*+(?:\\[\\s*+){0,3}\\{");

  private static final Pattern AWS_ID =
      Pattern.compile(
          "\"(?:InstanceId|NetworkInterfaceId|ReservationId|SecurityGroupRuleId|GroupId|VpcId|SubnetId"
              + "|RouteTableId|NetworkAclId|InternetGatewayId|NatGatewayId|VpcPeeringConnectionId"
              + "|TransitGatewayId|LoadBalancerArn|TargetGroupArn|PrefixListId|VpcEndpointId)\""
              + "\\s*+:");

  /// A row of texts of which one is an id.
  private static final Pattern ROW =
      Pattern.compile(
          MARK
              + "\\[\\s*+(?:\\[\\s*+){1,3}(?:(?:\"[^\"]*+\"|null|true|false|-?\\d++)\\s*+,\\s*+){0,16}?"
              + "\"(?:i|eni|sg|sgr|vpc|subnet|rtb|acl|igw|nat|pcx|tgw|pl|vpce)-[0-9a-f]++\"");

  private static final Pattern CHECK =
      Pattern.compile(MARK + "\\{\\s*+\"passed\"\\s*+:\\s*+(?:true|false)\\s*+,\\s*+\"worst\"");

  private static final Pattern REPORT =
      Pattern.compile(MARK + "\\{\\s*+\"summary\"\\s*+:\\s*+\\{\\s*+\"vms\"\\s*+:\\s*+\\d");

  private static final Pattern SARIF =
      Pattern.compile(
          MARK
              + "\\{(?:\\s*+\"(?:\\$schema|version)\"\\s*+:\\s*+\"[^\"]*+\"\\s*+,){1,2}+\\s*+\"runs\"");

  private static final Pattern PLAN_LOG = Pattern.compile(MARK + "\\{\\s*+\"@level\"\\s*+:");

  /// What a document is, if it is such output.
  ///
  /// @param start its first bytes
  static Optional<ToolOutput> of(byte[] start) {
    var text = new String(start, ISO_8859_1);
    if (PLAN_LOG.matcher(text).lookingAt()) {
      return Optional.of(
          new ToolOutput(
              ProblemKind.WRONG_TYPE,
              "the document is the log that terraform plan -json writes, not a plan",
              "run terraform plan -out=tfplan, then terraform show -json tfplan > plan.json"));
    }
    if (CHECK.matcher(text).lookingAt() || SARIF.matcher(text).lookingAt()) {
      return Optional.of(result("findings of a check"));
    }
    if (REPORT.matcher(text).lookingAt()) {
      return Optional.of(result("a report"));
    }
    boolean isRow = ROW.matcher(text).lookingAt();
    if ((BARE_LIST.matcher(text).lookingAt() && isOfAws(text)) || isRow) {
      return Optional.of(
          new ToolOutput(
              ProblemKind.PARTIAL_EXPORT,
              "the document is a bare list, what --query of the AWS CLI leaves of an answer",
              "run the command without --query"));
    }
    return Optional.empty();
  }

  /// What is known of an environment does not say who can attack whom.
  private static ToolOutput result(String what) {
    return new ToolOutput(
        ProblemKind.WRONG_TYPE,
        "the document holds " + what + ", not an environment",
        "name the environment, or what surfacescan import wrote of it to keep it");
  }

  /// Whether a bare list is of AWS: exports in a list have their own keys at the first level.
  private static boolean isOfAws(String text) {
    return !InputFormat.AWS.knows(text)
        && !InputFormat.KUBERNETES.knows(text)
        && List.of("\"vm_id\"", "\"fw_id\"", "\"vms\"").stream().noneMatch(text::contains)
        && AWS_ID.matcher(text).find();
  }
}
