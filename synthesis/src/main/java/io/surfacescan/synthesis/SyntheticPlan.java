package io.surfacescan.synthesis;

import java.io.IOException;
import java.util.Locale;

/// The plan of an invented account of AWS, as `terraform show -json` would write it: what there is
/// planned, what changes, and what there was, so that most resources stand there three times.
///
/// Each module has a VPC with a thousand instances in ten roles, which are security groups, and a
/// front, which the internet reaches. Rules let one role of a VPC into another at some port. The
/// plan creates every twentieth instance, and changes nothing else. Instances carry what real ones
/// do, most of which is about other things.
///
/// @param instances at least 1
/// @param rules at least 0
public record SyntheticPlan(int instances, int rules, long seed) {
  private static final int INSTANCES_OF_MODULE = 1000;
  private static final int SUBNET = 200;
  private static final int ROLES = 10;
  private static final int CREATED = 20;
  private static final int STREAM_ROLE = 301;
  private static final int STREAM_SOURCE = 302;
  private static final int STREAM_TARGET = 303;
  private static final int STREAM_PORT = 304;

  private static final String NETWORK =
      """
      "aws_vpc" "v" "" {"arn": "arn:aws:ec2:eu-central-1:411922600114:vpc/vpc-%1$05d", \
      "cidr_block": "10.%2$d.0.0/16", "default_security_group_id": "sg-%1$05d-d", \
      "default_network_acl_id": "acl-%1$05d", "default_route_table_id": "rtb-%1$05d-m", \
      "main_route_table_id": "rtb-%1$05d-m", "enable_dns_support": true, "id": "vpc-%1$05d", \
      "owner_id": "411922600114", "tags": {"Name": "net-%1$d"}}
      "aws_internet_gateway" "g" "" {"id": "igw-%1$05d", "vpc_id": "vpc-%1$05d", "tags": null}
      "aws_route_table" "t" "" {"id": "rtb-%1$05d", "vpc_id": "vpc-%1$05d", "route": \
      [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-%1$05d", "nat_gateway_id": ""}]}
      """;

  public SyntheticPlan {
    if (instances < 1 || rules < 0) {
      throw new IllegalArgumentException("a plan has at least one instance");
    }
  }

  /// A list of a plan in which resources stand.
  private enum Part {
    PLANNED,
    CHANGES,
    PRIOR
  }

  public int modules() {
    return (instances + INSTANCES_OF_MODULE - 1) / INSTANCES_OF_MODULE;
  }

  /// Writes the plan; the same numbers give the same text.
  public void write(Appendable out) throws IOException {
    out.append("{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.5\",\n");
    out.append("\"planned_values\": {\"root_module\": {\"child_modules\": [\n");
    modules(out, Part.PLANNED);
    out.append("]}},\n\"resource_changes\": [\n");
    for (int module = 0; module < modules(); module++) {
      out.append(module == 0 ? "" : ",\n");
      resources(out, Part.CHANGES, module);
    }
    out.append(
        "],\n\"prior_state\": {\"format_version\": \"1.0\", \"values\": {\"root_module\": {");
    out.append("\"child_modules\": [\n");
    modules(out, Part.PRIOR);
    out.append("]}}},\n\"configuration\": {\"root_module\": {\"module_calls\": {\"net\": {");
    out.append("\"source\": \"./net\", \"count_expression\": {\"constant_value\": ");
    out.append(modules() + "}, \"module\": {\"resources\": [\n");
    out.append(written("aws_vpc", "v", "\"cidr_block\": {\"references\": [\"count.index\"]}"));
    out.append(",\n");
    out.append(
        written(
            "aws_instance",
            "i",
            "\"subnet_id\": {\"references\": [\"aws_subnet.s\", \"count.index\"]}"));
    out.append("]}}}}}}\n");
  }

