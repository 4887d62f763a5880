package io.surfacescan.importers.kubernetes;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The kinds of resources that matter, each in the API groups that it may come from.
enum ResourceKind {
  NAMESPACE("Namespace", "core"),
  POD("Pod", "core"),
  DEPLOYMENT("Deployment", "apps extensions"),
  STATEFUL_SET("StatefulSet", "apps"),
  DAEMON_SET("DaemonSet", "apps extensions"),
  REPLICA_SET("ReplicaSet", "apps extensions"),
  REPLICATION_CONTROLLER("ReplicationController", "core"),
  DEPLOYMENT_CONFIG("DeploymentConfig", "apps.openshift.io core"),
  JOB("Job", "batch"),
  CRON_JOB("CronJob", "batch"),
  SERVICE("Service", "core"),
  INGRESS("Ingress", "networking.k8s.io extensions"),
  ROUTE("Route", "route.openshift.io core"),
  GATEWAY("Gateway", "gateway.networking.k8s.io"),
  HTTP_ROUTE("HTTPRoute", "gateway.networking.k8s.io"),
  GRPC_ROUTE("GRPCRoute", "gateway.networking.k8s.io"),
  TLS_ROUTE("TLSRoute", "gateway.networking.k8s.io"),
  TCP_ROUTE("TCPRoute", "gateway.networking.k8s.io"),
  UDP_ROUTE("UDPRoute", "gateway.networking.k8s.io"),
  NETWORK_POLICY("NetworkPolicy", "networking.k8s.io extensions"),
  ADMIN_NETWORK_POLICY("AdminNetworkPolicy", "policy.networking.k8s.io"),
  BASELINE_ADMIN_NETWORK_POLICY("BaselineAdminNetworkPolicy", "policy.networking.k8s.io"),
  CLUSTER_NETWORK_POLICY("ClusterNetworkPolicy", "policy.networking.k8s.io");

  /// Groups of resources that matter for reachability, none of which is read.
  private static final Map<String, String> UNREAD_GROUPS =
      Map.ofEntries(
          Map.entry("crd.projectcalico.org", "policies of Calico"),
          Map.entry("projectcalico.org", "policies of Calico"),
          Map.entry("cilium.io", "policies of Cilium"),
          Map.entry("crd.antrea.io", "policies of Antrea"),
          Map.entry("networking.istio.io", "traffic rules of Istio"),
          Map.entry("security.istio.io", "policies of Istio"),
          Map.entry("policy.linkerd.io", "policies of Linkerd"),
          Map.entry("traefik.io", "routes of Traefik"),
          Map.entry("projectcontour.io", "routes of Contour"),
          Map.entry("traefik.containo.us", "routes of Traefik"),
          Map.entry("network.openshift.io", "network rules of OpenShift"),
          Map.entry("k8s.ovn.org", "network rules of OVN-Kubernetes"),
          Map.entry("k8s.nginx.org", "routes of NGINX"),
          Map.entry("configuration.konghq.com", "routes of Kong"),
          Map.entry("getambassador.io", "routes of Emissary"),
          Map.entry("apisix.apache.org", "routes of APISIX"),
          Map.entry("gateway.solo.io", "routes of Gloo"),
          Map.entry("zalando.org", "routes of Skipper"),
          Map.entry("serving.knative.dev", "services of Knative"),
          Map.entry("elbv2.k8s.aws", "target groups of AWS load balancers"),
          Map.entry("networking.k8s.aws", "policies of Amazon EKS"),
          Map.entry("gateway.networking.x-k8s.io", "experimental kinds of the Gateway API"));

  /// Kinds of groups that are read otherwise.
  private static final Map<String, String> UNREAD_KINDS =
      Map.of("ListenerSet", "sets of listeners of the Gateway API");

  private final String kind;

  /// With spaces between them.
  private final String groups;

  ResourceKind(String kind, String groups) {
    this.kind = kind;
    this.groups = groups;
  }

  static Optional<ResourceKind> of(String apiVersion, String kind) {
    String group = group(apiVersion);
    for (ResourceKind each : values()) {
      if (each.kind.equals(kind) && (" " + each.groups + " ").contains(" " + group + " ")) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /// What is not read in a resource that matters for reachability.
  static Optional<String> unread(String apiVersion, String kind) {
    String group = group(apiVersion);
    return Optional.ofNullable(
        group.equals("gateway.networking.k8s.io")
            ? UNREAD_KINDS.get(kind)
            : UNREAD_GROUPS.get(group));
  }

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "core" : apiVersion.substring(0, slash).toLowerCase(Locale.ROOT);
  }

  /// As it is written.
  String kind() {
    return kind;
  }

  /// Whether it stands in a namespace.
  boolean isNamespaced() {
    return switch (this) {
      case NAMESPACE, ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY, CLUSTER_NETWORK_POLICY ->
          false;
      default -> true;
    };
  }

  /// Whether it is a pod or makes pods.
  boolean isPodSet() {
    return switch (this) {
      case POD,
          DEPLOYMENT,
          STATEFUL_SET,
          DAEMON_SET,
          REPLICA_SET,
          REPLICATION_CONTROLLER,
          DEPLOYMENT_CONFIG,
          JOB,
          CRON_JOB ->
          true;
      default -> false;
    };
  }
}
