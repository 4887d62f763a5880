package io.surfacescan.synthesis;

import java.io.IOException;
import java.util.Locale;

/// The export of invented projects of Google Cloud, as `gcloud compute … list --format=json` would
/// write it, all lists in one.
///
/// Each network has a thousand instances in ten roles, which are tags, and a front, which has
/// external addresses. Of the firewall rules most let one role of a network into another at some
/// port; some let in a range, or run by service account; one in twenty denies a range to a role
/// before others allow. Every fourth network has a policy that passes on most of what it sees.
/// Instances carry what real ones do, most of which is about other things.
///
/// @param instances at least 1
/// @param rules at least 0
public record SyntheticProjects(int instances, int rules, long seed) {
  private static final int INSTANCES_OF_NETWORK = 1000;
  private static final int NETWORKS_OF_PROJECT = 10;
  private static final int SUBNET = 200;
  private static final int ROLES = 10;
  private static final int STREAM_ROLE = 201;
  private static final int STREAM_SOURCE = 202;
  private static final int STREAM_TARGET = 203;
  private static final int STREAM_PORT = 204;
  private static final String API = "https://www.googleapis.com/compute/v1/projects/";

  public SyntheticProjects {
    if (instances < 1 || rules < 0) {
      throw new IllegalArgumentException("a project has at least one instance");
    }
  }

  public int networks() {
    return (instances + INSTANCES_OF_NETWORK - 1) / INSTANCES_OF_NETWORK;
  }