  private static String written(String type, String name, String expressions) {
    return format(
        "{\"address\": \"%s.%s\", \"type\": \"%s\", \"name\": \"%s\", \"expressions\": {%s}}",
        type, name, type, name, expressions);
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would take one more library.
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private void modules(Appendable out, Part part) throws IOException {
    for (int module = 0; module < modules(); module++) {
      out.append(module == 0 ? "" : ",\n");
      out.append(format("{\"address\": \"module.net[%d]\", \"resources\": [\n", module));
      resources(out, part, module);
      out.append("]}");
    }
  }

  private void resources(Appendable out, Part part, int module) throws IOException {
    String comma = "";
    for (String line : format(NETWORK, module, module % 256).lines().toList()) {
      String[] words = line.split("\"", 7);
      out.append(comma);
      put(out, part, module, words[1], words[3], "", words[6].strip(), false);
      comma = ",\n";
    }
    int subnets = (INSTANCES_OF_MODULE + SUBNET - 1) / SUBNET;
    for (int subnet = 0; subnet < subnets; subnet++) {
      out.append(comma);
      put(
          out,
          part,
          module,
          "aws_subnet",
          "s",
          "[" + subnet + "]",
          format(
              "{\"availability_zone\": \"eu-central-1a\", \"cidr_block\": \"10.%d.%d.0/24\","
                  + " \"id\": \"%s\", \"map_public_ip_on_launch\": false, \"vpc_id\":"
                  + " \"vpc-%05d\"}",
              module % 256, subnet, subnet(module, subnet), module),
          false);
      out.append(comma);
      put(
          out,
          part,
          module,
          "aws_route_table_association",
          "a",
          "[" + subnet + "]",
          format(
              "{\"id\": \"rtbassoc-%05d-%d\", \"route_table_id\": \"rtb-%05d\", \"subnet_id\":"
                  + " \"%s\"}",
              module, subnet, module, subnet(module, subnet)),
          false);
    }
    for (int role = 0; role < ROLES; role++) {
      out.append(comma);
      put(
          out,
          part,
          module,
          "aws_security_group",
          "g",
          "[" + role + "]",
          group(module, role),
          false);
    }
    for (int rule = module; rule < rules; rule += modules()) {
      out.append(comma);
      put(
          out,
          part,
          module,
          "aws_vpc_security_group_ingress_rule",
          "r",
          "[" + rule + "]",
          rule(module, rule),
          false);
    }
    int end = Math.min(instances, (module + 1) * INSTANCES_OF_MODULE);
    for (int instance = module * INSTANCES_OF_MODULE; instance < end; instance++) {
      boolean isCreated = instance % CREATED == CREATED - 1;
      if (!isCreated || part != Part.PRIOR) {
        out.append(comma);
        String index = "[" + instance % INSTANCES_OF_MODULE + "]";
        put(
            out,
            part,
            module,
            "aws_instance",
            "i",
            index,
            instance(instance, isCreated),
            isCreated);
      }
    }
  }

  private static String subnet(int module, int subnet) {
    return format("subnet-%05d-%d", module, subnet);
  }

  private static String group(int module, int role) {
    String open =
        role == 0
            ? "{\"cidr_blocks\": [\"0.0.0.0/0\"], \"from_port\": 443, \"protocol\": \"tcp\","
                + " \"to_port\": 443}"
            : "";
    return format(
        "{\"description\": \"role %d\", \"egress\": [{\"cidr_blocks\": [\"10.0.0.0/8\"],"
            + " \"from_port\": 0, \"protocol\": \"-1\", \"to_port\": 0}], \"id\": \"sg-%05d-%d\","
            + " \"ingress\": [%s], \"name\": \"role-%d\", \"vpc_id\": \"vpc-%05d\"}",
        role, module, role, open, role, module);
  }

  private String rule(int module, int rule) {
    var draws = new SeededDraws(seed);
    int port = 1024 + draws.below(200, STREAM_PORT, rule);
    return format(
        "{\"arn\": \"arn:aws:ec2:eu-central-1:411922600114:security-group-rule/sgr-%d\","
            + " \"cidr_ipv4\": null, \"from_port\": %d, \"id\": \"sgr-%d\", \"ip_protocol\": \"tcp\","
            + " \"referenced_security_group_id\": \"sg-%05d-%d\", \"security_group_id\":"
            + " \"sg-%05d-%d\", \"to_port\": %d}",
        rule,
        port,
        rule,
        module,
        draws.below(ROLES, STREAM_SOURCE, rule),
        module,
        1 + draws.below(ROLES - 1, STREAM_TARGET, rule),
        port);
  }

  private String instance(int instance, boolean isCreated) {
    int module = instance / INSTANCES_OF_MODULE;
    int inModule = instance % INSTANCES_OF_MODULE;
    int role = new SeededDraws(seed).below(ROLES, STREAM_ROLE, instance);
    String known =
        isCreated
            ? ""
            : format(
                "\"arn\": \"arn:aws:ec2:eu-central-1:411922600114:instance/i-%08d\", \"id\":"
                    + " \"i-%08d\", \"private_ip\": \"10.%d.%d.%d\", \"public_ip\": \"%s\","
                    + " \"primary_network_interface_id\": \"eni-%08d\", ",
                instance,
                instance,
                module % 256,
                inModule / SUBNET,
                4 + inModule % SUBNET,
                role == 0 ? "198.51.100.7" : "",
                instance);
    return format(
        "{%s\"ami\": \"ami-0c0ffee\", \"associate_public_ip_address\": %b,"
            + " \"capacity_reservation_specification\": [], \"cpu_core_count\": 2,"
            + " \"disable_api_termination\": false, \"ebs_block_device\": [], \"ebs_optimized\":"
            + " false, \"enclave_options\": [{\"enabled\": false}], \"hibernation\": false,"
            + " \"iam_instance_profile\": \"role-%d\", \"instance_type\": \"t3.small\","
            + " \"metadata_options\": [{\"http_endpoint\": \"enabled\","
            + " \"http_put_response_hop_limit\": 1, \"http_tokens\": \"required\"}],"
            + " \"monitoring\": false, \"root_block_device\": [{\"delete_on_termination\": true,"
            + " \"encrypted\": true, \"volume_size\": 8, \"volume_type\": \"gp3\"}],"
            + " \"source_dest_check\": true, \"subnet_id\": \"%s\", \"tags\": {\"Name\":"
            + " \"role-%d-%d\", \"team\": \"t%d\"}, \"tenancy\": \"default\", \"timeouts\": null,"
            + " \"vpc_security_group_ids\": [\"sg-%05d-%d\"]}",
        known,
        role == 0,
        role,
        subnet(module, inModule / SUBNET),
        role,
        instance,
        role,
        module,
        role);
  }

  private static void put(
      Appendable out,
      Part part,
      int module,
      String type,
      String name,
      String index,
      String values,
      boolean isCreated)
      throws IOException {
    out.append(
        format(
            "{\"address\": \"module.net[%d].%s.%s%s\", \"mode\": \"managed\", \"type\": \"%s\","
                + " \"name\": \"%s\", %s\"provider_name\":"
                + " \"registry.terraform.io/hashicorp/aws\", ",
            module,
            type,
            name,
            index,
            type,
            name,
            index.isEmpty() ? "" : "\"index\": " + index.substring(1, index.length() - 1) + ", "));
    if (part != Part.CHANGES) {
      out.append("\"schema_version\": 1, \"values\": ");
      out.append(values).append(", \"sensitive_values\": {}}");
      return;
    }
    String unknown =
        "{\"arn\": true, \"id\": true, \"primary_network_interface_id\": true, \"private_ip\": true,"
            + " \"public_ip\": true}";
    out.append("\"change\": {\"actions\": [\"").append(isCreated ? "create" : "no-op");
    out.append("\"], \"before\": ").append(isCreated ? "null" : values);
    out.append(", \"after\": ").append(values);
    out.append(", \"after_unknown\": ").append(isCreated ? unknown : "{}");
    out.append(", \"before_sensitive\": {}, \"after_sensitive\": {}}}");
  }
}