  /// Writes the export; the same projects give the same text.
  public void write(Appendable out) throws IOException {
    out.append("[\n");
    for (int network = 0; network < networks(); network++) {
      writeNetwork(out, network);
    }
    for (int instance = 0; instance < instances; instance++) {
      writeInstance(out, instance);
    }
    for (int rule = 0; rule < rules; rule++) {
      writeRule(out, rule);
    }
    out.append(
        format(
            """
            {"id": "1", "kind": "compute#address", "name": "spare", "selfLink": \
            "%sshop-000/global/addresses/spare"}
            ]
            """,
            API));
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would take one more library.
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String project(int network) {
    return format("shop-%03d", network / NETWORKS_OF_PROJECT);
  }

  private static String link(int network) {
    return format("%s%s/global/networks/net-%03d", API, project(network), network);
  }

  private void writeNetwork(Appendable out, int network) throws IOException {
    boolean isPolicyFirst = network % 4 == 1;
    out.append(
        format(
            """
            {"autoCreateSubnetworks": false, "id": "%d", "kind": "compute#network", \
            "name": "net-%03d", "networkFirewallPolicyEnforcementOrder": "%s", "peerings": [], \
            "routingConfig": {"routingMode": "REGIONAL"}, "selfLink": "%s"},
            {"destRange": "0.0.0.0/0", "id": "%d", "kind": "compute#route", \
            "name": "default-%03d", "network": "%s", "nextHopGateway": \
            "%s%s/global/gateways/default-internet-gateway", "priority": 1000, "selfLink": \
            "%s%s/global/routes/default-%03d"},
            """,
            7_000_000_000L + network,
            network,
            isPolicyFirst ? "BEFORE_CLASSIC_FIREWALL" : "AFTER_CLASSIC_FIREWALL",
            link(network),
            8_000_000_000L + network,
            network,
            link(network),
            API,
            project(network),
            API,
            project(network),
            network));
    if (isPolicyFirst) {
      out.append(
          format(
              """
              {"associations": [{"attachmentTarget": "%s", "name": "a"}], "id": "%d", \
              "kind": "compute#firewallPolicy", "name": "base-%03d", "rules": [{"action": "deny", \
              "direction": "INGRESS", "disabled": false, "match": {"layer4Configs": [\
              {"ipProtocol": "tcp", "ports": ["23"]}], "srcIpRanges": ["0.0.0.0/0"]}, \
              "priority": 100}, {"action": "goto_next", "direction": "INGRESS", "match": {\
              "layer4Configs": [{"ipProtocol": "all"}], "srcIpRanges": ["0.0.0.0/0"]}, \
              "priority": 2147483646}], "selfLink": "%s%s/global/firewallPolicies/base-%03d"},
              """,
              link(network), 9_000_000_000L + network, network, API, project(network), network));
    }
  }

  private int role(int instance) {
    return new SeededDraws(seed).below(ROLES, STREAM_ROLE, instance);
  }

  private void writeInstance(Appendable out, int instance) throws IOException {
    int network = instance / INSTANCES_OF_NETWORK;
    int inNetwork = instance % INSTANCES_OF_NETWORK;
    int role = role(instance);
    String name = format("role-%d-%06d", role, instance);
    String zone = format("%s%s/zones/europe-west1-b", API, project(network));
    String outer =
        role == 0
            ? format(
                ", \"accessConfigs\": [{\"kind\": \"compute#accessConfig\", \"name\": "
                    + "\"External NAT\", \"natIP\": \"34.%d.%d.%d\", \"type\": "
                    + "\"ONE_TO_ONE_NAT\"}]",
                64 + instance / 62_500, instance / 250 % 250, 1 + instance % 250)
            : "";
    out.append(
        format(
            """
            {"canIpForward": false, "cpuPlatform": "Intel Broadwell", "creationTimestamp": \
            "2026-01-01T00:00:00.000-08:00", "deletionProtection": false, "disks": [{\
            "autoDelete": true, "boot": true, "deviceName": "persistent-disk-0", "diskSizeGb": \
            "10", "guestOsFeatures": [{"type": "VIRTIO_SCSI_MULTIQUEUE"}, {"type": \
            "UEFI_COMPATIBLE"}], "index": 0, "interface": "SCSI", "kind": "compute#attachedDisk", \
            "licenses": ["https://www.googleapis.com/compute/v1/projects/debian-cloud/global/\
            licenses/debian-12"], "mode": "READ_WRITE", "source": "%s/disks/%s", "type": \
            "PERSISTENT"}], "id": "%d", "kind": "compute#instance", "labels": {"role": "r%d", \
            "team": "t%d"}, "machineType": "%s/machineTypes/e2-small", "metadata": {\
            "fingerprint": "x=", "kind": "compute#metadata"}, "name": "%s", \
            """,
            zone, name, 4_000_000_000_000_000_000L + instance, role, network, zone, name));
    out.append(
        format(
            """
            "networkInterfaces": [{"fingerprint": "x=", "kind": "compute#networkInterface", \
            "name": "nic0", "network": "%s", "networkIP": "10.%d.%d.%d", "stackType": "IPV4_ONLY", \
            "subnetwork": "%s%s/regions/europe-west1/subnetworks/s-%d"%s}], "scheduling": {\
            "automaticRestart": true, "onHostMaintenance": "MIGRATE", "preemptible": false}, \
            "selfLink": "%s/instances/%s", "serviceAccounts": [{"email": \
            "role-%d@%s.iam.gserviceaccount.com", "scopes": ["https://www.googleapis.com/auth/\
            cloud-platform"]}], "shieldedInstanceConfig": {"enableIntegrityMonitoring": true, \
            "enableSecureBoot": false, "enableVtpm": true}, "status": "RUNNING", "tags": {\
            "fingerprint": "x=", "items": ["role-%d", "net-%03d"]}, "zone": "%s"},
            """,
            link(network),
            network % 250,
            inNetwork / SUBNET,
            2 + inNetwork % SUBNET,
            API,
            project(network),
            inNetwork / SUBNET,
            outer,
            zone,
            name,
            role,
            project(network),
            role,
            network,
            zone));
  }

  private void writeRule(Appendable out, int rule) throws IOException {
    var draws = new SeededDraws(seed);
    int network = rule % networks();
    int round = rule / networks();
    int from = draws.below(ROLES, STREAM_SOURCE, rule);
    int to = 1 + draws.below(ROLES - 1, STREAM_TARGET, rule);
    int port = 8000 + draws.below(50, STREAM_PORT, rule);
    String project = project(network);
    String peers;
    String verb = "allowed";
    int priority = 1000;
    String targets = format("\"targetTags\": [\"role-%d\"]", to);
    if (round == 0) {
      peers = "\"sourceRanges\": [\"0.0.0.0/0\"]";
      targets = "\"targetTags\": [\"role-0\"]";
      port = 443;
    } else if (round % 20 == 1) {
      verb = "denied";
      priority = 900;
      peers =
          format(
              "\"sourceRanges\": [\"10.%d.%d.0/24\"]",
              network % 250, from % (INSTANCES_OF_NETWORK / SUBNET));
    } else if (round % 5 == 2) {
      peers = format("\"sourceRanges\": [\"10.%d.0.0/16\"]", network % 250);
    } else if (round % 5 == 3) {
      peers =
          format(
              "\"sourceServiceAccounts\": [\"role-%d@%s.iam.gserviceaccount.com\"]", from, project);
      targets =
          format(
              "\"targetServiceAccounts\": [\"role-%d@%s.iam.gserviceaccount.com\"]", to, project);
    } else {
      peers = format("\"sourceTags\": [\"role-%d\"]", from);
    }
    out.append(
        format(
            """
            {"%s": [{"IPProtocol": "tcp", "ports": ["%d"]}], "creationTimestamp": \
            "2026-01-01T00:00:00.000-08:00", "description": "", "direction": "INGRESS", \
            "disabled": false, "id": "%d", "kind": "compute#firewall", "logConfig": {"enable": \
            false}, "name": "rule-%05d", "network": "%s", "priority": %d, "selfLink": \
            "%s%s/global/firewalls/rule-%05d", %s, %s},
            """,
            verb,
            port,
            5_000_000_000_000_000_000L + rule,
            rule,
            link(network),
            priority,
            API,
            project,
            rule,
            peers,
            targets));
  }
}
